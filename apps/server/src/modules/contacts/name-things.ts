import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { foldText } from './fold-text.ts'

/** The company of this name, made when it is new and brought back when it was put away; null for no name. Upper and lower case and accents make no difference. */
export async function companyNamed(tx: WorkspaceTx, name: string | null): Promise<string | null> {
  if (name === null) return null
  const id = await idOfName(tx, 'company', name)
  await tx.db
    .updateTable('company')
    .set({ archived_at: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('archived_at', 'is not', null)
    .execute()
  return id
}

/** What a company is called; null for none. */
export async function nameOfCompany(tx: WorkspaceTx, companyId: string | null): Promise<string | null> {
  if (companyId === null) return null
  const row = await tx.db
    .selectFrom('company')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', companyId)
    .executeTakeFirst()
  return row?.name ?? null
}

/** Makes the contact carry exactly these tags. */
export async function setTags(tx: WorkspaceTx, contactId: ContactId, names: readonly string[]): Promise<void> {
  const wanted = new Map(names.map((name) => [foldText(name), name]))
  const ids: string[] = []
  for (const [, name] of [...wanted].sort(([left], [right]) => (left < right ? -1 : 1))) ids.push(await idOfName(tx, 'tag', name))
  const before = await tx.db
    .selectFrom('contact_tag')
    .select(['id', 'tag_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  const gone = before.filter((one) => !ids.includes(one.tag_id)).map((one) => one.id)
  const added = ids.filter((id) => !before.some((one) => one.tag_id === id))
  if (gone.length > 0) await tx.db.deleteFrom('contact_tag').where('workspace_id', '=', tx.workspaceId).where('id', 'in', gone).execute()
  if (added.length === 0) return
  await tx.db
    .insertInto('contact_tag')
    .values(
      added.map((tagId) => ({ workspace_id: tx.workspaceId, id: tx.newId(), contact_id: contactId, tag_id: tagId, created_at: tx.now })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Finds the row of this name or makes it; of two who make it at once, one waits and finds the other's. */
async function idOfName(tx: WorkspaceTx, table: 'company' | 'tag', name: string): Promise<string> {
  const folded = foldText(name)
  const find = () =>
    tx.db.selectFrom(table).select('id').where('workspace_id', '=', tx.workspaceId).where('name_folded', '=', folded).executeTakeFirst()
  const known = await find()
  if (known) return known.id
  const made = await tx.db
    .insertInto(table)
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), name, name_folded: folded, created_at: tx.now })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name_folded']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const row = made ?? (await find())
  if (!row) throw new Error(`The ${table} could neither be made nor found.`)
  return row.id
}
