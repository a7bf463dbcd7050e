import type { ContactId } from '@frontdesk/contract'
import { chooseLocale, translator } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { html, renderHtml } from '../../../platform/http/index.ts'
import { mailContact } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { requestPermit } from '../gate/request-permit.ts'
import type { SubjectSource } from '../gate/subject-sources.ts'
import { usePermit } from '../gate/use-permit.ts'
import { preferenceWords } from './preference.words.ts'
import { preferencePath } from './preference-link.ts'

/** A mail about her own stops and wishes hangs on the contact herself: she asked for it, and the law wants her to be able to stop us. */
export const ownWishesSource: SubjectSource = {
  types: ['suppression'],
  facts: async (_tx, about, contactId) => (about.id === contactId ? { open: true, startedBy: 'contact' } : null),
  newest: async () => null,
}

/** Sends a new link to the mail address on file. Where there is none, or the gate says no, nothing is sent. Throws 404. */
export async function mailNewLink(tx: WorkspaceTx, contactId: ContactId): Promise<void> {
  const mailId = tx.newId<'mail'>()
  const answer = await requestPermit(tx, {
    contactId,
    channel: 'email',
    purpose: 'legal',
    about: { type: 'suppression', id: contactId },
    sendId: mailId,
  })
  if (!answer.allowed) return
  const { contact, permit, address } = answer
  const business = await workspaceFacts(tx)
  const t = translator(preferenceWords, chooseLocale([contact.locale ?? business.locale]))
  const link = `${consentSurroundings.get().publicUrl()}${preferencePath(tx, contact.contactId)}`
  const vars = { business: business.name }
  await usePermit(tx, permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
  await mailContact(tx, permit, {
    id: mailId,
    to: { name: contact.name, address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: t('mailSubject', vars),
    text: `${t('mailText', vars)}\n\n${link}\n\n${t('mailWhy')}\n`,
    html: renderHtml(
      html`<html lang="${t.locale}"><body><p>${t('mailText', vars)}</p><p><a href="${link}">${t('mailLink')}</a></p><p>${t('mailWhy')}</p></body></html>`,
    ),
    automatic: true,
  })
}
