import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { foldText } from '../fold-text.ts'

/** Ids by folded names, and which of them were made just now. */
export type NamedIds = { readonly ids: ReadonlyMap<string, string>; readonly made: ReadonlyMap<string, string> }

/** The companies or tags of these names, made where they are new. A company that was put away comes back. Upper and lower case and accents make no difference. */
export async function idsOfNames(tx: WorkspaceTx, table: 'company' | 'tag', names: readonly string[]): Promise<NamedIds> {
  const wanted = new Map(
    names.map((name) => [foldText(name), name]).toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)) as [string, string][],
  )
  if (wanted.size === 0) return { ids: wanted, made: wanted }
  const find = async (folded: readonly string[]): Promise<Map<string, string>> => {
    const { rows } = await sql<{ id: string; name_folded: string }>`
      select id, name_folded from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and name_folded = any(${[...folded]}::text[])`.execute(
      tx.db,
    )
    return new Map(rows.map(({ id, name_folded }) => [name_folded, id]))
  }
  const ids = await find([...wanted.keys()])
  if (table === 'company' && ids.size > 0)
    await sql`update company set archived_at = null where workspace_id = ${tx.workspaceId} and id = any(${[...ids.values()]}::uuid[])
      and archived_at is not null`.execute(tx.db)
  const missing = [...wanted].filter(([folded]) => !ids.has(folded))
  if (missing.length === 0) return { ids, made: new Map() }
  const { rows } = await sql<{ id: string; name_folded: string }>`
    insert into ${sql.table(table)} (workspace_id, id, name, name_folded, created_at)
    select ${tx.workspaceId}::uuid, one.id, one.name, one.folded, ${tx.now}
    from unnest(${missing.map(() => tx.newId())}::uuid[], ${missing.map(([, name]) => name)}::text[], ${missing.map(([folded]) => folded)}::text[])
      as one (id, name, folded)
    on conflict (workspace_id, name_folded) do nothing
    returning id, name_folded`.execute(tx.db)
  const made = new Map(rows.map(({ id, name_folded }) => [name_folded, id]))
  for (const [folded, id] of made) ids.set(folded, id)
  const others = missing.map(([folded]) => folded).filter((folded) => !ids.has(folded))
  if (others.length > 0) for (const [folded, id] of await find(others)) ids.set(folded, id)
  return { ids, made }
}
