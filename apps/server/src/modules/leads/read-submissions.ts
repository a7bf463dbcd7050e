import type { FormSubmission, FormSubmissionQuery, Principal } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { homeCountry, seesOnlyOf, writePhone } from '../contacts/index.ts'
import { leadsPolicy } from './leads.policy.ts'

/** What came in with forms, newest first; a representative sees those of her own contacts. */
export async function listSubmissions(
  tx: WorkspaceTx,
  by: Principal,
  wish: FormSubmissionQuery,
): Promise<{ items: FormSubmission[]; next: string | null }> {
  leadsPolicy.require(by, 'submissions.read')
  const before = readCursor(wish.cursor, [z.uuid()])
  let query = visibleSubmissions(tx, by)
    .orderBy('form_submission.id', 'desc')
    .limit(wish.limit + 1)
  if (wish.state !== 'all') query = query.where('form_submission.state', '=', wish.state)
  if (wish.formId !== undefined) query = query.where('form_submission.form_id', '=', wish.formId)
  if (wish.leadId !== undefined) query = query.where('form_submission.lead_id', '=', wish.leadId)
  if (before) query = query.where('form_submission.id', '<', before[0])
  const country = await homeCountry(tx)
  return pageFrom(
    await query.execute(),
    wish.limit,
    (row) => present(row, country),
    ({ id }) => [id],
  )
}

/** One of them. Throws 404. */
export async function loadSubmission(tx: WorkspaceTx, by: Principal, id: string): Promise<FormSubmission> {
  leadsPolicy.require(by, 'submissions.read')
  const row = await visibleSubmissions(tx, by).where('form_submission.id', '=', id).executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is nothing like this here.' })
  return present(row, await homeCountry(tx))
}

/** Those that somebody may know of, with the names of form and contact. */
export function visibleSubmissions(tx: WorkspaceTx, by: Principal) {
  const owner = seesOnlyOf(by)
  return tx.db
    .selectFrom('form_submission')
    .innerJoin('form', (join) =>
      join.onRef('form.workspace_id', '=', 'form_submission.workspace_id').onRef('form.id', '=', 'form_submission.form_id'),
    )
    .leftJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'form_submission.workspace_id').onRef('contact.id', '=', 'form_submission.contact_id'),
    )
    .selectAll('form_submission')
    .select(['form.name as form_name', 'contact.name as contact_name'])
    .where('form_submission.workspace_id', '=', tx.workspaceId)
    .$if(owner !== null, (query) => query.where('contact.owner_member_id', '=', owner))
}

type Row = Awaited<ReturnType<ReturnType<typeof visibleSubmissions>['executeTakeFirstOrThrow']>>

const present = (row: Row, country: string | null): FormSubmission => ({
  id: row.id,
  formId: row.form_id,
  formName: row.form_name,
  state: row.state,
  reasons: [...row.reasons],
  name: row.typed_name,
  email: row.typed_email,
  phone: row.typed_phone === null ? null : writePhone(row.typed_phone, country).shown,
  answers: row.answers.map(({ key, label, text }) => ({ key, label, text })),
  consents: row.agreed.map(({ key }) => key),
  via: row.via,
  cameFrom: row.came_from,
  campaign: row.campaign,
  contact: row.contact_id === null ? null : { id: row.contact_id, name: row.contact_name ?? '' },
  leadId: row.lead_id,
  joined: row.joined,
  at: row.created_at.toString(),
  heldUntil: row.held_until?.toString() ?? null,
})
