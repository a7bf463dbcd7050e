/** The parts of a person's name, as far as they are plain. */
export type NameParts = {
  readonly prefix?: string
  readonly given?: string
  readonly middle?: string
  readonly family?: string
  readonly suffix?: string
}

/** Whose habits a full name is split by. */
export type NameCulture = 'en' | 'es' | 'fr'

const listOf = (words: string) => new Set(words.split(' '))
const prefixes = listOf('mr mrs ms miss mx dr doctor prof professor rev fr hon sir dame sr sra srta dra don doña dn m mme mlle me pr')
const suffixes = listOf('jr sr ii iii iv md phd dds dvm esq cpa rn do jd mba bsc msc fils')
const particles = listOf('de da do dos das del di du des la le van von der den ter ten af av zu zum zur bin ibn al el st saint mac y e i')
/** Words of firms: such a name is not a person's. */
const firms =
  /(^|[\s,.])(inc|llc|ltd|llp|gmbh|ag|corp|co|company|sarl|sas|sasu|eurl|plc|s\.?l\.?u?|s\.?a\.?|clinic|clinica|clínica|clinique|hotel|salon|group|services?)\.?$/i
const bare = (word: string) => word.toLowerCase().replace(/\./g, '')

/**
 * Splits a full name where its order is plain: "Last, First", two words, particles, titles. Where three words could be read in two ways by the culture, only the name as a whole is certain
 * and nothing is split: a wrong "Dear …" is worse than a whole name.
 */
export function splitName(full: string, culture: NameCulture): NameParts {
  const text = full.replace(/\s+/g, ' ').trim()
  if (text === '' || text.length > 120 || /[\d@/&|()]/.test(text) || firms.test(text)) return {}
  // Scripts that put the family first, or write names as one word.
  if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text)) return {}
  const pieces = text.split(/\s*,\s*/)
  if (pieces.length > 3) return {}
  const [head = '', second, third] = pieces
  if (second === undefined) return splitWords(head.split(' '), culture)
  const isSuffix = (piece: string | undefined) => piece?.split(' ').every((word) => suffixes.has(bare(word))) === true
  if (isSuffix(second)) return third === undefined ? { ...splitWords(head.split(' '), culture), suffix: second } : {}
  if (third !== undefined && !isSuffix(third)) return {}
  const given = splitGiven(second.split(' '))
  if (head === '' || given.given === undefined) return {}
  return { ...given, family: head, ...(third === undefined ? {} : { suffix: third }) }
}

/** "Ann Marie" behind a comma: one given name, and the rest. */
function splitGiven(words: readonly string[]): NameParts {
  const { prefix, rest } = withoutPrefix(words)
  const [given, ...middle] = rest
  return { ...(prefix && { prefix }), ...(given && { given }), ...(middle.length > 0 && { middle: middle.join(' ') }) }
}

function withoutPrefix(words: readonly string[]): { readonly prefix?: string; readonly rest: readonly string[] } {
  let count = 0
  while (count < words.length - 1 && prefixes.has(bare(words[count] ?? ''))) count += 1
  return count === 0 ? { rest: words } : { prefix: words.slice(0, count).join(' '), rest: words.slice(count) }
}

function splitWords(all: readonly string[], culture: NameCulture): NameParts {
  const { prefix, rest } = withoutPrefix(all)
  let end = rest.length
  while (end > 2 && suffixes.has(bare(rest[end - 1] ?? ''))) end -= 1
  const words = rest.slice(0, end)
  const around = { ...(prefix && { prefix }), ...(end < rest.length && { suffix: rest.slice(end).join(' ') }) }
  const [first = '', second = '', third = ''] = words
  if (words.length === 1) return prefix ? { ...around, family: first } : { ...around, given: first }
  const particle = words.findIndex((word, index) => index > 0 && particles.has(bare(word)))
  if (particle === 1) return { ...around, given: first, family: words.slice(1).join(' ') }
  if (words.length === 2) return { ...around, given: first, family: second }
  if (particle === 2 && culture !== 'es') return { ...around, given: first, middle: second, family: words.slice(2).join(' ') }
  if (words.length === 3 && /^\p{Lu}\.?$/u.test(second)) return { ...around, given: first, middle: second, family: third }
  if (particle > 0) return around
  // Two family names are the rule in Spanish, a middle name in English; French has either.
  if (words.length === 3 && culture === 'es') return { ...around, given: first, family: `${second} ${third}` }
  if (words.length === 4 && culture === 'es') return { ...around, given: `${first} ${second}`, family: words.slice(2).join(' ') }
  return words.length === 3 && culture === 'en' ? { ...around, given: first, middle: second, family: third } : around
}
