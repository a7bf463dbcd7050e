/** What can be wrong with a file as a whole. */
export type FileErrorCode =
  | 'empty_file'
  | 'header_unreadable'
  | 'too_many_columns'
  | 'not_a_workbook'
  | 'workbook_damaged'
  | 'workbook_encrypted'
  | 'workbook_too_large'
  | 'no_such_sheet'

/** A file that cannot be read at all, in a plain sentence, with code and facts for whoever maps it to an answer. What is wrong with one row is never thrown. */
export class FileUnreadable extends Error {
  readonly code: FileErrorCode
  readonly facts: { readonly [name: string]: string | number }

  constructor(code: FileErrorCode, message: string, facts: { readonly [name: string]: string | number } = {}, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FileUnreadable'
    this.code = code
    this.facts = facts
  }
}

/** Why something was guessed: a code for whoever words it, with its facts. */
export type Reason = { readonly code: string; readonly [fact: string]: string | number | boolean | readonly string[] }

/** A guess, how sure it is (0 to 1), and what it rests on. A person may always say otherwise. */
export type Guess<T> = { readonly value: T; readonly confidence: number; readonly reasons: readonly Reason[] }

/** Bytes as they arrive, in pieces of any size. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** The bounds of one file; they keep memory flat whatever comes. */
export const limits = {
  /** A row, in characters; a longer one is an error row. */
  rowChars: 1_048_576,
  /** What is kept of an error row's own text, in characters. */
  rawChars: 65_536,
  columns: 4096,
  /** Detection looks at the beginning only, in bytes. */
  sampleBytes: 262_144,
} as const
