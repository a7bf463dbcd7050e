/** Letters that Unicode does not decompose, as people type them on a plain keyboard. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ĸ: 'k',
  ـ: '', // Arabic tatweel only stretches a word
}

const plainWords = /^(?:[!-~]+(?: [!-~]+)*)?$/

/**
 * The form in which names are compared and searched: lower case, without accents and vowel marks, one space between words. Done here and not by the database's
 * `unaccent`, so that what is stored and what is looked for can never differ, on any server and in any script.
 */
export function foldText(text: string): string {
  // Most texts are plain words, which nothing below would change but their case.
  if (plainWords.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłħıŋŧĸـ]/gu, (letter) => plainLetters[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim()
}

/** The text that search looks through: folded words, and numbers in the form that is dialled. Each begins behind a space, the first one too. */
export function searchText(name: string, company: string | null, values: readonly string[]): string {
  return ['', name, company ?? '', ...values]
    .map(foldText)
    .filter((text, at) => at === 0 || text !== '')
    .join(' ')
}
