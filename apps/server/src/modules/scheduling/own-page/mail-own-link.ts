import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { html, renderHtml } from '../../../platform/http/index.ts'
import { mailContact } from '../../../platform/mail/index.ts'
import { requestPermit, usePermit } from '../../privacy/index.ts'
import { businessFacts } from '../business.ts'
import { surroundings } from '../surroundings.ts'
import { ownMailTranslator } from './own-mail.words.ts'
import { ownLinkDays, ownPagePath } from './own-page-link.ts'

/** A family shares an address: everybody behind it gets her own link, up to here. */
const mostHolders = 5

/**
 * Mails the link of her own page to whoever has this address and was ever booked. Nobody learns here whether there is anybody: whoever asks gets one answer. The mail is what she
 * asked for about herself, so it passes like other answers to such wishes; where the gate says no, nothing is sent.
 */
export async function mailOwnLinks(tx: WorkspaceTx, email: string): Promise<void> {
  const holders = await tx.db
    .selectFrom('contact_point')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'contact_point.workspace_id').onRef('contact.id', '=', 'contact_point.contact_id'),
    )
    .select(['contact.id as contactId', 'contact_point.id as pointId'])
    .where('contact_point.workspace_id', '=', tx.workspaceId)
    .where('contact_point.kind', '=', 'email')
    .where('contact_point.value_normalized', '=', email.trim().toLowerCase())
    .where('contact.merged_into', 'is', null)
    .where((where) =>
      where.exists(
        where
          .selectFrom('booking')
          .select('booking.id')
          .whereRef('booking.workspace_id', '=', 'contact.workspace_id')
          .whereRef('booking.contact_id', '=', 'contact.id'),
      ),
    )
    .orderBy('contact.id')
    .limit(mostHolders)
    .execute()
  for (const { contactId, pointId } of holders) {
    const mailId = tx.newId<'mail'>()
    const answer = await requestPermit(tx, {
      contactId,
      channel: 'email',
      purpose: 'legal',
      about: { type: 'suppression', id: contactId },
      pointId,
      sendId: mailId,
    })
    if (!answer.allowed) continue
    const { contact, permit, address } = answer
    const business = await businessFacts(tx)
    const t = ownMailTranslator(chooseLocale([contact.locale ?? business.locale]))
    const link = `${surroundings.get().publicUrl()}${ownPagePath(tx, contact.contactId)}`
    const said = { business: business.name, name: contact.name, days: String(ownLinkDays) }
    await usePermit(tx, permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
    await mailContact(tx, permit, {
      id: mailId,
      to: { name: contact.name, address },
      fromName: business.name,
      answersTo: business.email ?? undefined,
      subject: t('subject', said),
      text: `${t('hello', said)}\n\n${t('text', said)}\n\n${link}\n\n${t('why')}\n`,
      html: renderHtml(
        html`<html lang="${t.locale}"><body><p>${t('hello', said)}</p><p>${t('text', said)}</p><p><a href="${link}">${t('open')}</a></p><p>${t('why')}</p></body></html>`,
      ),
      automatic: true,
    })
  }
}
