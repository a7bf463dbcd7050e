import type { WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database, WorkspaceTx } from '../database/index.ts'
import './audit.tables.ts'
import { chainedEntry, firstHash, linkHash } from './chain.ts'
import { writeHead } from './heads.ts'

const AT_ONCE = 500

/** Chains what waits in one workspace, then signs how far it got. One sealer at a time works on a workspace. Returns how many entries it sealed. */
export async function sealWorkspace(database: Database, headsFolder: string, workspaceId: WorkspaceId): Promise<number> {
  let sealed = 0
  for (;;) {
    const added = await database.inWorkspace(workspaceId, sealSome)
    sealed += added
    if (added < AT_ONCE) break
  }
  // The head is read anew under the lock: two sealers that finish at once leave the later head behind, never the earlier one.
  if (sealed > 0) {
    await database.inWorkspace(workspaceId, async (tx) => {
      await lock(tx)
      const last = await lastSeal(tx)
      if (last) writeHead(headsFolder, database.keys, { workspaceId, sequence: last.sequence, hash: last.hash, at: tx.now.toString() })
    })
  }
  return sealed
}

async function sealSome(tx: WorkspaceTx): Promise<number> {
  await lock(tx)
  const waiting = await tx.db
    .deleteFrom('audit_pending')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', (pending) =>
      pending.selectFrom('audit_pending').select('id').where('workspace_id', '=', tx.workspaceId).orderBy('id').limit(AT_ONCE),
    )
    .returning('id')
    .execute()
  if (waiting.length === 0) return 0
  const entries = await tx.db
    .selectFrom('audit_entry')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'id',
      'in',
      waiting.map(({ id }) => id),
    )
    .orderBy('id')
    .execute()
  let { sequence, hash } = (await lastSeal(tx)) ?? { sequence: 0, hash: firstHash(tx.workspaceId) }
  const seals = entries.map((entry) => {
    sequence += 1
    hash = linkHash(hash, chainedEntry(entry, sequence))
    return { workspace_id: tx.workspaceId, id: entry.id, sequence, hash, sealed_at: tx.now }
  })
  if (seals.length > 0) await tx.db.insertInto('audit_seal').values(seals).execute()
  return waiting.length
}

const lock = (tx: WorkspaceTx) => sql`select pg_advisory_xact_lock(hashtextextended(${`audit ${tx.workspaceId}`}, 0))`.execute(tx.db)

const lastSeal = (tx: WorkspaceTx) =>
  tx.db
    .selectFrom('audit_seal')
    .select(['sequence', 'hash'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
