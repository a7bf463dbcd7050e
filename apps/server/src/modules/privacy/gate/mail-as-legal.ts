import type { Subject } from '@frontdesk/contact-rules'
import type { ContactId, ContactPointId, MailId } from '@frontdesk/contract'
import { chooseLocale, type Locale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { html, renderHtml } from '../../../platform/http/index.ts'
import { mailContact } from '../../../platform/mail/index.ts'
import { type WorkspaceFacts, workspaceFacts } from '../../accounts/index.ts'
import type { ContactFacts } from '../../contacts/index.ts'
import { requestPermit } from './request-permit.ts'
import { usePermit } from './use-permit.ts'

/** To whom a letter goes, and in which language it is written unless it says otherwise. */
export type LegalReader = { readonly contact: ContactFacts; readonly business: WorkspaceFacts; readonly locale: Locale }

/** A letter: its paragraphs, and the links below them. */
export type LegalLetter = {
  readonly locale?: Locale
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly links?: readonly { readonly words: string; readonly href: string }[]
}

/** The mail that tells her, or the rule or fact for which none could be sent. */
export type ToldAsLegal = { readonly mailId: MailId } | { readonly mailId: null; readonly reason: string }

/** Writes to one contact what the law wants her to know: as `legal`, so that no opt-out stands in the way, through the gate as every mail. */
export async function mailAsLegal(
  tx: WorkspaceTx,
  wish: {
    readonly contactId: ContactId
    readonly pointId?: ContactPointId | undefined
    readonly about: Subject
    /** Nobody decided to send this one: it answers by itself, or goes to everybody. */
    readonly automatic: boolean
    readonly letter: (reader: LegalReader) => LegalLetter | Promise<LegalLetter>
  },
): Promise<ToldAsLegal> {
  const { contactId, pointId, about, automatic } = wish
  const mailId = tx.newId<'mail'>()
  const answer = await requestPermit(tx, {
    contactId,
    channel: 'email',
    purpose: 'legal',
    about,
    pointId,
    writer: 'machine',
    sendId: mailId,
  })
  if (!answer.allowed) return { mailId: null, reason: answer.reasons.find(({ effect }) => effect !== 'allows')?.code ?? 'refused' }
  const { contact, permit, address } = answer
  const business = await workspaceFacts(tx)
  const usual = chooseLocale([contact.locale, business.locale].filter((tag) => tag !== null))
  const { locale = usual, subject, paragraphs, links = [] } = await wish.letter({ contact, business, locale: usual })
  await usePermit(tx, permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
  await mailContact(tx, permit, {
    id: mailId,
    to: { name: contact.name, address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject,
    text: `${[...paragraphs, ...links.map(({ words, href }) => `${words}:\n${href}`)].join('\n\n')}\n`,
    html: renderHtml(
      html`<html lang="${locale}"><body style="font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px;max-width:560px;margin:0 auto">${paragraphs.map((paragraph) => html`<p style="white-space:pre-line">${paragraph}</p>`)}${links.map(({ words, href }) => html`<p><a href="${href}">${words}</a></p>`)}</body></html>`,
    ),
    automatic,
  })
  return { mailId }
}
