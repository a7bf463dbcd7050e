import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { isDatabaseAway } from '../../../platform/database/index.ts'
import { sqlState } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { forgetFile, recordFile } from '../../../platform/files/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { holdFields } from '../fields/index-values.ts'
import { readFields } from '../fields/list-fields.ts'
import { lockAllPoints } from '../lock-points.ts'
import { counted } from './counting.rules.ts'
import { type FaultyRow, keepErrorFile } from './error-file.ts'
import type { RowOutcome, StoredImport } from './import.tables.ts'
import { importScreens } from './import-screen.ts'
import { findImport, readingBy, readingOf, setImport } from './load-import.ts'
import { asListProblem } from './open-list.ts'
import type { PlannedRow } from './plan-batch.rules.ts'
import { planRows } from './plan-rows.ts'
import { type ListRow, ReadAhead, type ReadingList, readList } from './read-list.ts'
import { importSurroundings } from './surroundings.ts'
import { writeBatch } from './write-batch.ts'

const AT_ONCE = 1000

/** The import is at another step now, or another worker goes on with it. */
class Superseded extends Error {}

/**
 * Writes a list, batch by batch: each in one transaction with how far the list is behind it, so that a worker that dies leaves whole batches, and the next one goes on behind the last.
 * However often it is tried, every row is written once.
 */
export const runImportJob: Job<{ importId: string }> = defineJob({
  name: 'contacts.run-import',
  endsWithClosing: true,
  payload: z.strictObject({ importId: z.uuid() }),
  fields: { importId: system },
  timeoutSeconds: 3600,
  concurrency: 1,
  // A try that a killed worker took along is none of the list's doing.
  retries: { limit: 50, delaySeconds: 2, backoff: 'fixed' },
  run: async (context, { importId }) => {
    try {
      await run(context, importId)
    } catch (error) {
      if (error instanceof Superseded) return
      const found = asListProblem(error)
      const isOurs = !isDatabaseAway(error) && !context.signal.aborted
      if (!found && (!isOurs || context.attempt < 3)) throw error
      await context.inWorkspace(async (tx) => {
        const row = await findImport(tx, importId, { hold: true })
        if (row.state === 'writing') await setImport(tx, row, { state: 'paused', problem: found?.problem ?? 'stopped' })
      })
      if (!found) throw error
    }
  },
})

async function run(context: JobContext, importId: string): Promise<void> {
  const { inWorkspace } = context
  const start = await inWorkspace(async (tx) => {
    const row = await findImport(tx, importId)
    if (row.state !== 'writing') throw new Superseded()
    return { row, list: await readingOf(tx, row), locale: (await workspaceFacts(tx)).locale, now: tx.now }
  })
  const { files } = importSurroundings.get()
  const { done: before } = start.row
  const reading = await readList(files, start.list, { wanted: (number) => number > before, size: AT_ONCE })
  const faulty = new RowNumbers()
  const ahead = new ReadAhead(reading.batches)
  try {
    for (let batch = await ahead.next(); batch !== undefined; batch = await ahead.next()) {
      context.signal.throwIfAborted()
      // A list of any length is written, however long that takes: a job of its own goes on behind the last batch.
      if (context.halfTimeOver()) return void (await inWorkspace((tx) => enqueue(tx, runImportJob, { importId })))
      for (const { row, reasons } of await write(context, importId, batch, ahead.begin)) {
        if (row.problems.length > 0 || reasons.length > 0) faulty.add(row.number)
      }
    }
  } finally {
    await ahead.close()
  }
  // Of rows that an earlier try wrote nothing is remembered: they are read again, whole.
  const wanted = (number: number) => number <= before || faulty.has(number)
  const stored = await keepErrorFile(faultyRows(context, start.row, start.list, wanted), {
    workspaceId: context.workspaceId,
    name: start.row.name,
    now: start.now,
    language: readingBy({ ...start.list.reading, locale: start.locale, currency: '' }).culture,
    list: start.list,
    reading,
  })
  const old = await inWorkspace(async (tx) => {
    const row = await findImport(tx, importId, { hold: true })
    if (row.state !== 'writing') return stored?.id ?? null
    if (stored) await recordFile(tx, stored)
    if (row.error_file_id !== null) await forgetFile(tx, row.error_file_id)
    await setImport(tx, row, { state: 'finished', finished_at: tx.now, error_file_id: stored?.id ?? null })
    await emit(tx, 'import.finished', { importId })
    await emit(tx, 'contacts.changed', { runId: importId, count: row.counts.created + row.counts.updated + row.counts.duplicate })
    return row.error_file_id
  })
  if (old !== null) await files.erase({ workspaceId: context.workspaceId, id: old })
}

/** Errors of the data, not of the database: a value that it does not take, or one that somebody else took meanwhile. */
const isAboutData = (error: unknown): boolean => /^2[23]/.test(sqlState(error) ?? '')

/** Writes some rows. What cannot be written is looked for by halves and left out alone. `whileWriting` begins what can be done meanwhile. */
async function write(
  context: JobContext,
  importId: string,
  rows: readonly ListRow[],
  whileWriting?: () => void,
): Promise<readonly PlannedRow[]> {
  try {
    return await context.inWorkspace((tx) => writeRows(tx, context, importId, rows, { whileWriting }))
  } catch (error) {
    if (!isAboutData(error)) throw error
    if (rows.length > 1) {
      const half = Math.ceil(rows.length / 2)
      const first = await write(context, importId, rows.slice(0, half))
      return [...first, ...(await write(context, importId, rows.slice(half)))]
    }
    return context.inWorkspace((tx) =>
      writeRows(
        tx,
        context,
        importId,
        rows.map((row) => ({ ...row, incoming: undefined })),
        { reason: 'not_storable' },
      ),
    )
  }
}

async function writeRows(
  tx: WorkspaceTx,
  context: JobContext,
  importId: string,
  rows: readonly ListRow[],
  { reason, whileWriting }: { readonly reason?: string | undefined; readonly whileWriting?: (() => void) | undefined },
): Promise<readonly PlannedRow[]> {
  const row = await findImport(tx, importId, { hold: true })
  const [first] = rows
  if (row.state !== 'writing' || !first || row.done !== first.number - 1) throw new Superseded()
  await lockAllPoints(tx)
  await holdFields(tx, 'together')
  const plan = await planRows(tx, row, rows, { hold: true })
  const planned = reason === undefined ? plan : plan.map((one): PlannedRow => ({ ...one, reasons: [reason] }))
  const landed = await writeBatch(tx, {
    importId,
    actor: { kind: row.actor_kind, id: row.actor_id },
    planned,
    fields: await readFields(tx), // as they are now that they are held
    ...(whileWriting && { whileWriting }),
  })
  if (row.ground !== null && landed.length > 0) {
    for (const screen of importScreens.all()) await screen.landed(tx, context.by, { importId, ground: row.ground, people: landed })
  }
  await setImport(tx, row, { done: row.done + rows.length, counts: JSON.stringify(counted(row.counts, planned)) })
  return planned
}

/** Numbers of rows, a byte for each up to the largest: a list of a million has a megabyte of them. */
class RowNumbers {
  #marks = new Uint8Array(1024)

  add(number: number): void {
    if (number >= this.#marks.length) {
      const more = new Uint8Array(number * 2)
      more.set(this.#marks)
      this.#marks = more
    }
    this.#marks[number] = 1
  }

  has = (number: number): boolean => this.#marks[number] === 1
}

type Fault = { readonly number: number; readonly outcome: RowOutcome; readonly reasons: string[] | null }

/** The rows that were not taken, or not wholly: what of them cannot be read, and what became of them. Others than those `wanted` are not looked at. */
async function* faultyRows(
  context: JobContext,
  row: StoredImport,
  list: ReadingList,
  wanted: (number: number) => boolean,
): AsyncGenerator<FaultyRow> {
  const { batches } = await readList(importSurroundings.get().files, list, { wanted, size: AT_ONCE })
  for await (const batch of batches) {
    context.signal.throwIfAborted()
    const faults = await context.inWorkspace((tx) => faultsOf(tx, row.id, batch))
    for (const one of batch) {
      const reasons = faults.get(one.number)?.reasons ?? []
      if (one.problems.length > 0 || reasons.length > 0) yield { row: one, reasons }
    }
  }
}

async function faultsOf(tx: WorkspaceTx, importId: string, rows: readonly ListRow[]): Promise<ReadonlyMap<number, Fault>> {
  const found = await sql<Fault>`
    select number, outcome, reasons from import_row
    where workspace_id = ${tx.workspaceId} and import_id = ${importId} and number between ${rows[0]?.number ?? 0} and ${rows.at(-1)?.number ?? 0}
      and reasons is not null`.execute(tx.db)
  return new Map(found.rows.map((fault) => [fault.number, fault]))
}
