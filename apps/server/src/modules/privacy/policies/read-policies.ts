import type { OwnParagraph, PolicyDraft, PolicyKind, PolicyLocale, PolicyVersion, Principal } from '@frontdesk/contract'
import { PolicyKind as Kinds } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { privacyOffice } from '../requests/office.ts'
import { composeDocument } from './document.rules.ts'
import { type GatheredFacts, gatherPolicyFacts } from './gather-policy-facts.ts'
import { policyPolicy } from './policy.policy.ts'
import type { PolicyTextRow, PolicyVersionRow } from './policy.tables.ts'
import type { PolicyDocument } from './policy-facts.ts'
import { versionPath } from './policy-paths.ts'
import { changesBetween, policyLocales, sealOf } from './policy-text.rules.ts'

export type StoredVersion = Selectable<PolicyVersionRow>

/** The version that counts now; undefined before the first. */
export const currentVersion = (tx: WorkspaceTx, kind: PolicyKind): Promise<StoredVersion | undefined> =>
  tx.db
    .selectFrom('policy_version')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The text of a version in one language. */
export const textOf = (tx: WorkspaceTx, versionId: string, locale: string): Promise<Selectable<PolicyTextRow> | undefined> =>
  tx.db
    .selectFrom('policy_text')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('version_id', '=', versionId)
    .where(sql<boolean>`locale = ${locale}`)
    .executeTakeFirst()

/** A document in every language, with what it was written from. */
export type WrittenDraft = GatheredFacts & { readonly documents: Readonly<Record<PolicyLocale, PolicyDocument>>; readonly seal: string }

/** A document in every language as it would be published now. */
export async function draftOf(tx: WorkspaceTx, kind: PolicyKind): Promise<WrittenDraft> {
  const gathered = await gatherPolicyFacts(tx, kind)
  const written = policyLocales.map((locale) => [locale, composeDocument(kind, gathered.facts, locale)] as const)
  const documents = Object.fromEntries(written) as Record<PolicyLocale, PolicyDocument>
  return { ...gathered, documents, seal: sealOf(written.map(([, document]) => document)) }
}

/** The documents of the business, and which would change. */
export async function listPolicies(tx: WorkspaceTx, by: Principal) {
  policyPolicy.require(by, 'policies.read')
  const { officer, chosen } = await privacyOffice(tx)
  const business = await workspaceFacts(tx)
  const documents = []
  for (const kind of Kinds.options) {
    const current = await currentVersion(tx, kind)
    const { facts } = await gatherPolicyFacts(tx, kind)
    const locale = facts.usualLocale as PolicyLocale
    const published = current && (await textOf(tx, current.id, locale))
    documents.push({
      kind,
      path: `/legal/${business.slug}/${kind}`,
      current: current ? await presentVersion(tx, current) : null,
      changes: changesBetween(published?.body, composeDocument(kind, facts, locale)).length,
    })
  }
  return { officer: officer && { name: officer.name, chosen }, documents }
}

/** One document as it would be published, in one language, and how it differs. */
export async function showDraft(
  tx: WorkspaceTx,
  by: Principal,
  { kind, locale }: { readonly kind: PolicyKind; readonly locale: PolicyLocale },
): Promise<PolicyDraft> {
  policyPolicy.require(by, 'policies.read')
  const { documents, seal, paragraphs } = await draftOf(tx, kind)
  const current = await currentVersion(tx, kind)
  const published = current && (await textOf(tx, current.id, locale))
  const { title, sections } = documents[locale]
  return {
    kind,
    locale,
    title,
    path: `/legal/${(await workspaceFacts(tx)).slug}/${kind}`,
    sections: [...sections],
    seal,
    current: current ? await presentVersion(tx, current) : null,
    changes: [...changesBetween(published?.body, documents[locale])],
    version: paragraphs.version,
    paragraphs: [...paragraphs.paragraphs] satisfies OwnParagraph[],
  }
}

/** The versions of a document, newest first. */
export async function listVersions(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly kind: PolicyKind; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: PolicyVersion[]; next: string | null }> {
  policyPolicy.require(by, 'policies.read')
  const before = readCursor(wish.cursor, [z.int()])
  const rows = await tx.db
    .selectFrom('policy_version')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', wish.kind)
    .$if(before !== undefined, (query) => query.where(sql<boolean>`version < ${before?.[0]}`))
    .orderBy('version', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const page = pageFrom(
    rows,
    wish.limit,
    (row) => row,
    (row) => [row.version],
  )
  const items: PolicyVersion[] = []
  for (const row of page.items) items.push(await presentVersion(tx, row))
  return { items, next: page.next }
}

/** One version by its id, or `http/not-found`. */
export async function loadVersion(tx: WorkspaceTx, versionId: string): Promise<StoredVersion> {
  const row = await tx.db
    .selectFrom('policy_version')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', versionId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such version.' })
  return row
}

/** A version as the API shows it. */
export async function presentVersion(tx: WorkspaceTx, row: StoredVersion): Promise<PolicyVersion> {
  const texts = await tx.db
    .selectFrom('policy_text')
    .select(['locale', 'sha256'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('version_id', '=', row.id)
    .orderBy('locale')
    .execute()
  const telling = await tx.db
    .selectFrom('policy_telling')
    .select('state')
    .where('workspace_id', '=', tx.workspaceId)
    .where('version_id', '=', row.id)
    .executeTakeFirst()
  const read = await tx.db
    .selectFrom('policy_acknowledgement')
    .select('created_at')
    .where('workspace_id', '=', tx.workspaceId)
    .where('version_id', '=', row.id)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  const newest = await currentVersion(tx, row.kind)
  const { slug } = await workspaceFacts(tx)
  return {
    id: row.id,
    kind: row.kind,
    version: row.version,
    weight: row.weight,
    publishedAt: row.published_at.toString(),
    publishedBy: row.published_by,
    generated: row.generated,
    readAt: read?.created_at.toString() ?? null,
    status: newest?.id === row.id ? 'current' : 'superseded',
    noticeUntil: row.notice_until?.toString() ?? null,
    texts: texts.map(({ locale, sha256 }) => ({ locale, sha256, path: versionPath(slug, row.kind, row.version, locale) })),
    telling: telling?.state ?? null,
  }
}
