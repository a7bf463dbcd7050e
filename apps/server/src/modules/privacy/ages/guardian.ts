import { createHash } from 'node:crypto'
import type { Principal, WorkspaceId } from '@frontdesk/contract'
import { type Locale, translator } from '@frontdesk/i18n'
import type { Selectable } from 'kysely'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { mailContact } from '../../../platform/mail/index.ts'
import { type WorkspaceFacts, workspaceFacts } from '../../accounts/index.ts'
import { findOrCreateContact } from '../../contacts/index.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { requestPermit } from '../gate/request-permit.ts'
import type { SubjectSource } from '../gate/subject-sources.ts'
import { usePermit } from '../gate/use-permit.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import type { GuardianConsentRow } from './age.tables.ts'
import { ageWords } from './age.words.ts'

const PURPOSE = 'guardian-consent'
/** A question that nobody answers ends. */
const LIVES = { hours: 24 * 14 }

export type StoredGuardianConsent = Selectable<GuardianConsentRow>

/**
 * Writes the one mail to a parent or guardian whom a child named. Her address is used for nothing else before she agrees (as remembered from 16 CFR 312.5(c)(1), counsel must check); of the child nothing is kept. Throws
 * `http/not-allowed` where the business does not serve children at all.
 */
export async function askGuardian(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly name: string; readonly email: string; readonly locale: Locale },
): Promise<void> {
  const settings = await readPrivacySettings(tx)
  if (settings['age.guardian'] !== 'allowed')
    throw new Refusal('http/not-allowed', { detail: 'This business does not take this way. Ask a parent or guardian to call it.' })
  const { contactId, emailPointId } = await findOrCreateContact(tx, by, { ...wish, source: 'form' })
  if (emailPointId === null) return
  const row: StoredGuardianConsent = {
    workspace_id: tx.workspaceId,
    id: tx.newId(),
    contact_id: contactId,
    point_id: emailPointId,
    age_limit: settings['age.min'],
    locale: wish.locale,
    created_at: tx.now,
    expires_at: tx.now.add(LIVES),
    agreed_at: null,
    words_hash: null,
  }
  await tx.db.insertInto('guardian_consent').values(row).execute()
  const about = { type: 'registration', id: row.id } as const
  const answer = await requestPermit(tx, { contactId, channel: 'email', purpose: 'service', about, pointId: emailPointId })
  if (!answer.allowed) return // the answer is the same for the child, and kept with its reasons
  const business = await workspaceFacts(tx)
  const t = translator(ageWords, wish.locale)
  const vars = { business: business.name, limit: row.age_limit }
  const mailId = tx.newId<'mail'>()
  await usePermit(tx, answer.permit, { sendId: mailId, contactId: answer.contact.contactId, channel: 'email' })
  await mailContact(tx, answer.permit, {
    id: mailId,
    to: { name: answer.contact.name, address: answer.address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: t('mailSubject', vars),
    text: [t('mailText', vars), guardianUrl(tx, row), t('mailNot')].join('\n\n'),
    automatic: true,
  })
}

/** The link of a question, as it stands in the mail. */
export const guardianUrl = (tx: WorkspaceTx, row: Pick<StoredGuardianConsent, 'id' | 'expires_at'>): string =>
  `${consentSurroundings.get().publicUrl()}/guardian/${tx.keys.signLink(
    { purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: row.id, expiresAt: row.expires_at, allows: [] },
    tx.now,
  )}`

/** Where a link leads; undefined for one that is none or ran out. */
export function readGuardianToken(
  keys: Keys,
  token: string,
  now: Temporal.Instant,
): { readonly workspaceId: WorkspaceId; readonly id: string } | undefined {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (!check.valid || check.link.workspaceId === null) return undefined
  return { workspaceId: check.link.workspaceId as WorkspaceId, id: check.link.subjectId }
}

/** One question to a parent or guardian, if it is there. */
export const guardianConsentById = (tx: WorkspaceTx, id: string): Promise<StoredGuardianConsent | undefined> =>
  tx.db.selectFrom('guardian_consent').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', id).executeTakeFirst()

/** What she agrees to, word for word. */
export const agreementOf = (locale: string, business: Pick<WorkspaceFacts, 'name'>): string =>
  translator(ageWords, locale)('agreeWords', { business: business.name })

/** Keeps that she agreed, with a hash of the words; once. */
export async function agreeAsGuardian(tx: WorkspaceTx, id: string, words: string): Promise<void> {
  await tx.db
    .updateTable('guardian_consent')
    .set({ agreed_at: tx.now, words_hash: createHash('sha256').update(words).digest('hex') })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('agreed_at', 'is', null)
    .execute()
}

/** The object such a mail hangs on: open until she agreed or it ran out. */
export const guardianSource: SubjectSource = {
  types: ['registration'],
  facts: async (tx, about, contactId) => {
    const row = await guardianConsentById(tx, about.id)
    if (!row || row.contact_id !== contactId) return null
    return {
      open: row.agreed_at === null && Temporal.Instant.compare(row.expires_at, tx.now) > 0,
      startedBy: 'contact',
      since: row.created_at,
    }
  },
  newest: async () => null,
}
