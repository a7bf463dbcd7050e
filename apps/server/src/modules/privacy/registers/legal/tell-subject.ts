import type { ContactId } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { html, renderHtml } from '../../../../platform/http/index.ts'
import { mailContact } from '../../../../platform/mail/index.ts'
import { workspaceFacts } from '../../../accounts/index.ts'
import { requestPermit } from '../../gate/request-permit.ts'
import type { SubjectSource } from '../../gate/subject-sources.ts'
import { usePermit } from '../../gate/use-permit.ts'
import type { StoredLegalRequest } from './legal.tables.ts'
import { legalTranslator } from './legal.words.ts'

/** Tells somebody that her data went to an authority, as `legal`. Answers whether she could be reached. */
export async function tellSubject(tx: WorkspaceTx, row: StoredLegalRequest, contactId: ContactId): Promise<'sent' | 'unreachable'> {
  const answer = await requestPermit(tx, {
    contactId,
    channel: 'email',
    purpose: 'legal',
    about: { type: 'legal_request', id: row.id },
    writer: 'machine',
  })
  if (!answer.allowed) return 'unreachable'
  const { contact, permit, address } = answer
  const business = await workspaceFacts(tx)
  const locale = chooseLocale([contact.locale, business.locale].filter((tag) => tag !== null))
  const t = legalTranslator(locale)
  const day = (row.disclosed_at ?? tx.now).toZonedDateTimeISO(business.zone).toPlainDate().toLocaleString(locale, { dateStyle: 'long' })
  const vars = { business: business.name, name: contact.name, authority: row.authority, day }
  const paragraphs = [t('hello', vars), t('what', vars), t('why'), t('rights', vars), t('regards', vars)]
  const mailId = tx.newId<'mail'>()
  await usePermit(tx, permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
  await mailContact(tx, permit, {
    id: mailId,
    to: { name: contact.name, address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: t('subject', vars),
    text: `${paragraphs.join('\n\n')}\n`,
    html: renderHtml(
      html`<html lang="${locale}"><body style="font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px;max-width:560px;margin:0 auto">${paragraphs.map((paragraph) => html`<p style="white-space:pre-line">${paragraph}</p>`)}</body></html>`,
    ),
    automatic: false,
  })
  return 'sent'
}

/** Requests of authorities as the gate asks about them: whoever they are about is told, whatever she stopped. */
export const legalSubjects: SubjectSource = {
  types: ['legal_request'],
  async facts(tx, about, contactId) {
    const row = await tx.db
      .selectFrom('legal_request_subject')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('legal_request_id', '=', about.id)
      .where('contact_id', '=', contactId)
      .executeTakeFirst()
    return row ? { open: true, startedBy: 'us' } : null
  },
  newest: async () => null,
}
