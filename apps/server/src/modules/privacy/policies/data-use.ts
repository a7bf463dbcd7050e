import type { ContactId, Principal } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import { sql } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type ContactFacts, contactFacts, idOfNobody } from '../../contacts/index.ts'
import { hashesOfPoint } from '../consents/point-hash.ts'
import { restrictionOf } from '../erasure/restriction-of.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { decideUse, type UseDecision } from './data-use.rules.ts'
import { sha256Of } from './policy-text.rules.ts'

/** The use whose mode is a setting: others who want to advertise. */
export const thirdPartyMarketing = 'third_party_marketing'

/**
 * Whether data of this contact may be used for something that was introduced later than they were collected, with the reason. A use that nobody introduced is none: every
 * other purpose needs its own question and her yes.
 */
export async function mayUse(tx: WorkspaceTx, contactId: ContactId, key: string): Promise<UseDecision> {
  const contact = await contactFacts(tx, contactId)
  const use = await tx.db
    .selectFrom('data_use')
    .innerJoin('policy_version', (join) =>
      join.onRef('policy_version.workspace_id', '=', 'data_use.workspace_id').onRef('policy_version.id', '=', 'data_use.version_id'),
    )
    .select(['data_use.id', 'data_use.mode', 'policy_version.published_at', 'policy_version.id as version_id'])
    .where('data_use.workspace_id', '=', tx.workspaceId)
    .where('data_use.key', '=', key)
    .executeTakeFirst()
  const settings = await readPrivacySettings(tx)
  const shares = key === thirdPartyMarketing
  const mode = shares ? settings['sharing.third_party_marketing'] : (use?.mode ?? 'opt_in')
  return decideUse({
    mode,
    answer: use ? await newestAnswer(tx, contact.contactId, use.id) : null,
    // Advertising of others is asked for itself, whatever a notice said.
    named: !shares && use !== undefined && Temporal.Instant.compare(contact.createdAt, use.published_at) >= 0,
    told: use !== undefined && (await wasTold(tx, contact.contactId, use.version_id)),
    stopped: !(await mayBeAsked(tx, contact)),
    inactive: contact.archived || (await restrictionOf(tx, contact.contactId)) !== undefined,
  })
}

/** Whether data of this contact may go to others who want to advertise, as `sharing.third_party_marketing` has it. */
export const mayShareForMarketing = (tx: WorkspaceTx, contactId: ContactId): Promise<UseDecision> =>
  mayUse(tx, contactId, thirdPartyMarketing)

/** Whether somebody may be asked for a new use: not once she ended offers or every contact. */
export async function mayBeAsked(tx: WorkspaceTx, contact: Pick<ContactFacts, 'contactId' | 'points'>): Promise<boolean> {
  const hashes = contact.points.flatMap((point) => hashesOfPoint(tx, point))
  const found = await tx.db
    .selectFrom('suppression')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('lifted_at', 'is', null)
    .where(sql<boolean>`scope in ('marketing', 'all')`)
    .where(sql<boolean>`(contact_id = ${contact.contactId}::uuid or value_hash = any(${hashes}::text[]))`)
    .limit(1)
    .executeTakeFirst()
  return found === undefined
}

async function newestAnswer(tx: WorkspaceTx, contactId: ContactId, useId: string): Promise<'yes' | 'no' | null> {
  const row = await tx.db
    .selectFrom('data_use_answer')
    .select('answer')
    .where('workspace_id', '=', tx.workspaceId)
    .where('use_id', '=', useId)
    .where('contact_id', '=', contactId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.answer ?? null
}

async function wasTold(tx: WorkspaceTx, contactId: ContactId, versionId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('policy_told')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('version_id', '=', versionId)
    .where('contact_id', '=', contactId)
    .where('outcome', '=', 'mailed')
    .executeTakeFirst()
  return row !== undefined
}

export type AnswerUse = {
  readonly contactId: ContactId
  readonly useId: string
  readonly answer: 'yes' | 'no'
  readonly how: 'link' | 'told'
  readonly locale: string
}

/** Records what she said to a new use, with the hash of the words she saw. The newest answer counts; earlier ones stay. */
export async function answerUse(tx: WorkspaceTx, by: Principal, wish: AnswerUse): Promise<void> {
  privacyPolicy.require(by, wish.how === 'link' ? 'consents.confirm' : 'consents.record')
  const { contactId } = await contactFacts(tx, wish.contactId)
  const { says } = await useById(tx, wish.useId)
  await tx.db
    .insertInto('data_use_answer')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      use_id: wish.useId,
      contact_id: contactId,
      answer: wish.answer,
      how: wish.how,
      words_hash: sha256Of(says[chooseLocale([wish.locale])]),
      locale: wish.locale,
      recorded_by: actorText(by),
      created_at: tx.now,
    })
    .execute()
  await audit(tx, by, { action: 'data_use.answered', object: { type: 'data_use', id: wish.useId }, result: 'done' })
}

/** A use by its name. Throws `http/not-found`. */
export async function useByKey(tx: WorkspaceTx, key: string) {
  const use = await tx.db
    .selectFrom('data_use')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('key', '=', key)
    .executeTakeFirst()
  return useById(tx, use?.id ?? idOfNobody(tx.workspaceId))
}

/** A use by its id, with the words it is asked in. Throws `http/not-found`. */
export async function useById(tx: WorkspaceTx, useId: string) {
  const use = await tx.db
    .selectFrom('data_use')
    .select(['id', 'key', 'mode', 'says'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', useId)
    .executeTakeFirst()
  if (!use) throw new Refusal('http/not-found', { detail: 'There is no such use.' })
  return use
}

/** Her newest answer to a use, for the page on which she changes it. */
export const answerOf = newestAnswer

/** The privacy notice under which a contact's data were collected: the one that stood at that moment. Both never change, so neither does the answer; null: from before the first. */
export async function collectedUnder(
  tx: WorkspaceTx,
  at: Temporal.Instant,
): Promise<{ readonly version: number; readonly publishedAt: Temporal.Instant } | null> {
  const row = await tx.db
    .selectFrom('policy_version')
    .select(['version', 'published_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'privacy')
    .where('published_at', '<=', at)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { version: row.version, publishedAt: row.published_at } : null
}
