/** What can be wrong with one cell. The rest of its row stands. */
export type CellProblemCode =
  | 'not_a_phone'
  | 'not_an_email'
  | 'not_a_date'
  | 'date_could_be_two'
  | 'not_a_number'
  | 'not_an_amount'
  | 'currency_unknown'
  | 'not_yes_or_no'
  | 'not_a_choice'
  | 'not_a_website'
  | 'undecodable'
  | 'too_long'

/** One cell that could not be read: its column (from 0), what stood there, and why not. */
export type CellProblem = { readonly code: CellProblemCode; readonly column: number; readonly value: string }

/** A cell read, or the code of what is wrong with it. */
export type CellRead<T> = { readonly value: T } | { readonly problem: CellProblemCode }
