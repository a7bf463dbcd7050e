import type { ContactId, MemberId } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { system } from '../../../../platform/inventory/index.ts'
import { defineJob, type JobContext } from '../../../../platform/jobs/index.ts'
import { mailMember } from '../../../../platform/mail/index.ts'
import { mailAsLegal } from '../../gate/mail-as-legal.ts'
import type { StoredBreach } from './breach.tables.ts'
import { keepBreachStep } from './breach-steps.ts'
import { memberNotice, NAME } from './draft-notices.ts'

const BATCH = 50

/** Tells everybody who waits, once each, some at a time. Goes on where a crash left it: each batch is one transaction with its mails. */
export const tellAffectedJob = defineJob({
  name: 'privacy.tell-affected',
  payload: z.strictObject({ breachId: z.uuid() }),
  fields: { breachId: system },
  timeoutSeconds: 1800,
  concurrency: 1,
  run: async (context, { breachId }) => {
    while (await context.inWorkspace((tx) => tellSome(tx, context, breachId))) context.signal.throwIfAborted()
  },
})

/** One batch; false where nobody waits any more. */
async function tellSome(tx: WorkspaceTx, { by }: Pick<JobContext, 'by'>, breachId: string): Promise<boolean> {
  const breach = await tx.db
    .selectFrom('breach')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', breachId)
    .forUpdate()
    .executeTakeFirst()
  if (breach?.telling !== 'running' || breach.notices === null) return false
  const waiting = await tx.db
    .selectFrom('breach_person')
    .select(['id', 'contact_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('breach_id', '=', breachId)
    .where('notice', '=', 'waiting')
    .where((or) => or.or([or('contact_id', 'is not', null), or('member_id', 'is not', null)]))
    .orderBy('id')
    .limit(BATCH)
    .execute()
  for (const { id, contact_id, member_id } of waiting) {
    if (contact_id !== null) await tellOne(tx, breach, id, contact_id)
    else if (member_id !== null) await tellMember(tx, breach, id, member_id)
  }
  if (waiting.length === BATCH) return true
  await tx.db
    .updateTable('breach')
    .set({ telling: 'done', told_at: breach.told_at ?? tx.now, version: breach.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', breachId)
    .execute()
  await keepBreachStep(tx, by, { breachId, step: 'told' })
  await emit(tx, 'breach.changed', { breachId, state: 'told' })
  return false
}

/** Writes to one person as `legal`: no opt-out stands in the way. Where no address works, the register says so. */
async function tellOne(tx: WorkspaceTx, breach: StoredBreach, personId: string, contactId: ContactId): Promise<void> {
  const told = await mailAsLegal(tx, {
    contactId,
    about: { type: 'breach', id: breach.id },
    automatic: false,
    letter: ({ contact, locale }) => {
      const words = breach.notices?.[locale] ?? breach.notices?.en
      if (!words) throw new Error('An incident tells people without words.')
      return { subject: words.subject, paragraphs: words.text.replaceAll(NAME, contact.name).split('\n\n') }
    },
  })
  if (told.mailId === null) return setPerson(tx, personId, { notice: 'unreachable', reason: told.reason })
  return setPerson(tx, personId, { notice: 'sent', mail_id: told.mailId, told_at: tx.now })
}

/** Writes to somebody who works here, or did: to her own address, whatever happened to her access since. */
async function tellMember(tx: WorkspaceTx, breach: StoredBreach, personId: string, memberId: MemberId): Promise<void> {
  const member = await tx.db
    .selectFrom('member')
    .select(['name', 'email'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', memberId)
    .executeTakeFirst()
  // Her account was closed since, and her address went with it.
  if (!member || member.email === '') return setPerson(tx, personId, { notice: 'unreachable', reason: 'no_contact_point' })
  const { subject, text } = await memberNotice(tx, breach, member.name)
  // None of the news that she can settle for herself: the law wants it told.
  const mailId = await mailMember(tx, { memberId: null, to: { name: member.name, address: member.email }, subject, text, automatic: false })
  return setPerson(tx, personId, { notice: 'sent', mail_id: mailId, told_at: tx.now })
}

const setPerson = async (
  tx: WorkspaceTx,
  id: string,
  set: {
    readonly notice: 'sent' | 'unreachable'
    readonly reason?: string
    readonly mail_id?: string
    readonly told_at?: Temporal.Instant
  },
): Promise<void> => {
  await tx.db.updateTable('breach_person').set(set).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
}
