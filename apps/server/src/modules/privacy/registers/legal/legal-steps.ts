import type { Principal } from '@frontdesk/contract'
import type { Updateable } from 'kysely'
import { actorText, audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { legalPolicy } from './legal.policy.ts'
import type { LegalRequestRow, StoredLegalRequest } from './legal.tables.ts'

/** What is kept of what was done. */
export type LegalStep =
  | 'received'
  | 'scoped'
  | 'checked'
  | 'self_review'
  | 'reviewer_invited'
  | 'reviewer_revoked'
  | 'checked_from_outside'
  | 'valid'
  | 'searched'
  | 'disclosed'
  | 'extract'
  | 'fetched'
  | 'accounted'
  | 'refused'
  | 'gag'
  | 'closed'

/** The refusal for a request that is not there. */
export const noSuchLegalRequest = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such request here.' })

/** Locks a request for a change by somebody who decides. Throws 404. */
export async function lockLegalRequest(tx: WorkspaceTx, by: Principal, id: string): Promise<StoredLegalRequest> {
  legalPolicy.require(by, 'legal_requests.manage')
  requirePerson(by)
  const row = await tx.db
    .selectFrom('legal_request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchLegalRequest()
  return row
}

/** What goes to an authority is decided by people who are signed in. */
export function requirePerson(by: Principal): void {
  if (by.kind === 'member' || by.kind === 'system') return
  throw new Refusal('http/not-allowed', {
    detail: 'Requests by authorities are decided by an owner or the privacy officer in person. Sign in and do it under Privacy.',
    permission: 'legal_requests.manage',
  })
}

/** Throws `http/conflict` where a request is not in one of these states. */
export function requireState(row: StoredLegalRequest, ...states: readonly StoredLegalRequest['state'][]): void {
  if (states.includes(row.state)) return
  throw new Refusal('http/conflict', {
    detail: 'The request went on in the meantime, or is not that far yet. Load it again. Nothing was changed.',
    state: row.state,
  })
}

/** Changes a request, keeps the step, and tells audit and outbox. Notes stay in the register: the audit log has no room for them. */
export async function changeLegalRequest(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredLegalRequest,
  step: LegalStep,
  set: Omit<Updateable<LegalRequestRow>, 'version'> = {},
  note?: string,
): Promise<StoredLegalRequest> {
  const changed = await tx.db
    .updateTable('legal_request')
    .set({ ...set, version: row.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepLegalStep(tx, by, row.id, step, note)
  await emit(tx, 'legal_request.changed', { legalRequestId: row.id, state: changed.state })
  return changed
}

/** Keeps a step and its audit entry. */
export async function keepLegalStep(tx: WorkspaceTx, by: Principal, id: string, step: LegalStep, note?: string): Promise<void> {
  await tx.db
    .insertInto('legal_request_step')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      legal_request_id: id,
      step,
      note: note ?? null,
      done_by: actorText(by),
      at: tx.now,
    })
    .execute()
  await audit(tx, by, { action: `legal_request.${step}`, object: { type: 'legal_request', id }, result: 'done' })
}
