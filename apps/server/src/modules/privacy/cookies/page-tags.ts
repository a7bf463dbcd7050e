import { createHash } from 'node:crypto'
import type { PageTag as PageTagAnswer, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { PageTagRow } from './cookie.tables.ts'

export type PageTag = Selectable<PageTagRow>

/** More than this on one page is no page any more. */
const MOST_TAGS = 10

/** What is declared now, oldest first. */
export const liveTags = (tx: WorkspaceTx): Promise<readonly PageTag[]> =>
  tx.db
    .selectFrom('page_tag')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute()

/** Which question a reader is asked: another one as soon as anything is declared that she was not asked about. */
export const editionOf = (tags: readonly Pick<PageTag, 'id'>[]): string =>
  tags.length === 0
    ? 'none'
    : createHash('sha256')
        .update(tags.map(({ id }) => id).join())
        .digest('hex')
        .slice(0, 16)

export type DeclareTag = {
  readonly name: string
  readonly provider: string
  readonly host: string
  readonly script: string
  readonly class: PageTag['class']
  readonly purpose: string
  readonly cookies: readonly { readonly name: string; readonly days: number }[]
}

/** Declares code of somebody else for the booking pages. It is loaded for readers who agree, and everybody is asked anew. Throws `http/conflict` for the eleventh. */
export async function declareTag(tx: WorkspaceTx, by: Principal, wish: DeclareTag): Promise<PageTag> {
  privacyPolicy.require(by, 'cookies.manage')
  if ((await liveTags(tx)).length >= MOST_TAGS)
    throw new Refusal('http/conflict', { detail: `At most ${MOST_TAGS} are declared at a time. Remove one first. Nothing was saved.` })
  const row = await tx.db
    .insertInto('page_tag')
    .values({
      ...wish,
      cookies: JSON.stringify(wish.cookies),
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      declared_by: actorText(by),
      created_at: tx.now,
      removed_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'page_tag.declared', object: { type: 'page_tag', id: row.id }, result: 'done' })
  return row
}

/** Takes it off the pages at once. What was decided about it stays as proof. Throws 404. */
export async function removeTag(tx: WorkspaceTx, by: Principal, tagId: string): Promise<void> {
  privacyPolicy.require(by, 'cookies.manage')
  const removed = await tx.db
    .updateTable('page_tag')
    .set({ removed_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', tagId)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!removed) throw new Refusal('http/not-found', { detail: 'There is nothing like that on the pages any more.' })
  await audit(tx, by, { action: 'page_tag.removed', object: { type: 'page_tag', id: tagId }, result: 'done' })
}

/** A tag as members see it. */
export const presentTag = (tag: PageTag): PageTagAnswer => ({
  id: tag.id,
  name: tag.name,
  provider: tag.provider,
  host: tag.host,
  script: tag.script,
  class: tag.class,
  purpose: tag.purpose,
  cookies: [...tag.cookies],
  declaredAt: tag.created_at.toString(),
})
