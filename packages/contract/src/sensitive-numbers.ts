/**
 * Finds numbers that do not belong into free text: payment cards, and Social Security numbers with their kin. Pure, without imports, so that the desk can point them out while somebody
 * types and the server can mask what comes in from outside, by the same rule.
 */

/** `card`: a payment card. `ssn`: a US Social Security or taxpayer number (SSN, ITIN). `sin`: a Canadian Social Insurance Number. */
export type SensitiveKind = 'card' | 'ssn' | 'sin'

/** Where a number stands, in UTF-16 units. */
export type SensitiveNumber = { readonly kind: SensitiveKind; readonly start: number; readonly end: number }

/** Ranges of issuer numbers with the lengths they are issued in (ISO/IEC 7812-1 prefixes as published by the networks, 2026-11). Ends are inclusive, compared by their own length. */
const issuers: readonly { readonly from: string; readonly to: string; readonly lengths: readonly number[] }[] = [
  { from: '4', to: '4', lengths: [13, 16, 19] }, // Visa
  { from: '51', to: '55', lengths: [16] }, // Mastercard
  { from: '2221', to: '2720', lengths: [16] }, // Mastercard
  { from: '34', to: '34', lengths: [15] }, // American Express
  { from: '37', to: '37', lengths: [15] },
  { from: '6011', to: '6011', lengths: [16, 19] }, // Discover
  { from: '644', to: '659', lengths: [16, 19] },
  { from: '62', to: '62', lengths: [16, 17, 18, 19] }, // UnionPay
  { from: '3528', to: '3589', lengths: [16, 17, 18, 19] }, // JCB
  { from: '300', to: '305', lengths: [14, 16] }, // Diners Club
  { from: '3095', to: '3095', lengths: [14, 16] },
  { from: '36', to: '36', lengths: [14] },
  { from: '38', to: '39', lengths: [14, 16] },
  { from: '5018', to: '5018', lengths: [16, 18, 19] }, // Maestro
  { from: '5020', to: '5020', lengths: [16, 18, 19] },
  { from: '5038', to: '5038', lengths: [16, 18, 19] },
  { from: '5893', to: '5893', lengths: [16, 18, 19] },
  { from: '6304', to: '6304', lengths: [16, 18, 19] },
  { from: '6759', to: '6763', lengths: [16, 18, 19] },
]

/** The check of ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at])
    const doubled = at % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return digits.length > 0 && sum % 10 === 0
}

const isIssued = (digits: string): boolean =>
  issuers.some(({ from, to, lengths }) => {
    const start = digits.slice(0, from.length)
    return start >= from && start <= to && lengths.includes(digits.length)
  })

/** A run of digits without anything between. */
type Group = { readonly digits: string; readonly start: number; readonly end: number }

/** Spaces of all widths within a line, hyphens and dashes, dots: what people put between the digits of one number. */
const gap = /^[ \t\u00a0\u2000-\u200b\u202f\u2060\ufeff.\-\u2010-\u2015\u2212_]{1,3}$/u
const addressOfTheWeb = /(?:https?:\/\/|www\.)\S+/giu

/** Finds them all, in their order, none overlapping another. */
export function findSensitiveNumbers(text: string): readonly SensitiveNumber[] {
  if (!/\p{Nd}/u.test(text)) return []
  const plain = asPlainDigits(text)
  const links = [...plain.matchAll(addressOfTheWeb)].map(({ index, 0: link }) => ({ start: index, end: index + link.length }))
  const found: SensitiveNumber[] = []
  for (const run of runsOf(plain)) {
    for (let at = 0; at < run.length; ) {
      const hit = cardFrom(plain, run, at) ?? personFrom(plain, run, at)
      if (!hit) {
        at += 1
        continue
      }
      const inLink = links.some(({ start, end }) => hit.start >= start && hit.start < end)
      if (!inLink) found.push({ kind: hit.kind, start: hit.start, end: hit.end })
      at += hit.groups
    }
  }
  return found
}

/** The text with each of them masked but for its last four digits, which people know their cards by. */
export function maskSensitiveNumbers(text: string): { readonly text: string; readonly found: readonly SensitiveKind[] } {
  const found = findSensitiveNumbers(text)
  let masked = ''
  let from = 0
  for (const { start, end } of found) {
    const digits = [...text.slice(start, end)].filter((letter) => /\p{Nd}/u.test(letter))
    masked += `${text.slice(from, start)}••••${digits.slice(-4).join('')}`
    from = end
  }
  return { text: masked + text.slice(from), found: [...new Set(found.map(({ kind }) => kind))] }
}

/** Digits of other scripts as 0–9; everything keeps its place. */
const zeros = [0x0660, 0x06f0, 0x0966, 0xff10]
const asPlainDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/gu, (digit) => {
    const code = digit.charCodeAt(0)
    return String(code - (zeros.findLast((zero) => zero <= code) ?? code))
  })

/** Groups of digits that stand so close that they may be one number. */
function runsOf(text: string): readonly (readonly Group[])[] {
  const runs: Group[][] = []
  for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
    const group = { digits, start: index, end: index + digits.length }
    const last = runs.at(-1)?.at(-1)
    if (last && gap.test(text.slice(last.end, index))) runs.at(-1)?.push(group)
    else runs.push([group])
  }
  return runs
}

type Hit = SensitiveNumber & { readonly groups: number }

/** A card that begins with this group. Of several lengths that fit, the one that leaves no digits over is taken, else the longest. */
function cardFrom(text: string, run: readonly Group[], at: number): Hit | undefined {
  const first = run[at]
  if (!first || isPartOfWord(text, first.start, -1) || text[first.start - 1] === '+') return undefined
  const hits: Hit[] = []
  let digits = ''
  for (let to = at; to < run.length; to += 1) {
    const group = run[to]
    if (!group) break
    digits += group.digits
    if (digits.length > 19) break
    const sizes = run.slice(at, to + 1).map((each) => each.digits.length)
    if (!isWrittenLikeCard(sizes, digits.length) || !isIssued(digits) || !passesLuhn(digits) || isPartOfWord(text, group.end, 1)) continue
    hits.push({ kind: 'card', start: first.start, end: group.end, groups: to - at + 1 })
  }
  return hits.find(({ groups }) => groups === run.length - at) ?? hits.at(-1)
}

/** In one piece, in pieces of one size whose last may be shorter, or as American Express, Diners Club and UnionPay print theirs. */
function isWrittenLikeCard(sizes: readonly number[], digits: number): boolean {
  const [first = 0, ...others] = sizes
  if (others.length === 0) return digits > 13 // of 13 digits are the numbers of goods, too
  const written = sizes.join('-')
  if (['4-6-5', '4-6-4', '6-13', '4-3-3-3', '4-5-6', '8-8'].includes(written)) return true
  if (![1, 2, 4].includes(first)) return false
  return others.every((size, index) => size === first || (index === others.length - 1 && size < first))
}

const ssnWords = /(?:ssn|social\s+security|social\b|itin|taxpayer|tax\s*id|seguro\s+social|s[ée]curit[ée]\s+sociale|nss)\D{0,40}$/iu
const sinWords = /(?:\bSIN\b|\bNAS\b|[Ss]ocial\s+[Ii]nsurance|[Aa]ssurance\s+sociale|[Ss]eguro\s+[Ss]ocial)\D{0,40}$/u

/** A number of a person that begins with this group. */
function personFrom(text: string, run: readonly Group[], at: number): Hit | undefined {
  const first = run[at]
  if (!first || isPartOfWord(text, first.start, -1) || text[first.start - 1] === '+') return undefined
  const before = text.slice(Math.max(0, first.start - 60), first.start)
  const three = run.slice(at, at + 3)
  const last = three[2]
  if (last && three.map((each) => each.digits.length).join('-') === '3-2-4') {
    const alone = run.length === 3 || ssnWords.test(before)
    const hyphens = isHyphen(text.slice(first.end, three[1]?.start)) && isHyphen(text.slice(three[1]?.end, last.start))
    const digits = three.map((each) => each.digits).join('')
    if (alone && isSsn(digits) && (hyphens || ssnWords.test(before)) && !isPartOfWord(text, last.end, 1)) {
      return { kind: 'ssn', start: first.start, end: last.end, groups: 3 }
    }
  }
  const groups = last && three.every((each) => each.digits.length === 3) ? 3 : first.digits.length === 9 ? 1 : 0
  if (groups === 0) return undefined
  const end = run[at + groups - 1]?.end ?? first.end
  const digits = run
    .slice(at, at + groups)
    .map((each) => each.digits)
    .join('')
  if (isPartOfWord(text, end, 1)) return undefined
  if (groups === 1 && ssnWords.test(before) && isSsn(digits)) return { kind: 'ssn', start: first.start, end, groups }
  if (sinWords.test(before) && !/^[08]/.test(digits) && passesLuhn(digits)) return { kind: 'sin', start: first.start, end, groups }
  return undefined
}

const isHyphen = (between: string): boolean => /^\s?[-\u2010-\u2015\u2212]\s?$/u.test(between)

/** What the Social Security Administration issues (never area 000 or 666, group 00, serial 0000), and the ITINs of the IRS in the nine hundreds. */
function isSsn(digits: string): boolean {
  const [area, group, serial] = [digits.slice(0, 3), Number(digits.slice(3, 5)), digits.slice(5)]
  if (area === '000' || area === '666' || group === 0 || serial === '0000') return false
  if (area < '900') return true
  return (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group <= 92) || (group >= 94 && group <= 99)
}

/** Whether a Latin letter stands right beside it: part of an id, not a number that somebody wrote. A word of three letters and more may be glued to its front. */
function isPartOfWord(text: string, at: number, direction: 1 | -1): boolean {
  if (direction === 1) return /^[\p{Script=Latin}@]/u.test(text.slice(at, at + 1))
  const glued = /([\p{Script=Latin}\d_]*)$/u.exec(text.slice(Math.max(0, at - 40), at))?.[1] ?? ''
  return glued !== '' && !/^\p{Script=Latin}{3,}$/u.test(glued)
}
