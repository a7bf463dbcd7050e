import type { ContactId } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { html, renderHtml } from '../../../../platform/http/index.ts'
import { system } from '../../../../platform/inventory/index.ts'
import { defineJob } from '../../../../platform/jobs/index.ts'
import { mailContact } from '../../../../platform/mail/index.ts'
import { workspaceFacts } from '../../../accounts/index.ts'
import { requestPermit } from '../../gate/request-permit.ts'
import type { SubjectSource } from '../../gate/subject-sources.ts'
import { usePermit } from '../../gate/use-permit.ts'
import { registerSurroundings } from '../surroundings.ts'
import { objectionPath } from './objection-link.ts'
import type { StoredChange } from './ownership.tables.ts'
import { ownershipTranslator } from './ownership.words.ts'

const BATCH = 50

/** Tells everybody who waits, once each, some at a time. Goes on where a crash left it. */
export const tellOfChangeJob = defineJob({
  name: 'privacy.tell-of-ownership-change',
  payload: z.strictObject({ changeId: z.uuid() }),
  fields: { changeId: system },
  timeoutSeconds: 1800,
  concurrency: 1,
  run: async (context, { changeId }) => {
    while (await context.inWorkspace((tx) => tellSome(tx, changeId))) context.signal.throwIfAborted()
  },
})

async function tellSome(tx: WorkspaceTx, changeId: string): Promise<boolean> {
  const change = await tx.db
    .selectFrom('ownership_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', changeId)
    .forUpdate()
    .executeTakeFirst()
  if (change?.state !== 'telling') return false
  const waiting = await tx.db
    .selectFrom('ownership_notice')
    .select(['id', 'contact_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('change_id', '=', changeId)
    .where('notice', '=', 'waiting')
    .where('contact_id', 'is not', null)
    .orderBy('id')
    .limit(BATCH)
    .execute()
  for (const { id, contact_id } of waiting) if (contact_id !== null) await tellOne(tx, change, id, contact_id)
  if (waiting.length === BATCH) return true
  await tx.db
    .updateTable('ownership_change')
    .set({ state: 'told', version: change.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', changeId)
    .execute()
  await emit(tx, 'ownership_change.changed', { changeId, state: 'told' })
  return false
}

/** Writes to one person, as `legal`: who holds her data is hers to know, whatever offers she stopped. */
async function tellOne(tx: WorkspaceTx, change: StoredChange, noticeId: string, contactId: ContactId): Promise<void> {
  const set = (values: { notice: 'sent' | 'unreachable'; mail_id?: string; told_at?: Temporal.Instant }) =>
    tx.db.updateTable('ownership_notice').set(values).where('workspace_id', '=', tx.workspaceId).where('id', '=', noticeId).execute()
  const about = { type: 'ownership_change', id: change.id } as const
  const answer = await requestPermit(tx, { contactId, channel: 'email', purpose: 'legal', about, writer: 'machine' })
  if (!answer.allowed) return void (await set({ notice: 'unreachable' }))
  const { contact, permit, address } = answer
  const business = await workspaceFacts(tx)
  const locale = chooseLocale([contact.locale, business.locale].filter((tag) => tag !== null))
  const t = ownershipTranslator(locale)
  const day = change.effective_on.toLocaleString(locale, { dateStyle: 'long' })
  const vars = { business: business.name, name: contact.name, successor: change.successor, day }
  const link = `${registerSurroundings.get().publicUrl()}${objectionPath(tx, noticeId)}`
  const paragraphs = [t('mail/hello', vars), t('mail/what', vars), change.note, t('mail/object', vars)]
  const mailId = tx.newId<'mail'>()
  await usePermit(tx, permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
  await mailContact(tx, permit, {
    id: mailId,
    to: { name: contact.name, address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: t('mail/subject', vars),
    text: `${paragraphs.join('\n\n')}\n\n${t('mail/link')}:\n${link}\n`,
    html: renderHtml(
      html`<html lang="${locale}"><body style="font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px;max-width:560px;margin:0 auto">${paragraphs.map((paragraph) => html`<p style="white-space:pre-line">${paragraph}</p>`)}<p><a href="${link}">${t('mail/link')}</a></p></body></html>`,
    ),
    automatic: false,
  })
  await set({ notice: 'sent', mail_id: mailId, told_at: tx.now })
}

/** Changes of ownership as the gate asks about them. */
export const ownershipSubjects: SubjectSource = {
  types: ['ownership_change'],
  async facts(tx, about, contactId) {
    const row = await tx.db
      .selectFrom('ownership_notice')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('change_id', '=', about.id)
      .where('contact_id', '=', contactId)
      .executeTakeFirst()
    return row ? { open: true, startedBy: 'us' } : null
  },
  newest: async () => null,
}
