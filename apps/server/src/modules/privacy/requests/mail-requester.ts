import type { MailId, RefusalGround } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { html, renderHtml } from '../../../platform/http/index.ts'
import { mailContact } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { requestPermit } from '../gate/request-permit.ts'
import { usePermit } from '../gate/use-permit.ts'
import { lastDayOf } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { requestTranslator } from './request.words.ts'
import { proofPath, statusPath } from './request-link.ts'
import { requestSurroundings } from './surroundings.ts'

/** What she is told. */
export type RequestNews =
  | { readonly news: 'acknowledged' | 'challenge' | 'verified' | 'closed' }
  | { readonly news: 'extended' | 'answered' | 'appeal_decided' | 'resolved' | 'hand_over'; readonly text: string }
  | { readonly news: 'refused'; readonly text: string; readonly ground: RefusalGround }

/**
 * Writes to the person about her case, as `legal`, at the address on file and never at another. Answers the mail's id, or null: without a contact, without an address or
 * where the gate says no, her case's page tells her instead.
 */
export async function mailRequester(tx: WorkspaceTx, row: StoredRequest, wish: RequestNews): Promise<MailId | null> {
  if (row.contact_id === null) return null
  const answer = await requestPermit(tx, {
    contactId: row.contact_id,
    channel: 'email',
    purpose: 'legal',
    about: { type: row.kind === 'complaint' ? 'complaint' : 'request', id: row.id },
    ...(row.point_id === null ? {} : { pointId: row.point_id }),
    writer: 'machine',
  })
  if (!answer.allowed) return null
  const { contact, permit, address } = answer
  const business = await workspaceFacts(tx)
  const locale = chooseLocale([row.locale, business.locale])
  const t = requestTranslator(locale)
  const day = lastDayOf(row.respond_before, row.zone).toLocaleString(row.locale, { dateStyle: 'long' })
  const vars = { business: business.name, kind: t(`kind/${row.kind}`), number: String(row.number), day }
  const own = 'text' in wish ? wish.text : null
  const path = wish.news === 'challenge' ? proofPath(tx, row.id) : statusPath(tx, row.id, 'whole')
  const link = `${requestSurroundings.get().publicUrl()}${path}`
  const paragraphs = [
    t(`mail/${wish.news}`, vars),
    ...(wish.news === 'challenge' && row.for_whom === 'agent' ? [t('mail/agentAsks', { agent: row.agent_name ?? '' })] : []),
    ...(wish.news === 'challenge' && row.proof_level === 'strict' ? [t('mail/strictProof')] : []),
    ...(wish.news === 'refused' ? [t(`ground/${wish.ground}`)] : []),
    ...(own === null ? [] : [own]),
    ...(wish.news === 'answered' && (row.kind === 'access' || row.kind === 'portability') ? [t('mail/fetchCopy')] : []),
    ...(wish.news === 'answered' || wish.news === 'refused' ? [t(row.kind === 'complaint' ? 'mail/mayEscalate' : 'mail/mayAppeal')] : []),
    ...(wish.news === 'refused' || wish.news === 'closed' || wish.news === 'resolved' || wish.news === 'appeal_decided'
      ? [t(`authority/${row.region}`)]
      : []),
  ]
  const linkWords = t(wish.news === 'challenge' ? 'mail/confirmLink' : 'mail/statusLink')
  const mailId = tx.newId<'mail'>()
  await usePermit(tx, permit, { sendId: mailId, contactId: contact.contactId, channel: 'email' })
  await mailContact(tx, permit, {
    id: mailId,
    to: { name: contact.name, address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: t(`mail/${wish.news}Subject`, vars),
    text: `${paragraphs.join('\n\n')}\n\n${linkWords}:\n${link}\n`,
    html: renderHtml(
      html`<html lang="${locale}"><body style="font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px;max-width:560px;margin:0 auto">${paragraphs.map((paragraph) => html`<p style="white-space:pre-line">${paragraph}</p>`)}<p><a href="${link}">${linkWords}</a></p></body></html>`,
    ),
    automatic: wish.news === 'acknowledged' || wish.news === 'challenge',
  })
  return mailId
}
