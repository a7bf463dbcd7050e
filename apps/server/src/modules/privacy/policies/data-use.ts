import type { ContactId, Principal } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import { sql } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type ContactFacts, contactFacts, idOfNobody } from '../../contacts/index.ts'
import { isUnderAge } from '../ages/under-age.ts'
import { hashesOfPoint } from '../consents/point-hash.ts'
import { saidNoToSharing } from '../cookies/note-signals.ts'
import { restrictionOf } from '../erasure/restriction-of.ts'
import { contactAndMerged } from '../erasure/whose-rows.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { type BuiltInUseKey, builtInUse, modeOf } from './built-in-uses.ts'
import { decideUse, type UseDecision, type UseReason } from './data-use.rules.ts'
import { hasObjected } from './object-to-use.ts'
import { sha256Of } from './policy-text.rules.ts'

const whyNotUsed: Readonly<Record<UseReason, string>> = {
  switched_off: 'The privacy settings of this business have it switched off.',
  inactive: 'Her data are only kept, or she was put into the archive.',
  under_age: 'She is under the age that this business set.',
  objected: 'She objected, and it was decided for her.',
  said_no_to_sharing: 'Her browser or she herself asked not to be sold, shared or profiled.',
  said_no: 'She said no.',
  opted_out: 'She ended offers, so she is not asked.',
  not_asked: 'She has not said yes.',
  said_yes: 'She said yes.',
  named_when_collected: 'The notice named it when her data came.',
  told: 'She was told and said nothing.',
  not_objected: 'She has not objected.',
}

/**
 * Whether data of this contact may be used for something beyond serving her, with the reason: a use that is built in, or one that was introduced later than they were collected. A
 * use that nobody introduced is none: every other purpose needs its own question and her yes.
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
  const builtIn = builtInUse(key)
  const answer = use ? await newestAnswer(tx, contact.contactId, use.id) : undefined
  return decideUse({
    mode: builtIn ? modeOf(builtIn, await readPrivacySettings(tx)) : (use?.mode ?? 'opt_in'),
    answer: answer?.answer ?? null,
    objected: await hasObjected(tx, contact.contactId, builtIn?.endedBy ?? 'new_uses', answer),
    saidNoToSharing: builtIn?.heedsSignals === true && (await saidNoToSharing(tx, contact.contactId)),
    underAge: await isUnderAge(tx, contact.contactId),
    // What is built in is asked for itself, whatever a notice said.
    named: !builtIn && use !== undefined && Temporal.Instant.compare(contact.createdAt, use.published_at) >= 0,
    told: use !== undefined && (await wasTold(tx, contact.contactId, use.version_id)),
    stopped: !(await mayBeAsked(tx, contact)),
    inactive: contact.archived || (await restrictionOf(tx, contact.contactId)) !== undefined,
  })
}

/** Refuses a use that she was not asked for, or said no to. Throws `privacy/use-not-allowed` with the reason. */
export async function requireUse(tx: WorkspaceTx, contactId: ContactId, key: BuiltInUseKey): Promise<void> {
  const { allowed, reason } = await mayUse(tx, contactId, key)
  if (!allowed) throw new Refusal('privacy/use-not-allowed', { detail: `${whyNotUsed[reason]} Nothing was done.`, reason })
}

/** Whether data of this contact may go to others who want to advertise, as `sharing.third_party_marketing` has it. */
export const mayShareForMarketing = (tx: WorkspaceTx, contactId: ContactId): Promise<UseDecision> =>
  mayUse(tx, contactId, 'third_party_marketing')

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

type Answered = { readonly answer: 'yes' | 'no'; readonly created_at: Temporal.Instant }

/** Her newest answer. Of those who became one contact a no holds, whoever said it, until she says yes after the merge. */
async function newestAnswer(tx: WorkspaceTx, contactId: ContactId, useId: string): Promise<Answered | undefined> {
  const rows = await tx.db
    .selectFrom('data_use_answer')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'data_use_answer.workspace_id').onRef('contact.id', '=', 'data_use_answer.contact_id'),
    )
    .distinctOn('data_use_answer.contact_id')
    .select(['data_use_answer.answer', 'data_use_answer.created_at', 'contact.merged_at'])
    .where('data_use_answer.workspace_id', '=', tx.workspaceId)
    .where('data_use_answer.use_id', '=', useId)
    .where('data_use_answer.contact_id', 'in', await contactAndMerged(tx, contactId))
    .orderBy('data_use_answer.contact_id')
    .orderBy('data_use_answer.id', 'desc')
    .execute()
  const own = rows.find(({ merged_at }) => merged_at === null)
  const before = rows.filter(({ merged_at }) => merged_at !== null && !(own && Temporal.Instant.compare(own.created_at, merged_at) > 0))
  return before.find(({ answer }) => answer === 'no') ?? own ?? before[0]
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

/** Her newest answer to a use, for the page on which she changes it; null: none. */
export const answerOf = async (tx: WorkspaceTx, contactId: ContactId, useId: string): Promise<'yes' | 'no' | null> =>
  (await newestAnswer(tx, contactId, useId))?.answer ?? null
