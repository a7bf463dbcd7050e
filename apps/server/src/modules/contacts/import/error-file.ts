import type { WorkspaceId } from '@frontdesk/contract'
import {
  type CardInError,
  plainDialect,
  type ReasonLanguage,
  type RowInError,
  writeErrorCards,
  writeErrors,
  writeErrorWorkbook,
} from '@frontdesk/interchange'
import type { StoredFile } from '../../../platform/files/index.ts'
import { reasonColumn, sayReasons } from './problem-sentences.ts'
import type { ListReading, ListRow, ReadingList } from './read-list.ts'
import { importSurroundings } from './surroundings.ts'

/** A row that was not taken, or not wholly, with the codes of what became of it. */
export type FaultyRow = { readonly row: ListRow; readonly reasons: readonly string[] }

export type ErrorFile = {
  readonly workspaceId: WorkspaceId
  readonly name: string
  readonly now: Temporal.Instant
  readonly language: ReasonLanguage
  readonly list: ReadingList
  readonly reading: Pick<ListReading, 'header' | 'width'>
}

const mostBytes = 2_000_000_000

/** Writes the rows that were not taken, with their reasons, in the format of the list. Reads `faulty` to its end, and stores nothing where there is none. */
export async function keepErrorFile(faulty: AsyncGenerator<FaultyRow>, about: ErrorFile): Promise<StoredFile | null> {
  const first = await faulty.next()
  if (first.done) return null
  const all = (async function* () {
    yield first.value
    yield* faulty
  })()
  const { format } = about.list
  return importSurroundings.get().files.put(content(all, about), {
    workspaceId: about.workspaceId,
    subjects: [],
    purpose: 'export',
    name: nameOf(about.name, format.kind),
    maxBytes: mostBytes,
    now: about.now,
  })
}

function content(faulty: AsyncIterable<FaultyRow>, { list, reading, language }: ErrorFile): AsyncIterable<Uint8Array> {
  const { format, settled } = list
  const sentences = ({ row, reasons }: FaultyRow) => sayReasons(row, reasons, { header: reading.header, fields: settled.fields, language })
  if (format.kind === 'vcard') {
    return writeErrorCards(
      (async function* (): AsyncGenerator<CardInError> {
        for await (const one of faulty) yield { raw: one.row.source.raw, reasons: sentences(one) }
      })(),
    )
  }
  const rows = (async function* (): AsyncGenerator<RowInError> {
    for await (const one of faulty) if ('kind' in one.row.source) yield { row: one.row.source, reasons: sentences(one) }
  })()
  const table = { header: reading.header, width: reading.width, reason: reasonColumn(language) }
  if (format.kind === 'workbook') return writeErrorWorkbook(rows, table, format.sheet ?? 'Sheet1')
  const encoding = format.encoding ?? 'utf-8'
  return writeErrors(rows, table, {
    dialect: format.dialect ?? plainDialect,
    encoding,
    mark: encoding !== 'windows-1252' && encoding !== 'macintosh',
  })
}

const endings = { delimited: 'csv', workbook: 'xlsx', vcard: 'vcf' } as const

function nameOf(name: string, kind: keyof typeof endings): string {
  const [, base = name, ending = endings[kind]] = /^(.*)\.([A-Za-z0-9]{1,5})$/.exec(name) ?? []
  return `${base} - errors.${ending}`
}
