import type { MailId, ObjectedUse, RefusalGround } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { WorkspaceFacts } from '../../accounts/index.ts'
import { type LegalLetter, mailAsLegal } from '../gate/mail-as-legal.ts'
import { lastDayOf } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { requestTranslator } from './request.words.ts'
import { proofPath, statusPath } from './request-link.ts'
import { requestSurroundings } from './surroundings.ts'

/** What she is told. */
export type RequestNews =
  | { readonly news: 'acknowledged' | 'challenge' | 'verified' | 'closed' }
  | { readonly news: 'extended' | 'resolved' | 'hand_over'; readonly text: string }
  | { readonly news: 'answered' | 'appeal_decided'; readonly text: string; readonly ends?: readonly ObjectedUse[] | undefined }
  | { readonly news: 'refused'; readonly text: string; readonly ground: RefusalGround }

/**
 * Writes to the person about her case, as `legal`, at the address on file and never at another. Answers the mail's id, or null: without a contact, without an address or
 * where the gate says no, her case's page tells her instead.
 */
export async function mailRequester(tx: WorkspaceTx, row: StoredRequest, wish: RequestNews): Promise<MailId | null> {
  if (row.contact_id === null) return null
  const { mailId } = await mailAsLegal(tx, {
    contactId: row.contact_id,
    pointId: row.point_id ?? undefined,
    about: { type: row.kind === 'complaint' ? 'complaint' : 'request', id: row.id },
    automatic: wish.news === 'acknowledged' || wish.news === 'challenge',
    letter: ({ business }) => letterOf(tx, row, wish, business),
  })
  return mailId
}

/** What a piece of news says, in the language of the case. */
function letterOf(tx: WorkspaceTx, row: StoredRequest, wish: RequestNews, business: WorkspaceFacts): LegalLetter {
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
    ...('ends' in wish && wish.ends ? [t('mail/ends'), wish.ends.map((use) => `– ${t(`ends/${use}`)}`).join('\n')] : []),
    ...(wish.news === 'refused' && row.kind === 'objection_use' && row.verified_at !== null ? [t('mail/usedAgain')] : []),
    ...(wish.news === 'answered' && (row.kind === 'access' || row.kind === 'portability') ? [t('mail/fetchCopy')] : []),
    ...(wish.news === 'answered' || wish.news === 'refused' ? [t(row.kind === 'complaint' ? 'mail/mayEscalate' : 'mail/mayAppeal')] : []),
    ...(wish.news === 'refused' || wish.news === 'closed' || wish.news === 'resolved' || wish.news === 'appeal_decided'
      ? [t(`authority/${row.region}`)]
      : []),
  ]
  const linkWords = t(wish.news === 'challenge' ? 'mail/confirmLink' : 'mail/statusLink')
  return { locale, subject: t(`mail/${wish.news}Subject`, vars), paragraphs, links: [{ words: linkWords, href: link }] }
}
