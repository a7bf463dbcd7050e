import type { FileId, ImportSample, Principal } from '@frontdesk/contract'
import { isRow } from '@frontdesk/interchange'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { fileGone, findImport, notReady, readingBy, readingOf } from './load-import.ts'
import { asListProblem, openList } from './open-list.ts'
import { planRows } from './plan-rows.ts'
import { sayReasons } from './problem-sentences.ts'
import { readList } from './read-list.ts'
import { importSurroundings } from './surroundings.ts'

/** How much of a file is read to show something of it. */
const shownBytes = 262_144
const shownCells = 3
const shownRows = 200
const mostOfEach = 5

/** The first filled cells of each column, as they stand in the file. Throws `contacts/import-file-gone`. */
export async function firstCells(tx: WorkspaceTx, by: Principal, importId: string): Promise<{ columns: string[][] }> {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, importId)
  if (row.columns.length === 0) return { columns: [] }
  return whileThere(async () => {
    const list = await readingOf(tx, row)
    const open = await openList(importSurroundings.get().files, list.file, list.format, list.reading, shownBytes)
    const columns: string[][] = row.columns.map(() => [])
    if (open.kind === 'cards') return { columns }
    let seen = 0
    for await (const batch of open.rows) {
      for (const one of batch.filter(isRow)) {
        seen += 1
        for (const [place, cells] of columns.entries()) {
          const cell = one.cells[place]?.trim() ?? ''
          if (cell !== '' && cells.length < shownCells && !cells.includes(cell)) cells.push(cell.slice(0, 200))
        }
      }
      if (seen >= 500) break
    }
    return { columns }
  })
}

/** What would become of the first rows, some of each kind. Throws `contacts/import-not-ready`, `contacts/import-file-gone`. */
export async function sampleRows(tx: WorkspaceTx, by: Principal, importId: string): Promise<{ items: z.input<typeof ImportSample>[] }> {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, importId)
  if (row.state !== 'draft' && row.state !== 'checking' && row.state !== 'checked')
    throw notReady('Only a list that was not started yet can be tried out.')
  return whileThere(async () => {
    const list = await readingOf(tx, row)
    const { header, batches } = await readList(importSurroundings.get().files, list, { size: shownRows, most: shownBytes })
    const first = await batches.next()
    await batches.return(undefined)
    if (first.done) return { items: [] }
    const { locale } = await workspaceFacts(tx)
    const language = readingBy({ ...list.reading, locale, currency: '' }).culture
    const planned = await planRows(tx, row, first.value, { hold: false })
    const items = planned.map(({ row: one, outcome, stopped, draft, fields, reasons }) => ({
      line: one.line,
      outcome,
      stopped,
      name: one.incoming?.name ?? '',
      points: (one.incoming?.points ?? []).map(({ asTyped }) => asTyped),
      contactId: draft && !draft.isNew ? draft.id : null,
      changes: outcome === 'created' ? [] : [...fields],
      reasons: [...sayReasons(one, reasons, { header, fields: list.settled.fields, language })],
    }))
    const kinds = Map.groupBy(items, (item) => item.outcome)
    return { items: [...kinds.values()].flatMap((of) => of.slice(0, mostOfEach)).toSorted((one, other) => one.line - other.line) }
  })
}

async function whileThere<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (asListProblem(error)?.problem === 'file_gone') throw fileGone()
    throw error
  }
}

/** The file of the rows that were not taken. Throws 404 where all were. */
export async function errorFile(tx: WorkspaceTx, by: Principal, importId: string) {
  contactsPolicy.require(by, 'contacts.import')
  const row = await findImport(tx, importId)
  const file = row.error_file_id === null ? undefined : await findFile(tx, row.error_file_id as FileId)
  if (!file) throw new Refusal('http/not-found', { detail: 'Every row of this list was taken whole, or the file is not kept any more.' })
  return { workspaceId: tx.workspaceId, id: file.id, size: file.size, name: file.name ?? 'errors', mediaType: file.media_type }
}
