import type { Principal, RecordLegalRequestBody } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { requestsPolicy } from '../../requests/request.policy.ts'
import { legalPolicy } from './legal.policy.ts'
import type { StoredLegalRequest } from './legal.tables.ts'
import { keepLegalStep, requirePerson } from './legal-steps.ts'

type Wish = z.output<typeof RecordLegalRequestBody>

/** Records what an authority or a court wants, or what the business itself wants to bring before one. A complaint of a crime brings its person along. */
export async function recordLegalRequest(tx: WorkspaceTx, by: Principal, wish: Wish): Promise<StoredLegalRequest> {
  legalPolicy.require(by, 'legal_requests.manage')
  requirePerson(by)
  const complaint = wish.complaintNumber === undefined ? undefined : await complaintOf(tx, by, wish.complaintNumber)
  const receivedAt = wish.receivedAt === undefined ? tx.now : Temporal.Instant.from(wish.receivedAt)
  if (Temporal.Instant.compare(receivedAt, tx.now) > 0)
    throw new Refusal('http/invalid-request', { detail: 'It cannot have come in the future. Nothing was saved.' })
  const row = await tx.db
    .insertInto('legal_request')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      number: await nextNumber(tx),
      kind: wish.kind,
      reason: wish.reason,
      state: 'received',
      authority: wish.authority,
      jurisdiction: wish.jurisdiction,
      reference: wish.reference ?? null,
      asked: wish.asked,
      received_at: receivedAt,
      due_on: wish.dueOn === undefined ? null : Temporal.PlainDate.from(wish.dueOn),
      complaint_id: complaint?.id ?? null,
      gag_until: wish.gagUntil === undefined ? null : Temporal.PlainDate.from(wish.gagUntil),
      gag_source: wish.gagSource ?? null,
      round: 1,
      tables: '[]',
      from_at: null,
      until_at: null,
      self_review_at: null,
      self_review_by: null,
      self_review_grounds: null,
      refusal: null,
      outcome: null,
      extract: 'none',
      file_id: null,
      disclosed_at: null,
      accounted_at: null,
      closed_at: null,
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (complaint?.contact_id) {
    await tx.db
      .insertInto('legal_request_subject')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        legal_request_id: row.id,
        contact_id: complaint.contact_id,
        notice: 'none',
        told_at: null,
      })
      .execute()
  }
  await keepLegalStep(tx, by, row.id, 'received')
  await emit(tx, 'legal_request.received', { legalRequestId: row.id })
  return row
}

async function complaintOf(tx: WorkspaceTx, by: Principal, number: number) {
  requestsPolicy.require(by, 'complaints.read')
  const found = await tx.db
    .selectFrom('request')
    .select(['id', 'contact_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'complaint')
    .where('number', '=', number)
    .executeTakeFirst()
  if (found) return found
  throw new Refusal('http/invalid-request', { detail: `There is no complaint with the number ${number}. Nothing was saved.` })
}

/** Numbers without gaps: the workspace's row is held meanwhile. */
async function nextNumber(tx: WorkspaceTx): Promise<number> {
  await sql`select from workspace where id = ${tx.workspaceId} for update`.execute(tx.db)
  const { last } = await tx.db
    .selectFrom('legal_request')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}
