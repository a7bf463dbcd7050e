import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ErasureReceipt } from './receipt.ts'
import { keepErasedPoints, runErasure } from './run-erasure.ts'
import type { ErasureSurroundings } from './surroundings.ts'
import type { Tombstone } from './tombstones.ts'

/**
 * Erases again whom an older backup brought back. Runs before the server opens its port: whoever has a tombstone and no finished erasure in the database is looked for and
 * erased with the same receipt's id. Where database and tombstones agree it costs one query a workspace. Answers how many were erased.
 */
export async function reapplyErasures(around: ErasureSurroundings): Promise<number> {
  let erased = 0
  for (const workspaceId of await around.tombstones.workspaces()) {
    const missing = await around.database.inWorkspace(workspaceId, (tx) => unfinished(tx, around, workspaceId))
    if (missing.length === 0) continue
    const again = await around.database.inWorkspace(workspaceId, (tx) => takeUp(tx, missing))
    for (const erasureId of again) await runErasure(around, workspaceId, erasureId, { again: true })
    erased += again.length
  }
  return erased
}

async function unfinished(tx: WorkspaceTx, { tombstones }: ErasureSurroundings, workspaceId: WorkspaceId): Promise<readonly Tombstone[]> {
  const { rows } = await sql`select from workspace where id = ${workspaceId}`.execute(tx.db)
  if (rows.length === 0) return [] // the workspace itself is gone
  const all = await tombstones.of(workspaceId)
  if (all.length === 0) return []
  const done = await tx.db
    .selectFrom('erasure')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'done')
    .where(
      'id',
      'in',
      all.map(({ erasureId }) => erasureId),
    )
    .execute()
  const finished = new Set(done.map(({ id }) => id))
  return all.filter(({ erasureId }) => !finished.has(erasureId))
}

/** Finds the contacts behind tombstones by hashing every id that is there, and opens their erasures anew. */
async function takeUp(tx: WorkspaceTx, tombstones: readonly Tombstone[]): Promise<readonly string[]> {
  const wanted = new Map(tombstones.flatMap((tombstone) => tombstone.subjects.map((subject) => [subject, tombstone] as const)))
  const found = new Map<string, { tombstone: Tombstone; contactId: ContactId; alone: readonly ContactId[] }>()
  const contacts = await tx.db.selectFrom('contact').select(['id', 'merged_into']).where('workspace_id', '=', tx.workspaceId).execute()
  for (const { id, merged_into } of contacts) {
    const tombstone = tx.keys.hashes(tx.workspaceId, 'contact', id).flatMap((hash) => wanted.get(hash) ?? [])[0]
    if (!tombstone) continue
    // Of several that were one person, the one the others were merged into leads to all of them.
    const before = found.get(tombstone.erasureId)
    const alone = [...(before?.alone ?? []), ...(merged_into === null ? [id] : [])]
    found.set(tombstone.erasureId, { tombstone, contactId: before && merged_into !== null ? before.contactId : id, alone })
  }
  // The backup is from before they were merged: they are one again, so that one erasure takes all.
  for (const { contactId, alone } of found.values()) await join(tx, contactId, alone)
  for (const tombstone of tombstones) if (!found.has(tombstone.erasureId)) await rememberOnly(tx, tombstone)
  for (const { tombstone, contactId } of found.values()) {
    await tx.db
      .insertInto('erasure')
      .values({
        workspace_id: tx.workspaceId,
        id: tombstone.erasureId,
        subject_hash: tx.keys.hash(tx.workspaceId, 'contact', contactId),
        mode: tombstone.mode,
        state: 'waiting',
        step: 'collect',
        ground: tombstone.ground,
        asked_by: 'system:privacy.reapply-erasures',
        contact_id: contactId,
        identifiers: null,
        held_by: null,
        receipt: null,
        requested_at: Temporal.Instant.from(tombstone.requestedAt),
        finished_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return [...found.keys()]
}

const join = async (tx: WorkspaceTx, contactId: ContactId, alone: readonly ContactId[]): Promise<void> => {
  const others = alone.filter((id) => id !== contactId)
  if (others.length === 0) return
  await tx.db
    .updateTable('contact')
    .set({ merged_into: contactId, merged_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', others)
    .execute()
}

/** The backup is from before she came: nothing of her is in it, and nothing brings her in. An erasure that runs right now is left to its job. */
async function rememberOnly(tx: WorkspaceTx, { erasureId, mode, ground, subjects, points, requestedAt }: Tombstone): Promise<void> {
  const nothing: ErasureReceipt = {
    mode,
    requestedAt,
    finishedAt: tx.now.toString(),
    tables: [],
    files: 0,
    jobs: 0,
    kept: [],
    mentioned: [],
    space: 'overwritten',
  }
  const made = await tx.db
    .insertInto('erasure')
    .values({
      workspace_id: tx.workspaceId,
      id: erasureId,
      subject_hash: subjects[0] ?? erasureId,
      mode,
      state: 'done',
      step: 'done',
      ground,
      asked_by: 'system:privacy.reapply-erasures',
      contact_id: null,
      identifiers: null,
      held_by: null,
      receipt: JSON.stringify(nothing),
      requested_at: Temporal.Instant.from(requestedAt),
      finished_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) await keepErasedPoints(tx, erasureId, points)
}
