import { createHash } from 'node:crypto'
import type { ContactId, DuplicateReason, NameLikeness } from '@frontdesk/contract'
import { foldText } from '../fold-text.ts'

/** What is known of a contact that could show whether another one is the same person. */
export type PersonFacts = {
  readonly id: ContactId
  readonly name: string
  readonly companyId: string | null
  /** ISO date. */
  readonly birthday: string | null
  readonly city: string | null
  readonly points: readonly { readonly kind: 'email' | 'phone'; readonly value: string }[]
}

/** Why two contacts may be one person, and how likely. */
export type Likeness = {
  readonly likeness: 'same' | 'household'
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

/** What a name is compared without: forms of address and titles, in the languages of the house and its neighbours. */
const titles = new Set(
  'mr mrs ms miss mx dr prof sir madam herr frau sr sra srta don dona doctor doctora m mme mlle monsieur madame docteur dipl ing jr ii iii'.split(
    ' ',
  ),
)

/** The folded words of a name, without titles. Where nothing else is there, with them. */
export function nameWords(name: string): readonly string[] {
  const words = foldText(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter(Boolean)
  const bare = words.filter((word) => !titles.has(word))
  return bare.length > 0 ? bare : words
}

/** How alike two names are. */
export function nameLikeness(one: string, other: string): NameLikeness {
  const [left, right] = [nameWords(one), nameWords(other)]
  if (left.length === 0 || right.length === 0) return 'other'
  if (left.join(' ') === right.join(' ')) return sameLetters(one, other) ? 'same' : 'accents'
  const [a, b] = [left.toSorted(), right.toSorted()]
  if (a.join(' ') === b.join(' ') || left.join('') === right.join('')) return 'order'
  const [onlyLeft, onlyRight] = [without(left, right), without(right, left)]
  const shared = left.length - onlyLeft.length
  if (onlyLeft.length === 1 && onlyRight.length === 1) {
    const [x = '', y = ''] = [onlyLeft[0], onlyRight[0]]
    if ((shared > 0 || left.length === 1) && slipped(x, y)) return 'typo'
    if (shared > 0 && (x.length === 1 || y.length === 1) && x[0] === y[0]) return 'initial'
  }
  if (shared > 1 && (onlyLeft.length === 0 || onlyRight.length === 0)) return 'part'
  return left.at(-1) === right.at(-1) ? 'family' : 'other'
}

const sameLetters = (one: string, other: string): boolean => {
  const plain = (name: string) =>
    name
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return plain(one) === plain(other) || !/\p{M}/u.test(`${one}${other}`.normalize('NFKD'))
}

/** The words of the first that the second does not have, each counted as often as it stands there. */
function without(words: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others]
  return words.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** Whether one word is the other with a slip of the keyboard: one letter more, less, other or swapped; two in long words. */
function slipped(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length)
  if (shorter < 3) return false
  return distance(one, other) <= (shorter >= 8 ? 2 : 1)
}

/** Edits between two words, a swap of neighbours counting as one (optimal string alignment). */
export function distance(one: string, other: string): number {
  const [a, b] = [[...one], [...other]]
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let edits = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, at(i - 2, j - 2) + 1)
      const row = rows[i]
      if (row) row[j] = edits
    }
  }
  return at(a.length, b.length)
}

/** Where an address ends up: what follows a plus is the owner's own mark, and dots count for nothing with this provider. */
export function mailbox(address: string): string {
  const [local = '', domain = ''] = address.split('@')
  const bare = local.replace(/\+.*$/, '') || local
  return dotless.has(domain) ? `${bare.replaceAll('.', '')}@gmail.com` : `${bare}@${domain}`
}
const dotless = new Set(['gmail.com', 'googlemail.com'])

/** What this contact has in common with everybody who may be the same person; two that share none are never compared. */
export function keysOf(person: PersonFacts): readonly string[] {
  const points = person.points.map(({ kind, value }) => (kind === 'email' ? `email ${mailbox(value)}` : `phone ${value}`))
  const signs = [
    ...(person.companyId ? [`company ${person.companyId}`] : []),
    ...(person.birthday ? [`birthday ${person.birthday}`] : []),
    ...(person.city ? [`city ${foldText(person.city)}`] : []),
  ]
  // A name with a slip in one word still has the other ones whole, and its first letter.
  const words = [...new Set(nameWords(person.name))].toSorted().slice(0, 4)
  const whole = words.length === 1 ? words : []
  const pairs = words.flatMap((word) => words.filter((other) => other !== word).map((other) => `${word} ${other[0]}`))
  const named = signs.flatMap((sign) => [...whole, ...pairs].map((part) => `${sign} name ${part}`))
  return [...new Set([...points, ...named].map(hashed))]
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24)

const nameScore: Readonly<Record<NameLikeness, number>> = {
  same: 40,
  accents: 39,
  order: 38,
  typo: 36,
  part: 33,
  initial: 31,
  family: 8,
  other: 0,
}
const signScore = { email: 55, similar_email: 48, phone: 48, company: 15, birthday: 32, city: 10, another_birthday: -45 } as const
const LIKELY = 45
/** People of one address or number under different names. */
const MOST_OF_HOUSEHOLD = 30

/** Whether two contacts may be one person, with every reason for and against; undefined where nothing speaks for it. */
export function compare(one: PersonFacts, other: PersonFacts): Likeness | undefined {
  const names = nameLikeness(one.name, other.name)
  const points = sharedPoints(one, other)
  const signs: (keyof typeof signScore)[] = [
    ...points,
    ...(one.companyId !== null && one.companyId === other.companyId ? (['company'] as const) : []),
    ...(one.birthday !== null && other.birthday !== null
      ? [one.birthday === other.birthday ? ('birthday' as const) : ('another_birthday' as const)]
      : []),
    ...(one.city !== null && other.city !== null && foldText(one.city) === foldText(other.city) ? (['city'] as const) : []),
  ]
  const alike = names !== 'family' && names !== 'other'
  const forIt = signs.filter((sign) => sign !== 'another_birthday')
  if (forIt.length === 0) return undefined
  const sum = nameScore[names] + signs.reduce((total, sign) => total + signScore[sign], 0)
  const score = Math.max(0, Math.min(99, sum))
  const reasons = [{ kind: 'name' as const, likeness: names }, ...signs.map((kind) => ({ kind }))]
  if (alike && score >= LIKELY) return { likeness: 'same', score, reasons }
  return points.length > 0 ? { likeness: 'household', score: Math.min(score, MOST_OF_HOUSEHOLD), reasons } : undefined
}

function sharedPoints(one: PersonFacts, other: PersonFacts): readonly ('email' | 'similar_email' | 'phone')[] {
  const has = (kind: 'email' | 'phone', read: (value: string) => string) => {
    const theirs = new Set(other.points.filter((point) => point.kind === kind).map(({ value }) => read(value)))
    return one.points.some((point) => point.kind === kind && theirs.has(read(point.value)))
  }
  const same = (value: string) => value
  return [
    ...(has('email', same) ? (['email'] as const) : has('email', mailbox) ? (['similar_email'] as const) : []),
    ...(has('phone', same) ? (['phone'] as const) : []),
  ]
}

type OwnField = { readonly key: string; readonly label: string; readonly type: string }

const birthdayWords = /birth|geburt|naissance|nacimiento|cumpleanos|compleanno|nascimento|\bdob\b/
const cityWords = /\bcity\b|\btown\b|\bstadt\b|\bwohnort\b|\bort\b|\bville\b|\bciudad\b|\blocalidad\b|\bcitta\b|\bcidade\b/

/** The own fields that say when somebody was born and where she lives, by what the business called them. */
export function tellingFields(fields: readonly OwnField[]): { readonly birthday: readonly string[]; readonly city: readonly string[] } {
  const named = (types: readonly string[], words: RegExp) =>
    fields
      .filter(({ type, key, label }) => types.includes(type) && words.test(foldText(`${key.replaceAll('_', ' ')} ${label}`)))
      .map(({ key }) => key)
  return { birthday: named(['date'], birthdayWords), city: named(['text', 'choice'], cityWords) }
}
