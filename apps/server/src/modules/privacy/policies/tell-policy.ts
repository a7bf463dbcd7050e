import type { ContactId, PolicyLocale } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { type ContactFacts, factsOfMany } from '../../contacts/index.ts'
import { type LegalLetter, type LegalReader, mailAsLegal } from '../gate/mail-as-legal.ts'
import type { SubjectSource } from '../gate/subject-sources.ts'
import { mayBeAsked } from './data-use.ts'
import { newUsePath } from './new-use-link.ts'
import { policyPageTranslator } from './policy-page.words.ts'
import { versionPath } from './policy-paths.ts'
import { changesBetween } from './policy-text.rules.ts'
import { loadVersion, type StoredVersion, textOf } from './read-policies.ts'
import { policySurroundings } from './surroundings.ts'

/** How many contacts one transaction tells. */
const PART = 50
/** How many changed sentences a mail quotes; all of them stand on the page. */
const QUOTED = 8

/** Tells everybody who is active and can be written to; goes on where a crash left it, and tells nobody twice. */
export const tellPolicyJob: Job<{ versionId: string }> = defineJob({
  name: 'privacy.tell-policy',
  payload: z.strictObject({ versionId: z.uuid() }),
  fields: { versionId: system },
  timeoutSeconds: 1800,
  concurrency: 1,
  run: async ({ inWorkspace, signal }, { versionId }) => {
    while (await inWorkspace((tx) => tellSome(tx, versionId))) signal.throwIfAborted()
  },
})

/** A document as the gate asks about it: the law wants a change of it told. */
export const policySubjects: SubjectSource = {
  types: ['policy'],
  async facts(tx, about) {
    const found = await tx.db
      .selectFrom('policy_version')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', about.id)
      .executeTakeFirst()
    return found ? { open: true, startedBy: 'us' } : null
  },
  newest: async () => null,
}

/** Tells the next few; false when everybody was told. */
async function tellSome(tx: WorkspaceTx, versionId: string): Promise<boolean> {
  const telling = await tx.db
    .selectFrom('policy_telling')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('version_id', '=', versionId)
    .where('state', '=', 'running')
    .forUpdate()
    .executeTakeFirst()
  if (!telling) return false
  const ids = await nextContacts(tx, telling.after_contact_id)
  const version = await loadVersion(tx, versionId)
  for (const contact of (await factsOfMany(tx, ids)).toSorted((a, b) => (a.contactId < b.contactId ? -1 : 1)))
    await tellOne(tx, version, contact)
  const done = ids.length < PART
  await tx.db
    .updateTable('policy_telling')
    .set({ ...(ids.length > 0 ? { after_contact_id: ids.at(-1) } : {}), ...(done ? { state: 'done' as const, done_at: tx.now } : {}) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', telling.id)
    .execute()
  if (done) await emit(tx, 'policy.told', { versionId })
  return !done
}

/** Active contacts with a mail address, in the order of their ids. */
async function nextContacts(tx: WorkspaceTx, after: ContactId | null): Promise<ContactId[]> {
  const rows = await tx.db
    .selectFrom('contact')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', 'is', null)
    .where('merged_into', 'is', null)
    .$if(after !== null, (query) => query.where(sql<boolean>`id > ${after}::uuid`))
    .where(
      sql<boolean>`exists (select from contact_point where contact_point.workspace_id = contact.workspace_id and contact_point.contact_id = contact.id and contact_point.kind = 'email')`,
    )
    .orderBy('id')
    .limit(PART)
    .execute()
  return rows.map(({ id }) => id)
}

async function tellOne(tx: WorkspaceTx, version: StoredVersion, contact: ContactFacts): Promise<void> {
  const use = await useOf(tx, version.id)
  // Whoever ended offers or everything is neither asked for a new use nor used for it.
  const asked = use && (await mayBeAsked(tx, contact)) ? use : undefined
  const told = await mailAsLegal(tx, {
    contactId: contact.contactId,
    about: { type: 'policy', id: version.id },
    automatic: true,
    letter: (reader) => letterOf(tx, version, reader, asked),
  })
  await tx.db
    .insertInto('policy_told')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version_id: version.id,
      contact_id: contact.contactId,
      created_at: tx.now,
      ...(told.mailId === null
        ? { outcome: 'refused', mail_id: null, reason: told.reason }
        : { outcome: 'mailed', mail_id: told.mailId, reason: null }),
    })
    .$if(told.mailId === null, (query) => query.onConflict((conflict) => conflict.doNothing()))
    .execute()
}

type AskedUse = { readonly key: string; readonly mode: 'opt_in' | 'opt_out'; readonly says: Readonly<Record<PolicyLocale, string>> }

const useOf = (tx: WorkspaceTx, versionId: string): Promise<AskedUse | undefined> =>
  tx.db
    .selectFrom('data_use')
    .select(['key', 'mode', 'says'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('version_id', '=', versionId)
    .executeTakeFirst()

async function letterOf(
  tx: WorkspaceTx,
  version: StoredVersion,
  { contact, business, locale }: LegalReader,
  use: AskedUse | undefined,
): Promise<LegalLetter> {
  const t = policyPageTranslator(locale)
  const site = policySurroundings.get().publicUrl()
  const document = t(`mail/${version.kind}`)
  const vars = { business: business.name, document }
  const page = `${site}${versionPath(business.slug, version.kind, version.version, locale)}`
  const changes = await quotedChanges(tx, version, locale)
  const paragraphs = [t('mail/text', vars), ...(changes.length > 0 ? [t('mail/now'), ...changes] : []), t('mail/rights', vars)]
  const links = [
    { words: t('mail/read', vars), href: page },
    ...(use ? [{ words: t(`mail/use/${use.mode}`), href: `${site}${newUsePath(tx, contact.contactId, use.key)}` }] : []),
    { words: t('mail/yours'), href: `${site}/rights/${business.slug}?lang=${locale}` },
  ]
  const asks = use ? [t('mail/useText', { use: use.says[locale] })] : []
  return { subject: t('mail/subject', vars), paragraphs: [...paragraphs, ...asks], links }
}

/** The first sentences that are new in this version. */
async function quotedChanges(tx: WorkspaceTx, version: StoredVersion, locale: string): Promise<string[]> {
  const now = await textOf(tx, version.id, locale)
  const earlier = await tx.db
    .selectFrom('policy_version')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', version.kind)
    .where('version', '=', version.version - 1)
    .executeTakeFirst()
  const before = earlier && (await textOf(tx, earlier.id, locale))
  if (!now || !before) return []
  const fresh = changesBetween(before.body, now.body).flatMap(({ after }) => (after === null ? [] : [`– ${after}`]))
  return fresh.slice(0, QUOTED)
}
