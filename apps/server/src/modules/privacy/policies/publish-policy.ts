import type { PolicyKind, PolicyLocale, PolicyVersion, PolicyWeight, Principal, PrivacySettings } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { privacyOffice } from '../requests/office.ts'
import { policyPolicy } from './policy.policy.ts'
import { changesBetween, plainText, policyLocales, sha256Of } from './policy-text.rules.ts'
import { currentVersion, draftOf, presentVersion, type StoredVersion, textOf, type WrittenDraft } from './read-policies.ts'
import { tellPolicyJob } from './tell-policy.ts'

/** How long a notice of a change stands on public pages, unless it is superseded before. */
const noticeStands = Temporal.Duration.from({ hours: 24 * 30 })

export type PublishPolicy = {
  readonly kind: PolicyKind
  readonly weight: PolicyWeight
  /** Names the draft that somebody looked at. */
  readonly seal: string
  /** It was published as it was written, before anybody looked at it. */
  readonly generated?: true | undefined
  readonly newUse?: { readonly key: string; readonly says: Readonly<Record<PolicyLocale, string>> } | undefined
}

/** What a change of that weight sets going: a notice on the pages, and a mail to everybody, as the settings have it. */
export function channelsOf(
  weight: PolicyWeight,
  notice: PrivacySettings['policy.notice'],
): { readonly banner: boolean; readonly mail: boolean } {
  return {
    banner: weight !== 'minor' && notice !== 'post_only',
    mail: weight === 'material' && notice === 'email+banner',
  }
}

/**
 * Publishes a document in every language: it counts from this moment, which is its revised date. Throws `privacy/draft-changed` where it is not what was looked at any more,
 * `privacy/nothing-to-publish`, and `privacy/no-officer`.
 */
export async function publishPolicy(tx: WorkspaceTx, by: Principal, wish: PublishPolicy): Promise<PolicyVersion> {
  await requireOfficer(tx, by)
  const draft = await draftOf(tx, wish.kind)
  if (draft.seal !== wish.seal) {
    throw new Refusal('privacy/draft-changed', {
      detail: 'A setting, a fact or a paragraph changed since you looked. Nothing was published; look again.',
    })
  }
  return publishDraft(tx, by, wish, draft)
}

/** Publishes a draft that was written in this transaction. Throws `privacy/nothing-to-publish`, and `privacy/no-officer`. */
export async function publishDraft(
  tx: WorkspaceTx,
  by: Principal,
  wish: Omit<PublishPolicy, 'seal'>,
  { documents, facts, settingsVersion }: WrittenDraft,
): Promise<PolicyVersion> {
  await requireOfficer(tx, by)
  const before = await currentVersion(tx, wish.kind)
  const published = before && (await textOf(tx, before.id, facts.usualLocale))
  if (published && !wish.newUse && changesBetween(published.body, documents[facts.usualLocale as PolicyLocale]).length === 0) {
    throw new Refusal('privacy/nothing-to-publish', { detail: 'The published version says the same. Nothing was published.' })
  }
  requireWeight(wish)
  const channels = channelsOf(wish.weight, facts.settings['policy.notice'])
  const row: StoredVersion = {
    workspace_id: tx.workspaceId,
    id: tx.newId(),
    kind: wish.kind,
    version: (before?.version ?? 0) + 1,
    weight: wish.weight,
    settings_version: settingsVersion,
    published_by: actorText(by),
    published_at: tx.now,
    // The first version changes nothing for anybody.
    notice_until: channels.banner && before ? tx.now.add(noticeStands) : null,
    generated: wish.generated ?? false,
  }
  const made = await tx.db
    .insertInto('policy_version')
    .values(row)
    .onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'version']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) throw new Refusal('privacy/draft-changed', { detail: 'Somebody published this document at the same moment. Look again.' })
  for (const locale of policyLocales) {
    const text = plainText(documents[locale], { business: facts.business.name, version: row.version, publishedAt: tx.now })
    await tx.db
      .insertInto('policy_text')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        version_id: row.id,
        locale,
        body: JSON.stringify(documents[locale]),
        text,
        sha256: sha256Of(text),
      })
      .execute()
  }
  if (wish.newUse) await addUse(tx, row, wish.newUse, facts.settings['policy.new_use'])
  if (before && (channels.mail || wish.newUse)) await beginTelling(tx, row.id)
  await audit(tx, by, { action: 'policy.published', object: { type: 'policy_version', id: row.id }, result: 'done' })
  await emit(tx, 'policy.published', { versionId: row.id })
  return presentVersion(tx, row)
}

async function requireOfficer(tx: WorkspaceTx, by: Principal): Promise<void> {
  policyPolicy.require(by, 'policies.publish')
  const { officer } = await privacyOffice(tx)
  if (officer === null) {
    throw new Refusal('privacy/no-officer', { detail: 'Say first who looks after privacy here. Nothing was published.' })
  }
}

/** A new use is a matter of the privacy notice, and always material. */
function requireWeight({ kind, weight, newUse }: Omit<PublishPolicy, 'seal'>): void {
  if (!newUse || (kind === 'privacy' && weight === 'material')) return
  throw new Refusal('http/invalid-request', {
    detail: 'A new use of data is published with the privacy notice, as a material change. Nothing was published.',
  })
}

async function addUse(
  tx: WorkspaceTx,
  version: StoredVersion,
  { key, says }: NonNullable<PublishPolicy['newUse']>,
  mode: 'opt_in' | 'opt_out',
): Promise<void> {
  const added = await tx.db
    .insertInto('data_use')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      key,
      version_id: version.id,
      mode,
      says: JSON.stringify(says),
      created_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw new Refusal('http/conflict', { detail: `A use with the name ${key} was introduced before. Choose another name.` })
}

async function beginTelling(tx: WorkspaceTx, versionId: string): Promise<void> {
  await tx.db
    .insertInto('policy_telling')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version_id: versionId,
      state: 'running',
      after_contact_id: null,
      started_at: tx.now,
      done_at: null,
    })
    .execute()
  await enqueue(tx, tellPolicyJob, { versionId }, { singletonKey: versionId })
}
