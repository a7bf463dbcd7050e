import type { ContactId } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { html, renderHtml } from '../../../../platform/http/index.ts'
import { system } from '../../../../platform/inventory/index.ts'
import { defineJob, type JobContext } from '../../../../platform/jobs/index.ts'
import { mailContact } from '../../../../platform/mail/index.ts'
import { workspaceFacts } from '../../../accounts/index.ts'
import { requestPermit } from '../../gate/request-permit.ts'
import { usePermit } from '../../gate/use-permit.ts'
import type { StoredBreach } from './breach.tables.ts'
import { keepBreachStep } from './breach-steps.ts'
import { NAME } from './draft-notices.ts'

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
    .select(['id', 'contact_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('breach_id', '=', breachId)
    .where('notice', '=', 'waiting')
    .where('contact_id', 'is not', null)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  for (const { id, contact_id } of waiting) if (contact_id !== null) await tellOne(tx, breach, id, contact_id)
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
  const answer = await requestPermit(tx, {
    contactId,
    channel: 'email',
    purpose: 'legal',
    about: { type: 'breach', id: breach.id },
    writer: 'machine',
  })
  if (!answer.allowed) {
    const reason = answer.reasons.find(({ effect }) => effect !== 'allows')?.code ?? 'refused'
    return setPerson(tx, personId, { notice: 'unreachable', reason })
  }
  const { contact, permit, address } = answer
  const business = await workspaceFacts(tx)
  const locale = chooseLocale([contact.locale, business.locale].filter((tag) => tag !== null))
  const words = breach.notices?.[locale] ?? breach.notices?.en
  if (!words) throw new Error('An incident tells people without words.')
  const text = words.text.replaceAll(NAME, contact.name)
  const mailId = tx.newId<'mail'>()
  await usePermit(tx, permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
  await mailContact(tx, permit, {
    id: mailId,
    to: { name: contact.name, address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: words.subject,
    text: `${text}\n`,
    html: renderHtml(
      html`<html lang="${locale}"><body style="font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px;max-width:560px;margin:0 auto">${text.split('\n\n').map((paragraph) => html`<p style="white-space:pre-line">${paragraph}</p>`)}</body></html>`,
    ),
    automatic: false,
  })
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
