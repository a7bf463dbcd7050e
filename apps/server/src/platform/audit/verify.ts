import type { WorkspaceId } from '@frontdesk/contract'
import type { Database, WorkspaceTx } from '../database/index.ts'
import type { AuditEntryRow, AuditSealRow } from './audit.tables.ts'
import { chainedEntry, firstHash, linkHash } from './chain.ts'
import { readHead } from './heads.ts'

/** What is wrong with the chain at a sequence. */
export type AuditFault = {
  readonly sequence: number
  /** `missing`: the entry or its seal is gone. `changed`: entry, seal or their order is not what was sealed. */
  readonly reason: 'missing' | 'changed'
}

export type AuditVerdict = {
  /** True when every sealed entry is as it was sealed, up to the signed head at least. */
  readonly intact: boolean
  /** Entries that were found intact, from the first one on. */
  readonly sealed: number
  /** The first place that is wrong. */
  readonly firstBad?: AuditFault
  /** The signed head outside of the database. `missing` and `forged` mean that entries at the end may have been cut off unseen. */
  readonly head: 'matches' | 'missing' | 'forged'
  /** Entries written but not sealed yet, normally those of the last second. */
  readonly unsealed: number
}

const AT_ONCE = 1000

/** Walks a workspace's whole chain and compares it with the signed head. */
export async function verifyAudit(database: Database, headsFolder: string, workspaceId: WorkspaceId): Promise<AuditVerdict> {
  const head = readHead(headsFolder, database.keys, workspaceId) // before the chain, which may grow meanwhile
  return database.inWorkspace(
    workspaceId,
    async (tx) => {
      const expected = typeof head === 'string' ? undefined : head
      const { sealed, firstBad } = await walk(tx, expected)
      const known = typeof head === 'string' && !(head === 'missing' && sealed === 0 && !firstBad) ? head : 'matches'
      return {
        intact: !firstBad && known === 'matches',
        sealed,
        head: known,
        unsealed: await countUnsealed(tx),
        ...(firstBad ? { firstBad } : {}),
      }
    },
    { readOnly: true },
  )
}

async function walk(
  tx: WorkspaceTx,
  head: { readonly sequence: number; readonly hash: string } | undefined,
): Promise<{ sealed: number; firstBad?: AuditFault }> {
  let sequence = 0
  let hash = firstHash(tx.workspaceId)
  for (;;) {
    const links = await linksAfter(tx, sequence)
    for (const { seal, entry } of links) {
      const next = sequence + 1
      if (seal.sequence !== next || !entry) return { sealed: sequence, firstBad: { sequence: next, reason: 'missing' } }
      const right = linkHash(hash, chainedEntry(entry, next))
      if (right !== seal.hash) return { sealed: sequence, firstBad: { sequence: next, reason: 'changed' } }
      if (head?.sequence === next && head.hash !== right) return { sealed: sequence, firstBad: { sequence: next, reason: 'changed' } }
      sequence = next
      hash = right
    }
    if (links.length < AT_ONCE) break
  }
  if (head && head.sequence > sequence) return { sealed: sequence, firstBad: { sequence: sequence + 1, reason: 'missing' } }
  return { sealed: sequence }
}

type Link = { readonly seal: Pick<AuditSealRow, 'sequence' | 'hash'>; readonly entry: AuditEntryRow | undefined }

async function linksAfter(tx: WorkspaceTx, sequence: number): Promise<readonly Link[]> {
  const seals = await tx.db
    .selectFrom('audit_seal')
    .select(['id', 'sequence', 'hash'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .limit(AT_ONCE)
    .execute()
  if (seals.length === 0) return []
  const entries = await tx.db
    .selectFrom('audit_entry')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'id',
      'in',
      seals.map(({ id }) => id),
    )
    .execute()
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return seals.map((seal) => ({ seal, entry: byId.get(seal.id) }))
}

async function countUnsealed(tx: WorkspaceTx): Promise<number> {
  const { unsealed } = await tx.db
    .selectFrom('audit_entry')
    .leftJoin('audit_seal', (join) =>
      join.onRef('audit_seal.workspace_id', '=', 'audit_entry.workspace_id').onRef('audit_seal.id', '=', 'audit_entry.id'),
    )
    .where('audit_entry.workspace_id', '=', tx.workspaceId)
    .where('audit_seal.id', 'is', null)
    .select((entry) => entry.fn.countAll<number>().as('unsealed'))
    .executeTakeFirstOrThrow()
  return unsealed
}
