import type { Contact, ContactId, CreateLeadBody, Lead, MemberId, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { loadContact } from '../contacts/index.ts'
import { requireOwnerSees } from './assign-lead.ts'
import { watchLead } from './escalate-lead.ts'
import { leadsPolicy } from './leads.policy.ts'
import { placeIn } from './place-lead.ts'
import { openLeadOf } from './read-leads.ts'
import { loadPipeline, lockStage } from './read-pipelines.ts'
import { planReminder } from './remind-next-step.ts'
import { routeLead } from './route-lead.ts'
import { tellLead } from './tell-lead.ts'

export type CreateLead = z.output<typeof CreateLeadBody>

/**
 * Adds a lead, by whatever way it came: somebody at the desk, a program, or later a form. It goes to the first stage of the default pipeline unless told otherwise, on top. Without an owner it is
 * worked on by whoever looks after the contact, or by whoever the rules of the pipeline choose; from then on the clock of the first answer runs. Throws 404, `leads/open-lead-exists` with the one that is there, and `leads/owner-cannot-see`.
 */
export async function createLead(tx: WorkspaceTx, by: Principal, wish: CreateLead): Promise<Lead> {
  leadsPolicy.require(by, 'leads.write')
  const contact = await loadContact(tx, by, wish.contactId)
  requireInUse(contact)
  const pipeline = await loadPipeline(tx, by, wish.pipelineId)
  const stageId = wish.stageId ?? pipeline.stages.find(({ kind }) => kind === 'open')?.id ?? ''
  const stage = await lockStage(tx, pipeline.id, stageId)
  if (stage?.kind !== 'open' || pipeline.archivedAt !== null) throw noSuchStage()
  const named = wish.ownerMemberId === undefined ? contact.ownerMemberId : wish.ownerMemberId
  if (named !== null) await requireOwnerSees(tx, by, { contactId: contact.id, memberId: named })
  const owner =
    wish.ownerMemberId === undefined && named === null ? await routeLead(tx, { pipelineId: pipeline.id, contactId: contact.id }) : named
  const made = await tx.db
    .insertInto('lead')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      pipeline_id: pipeline.id,
      stage_id: stage.id,
      open_stage_id: stage.id,
      position: await placeIn(tx, stage.id, {}),
      state: 'open',
      contact_id: contact.id as ContactId,
      owner_member_id: owner as MemberId | null,
      title: wish.title ?? null,
      value_minor: wish.value ? Number(wish.value.minor) : null,
      currency: wish.value?.currency ?? null,
      source: wish.source,
      next_step: wish.nextStep?.text ?? null,
      next_step_on: wish.nextStep?.dueOn ? Temporal.PlainDate.from(wish.nextStep.dueOn) : null,
      lost_reason_id: null,
      lost_note: null,
      created_at: tx.now,
      updated_at: tx.now,
      entered_stage_at: tx.now,
      first_touch_at: null,
      closed_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'contact_id', 'pipeline_id']).where(sql<boolean>`state = 'open'`).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  if (!made) throw openLeadExists((await openLeadOf(tx, contact.id, pipeline.id))?.id)
  await watchLead(tx, { id: made.id, pipelineId: pipeline.id })
  await planReminder(tx, made.id, wish.nextStep?.dueOn ? Temporal.PlainDate.from(wish.nextStep.dueOn) : null)
  return tellLead(tx, by, made.id, { event: 'created' })
}

/** Nobody works on a lead of a contact who was put away; the one under whom anonymous leads are counted always is. Throws `http/conflict`. */
export function requireInUse(contact: Pick<Contact, 'name' | 'archivedAt'>): void {
  if (contact.archivedAt !== null)
    throw new Refusal('http/conflict', { detail: `${contact.name} was put away. Bring the contact back first. Nothing was saved.` })
}

/** The refusal for a second open lead of one contact in one pipeline. */
export const openLeadExists = (leadId: string | undefined): Refusal =>
  new Refusal('leads/open-lead-exists', {
    detail: 'This contact has an open lead in this pipeline already. Open that one instead. Nothing was saved.',
    ...(leadId === undefined ? {} : { leadId }),
  })

/** The refusal for a stage that is not there, or where nobody can be put. */
export const noSuchStage = (): Refusal =>
  new Refusal('http/invalid-request', {
    detail: 'stageId: this pipeline has no such open stage. Choose one of its stages. Nothing was saved.',
    faults: [{ path: 'body.stageId', code: 'unknown_stage', message: 'Choose one of the stages of the pipeline.' }],
  })
