import type { ContactId, ContactPointId, KitKey, Principal, WorkspaceId } from '@frontdesk/contract'
import { translator } from '@frontdesk/i18n'
import type { Selectable } from 'kysely'
import { actorText } from '../../../platform/audit/index.ts'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { html, renderHtml } from '../../../platform/http/index.ts'
import { mailContact } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import type { PermitAnswer } from '../gate/permit-answer.ts'
import { requestPermit } from '../gate/request-permit.ts'
import type { SubjectSource } from '../gate/subject-sources.ts'
import { usePermit } from '../gate/use-permit.ts'
import { preferenceWords } from '../preferences/preference.words.ts'
import { preferencePath } from '../preferences/preference-link.ts'
import { stopWords } from '../suppression/stop.words.ts'
import { stopPath } from '../suppression/stop-link.ts'
import { confirmWords } from './confirm.words.ts'
import type { ConsentInvitationRow } from './consent.tables.ts'
import { sellerOf } from './consent-kit.ts'
import { fillWording } from './kit.ts'
import { consentSurroundings } from './surroundings.ts'

const PURPOSE = 'confirm-consent'
/** Long enough for a holiday; an invitation that nobody answers ends. */
const LIVES = { hours: 24 * 14 }

/** Whom to ask to confirm what. */
export type Invite = {
  readonly contactId: ContactId
  /** The address or number the consent will be for. */
  readonly pointId: ContactPointId
  /** The mail address that is written to; the preferred one unless given. */
  readonly mailPointId?: ContactPointId | undefined
  readonly key: KitKey
  readonly locale: string
  readonly origin: ConsentInvitationRow['origin']
}

/**
 * Sends the one mail that asks to confirm. She asked for it herself at the counter or on the booking page: then it is about her own sign-up. When a member sends it, it is
 * an advertisement in the eyes of the law (CASL s. 1(3)) and passes only as one. Nothing stands until she presses the button behind its link.
 */
export async function invite(tx: WorkspaceTx, by: Principal, wish: Invite): Promise<PermitAnswer> {
  const row: Selectable<ConsentInvitationRow> = {
    workspace_id: tx.workspaceId,
    id: tx.newId(),
    contact_id: wish.contactId,
    point_id: wish.pointId,
    wording: wish.key,
    locale: wish.locale,
    origin: wish.origin,
    invited_by: actorText(by),
    created_at: tx.now,
    expires_at: tx.now.add(LIVES),
    confirmed_at: null,
  }
  await tx.db.insertInto('consent_invitation').values(row).execute()
  const answer = await mailInvitation(tx, row, wish.mailPointId)
  if (!answer.allowed) return answer
  await recordTimeline(tx, {
    contactId: wish.contactId,
    kind: 'consent.invited',
    actor: by,
    subject: { type: 'consent_invitation', id: row.id },
    summary: { key: 'consent_invited', values: { wording: wish.key } },
  })
  return answer
}

/** Sends the mail of an invitation, the first or another one. */
export async function mailInvitation(
  tx: WorkspaceTx,
  row: Selectable<ConsentInvitationRow>,
  pointId?: ContactPointId,
): Promise<PermitAnswer> {
  const about = { type: row.origin === 'member' ? 'campaign' : 'registration', id: row.id } as const
  const mailId = tx.newId<'mail'>()
  const answer = await requestPermit(tx, {
    contactId: row.contact_id,
    channel: 'email',
    purpose: row.origin === 'member' ? 'marketing' : 'service',
    about,
    ...(pointId === undefined ? {} : { pointId }),
    sendId: mailId,
  })
  if (!answer.allowed) return answer
  const business = await workspaceFacts(tx)
  const t = translator(confirmWords, row.locale)
  const { words } = fillWording(row.wording, 'written', await sellerOf(tx, business), row.locale)
  const link = `${consentSurroundings.get().publicUrl()}/confirm/${tx.keys.signLink(
    { purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: row.id, expiresAt: row.expires_at, allows: [] },
    tx.now,
  )}`
  const vars = { business: business.name }
  const why = t(row.origin === 'member' ? 'mailWhyMember' : 'mailWhy', vars)
  const out = wayOut(tx, row, answer.permit.pointId, t.locale)
  await usePermit(tx, answer.permit, { sendId: mailId, contactId: answer.contact.contactId, channel: 'email' })
  await mailContact(tx, answer.permit, {
    id: mailId,
    to: { name: answer.contact.name, address: answer.address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: t('mailSubject', vars),
    text: `${t('mailText', vars)}\n\n“${words}”\n\n${t('mailLink')}:\n${link}\n\n${why}\n${business.address ? `\n${business.name}, ${business.address}\n` : ''}${out.map((each) => `\n${each.words}:\n${each.link}\n`).join('')}`,
    html: renderHtml(
      html`<html lang="${t.locale}"><body><p>${t('mailText', vars)}</p><blockquote>${words}</blockquote><p><a href="${link}">${t('mailLink')}</a></p><p>${why}</p>${business.address && html`<p>${business.name}, ${business.address}</p>`}<p>${out.map((each) => html`<a href="${each.link}">${each.words}</a> `)}</p></body></html>`,
    ),
    automatic: row.origin !== 'member',
    ...(out[0]?.link.startsWith('https:') ? { unsubscribeUrl: out[0].link } : {}),
  })
  return answer
}

/** How she stops such mail and where she chooses in detail: whoever asks for consent by mail has to say it (CASL s. 6(2)(c), CAN-SPAM § 5(a)(3)). */
function wayOut(
  tx: WorkspaceTx,
  row: Selectable<ConsentInvitationRow>,
  pointId: string | null,
  locale: string,
): readonly { readonly words: string; readonly link: string }[] {
  const base = consentSurroundings.get().publicUrl()
  const kind = row.origin === 'member' ? 'offers' : 'service'
  const page = { words: translator(preferenceWords, locale)('footerLink'), link: `${base}${preferencePath(tx, row.contact_id)}` }
  if (pointId === null) return [page]
  const stop = {
    words: translator(stopWords, locale)(`footerLink/${kind}`),
    link: `${base}${stopPath(tx, pointId as ContactPointId, kind)}`,
  }
  return [stop, page]
}

/** The object such a mail hangs on: open until she confirmed or it ran out. */
export const invitationSource: SubjectSource = {
  types: ['registration', 'campaign'],
  facts: async (tx, about, contactId) => {
    const row = await invitationById(tx, about.id)
    if (!row || row.contact_id !== contactId || (row.origin === 'member') !== (about.type === 'campaign')) return null
    const open = row.confirmed_at === null && Temporal.Instant.compare(row.expires_at, tx.now) > 0
    return { open, startedBy: row.origin === 'member' ? 'us' : 'contact', since: row.created_at }
  },
  newest: async () => null,
}

/** Where a link to confirm leads. */
export type ConfirmLink = LiveConfirmLink | { readonly state: 'forged' }
export type LiveConfirmLink = {
  readonly state: 'valid' | 'expired'
  readonly workspaceId: WorkspaceId
  readonly invitationId: string
}

/** Reads a link that came from outside. */
export function readConfirmToken(keys: Keys, token: string, now: Temporal.Instant): ConfirmLink {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid && check.reason !== 'expired') return { state: 'forged' }
  const { workspaceId, subjectId } = check.link
  if (workspaceId === null) return { state: 'forged' }
  return { state: check.valid ? 'valid' : 'expired', workspaceId: workspaceId as WorkspaceId, invitationId: subjectId }
}

/** One invitation, if it is there. */
export const invitationById = (tx: WorkspaceTx, id: string) =>
  tx.db.selectFrom('consent_invitation').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', id).executeTakeFirst()

/** Sends an invitation that ran out once more, with a new link, to the same address. */
export async function inviteAgain(tx: WorkspaceTx, invitationId: string): Promise<void> {
  const row = await invitationById(tx, invitationId)
  if (!row || row.confirmed_at !== null) return
  const renewed = { ...row, expires_at: tx.now.add(LIVES) }
  await tx.db
    .updateTable('consent_invitation')
    .set({ expires_at: renewed.expires_at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .execute()
  await mailInvitation(tx, renewed)
}
