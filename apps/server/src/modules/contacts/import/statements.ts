/** A batch as sets of rows: the database reads each from one text. */
export const asRows = (rows: readonly object[]): string => JSON.stringify(rows)

/** What a batch sends to the database, worked out already. */
export type Statements = () => Promise<unknown>
/** Where there is nothing to write. */
export const nothing: Statements = () => Promise.resolve()
