import { foldWords } from '../text/fold-words.ts'
import { splitValues } from './split-values.ts'

const wordsOf = (list: string, value: boolean) => list.split(' ').map((word) => [word, value] as const)
const yesNo = new Map([
  ...wordsOf('yes y true t 1 x on si s verdadero v cierto oui o vrai ok', true),
  ...wordsOf('no n false f 0 off falso non faux', false),
])

/** Yes and no in English, Spanish and French; undefined where it is neither. */
export function readYesNo(cell: string): boolean | undefined {
  const text = cell.trim()
  if (text === '✓' || text === '✔' || text === '☑') return true
  if (text === '✗' || text === '✘' || text === '☐') return false
  return text.length > 12 ? undefined : yesNo.get(foldWords(text))
}

/** One of several words; compared without case and accents, given back as the option is written. Without options any word is one. */
export function readChoice(cell: string, options?: readonly string[]): string | undefined {
  const text = cell.trim()
  if (options === undefined) return text
  const folded = foldWords(text)
  return options.find((option) => option === text) ?? options.find((option) => foldWords(option) === folded)
}

/** Several words of a cell, each once. Google's own groups ("* myContacts") say nothing about a person. */
export function readTags(cell: string): readonly string[] {
  const seen = new Map<string, string>()
  for (const tag of splitValues(cell, { commas: true })) {
    if (tag.startsWith('* ')) {
      const own = tag.slice(2)
      if (/^(myContacts|My Contacts|starred|friends|family|coworkers)$/.test(own)) continue
      seen.set(foldWords(own), own)
    } else if (!seen.has(foldWords(tag))) seen.set(foldWords(tag), tag)
  }
  return [...seen.values()]
}

/** An address on the web, with its scheme; undefined where it is none. */
export function readWebsite(cell: string): string | undefined {
  const text = cell.trim()
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!/^https?:\/\/[^\s/?#]+\.[^\s/?#]+\S*$/i.test(full) || !URL.canParse(full)) return undefined
  return full
}
