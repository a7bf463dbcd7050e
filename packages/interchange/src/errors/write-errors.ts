import type { Dialect } from '../delimited/dialect.ts'
import { writeDelimited } from '../delimited/write-delimited.ts'
import type { ReadRow } from '../rows.ts'
import type { Encoding } from '../text/encodings.ts'
import { writeWorkbook } from '../workbook/write-workbook.ts'

/** A row that was not taken over, or not wholly, and why, in sentences. */
export type RowInError = { readonly row: ReadRow; readonly reasons: readonly string[] }

/** The table that the rows come from. `reason` names the column of reasons, which comes first. */
export type ErrorTable = { readonly header: readonly string[] | null; readonly width: number; readonly reason: string }

type Errors = AsyncIterable<RowInError> | Iterable<RowInError>

/**
 * Writes a file of errors in the format of the file they come from: the same columns, with the reasons before them, so that it can be mended and brought again. A row that could not be split is split
 * at its delimiters, quotation marks being text; where that does not give the right number of cells, all of it stands in the first one.
 */
export function writeErrors(
  errors: Errors,
  table: ErrorTable,
  format: { readonly dialect: Dialect; readonly encoding: Encoding; readonly mark?: boolean },
): AsyncGenerator<Uint8Array> {
  const { dialect, encoding, mark = false } = format
  return writeDelimited(errorRows(errors, table, dialect), {
    delimiter: dialect.delimiter,
    lineEnd: dialect.lineEnd,
    encoding,
    mark,
    guardFormulas: false,
  })
}

/** The same as an Excel workbook. */
export async function* writeErrorWorkbook(
  errors: Errors,
  { header, width, reason }: ErrorTable,
  sheet: string,
): AsyncGenerator<Uint8Array> {
  const names = [reason, ...(header ?? Array.from({ length: width }, () => ''))]
  yield* writeWorkbook({ header: names, rows: errorRows(errors, { header: null, width, reason }, undefined), sheet })
}

/** A card that was not taken over, or not wholly, and why. */
export type CardInError = { readonly raw: string; readonly reasons: readonly string[] }

/** Writes a file of errors as vCards: each card as it was, with its reasons behind its version. */
export async function* writeErrorCards(errors: AsyncIterable<CardInError> | Iterable<CardInError>): AsyncGenerator<Uint8Array> {
  for await (const { raw, reasons } of errors) {
    const lines = reasons
      .map((reason) => `X-FRONTDESK-PROBLEM:${reason.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n')}\r\n`)
      .join('')
    const text = /\n$/.test(raw) ? raw : `${raw}\r\n`
    const begins = /^[^\r\n]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*\r?\n(?:VERSION[^\r\n]*\r?\n)?/i.exec(text)?.[0] ?? ''
    const whole = begins === '' ? '' : text.slice(begins.length)
    const ended = /END[ \t]*:[ \t]*VCARD\s*$/i.test(whole) ? whole : `${whole}END:VCARD\r\n`
    // Text outside of any card becomes a card's note: nothing of a file is lost.
    yield Buffer.from(
      begins === ''
        ? `BEGIN:VCARD\r\nVERSION:3.0\r\n${lines}NOTE:${raw.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n')}\r\nEND:VCARD\r\n`
        : `${begins}${lines}${ended}`,
    )
  }
}

async function* errorRows(
  errors: Errors,
  { header, width, reason }: ErrorTable,
  dialect: Dialect | undefined,
): AsyncGenerator<readonly string[]> {
  if (header !== null) yield [reason, ...header]
  for await (const { row, reasons } of errors)
    yield [reasons.join(' '), ...(row.kind === 'row' ? row.cells : pieces(row.raw, width, dialect))]
}

function pieces(raw: string, width: number, dialect: Dialect | undefined): readonly string[] {
  const cells = raw.split(dialect?.delimiter ?? '\t')
  return cells.length === width ? cells : [raw]
}
