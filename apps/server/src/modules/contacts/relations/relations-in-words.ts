import type { ContactId, MemberId, RelationKind } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** How files say it, which are in English as their other columns are: of the first, and of the other. */
const sayings: Readonly<Record<RelationKind, readonly [of: string, back: string]>> = {
  parent: ['parent of', 'child of'],
  guardian: ['guardian of', 'in the care of'],
  partner: ['partner of', 'partner of'],
  sibling: ['sibling of', 'sibling of'],
  relative: ['relative of', 'relative of'],
  household: ['lives with', 'lives with'],
  friend: ['friend of', 'friend of'],
  colleague: ['works with', 'works with'],
  manager: ['manager of', 'reports to'],
  referrer: ['referred', 'referred by'],
  own: ['related to', 'related to'],
}

/** Whether any two contacts are related. */
export async function isAnybodyRelated(tx: WorkspaceTx): Promise<boolean> {
  const row = await tx.db
    .selectFrom('contact_relation')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whom some contacts are related to, as one text each: `mother of Leo Ruiz; works with Ana Sol`. With `onlyOf`, nobody else's contacts are named. */
export async function relationsInWords(
  tx: WorkspaceTx,
  ids: readonly ContactId[],
  onlyOf: MemberId | null,
): Promise<ReadonlyMap<ContactId, string>> {
  const { rows } = await sql<{ id: ContactId; kind: RelationKind; forward: boolean; words: string | null; name: string }>`
    with said as (
      select contact_id as id, other_id, kind, true as forward, words, id as at from contact_relation
      where workspace_id = ${tx.workspaceId} and contact_id = any (${[...ids]}::uuid[]) and removed_at is null
      union all
      select other_id, contact_id, kind, false, words_back, id from contact_relation
      where workspace_id = ${tx.workspaceId} and other_id = any (${[...ids]}::uuid[]) and removed_at is null
    )
    select s.id, s.kind, s.forward, s.words, c.name from said s
    join contact c on c.workspace_id = ${tx.workspaceId} and c.id = s.other_id
    where s.id <> s.other_id and c.merged_into is null ${onlyOf === null ? sql`` : sql`and c.owner_member_id = ${onlyOf}`}
    order by s.id, s.at`.execute(tx.db)
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => [
      id,
      own.map(({ kind, forward, words, name }) => `${words ?? sayings[kind][forward ? 0 : 1]} ${name}`).join('; '),
    ]),
  )
}
