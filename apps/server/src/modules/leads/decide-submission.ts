import type { FormSubmission, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { defineJob, defineSchedule } from '../../platform/jobs/index.ts'
import { admitSubmission } from './admit-submission.ts'
import type { FormSubmissionRow } from './form.tables.ts'
import { leadsPolicy } from './leads.policy.ts'
import { formById } from './read-forms.ts'
import { loadSubmission, visibleSubmissions } from './read-submissions.ts'
import { formClosed } from './submit-form.ts'

/** Lets in what was held back: contact and lead are made as if it had not been. Throws 404, `leads/not-held`, `leads/form-closed`. */
export async function releaseSubmission(tx: WorkspaceTx, by: Principal, submissionId: string): Promise<FormSubmission> {
  leadsPolicy.require(by, 'submissions.decide')
  const row = await lockHeld(tx, by, submissionId)
  const form = await formById(tx, row.form_id)
  if (form.archived_at !== null) throw formClosed()
  // She came by herself; the member only says that it is no spam.
  await admitSubmission(
    tx,
    { kind: 'visitor', workspaceId: tx.workspaceId },
    {
      form,
      row,
      keep: ({ state, contact_id, lead_id, joined, held_until }) =>
        tx.db
          .updateTable('form_submission')
          .set({ state, contact_id, lead_id, joined, held_until })
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', '=', row.id)
          .execute(),
    },
  )
  await audit(tx, by, { action: 'form_submission.released', object: { type: 'form_submission', id: row.id }, result: 'done' })
  return loadSubmission(tx, { kind: 'system', workspaceId: tx.workspaceId, job: 'leads.form' }, row.id)
}

/** Deletes what was held back, for good. Throws 404 and `leads/not-held`. */
export async function discardSubmission(tx: WorkspaceTx, by: Principal, submissionId: string): Promise<void> {
  leadsPolicy.require(by, 'submissions.decide')
  const row = await lockHeld(tx, by, submissionId)
  await remove(tx, row)
  await audit(tx, by, { action: 'form_submission.discarded', object: { type: 'form_submission', id: row.id }, result: 'done' })
}

/** How many in one transaction; the next night takes the others. */
const AT_ONCE = 1000

/** Deletes what nobody decided about within its time. */
export const clearHeldJob = defineJob({
  name: 'leads.clear-held',
  payload: z.strictObject({}),
  fields: {},
  run: async (context) => {
    await context.inWorkspace(clearHeld)
  },
})

export const clearHeldSchedule = defineSchedule({ name: 'leads.clear-held', cron: '23 3 * * *', zone: 'UTC', job: clearHeldJob })

/** Deletes held submissions whose time is over. */
export async function clearHeld(tx: WorkspaceTx): Promise<void> {
  const over = await tx.db
    .selectFrom('form_submission')
    .select(['id', 'form_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'held')
    .where('held_until', '<=', tx.now)
    .limit(AT_ONCE)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const row of over) await remove(tx, row)
}

async function remove(tx: WorkspaceTx, { id, form_id }: Pick<Selectable<FormSubmissionRow>, 'id' | 'form_id'>): Promise<void> {
  await tx.db.deleteFrom('form_submission').where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
  await emit(tx, 'form.discarded', { formId: form_id, submissionId: id })
}

async function lockHeld(tx: WorkspaceTx, by: Principal, id: string): Promise<Selectable<FormSubmissionRow>> {
  const seen = await visibleSubmissions(tx, by).where('form_submission.id', '=', id).executeTakeFirst()
  const row =
    seen &&
    (await tx.db
      .selectFrom('form_submission')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst())
  if (!row) throw new Refusal('http/not-found', { detail: 'There is nothing like this here. It may have been deleted.' })
  if (row.state !== 'held')
    throw new Refusal('leads/not-held', { detail: 'Somebody let this in already. It stands with its lead. Nothing was changed.' })
  return row
}
