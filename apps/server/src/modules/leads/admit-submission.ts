import type { ContactId, FieldChanges, FieldValue, KitKey, LeadId, Principal, SensitiveKind } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { editContact, fieldsInUse, findOrCreateContact, loadContact, readFieldValue, recordTimeline } from '../contacts/index.ts'
import { agreeAsVisitor, noteDealing, noteMasked, pageWordings } from '../privacy/index.ts'
import { createLead } from './create-lead.ts'
import type { FormRow, FormSubmissionRow } from './form.tables.ts'
import { openLeadOf } from './read-leads.ts'
import { loadPipeline } from './read-pipelines.ts'

type Row = Selectable<FormSubmissionRow>

export type Admit = {
  readonly form: Selectable<FormRow>
  readonly row: Row
  readonly masked?: readonly SensitiveKind[]
  /** Writes the row once contact and lead are known. */
  readonly keep: (row: Row) => Promise<unknown>
}

/** As much of the answers as stands on the timeline; all of them stand with the lead. */
const longestSummary = 600

/**
 * Makes of what was sent a contact and a lead: finds or creates the contact, fills own fields that are empty, adds to the open lead or opens one, starts its clock, and records what she agreed to.
 */
export async function admitSubmission(tx: WorkspaceTx, by: Principal, { form, row, masked = [], keep }: Admit): Promise<Row> {
  const system: Principal = { kind: 'system', workspaceId: tx.workspaceId, job: 'leads.form' }
  const { contactId, emailPointId, phonePointId } = await findOrCreateContact(tx, by, {
    name: row.typed_name,
    email: row.typed_email ?? undefined,
    phone: row.typed_phone ?? undefined,
    locale: row.locale,
    zone: row.zone ?? undefined,
    source: row.via === 'api' ? 'api' : 'form',
  })
  await fillEmptyFields(tx, system, contactId, row)
  const { leadId, joined } = await leadFor(tx, system, form, contactId)
  const taken: Row = { ...row, state: 'taken', contact_id: contactId, lead_id: leadId, joined, held_until: null }
  await keep(taken)
  await noteMasked(tx, by, { contactId, source: 'form', found: masked })
  await recordTimeline(tx, {
    contactId,
    kind: 'form.submitted',
    actor: by,
    subject: { type: 'form_submission', id: row.id },
    summary: { key: joined ? 'form_added' : 'form_submitted', values: { form: form.name, answers: summaryOf(row) } },
    at: row.created_at,
  })
  await noteDealing(tx, { contactId, kind: 'inquiry', source: { type: 'form', id: row.id }, at: row.created_at })
  await agree(tx, { form, row, contactId, emailPointId, phonePointId })
  await emit(tx, 'form.submitted', { formId: form.id, submissionId: row.id, contactId, leadId })
  return taken
}

/** The open lead of the contact in the form's pipeline, or a new one; of two that come at once one opens it and the other is added. */
async function leadFor(
  tx: WorkspaceTx,
  by: Principal,
  form: Selectable<FormRow>,
  contactId: ContactId,
): Promise<{ readonly leadId: LeadId; readonly joined: boolean }> {
  const pipeline = await pipelineFor(tx, by, form)
  const join = async (): Promise<LeadId | undefined> => {
    const open = await openLeadOf(tx, contactId, pipeline)
    if (open) await emit(tx, 'lead.changed', { leadId: open.id, contactId })
    return open?.id
  }
  const open = await join()
  if (open) return { leadId: open, joined: true }
  try {
    const { id } = await createLead(tx, by, { contactId, source: form.source, pipelineId: pipeline, title: form.name })
    return { leadId: id, joined: false }
  } catch (error) {
    if (!(error instanceof Refusal) || error.type !== 'leads/open-lead-exists') throw error
    const other = await join()
    if (!other) throw error
    return { leadId: other, joined: true }
  }
}

/** The pipeline of the form; the one for new leads where that was put away meanwhile. */
async function pipelineFor(tx: WorkspaceTx, by: Principal, form: Selectable<FormRow>): Promise<string> {
  const chosen = form.pipeline_id === null ? undefined : await loadPipeline(tx, by, form.pipeline_id)
  return chosen && chosen.archivedAt === null ? chosen.id : (await loadPipeline(tx, by)).id
}

/** Answers go into own fields that are empty: what a stranger types never replaces what is known. */
async function fillEmptyFields(tx: WorkspaceTx, by: Principal, contactId: ContactId, row: Row): Promise<void> {
  const answered = row.answers.filter(({ value }) => value !== undefined)
  if (answered.length === 0) return
  const [own, contact] = [await fieldsInUse(tx), await loadContact(tx, by, contactId)]
  const fields: FieldChanges = {}
  for (const { key, value } of answered) {
    const field = own.find((each) => each.key === key)
    if (!field || contact.fields[key] !== undefined) continue
    // A choice may have been put away while it was held back.
    const read = readFieldValue(field, value as FieldValue, { before: undefined, members: new Set() })
    if ('value' in read && read.value !== null) fields[key] = read.value
  }
  if (Object.keys(fields).length > 0) await editContact(tx, by, { contactId, version: contact.version, fields })
}

type Agreeing = Pick<Admit, 'form' | 'row'> & {
  readonly contactId: ContactId
  readonly emailPointId: Parameters<typeof agreeAsVisitor>[2]['emailPointId']
  readonly phonePointId: Parameters<typeof agreeAsVisitor>[2]['phonePointId']
}

/** Records what she ticked beside these very words; words that were changed while it was held back were never read by her. */
async function agree(tx: WorkspaceTx, { form, row, contactId, emailPointId, phonePointId }: Agreeing): Promise<void> {
  if (row.agreed.length === 0) return
  const now = await pageWordings(
    tx,
    row.agreed.map(({ key }) => key),
    row.locale,
  )
  const keys: KitKey[] = row.agreed.filter(({ key, seal }) => now.some((one) => one.key === key && one.seal === seal)).map(({ key }) => key)
  await agreeAsVisitor(
    tx,
    { kind: 'visitor', workspaceId: tx.workspaceId },
    {
      contactId,
      emailPointId,
      phonePointId,
      keys,
      locale: row.locale,
      how: 'form',
      signedName: row.typed_name,
      confirmByMail: form.double_opt_in,
      at: row.created_at,
    },
  )
}

function summaryOf({ answers, came_from: cameFrom, campaign }: Row): string {
  const parts = answers.map(({ key, label, text }) => (key === 'message' ? text : `${label}: ${text}`))
  const whole = [...parts, ...[cameFrom, campaign].filter((part) => part !== null)].join(' · ')
  return whole.length > longestSummary ? `${whole.slice(0, longestSummary - 1)}…` : whole
}
