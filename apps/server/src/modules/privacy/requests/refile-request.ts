import type { Principal, RequestKind } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { lockRequest } from './find-request.ts'
import { receiveRequest } from './receive-request.ts'
import { mayRefile } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { changeRequest, keepStep, notNow } from './take-step.ts'

/**
 * Takes a case up as another kind, where it was read wrongly or the wrong box was ticked: a new case with the same day of receipt, words and files, whose own clock and proof
 * count; the old one is closed and tells its number. She hears of the new one alone. Throws `http/conflict` once something was answered or done.
 */
export async function refileRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly kind: RequestKind },
): Promise<StoredRequest> {
  const row = await lockRequest(tx, by, wish.requestId)
  if (!mayRefile(row)) throw notNow(row)
  if (row.kind === wish.kind) throw new Refusal('http/invalid-request', { detail: 'It is of that kind already. Nothing was changed.' })
  const taken = await receiveRequest(tx, by, {
    kind: wish.kind,
    receivedBy: row.received_by,
    contactId: row.contact_id ?? undefined,
    requesterName: row.requester_name ?? undefined,
    requesterEmail: row.requester_email ?? undefined,
    forWhom: row.for_whom,
    agentName: row.agent_name ?? undefined,
    agentEmail: row.agent_email ?? undefined,
    agentAuthority: row.agent_authority ?? undefined,
    region: row.region,
    details: row.details ?? undefined,
    locale: row.locale,
    receivedAt: row.received_at,
  })
  await tx.db
    .updateTable('request_file')
    .set({ request_id: taken.id })
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', row.id)
    .execute()
  await tx.db
    .updateTable('agent_request')
    .set({ request_id: taken.id })
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', row.id)
    .execute()
  await keepStep(tx, by, row.id, 'refiled')
  const complaint = row.kind === 'complaint'
  const state = complaint ? 'resolved' : 'closed'
  await changeRequest(tx, row, { state, closed_at: tx.now, outcome: `→ ${taken.number}` })
  await audit(tx, by, { action: 'request.refiled', object: { type: 'request', id: row.id }, result: 'done' })
  await emit(tx, complaint ? 'complaint.changed' : 'request.changed', { requestId: row.id, state })
  return row.owner_member_id === null ? taken : changeRequest(tx, taken, { owner_member_id: row.owner_member_id })
}
