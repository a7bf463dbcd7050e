import type { Import, ImportCounts, Principal } from '@frontdesk/contract'
import type { PersonReading } from '@frontdesk/interchange'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { readFields } from '../fields/list-fields.ts'
import { foldText } from '../fold-text.ts'
import type { StoredImport } from './import.tables.ts'
import { ListProblem } from './open-list.ts'
import type { ReadingList } from './read-list.ts'

/** How long an import can be taken back: as long as what it replaced is kept. */
export const undoDays = 30

export const noCounts: ImportCounts = {
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  duplicate: 0,
  invalid: 0,
  erased: 0,
  refused: 0,
  withProblems: 0,
  stopped: 0,
}

/** One import. Throws 404. */
export async function loadImport(tx: WorkspaceTx, by: Principal, importId: string): Promise<z.input<typeof Import>> {
  contactsPolicy.require(by, 'contacts.import')
  return presentImport(await findImport(tx, importId))
}

/** One page of imports, newest first. */
export async function listImports(tx: WorkspaceTx, by: Principal, wish: { readonly cursor?: string | undefined; readonly limit: number }) {
  contactsPolicy.require(by, 'contacts.import')
  return newestFirst(tx.db.selectFrom('import').selectAll().where('workspace_id', '=', tx.workspaceId), wish, presentImport)
}

/** The row of an import. Throws 404. */
export async function findImport(tx: WorkspaceTx, importId: string, { hold = false } = {}): Promise<StoredImport> {
  const row = await tx.db
    .selectFrom('import')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', importId)
    .$if(hold, (query) => query.forUpdate())
    .executeTakeFirst()
  if (row) return row
  throw new Refusal('http/not-found', { detail: 'There is no such import here.' })
}

type Change = Omit<Parameters<ReturnType<WorkspaceTx['db']['updateTable']>['set']>[0] & object, never>

/** Writes what changed of an import and tells whoever watches it. */
export async function setImport(
  tx: WorkspaceTx,
  row: StoredImport,
  change: Partial<Record<keyof StoredImport, unknown>>,
): Promise<StoredImport> {
  const next = await tx.db
    .updateTable('import')
    .set({ version: row.version + 1, ...change } as Change)
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await emit(tx, 'import.changed', { importId: row.id, state: next.state })
  return next
}

/** An import as the API shows it. */
export function presentImport(row: StoredImport): z.input<typeof Import> {
  const { format } = row
  const canUndo = ['finished', 'cancelled', 'paused'].includes(row.state)
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    problem: row.problem,
    name: row.name,
    how: row.how,
    size: row.size,
    format: format && {
      kind: format.kind,
      program: format.program,
      encoding: format.encoding,
      delimiter: format.delimiter,
      header: format.header,
      sheet: format.sheet,
      sheets: format.sheets,
    },
    columns: [...row.columns],
    country: row.country,
    dateOrder: row.date_order,
    matchBy: row.match_by as ('email' | 'phone')[],
    rules: { ...row.rules },
    tags: row.tags,
    ground: row.ground,
    remembered: row.remembered,
    rows: row.row_count,
    done: row.done,
    forecast: row.forecast && { counts: row.forecast.counts, reach: [...row.forecast.reach], asked: row.forecast.asked },
    counts: row.counts,
    undo: { removed: row.removed, restored: row.restored, kept: row.kept },
    hasErrors: row.error_file_id !== null,
    undoUntil: canUndo ? (row.started_at?.add({ hours: 24 * undoDays }).toString() ?? null) : null,
    fileUntil: row.file_id === null ? null : row.created_at.add({ hours: 24 * 30 }).toString(),
    createdAt: row.created_at.toString(),
    startedAt: row.started_at?.toString() ?? null,
    finishedAt: row.finished_at?.toString() ?? null,
  }
}

/** The refusal where an import is at another step than what is asked of it. */
export const notReady = (detail: string): Refusal => new Refusal('contacts/import-not-ready', { detail })

/** The refusal where the file of an import is not kept any more. */
export const fileGone = (): Refusal =>
  new Refusal('contacts/import-file-gone', {
    detail:
      'Files of lists are kept for 30 days, and go at once when somebody is erased. Bring the file again to go on. Contacts that came with it stay.',
  })

/** Everything that reading the list needs. Throws `ListProblem` where its file is gone. */
export async function readingOf(tx: WorkspaceTx, row: StoredImport): Promise<ReadingList> {
  const file = row.file_id === null ? undefined : await findFile(tx, row.file_id)
  if (!file || row.format === null) throw new ListProblem('file_gone')
  const business = await workspaceFacts(tx)
  const fields = await readFields(tx)
  const { rows: members } = await sql<{ id: string; name: string; email: string }>`
    select id, name, email from member where workspace_id = ${tx.workspaceId} and removed_at is null`.execute(tx.db)
  const today = tx.now.toZonedDateTimeISO(business.zone).toPlainDate().toString()
  return {
    file: { workspaceId: tx.workspaceId, id: file.id, size: file.size },
    format: row.format,
    settled: { columns: row.columns, dateOrder: row.date_order, fields },
    reading: readingBy({ country: row.country, locale: business.locale, currency: business.currency, today }),
    facts: {
      members: new Map(members.flatMap(({ id, name, email }) => [[foldText(name), id] as const, [foldText(email), id] as const])),
      memberIds: new Set(members.map(({ id }) => id)),
      tags: row.tags,
      today,
      country: row.country,
    },
  }
}

/** How cells are read, by the business's habits. */
export const readingBy = ({
  country,
  locale,
  currency,
  today,
}: {
  readonly country: string | null
  readonly locale: string
  readonly currency: string
  readonly today: string
}): PersonReading => {
  const language = new Intl.Locale(locale).language
  return { country, culture: language === 'es' || language === 'fr' ? language : 'en', currency, today }
}
