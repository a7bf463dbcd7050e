import type { ImportProblem } from '@frontdesk/contract'
import {
  type CardRow,
  type Chunks,
  decodeText,
  detectDialect,
  detectFormat,
  type Encoding,
  FileUnreadable as ListUnreadable,
  limits,
  openDelimited,
  openSheet,
  openWorkbook,
  type PersonReading,
  type ReadRow,
  readCards,
  recogniseSource,
  surveyEncoding,
} from '@frontdesk/interchange'
import { type FilePlace, type Files, FileUnreadable } from '../../../platform/files/index.ts'
import type { ListFormat, SaidFormat } from './import.tables.ts'

/** A list in the file store. */
export type ListFile = FilePlace & { readonly size: number }
type Store = Pick<Files, 'get'>

/** Why a list cannot be read, for whoever ends the import with it. */
export class ListProblem extends Error {
  readonly problem: ImportProblem
  constructor(problem: ImportProblem, options?: ErrorOptions) {
    super(`The list cannot be read: ${problem}.`, options)
    this.name = 'ListProblem'
    this.problem = problem
  }
}

/** Turns what reading throws into the problem that a person is told; other errors stay what they are. */
export function asListProblem(error: unknown): ListProblem | undefined {
  if (error instanceof ListProblem) return error
  if (error instanceof ListUnreadable) return new ListProblem(error.code, { cause: error })
  if (error instanceof FileUnreadable && error.reason !== 'damaged') return new ListProblem('file_gone', { cause: error })
  return undefined
}

/** What a file is by its first bytes. Throws `ListProblem` where it is no list at all. */
export function kindOf(head: Uint8Array): 'delimited' | 'workbook' | 'vcard' {
  if (head.length === 0) throw new ListProblem('empty_file')
  const { value } = detectFormat(head)
  if (value === 'delimited' || value === 'workbook' || value === 'vcard') return value
  throw new ListProblem(value === 'old_workbook' ? 'old_workbook' : 'not_a_list')
}

/** The beginning of a file. */
export async function headOf(files: Store, file: ListFile, bytes: number = limits.sampleBytes): Promise<Buffer> {
  if (file.size === 0) return Buffer.alloc(0)
  return Buffer.concat(await Array.fromAsync(await files.get(file, { start: 0, end: Math.min(bytes, file.size) })))
}

const bytesOf = (files: Store, file: ListFile) => ({
  size: file.size,
  read: async (from: number, length: number) => {
    const end = Math.min(from + length, file.size)
    return from >= end ? new Uint8Array() : Buffer.concat(await Array.fromAsync(await files.get(file, { start: from, end })))
  },
})

const mediaTypes = {
  delimited: 'text/csv',
  workbook: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  vcard: 'text/vcard',
} as const

/** Finds out how a file is written; what a person says counts before what is found. Reads all of it once where only the whole tells the encoding. Throws `ListProblem` or what the file store throws. */
export async function detectList(files: Store, file: ListFile, said: SaidFormat = {}): Promise<ListFormat> {
  const head = await headOf(files, file)
  const kind = kindOf(head)
  const plain = {
    kind,
    program: null,
    encoding: null,
    delimiter: null,
    header: true,
    sheet: null,
    sheets: [],
    dialect: null,
    skipRows: 0,
    mediaType: mediaTypes[kind],
  }
  if (kind === 'workbook') {
    const book = await openWorkbook(bytesOf(files, file))
    const sheet = await openSheet(book, {
      ...(said.sheet === undefined ? {} : { sheet: said.sheet }),
      ...(said.header === undefined ? {} : { header: said.header }),
    })
    const { skipRows, header } = sheet.guess.value
    return {
      ...plain,
      sheet: sheet.sheet,
      sheets: book.sheets.filter(({ hidden }) => !hidden).map(({ name }) => name),
      header,
      skipRows,
      program: sheet.header ? recogniseSource(sheet.header).value : null,
    }
  }
  const encoding = said.encoding ?? (await encodingOf(files, file))
  if (kind === 'vcard') return { ...plain, encoding }
  const text = (await Array.fromAsync(decodeText([head], encoding))).join('')
  const found = detectDialect(text, { whole: head.length === file.size }).value
  const dialect = {
    ...found,
    ...(said.delimiter === undefined ? {} : { delimiter: said.delimiter, width: 0 }),
    ...(said.header === undefined ? {} : { header: said.header }),
  }
  const { header } = await openDelimited([head], { encoding, dialect })
  return {
    ...plain,
    encoding,
    dialect,
    delimiter: dialect.delimiter,
    header: dialect.header,
    program: header ? recogniseSource(header).value : null,
    mediaType: dialect.delimiter === '\t' ? 'text/tab-separated-values' : mediaTypes.delimited,
  }
}

async function encodingOf(files: Store, file: ListFile): Promise<Encoding> {
  const survey = surveyEncoding()
  for await (const chunk of await files.get(file)) survey.take(chunk)
  return survey.guess().value
}

/** A list as it is read: columns with rows, or cards. */
export type OpenList =
  | {
      readonly kind: 'table'
      readonly header: readonly string[] | null
      readonly width: number
      readonly rows: AsyncIterable<readonly ReadRow[]>
    }
  | { readonly kind: 'cards'; readonly cards: AsyncIterable<readonly CardRow[]> }

/** Opens a list whose format is known; `most` bytes of it where only its beginning is wanted. Throws `ListProblem` or what the file store throws. */
export async function openList(files: Store, file: ListFile, format: ListFormat, reading: PersonReading, most?: number): Promise<OpenList> {
  if (format.kind === 'workbook') {
    const { header, width, rows } = await openSheet(await openWorkbook(bytesOf(files, file)), {
      ...(format.sheet === null ? {} : { sheet: format.sheet }),
      skipRows: format.skipRows,
      header: format.header,
    })
    return { kind: 'table', header, width, rows }
  }
  const chunks: Chunks = most === undefined ? await files.get(file) : [await headOf(files, file, most)]
  const encoding = format.encoding ?? 'utf-8'
  if (format.kind === 'vcard') return { kind: 'cards', cards: readCards(chunks, encoding, reading) }
  const { header, width, rows } = await openDelimited(chunks, { encoding, dialect: format.dialect ?? {} })
  return { kind: 'table', header, width, rows }
}
