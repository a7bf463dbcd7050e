import type { OptOutReading, OptOutScope } from './opt-out.ts'
import {
  exceptions,
  fillers,
  helpWords,
  type Language,
  languages,
  leaveWords,
  ownWords,
  phrases,
  phraseWords,
  slips,
  startWords,
  stopWords,
} from './opt-out-words.ts'
import type { Channel } from './touch.ts'

/** Longer writing is read by a person; a wish to be left alone is short. */
const longestRead = 600

/**
 * Reads what somebody's own words ask for, in English, Spanish and French, with typing errors, any case and punctuation; null where they ask for nothing of
 * the kind. Any clear wording counts (47 CFR 64.1200(a)(10)), so a doubtful one counts too and says so. `locale` is the writer's own; it settles doubt only.
 */
export function readOptOut(text: string, locale: string, channel: Channel = 'sms'): OptOutReading | null {
  const words = wordsOf(text)
  if (words.length === 0) return null
  const alone = aloneWish(words, languageOf(locale), channel)
  if (alone) return alone
  const line = words.join(' ')
  if (line.length > longestRead) return null
  // As it was written first: what is right in one language may be near a word of another.
  for (const said of [line, ...languages.map((one) => words.map((word) => putRight(word, one)).join(' '))]) {
    if (exceptions.some((pattern) => pattern.test(said))) return null
    const phrase = phrases.find(({ pattern }) => pattern.test(said))
    if (phrase) return { wish: 'stop', scope: phrase.scope, sure: phrase.sure && said === line }
  }
  return null
}

/** Lower case without accents, quoted lines and punctuation; letters that stand apart (`S T O P`) are put together. */
function wordsOf(text: string): readonly string[] {
  const own = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('>'))
    .join(' ')
  const words = own
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (/[a-z]/.test(word) ? word.replaceAll('0', 'o').replaceAll('1', 'i').replaceAll('5', 's') : word))
  return words.length > 2 && words.every((word) => word.length === 1) ? [words.join('')] : words
}

const languageOf = (locale: string): Language => languages.find((one) => one === locale.slice(0, 2).toLowerCase()) ?? 'en'

/** A keyword that is the whole message, fillers and repetitions aside. */
function aloneWish(words: readonly string[], language: Language, channel: Channel): OptOutReading | null {
  const joined = words
    .join(' ')
    .replace(/\bopt out\b/gu, 'optout')
    .replace(/\bstop all\b/gu, 'stopall')
    .replace(/\b(?:dar|darme) de baja\b/gu, 'baja')
  const telling = [...new Set(joined.split(' ').filter((word) => !fillers.has(word) || (word === 'stp' && language !== 'fr')))]
  const [word] = telling
  if (telling.length !== 1 || word === undefined || words.length > 8) return null
  for (const one of [language, ...languages.filter((other) => other !== language)]) {
    const { sure, likely } = stopWords[one]
    const exact = sure.includes(word)
    if (exact || likely.includes(word)) {
      return { wish: 'stop', scope: scopeOf(word, channel), sure: exact && (one === language || one === 'en' || word === 'arret') }
    }
  }
  if (startWords.includes(word)) return { wish: 'start' }
  if (helpWords.includes(word)) return { wish: 'help' }
  return mistyped(word, channel)
}

function mistyped(word: string, channel: Channel): OptOutReading | null {
  if (ownWords.has(word)) return null
  for (const keyword of languages.flatMap((one) => stopWords[one].sure)) {
    if (isNear(word, keyword)) return { wish: 'stop', scope: scopeOf(keyword, channel), sure: keyword.length > 6 }
  }
  if (startWords.some((keyword) => isNear(word, keyword))) return { wish: 'start' }
  return helpWords.some((keyword) => isNear(word, keyword)) ? { wish: 'help' } : null
}

/** A word of the phrases with one letter wrong, as it was meant in a language. */
function putRight(word: string, language: Language): string {
  const slip = slips[word]
  if (slip !== undefined) return slip
  if (word.length < 5) return word
  const near = (one: string) => Math.abs(one.length - word.length) <= 1 && one[0] === word[0] && distance(word, one) <= 1
  return phraseWords[language].find(near) ?? word
}

/** STOP by text or on the phone stops texts and machines; by mail or in a chat it stops that channel, and a word for leaving the newsletter. */
function scopeOf(word: string, channel: Channel): OptOutScope {
  if (channel === 'sms' || channel === 'call') return 'texts'
  return leaveWords.includes(word) ? 'marketing' : 'channel'
}

/** One typing error in a short keyword, two in a long one; none in three letters. */
function isNear(word: string, keyword: string): boolean {
  const allowed = keyword.length < 4 ? 0 : keyword.length < 8 ? 1 : 2
  if (Math.abs(word.length - keyword.length) > allowed) return false
  return allowed > 0 && distance(word, keyword) <= allowed
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, place) => place)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] ?? a.length
}
