import type { DataCategory, ProcessingPurpose, RecipientKind } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { EgressAnswer, Outgoing } from '../../../platform/egress/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { refusalOf } from './processor.rules.ts'
import { homeRegion } from './processors.ts'

/**
 * Whether data may leave through a connection of this server. What the operator configured counts as instructed until somebody writes an entry; from then on the entry
 * decides: its contract, its region, its purposes and kinds of data.
 */
export async function askEgress(tx: WorkspaceTx, outgoing: Outgoing): Promise<EgressAnswer> {
  const row = await tx.db
    .selectFrom('processor')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('connection', '=', outgoing.connection)
    .executeTakeFirst()
  const why = row ? refusalOf(row, await homeRegion(tx), outgoing) : null
  return why === null ? { allowed: true } : { allowed: false, why }
}

/** Refuses what the entry of a recipient that members wrote down does not cover: without a live contract, purpose and kind of data nothing leaves. Throws `privacy/recipient-stopped`. */
export async function requireRecipient(
  tx: WorkspaceTx,
  wish: { readonly processorId: string; readonly purpose: ProcessingPurpose; readonly categories: readonly DataCategory[] },
): Promise<{ readonly name: string; readonly kind: RecipientKind }> {
  const row = await tx.db
    .selectFrom('processor')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.processorId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such recipient in the register.' })
  const why = refusalOf(row, await homeRegion(tx), wish)
  if (why === null) return { name: row.name, kind: row.kind }
  throw new Refusal('privacy/recipient-stopped', { detail: `${why} Nothing was sent.` })
}
