import type { Principal, WorkspaceId } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { audit } from '../../../platform/audit/index.ts'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import type { RetentionRule } from '../../../platform/inventory/index.ts'
import { countDue, type DueWhen } from './due-rows.ts'
import { heldRows } from './legal-holds.ts'
import { planRetention, type RetentionPlan, readLinks, type TablePart } from './plan-retention.ts'
import { purgeBatch } from './purge-batch.ts'
import type { RetentionRunRow, RunCounts } from './retention.tables.ts'
import { nightOf } from './retention-clock.rules.ts'
import { factsOf } from './retention-rules.ts'
import { businessZone, retentionSetting } from './retention-setting.ts'
import type { RetentionSurroundings } from './surroundings.ts'
import { countWholeContacts, eraseWholeContacts } from './whole-contacts.ts'

/** Where and for whom a night's work is done. */
export type RunRetention = RetentionSurroundings & {
  readonly database: Database
  readonly workspaceId: WorkspaceId
  readonly by: Principal
  readonly signal: AbortSignal
}

type Running = RunRetention & { readonly run: Selectable<RetentionRunRow>; readonly plan: RetentionPlan }

/**
 * Does the work of this night, once: deletes or empties, rule by rule and batch by batch, what has had its time, and ends with a report. Goes on where a crash left it.
 * Does nothing until somebody has confirmed a preview; what a hold names stays.
 */
export async function runRetention(around: RunRetention): Promise<void> {
  const begun = await around.database.inWorkspace(around.workspaceId, async (tx) => {
    const run = await beginRun(tx)
    return run && { run, plan: planRetention(around.inventory, await readLinks(tx)) }
  })
  if (!begun) return
  const running = { ...around, ...begun }
  for (const part of begun.plan.parts) if (!(await (part.how === 'erase' ? erasePart : purgePart)(running, part))) return
  await around.database.inWorkspace(around.workspaceId, (tx) => finishRun(tx, running))
}

/** The run of this night, made or found again; undefined where it is done or nothing was confirmed. */
async function beginRun(tx: WorkspaceTx): Promise<Selectable<RetentionRunRow> | undefined> {
  const setting = await retentionSetting(tx)
  if (setting.confirmedAt === null) return undefined
  const night = nightOf(tx.now, await businessZone(tx))
  await tx.db
    .insertInto('retention_run')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      night,
      as_of: tx.now,
      days: JSON.stringify(setting.days),
      state: 'running',
      counts: '{}',
      started_at: tx.now,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'night']).doNothing())
    .execute()
  // Whatever night it was begun in, what a crash left is finished before anything new.
  return tx.db
    .selectFrom('retention_run')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'running')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** Takes all that is due under one part; false where the confirmation was withdrawn meanwhile. */
async function purgePart({ eraser, files, workspaceId, run, plan, signal }: Running, part: TablePart): Promise<boolean> {
  for (;;) {
    signal.throwIfAborted()
    const batch = await eraser.inWorkspace(workspaceId, async (tx) => {
      const setting = await retentionSetting(tx)
      if (setting.confirmedAt === null) return undefined
      const held = await heldRows(tx)
      if (held.rules.has(part.rule)) return { rows: 0, fileIds: [] }
      return purgeBatch(tx, plan, part, whenOf(run, part.rule, held.contactIds), run.id)
    })
    if (!batch) return false
    // Their rows are gone by now. Should the server die here, the nightly sweep of files destroys what no row knows.
    for (const id of batch.fileIds) await files.erase({ workspaceId, id })
    if (batch.rows === 0) return true
  }
}

/** The same for whole people, each through an erasure of her own. */
const erasePart = ({ database, workspaceId, by, run, signal }: Running, part: TablePart): Promise<boolean> =>
  eraseWholeContacts(
    { database, workspaceId, by, runId: run.id },
    part,
    async (tx) => {
      const setting = await retentionSetting(tx)
      if (setting.confirmedAt === null) return 'withdrawn'
      const held = await heldRows(tx)
      if (held.rules.has(part.rule)) return 'paused'
      const { counts } = await tx.db
        .selectFrom('retention_run')
        .select('counts')
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', run.id)
        .executeTakeFirstOrThrow()
      return { when: whenOf(run, part.rule, held.contactIds), begun: counts[part.rule]?.tables[part.table] ?? 0 }
    },
    signal,
  )

const whenOf = (run: Selectable<RetentionRunRow>, rule: RetentionRule, held: readonly string[]): DueWhen => ({
  asOf: run.as_of,
  days: run.days[rule] ?? factsOf(rule).days,
  proofDays: run.days.proof ?? factsOf('proof').days,
  held,
})

async function finishRun(tx: WorkspaceTx, { run, plan, by }: Running): Promise<void> {
  const held = await heldRows(tx)
  const now = await tx.db
    .selectFrom('retention_run')
    .select('counts')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', run.id)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst()
  if (!now) return // another worker was quicker
  const counts: Partial<Record<RetentionRule, RunCounts>> = { ...now.counts }
  for (const part of plan.parts) {
    const kept = await (part.how === 'erase' ? countWholeContacts : countDue)(tx, part, whenOf(run, part.rule, held.contactIds))
    const before = counts[part.rule] ?? { tables: {}, files: 0, held: 0 }
    counts[part.rule] = { ...before, held: before.held + kept.held + (held.rules.has(part.rule) ? kept.due : 0) }
  }
  await tx.db
    .updateTable('retention_run')
    .set({ state: 'done', counts: JSON.stringify(counts), finished_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', run.id)
    .execute()
  await audit(tx, by, { action: 'retention.run_finished', object: { type: 'retention_run', id: run.id }, result: 'done' })
  await emit(tx, 'retention.run_finished', { runId: run.id })
}
