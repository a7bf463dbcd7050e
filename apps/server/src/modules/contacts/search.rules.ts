import { foldText } from './fold-text.ts'

/** What was typed into a search field, as patterns for LIKE over `search_text` and `name_sort`. */
export type SearchWish = {
  /** A pattern a word: it stands somewhere. */
  readonly anywhere: readonly string[]
  /** The same as far as an index of three letters answers it: a shorter word begins a word. */
  readonly indexed: readonly string[]
  /** The digits of a number, without a leading 0 that only dials within a country. */
  readonly digits: string | null
  /** A name that begins with all that was typed. */
  readonly named: string
  /** The first word begins a word. */
  readonly began: string
  /** How many of the contacts heard of last are looked at one by one. */
  readonly recent: number
  /** How it may have been meant, with a slip of the keyboard in one of its words: what begins with one of `meant` and has the others. Nothing where no word is long enough for that. */
  readonly slips: readonly { readonly meant: readonly string[]; readonly others: readonly string[] }[]
}

const MOST_WORDS = 6
/** One in 150 who meets it fills a list of twenty. */
const RECENT = 3000
/** Signs, and words of two letters in scripts that write without spaces: an index of three letters knows only where a word begins with them. */
const RECENT_WITHOUT_INDEX = 20_000

/** Reads what was typed into a search field. */
export function readSearch(typed: string): SearchWish {
  const folded = foldText(typed)
  const number = /^[+()\d\s./-]{3,}$/.test(folded) ? folded.replace(/\D/g, '').replace(/^0+/, '') : ''
  const words = folded.split(' ').filter(Boolean).slice(0, MOST_WORDS)
  const plain = words.map(escaped)
  const indexed = words.map(indexable)
  return {
    anywhere: plain.map((word) => `%${word}%`),
    indexed: indexed.filter((pattern) => pattern !== null),
    digits: number.length >= 3 ? `%${number}%` : null,
    named: `${plain.join(' ')}%`,
    began: `% ${plain[0] ?? ''}%`,
    recent: words.every((word) => /[\p{L}\p{N}]{3}|^[a-z\d]+$/u.test(word)) ? RECENT : RECENT_WITHOUT_INDEX,
    slips: words.flatMap((word, at) =>
      canSlip.test(word)
        ? [{ meant: slipsOf(word), others: indexed.filter((_, other) => other !== at).filter((pattern) => pattern !== null) }]
        : [],
    ),
  }
}

/** A pattern that an index of three letters answers: a shorter word begins a word, and signs alone are nothing to it. */
function indexable(word: string): string | null {
  if (/[\p{L}\p{N}]{3}/u.test(word)) return `%${escaped(word)}%`
  return /[\p{L}\p{N}]/u.test(word) ? `% ${escaped(word)}%` : null
}

/**
 * Patterns of words that begin as this one would without one slip of the keyboard: a letter too much, too few, another one, or two swapped (Damerau 1964: four of five misspellings are one of
 * these). Those of which an index of three letters knows a single letter at most are left out: nearly everybody would have to be looked at.
 */
export function slipsOf(word: string): readonly string[] {
  const letters = [...word]
  const around = (at: number, between: string, next: number) => [...letters.slice(0, at), between, ...letters.slice(next)].join('')
  const meant = letters.flatMap((letter, at) => [
    around(at, '', at + 1),
    around(at, '_', at + 1),
    around(at, '_', at),
    ...(at + 1 < letters.length ? [around(at, `${letters[at + 1]}${letter}`, at + 2)] : []),
  ])
  return [...new Set(meant)].filter((each) => /^[^_]{2}|[^_]{3}/u.test(each)).map((each) => `% ${each}%`)
}

/** Shorter words have too many neighbours to tell a slip from another word. */
const canSlip = /^\p{L}{4,}$/u

const escaped = (word: string): string => word.replace(/[\\%_]/g, (sign) => `\\${sign}`)
