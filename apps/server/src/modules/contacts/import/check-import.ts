import type { ImportCounts, ImportReach } from '@frontdesk/contract'
import { z } from 'zod'
import { forgetFile, recordFile } from '../../../platform/files/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { numbersAndAddresses } from '../arrival-guards.ts'
import { foldText } from '../fold-text.ts'
import { counted, joined } from './counting.rules.ts'
import { type FaultyRow, keepErrorFile } from './error-file.ts'
import type { StoredImport } from './import.tables.ts'
import { importScreens, type Listed } from './import-screen.ts'
import { findImport, noCounts, readingBy, readingOf, setImport } from './load-import.ts'
import { asListProblem } from './open-list.ts'
import type { PlannedRow } from './plan-batch.rules.ts'
import { planRows } from './plan-rows.ts'
import { type ListReading, type ListRow, readList } from './read-list.ts'
import { SeenKeys } from './seen-keys.ts'
import { importSurroundings } from './surroundings.ts'

const AT_ONCE = 1000
/** What may be done is asked of as many; more take minutes and tell no more. */
const mostAsked = 20_000

/** The import is at another step now: somebody cancelled it, or changed what it is to do. */
class Superseded extends Error {}

/** A dry run: what would become of every row, and what may be done with those people. Begins anew after a crash; nothing is written but what it found. */
export const checkImportJob: Job<{ importId: string }> = defineJob({
  name: 'contacts.check-import',
  endsWithClosing: true,
  payload: z.strictObject({ importId: z.uuid() }),
  fields: { importId: system },
  timeoutSeconds: 3600,
  concurrency: 1,
  run: async (context, { importId }) => {
    try {
      await check(context, importId)
    } catch (error) {
      if (error instanceof Superseded) return
      const found = asListProblem(error)
      if (!found) throw error
      await context.inWorkspace(async (tx) => {
        const row = await findImport(tx, importId, { hold: true })
        if (row.state === 'checking') await setImport(tx, row, { state: 'failed', problem: found.problem })
      })
    }
  },
})

async function check(context: JobContext, importId: string): Promise<void> {
  const { inWorkspace, workspaceId } = context
  const start = await inWorkspace(async (tx) => {
    const row = await findImport(tx, importId)
    if (row.state !== 'checking') throw new Superseded()
    const { locale } = await workspaceFacts(tx)
    return { row, list: await readingOf(tx, row), locale, now: tx.now }
  })
  const { files } = importSurroundings.get()
  const reading = await readList(files, start.list, { size: AT_ONCE })
  const found: Found = { counts: noCounts, reach: [], asked: 0 }
  const stored = await keepErrorFile(faultyRows(context, start.row, reading, found), {
    workspaceId,
    name: start.row.name,
    now: start.now,
    language: readingBy({ ...start.list.reading, locale: start.locale, currency: '' }).culture,
    list: start.list,
    reading,
  })
  const old = await inWorkspace(async (tx) => {
    const row = await findImport(tx, importId, { hold: true })
    if (row.state !== 'checking') return stored?.id ?? null
    if (stored) await recordFile(tx, stored)
    if (row.error_file_id !== null) await forgetFile(tx, row.error_file_id)
    await setImport(tx, row, {
      state: 'checked',
      forecast: JSON.stringify(found),
      error_file_id: stored?.id ?? null,
      row_count: found.counts.rows,
      done: found.counts.rows,
    })
    return row.error_file_id
  })
  if (old !== null) await files.erase({ workspaceId, id: old })
}

type Found = { counts: ImportCounts; reach: readonly ImportReach[]; asked: number }

/** Goes through the list and adds up what it finds; gives the rows that would not be taken. */
async function* faultyRows(context: JobContext, row: StoredImport, reading: ListReading, found: Found): AsyncGenerator<FaultyRow> {
  const seen = new SeenKeys()
  for await (const batch of reading.batches) {
    context.signal.throwIfAborted()
    const planned = await context.inWorkspace(async (tx) => {
      const rows = foretold(await planRows(tx, row, batch, { hold: false }), seen, row.match_by)
      const people = rows.flatMap(({ outcome, draft, row: { incoming } }): Listed[] =>
        draft && incoming && outcome !== 'duplicate'
          ? [{ contactId: draft.isNew ? null : draft.id, points: numbersAndAddresses(draft.points), when: incoming.when }]
          : [],
      )
      const asked = people.slice(0, Math.max(0, mostAsked - found.asked))
      if (asked.length > 0 && row.ground !== null) {
        for (const screen of importScreens.all()) found.reach = joined(found.reach, await screen.reach(tx, asked, row.ground))
        found.asked += asked.length
      }
      found.counts = counted(found.counts, rows)
      const now = await findImport(tx, row.id, { hold: true })
      if (now.state !== 'checking') throw new Superseded()
      await setImport(tx, now, { done: found.counts.rows })
      return rows
    })
    for (const { row: one, reasons } of planned) if (one.problems.length > 0 || reasons.length > 0) yield { row: one, reasons }
  }
}

/** Nothing is written in a dry run, so what an earlier batch would have made is remembered here. */
function foretold(planned: readonly PlannedRow[], seen: SeenKeys, matchBy: readonly string[]): readonly PlannedRow[] {
  return planned.map((row) => {
    const keys = keysOf(row, matchBy)
    if (keys.length === 0) return row
    const met = row.outcome !== 'duplicate' && keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    for (const key of alsoKnownBy(row.row, matchBy)) seen.add(key)
    return met ? { ...row, outcome: 'duplicate' as const } : row
  })
}

const pointsOf = ({ incoming }: ListRow, matchBy: readonly string[], wanted: 'email' | 'phone') =>
  matchBy.includes(wanted) ? (incoming?.points ?? []).filter(({ kind }) => kind === wanted) : []

/** By what a row is known again: as when it is written. */
function keysOf({ draft, row }: PlannedRow, matchBy: readonly string[]): readonly string[] {
  const { incoming } = row
  if (!draft || !incoming) return []
  if (!draft.isNew) return [`contact ${draft.id}`]
  const emails = pointsOf(row, matchBy, 'email').map(({ value }) => `email ${value}`)
  const name = foldText(incoming.name)
  const phones = pointsOf(row, matchBy, 'phone').map(({ value }) => `phone ${value} ${name}`)
  return emails.length > 0 ? [...emails, ...phones] : [...phones, ...alsoKnownBy(row, matchBy)]
}

const alsoKnownBy = (row: ListRow, matchBy: readonly string[]): readonly string[] =>
  pointsOf(row, matchBy, 'phone').map(({ value }) => `phone ${value}`)
