import type { LegalRequestCase, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { accountFor } from './disclose.ts'
import type { StoredLegalRequest } from './legal.tables.ts'
import { changeLegalRequest, lockLegalRequest, requireState } from './legal-steps.ts'

type OfRequest = { readonly legalRequestId: string }

/** Discloses nothing, and says why. */
export async function refuseLegalRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfRequest & { readonly ground: NonNullable<LegalRequestCase['refusal']>; readonly note: string },
): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  requireState(row, 'received', 'checking', 'valid')
  return changeLegalRequest(tx, by, row, 'refused', { state: 'refused', refusal: wish.ground, outcome: wish.note }, wish.note)
}

/** Writes down until when the people may not be told. Where the gag is lifted and data went out, they are told now. */
export async function setGag(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfRequest & { readonly until: string | null; readonly source: string | null },
): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  requireState(row, 'received', 'checking', 'valid', 'disclosed')
  const gag_until = wish.until === null ? null : Temporal.PlainDate.from(wish.until)
  const changed = await changeLegalRequest(tx, by, row, 'gag', { gag_until, gag_source: wish.source })
  if (changed.disclosed_at === null) return changed
  return (await accountFor(tx, by, changed)) ?? changed
}

/** Closes a request that was answered or refused. */
export async function closeLegalRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfRequest & { readonly note: string },
): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  requireState(row, 'disclosed', 'refused')
  return changeLegalRequest(tx, by, row, 'closed', { state: 'closed', closed_at: tx.now, outcome: row.outcome ?? wish.note }, wish.note)
}
