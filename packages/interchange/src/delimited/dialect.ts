/** How one file of delimited rows is written. RFC 4180 is `plainDialect`; programs differ in everything but the idea. */
export type Dialect = {
  /** One character. */
  readonly delimiter: string
  /** One character, or empty where nothing is quoted. */
  readonly quote: '"' | "'" | ''
  /** How a quote inside of a quoted cell is written: twice (RFC 4180), or behind a backslash. */
  readonly escape: 'doubled' | 'backslash'
  readonly lineEnd: '\n' | '\r\n' | '\r'
  /** Lines before the header, or before the first row: "sep=;", titles, blanks. */
  readonly skipLines: number
  /** Whether the first row names the columns. */
  readonly header: boolean
  /** Whether rows may have fewer cells than the header. Where that is not usual, a short row is a piece of a broken one. */
  readonly ragged: boolean
  /** How many columns there are; 0 where the first row tells. A header may name fewer: the others have no name. */
  readonly width: number
  /** Whether blanks between the delimiter and a quote belong to neither. */
  readonly blanksAroundQuotes: boolean
}

/** RFC 4180 with a header. */
export const plainDialect: Dialect = {
  delimiter: ',',
  quote: '"',
  escape: 'doubled',
  lineEnd: '\r\n',
  skipLines: 0,
  header: true,
  ragged: false,
  width: 0,
  blanksAroundQuotes: false,
}
