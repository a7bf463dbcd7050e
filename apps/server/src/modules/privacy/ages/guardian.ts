import { createHash } from 'node:crypto'
import type { ContactId, Principal, WorkspaceId } from '@frontdesk/contract'
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
import { releaseFlag } from '../geography/flag-contact.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import type { GuardianConsentRow } from './age.tables.ts'
import { ageWords } from './age.words.ts'
import { noteUnderAge } from './under-age.ts'

const PURPOSE = 'guardian-consent'
/** A question that nobody answers ends. */
const LIVES = { hours: 24 * 14 }
/** Data of a child that is here already wait no longer for an answer. */
const CHILD_WAITS = { hours: 24 * 7 }

export type StoredGuardianConsent = Selectable<GuardianConsentRow>

export type AskGuardian = {
  readonly name: string
  readonly email: string
  readonly locale: Locale
  /** The child, where a member asks about somebody who is here. Of one who asks by herself nothing is kept. */
  readonly childId?: ContactId
}

/**
 * Writes the one mail to a parent or guardian. Her address is used for nothing else before she agrees (as remembered from 16 CFR 312.5(c)(1), counsel must check). Answers the question with whether she may be written
 * to, or null where she is the child. Throws `http/not-allowed` where the business does not serve children at all.
 */
export async function askGuardian(
  tx: WorkspaceTx,
  by: Principal,
  { childId, ...wish }: AskGuardian,
): Promise<{ readonly row: StoredGuardianConsent; readonly written: boolean } | null> {
  const settings = await readPrivacySettings(tx)
  if (settings['age.guardian'] !== 'allowed')
    throw new Refusal('http/not-allowed', { detail: 'This business does not take this way. Ask a parent or guardian to call it.' })
  const { contactId, emailPointId } = await findOrCreateContact(tx, by, { ...wish, source: by.kind === 'visitor' ? 'form' : 'member' })
  if (emailPointId === null || contactId === childId) return null
  const row: StoredGuardianConsent = {
    workspace_id: tx.workspaceId,
    id: tx.newId(),
    contact_id: contactId,
    point_id: emailPointId,
    child_id: childId ?? null,
    age_limit: settings['age.min'],
    locale: wish.locale,
    created_at: tx.now,
    expires_at: tx.now.add(childId === undefined ? LIVES : CHILD_WAITS),
    agreed_at: null,
    words_hash: null,
  }
  await tx.db.insertInto('guardian_consent').values(row).execute()
  const about = { type: 'registration', id: row.id } as const
  const mailId = tx.newId<'mail'>()
  const answer = await requestPermit(tx, { contactId, channel: 'email', purpose: 'service', about, pointId: emailPointId, sendId: mailId })
  if (!answer.allowed) return { row, written: false } // the answer is the same for the child, and kept with its reasons
  const business = await workspaceFacts(tx)
  const t = translator(ageWords, wish.locale)
  const vars = { business: business.name, limit: row.age_limit }
  await usePermit(tx, answer.permit, { sendId: mailId, contactId: answer.contact.contactId, channel: 'email' })
  await mailContact(tx, answer.permit, {
    id: mailId,
    to: { name: answer.contact.name, address: answer.address },
    fromName: business.name,
    answersTo: business.email ?? undefined,
    subject: t('mailSubject', vars),
    text: [
      t(childId === undefined ? 'mailText' : 'mailTextKnown', vars),
      guardianUrl(tx, row),
      t(childId === undefined ? 'mailNot' : 'mailNotKnown'),
    ].join('\n\n'),
    automatic: true,
  })
  return { row, written: true }
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

/** Keeps that she agreed, with a hash of the words; once. A child of hers that was kept apart may be served from now on, and is noted as under age. */
export async function agreeAsGuardian(tx: WorkspaceTx, id: string, words: string): Promise<void> {
  const agreed = await tx.db
    .updateTable('guardian_consent')
    .set({ agreed_at: tx.now, words_hash: createHash('sha256').update(words).digest('hex') })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('agreed_at', 'is', null)
    .returning('child_id')
    .executeTakeFirst()
  if (agreed?.child_id) await servedWithGuardian(tx, agreed.child_id)
}

async function servedWithGuardian(tx: WorkspaceTx, childId: ContactId): Promise<void> {
  const ourselves: Principal = { kind: 'system', workspaceId: tx.workspaceId, job: 'privacy.flags' }
  const flag = await tx.db
    .selectFrom('flagged_contact')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', childId)
    .where('reason', '=', 'child')
    .where('state', '=', 'open')
    .executeTakeFirst()
  await noteUnderAge(tx, ourselves, { contactId: childId, underAge: true })
  if (!flag) return
  const because = translator(ageWords, (await workspaceFacts(tx)).locale)('guardianAgreed')
  await releaseFlag(tx, ourselves, { flagId: flag.id, because })
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
