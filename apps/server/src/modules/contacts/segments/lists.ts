import type { ContactList, Principal } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { contactsPolicy, seesOnlyOf } from '../contacts.policy.ts'
import { foldText } from '../fold-text.ts'
import type { ListRow } from './segment.tables.ts'

type Row = Selectable<ListRow>

/** Lists by name, with how many are on each whom whoever asks may see. */
export async function listLists(
  tx: WorkspaceTx,
  by: Principal,
  { archived }: { readonly archived: 'no' | 'only' },
): Promise<ContactList[]> {
  contactsPolicy.require(by, 'lists.read')
  const rows = await tx.db
    .selectFrom('list')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', archived === 'only' ? 'is not' : 'is', null)
    .orderBy('name_folded')
    .execute()
  return present(tx, by, rows)
}

/** One list, an archived one too. Throws 404. */
export async function loadList(tx: WorkspaceTx, by: Principal, listId: string): Promise<ContactList> {
  contactsPolicy.require(by, 'lists.read')
  const row = await tx.db
    .selectFrom('list')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', listId)
    .executeTakeFirst()
  const [list] = row ? await present(tx, by, [row]) : []
  if (!list) throw noSuchList()
  return list
}

/** Makes a list. Throws `contacts/list-taken` with the other one's id. */
export async function createList(tx: WorkspaceTx, by: Principal, { name }: { readonly name: string }): Promise<ContactList> {
  contactsPolicy.require(by, 'lists.write')
  const id = tx.newId()
  const made = await tx.db
    .insertInto('list')
    .values({
      workspace_id: tx.workspaceId,
      id,
      version: 1,
      name,
      name_folded: foldText(name),
      created_at: tx.now,
      updated_at: tx.now,
      archived_at: null,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name_folded']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) await refuseTaken(tx, name)
  return told(tx, by, id, 'list.added')
}

/** Renames a list. Throws `http/version-mismatch` with the current values, `contacts/list-taken`. */
export async function renameList(
  tx: WorkspaceTx,
  by: Principal,
  { listId, version, name }: { readonly listId: string; readonly version: number; readonly name: string },
): Promise<ContactList> {
  const before = await lockList(tx, by, listId)
  if (before.version !== version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this list in the meantime. Nothing was saved.',
      current: await loadList(tx, by, listId),
    })
  await refuseTaken(tx, name, listId)
  await set(tx, before, { name, name_folded: foldText(name) })
  return told(tx, by, listId, 'list.renamed')
}

/** Puts a list out of sight, with those on it, or brings it back. Twice changes nothing more. */
export async function archiveList(tx: WorkspaceTx, by: Principal, listId: string, archive: boolean): Promise<ContactList> {
  const before = await lockList(tx, by, listId)
  if ((before.archived_at !== null) === archive) return loadList(tx, by, listId)
  await set(tx, before, { archived_at: archive ? tx.now : null })
  return told(tx, by, listId, archive ? 'list.archived' : 'list.restored')
}

/** A list that contacts can be put on, held until the transaction ends. Throws 404, and 409 for an archived one. */
export async function requireOpenList(tx: WorkspaceTx, listId: string): Promise<Pick<Row, 'id' | 'name'>> {
  const row = await tx.db
    .selectFrom('list')
    .select(['id', 'name', 'archived_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', listId)
    .forShare()
    .executeTakeFirst()
  if (!row) throw noSuchList()
  if (row.archived_at !== null)
    throw new Refusal('http/conflict', { detail: `The list “${row.name}” is archived. Bring it back first. Nothing was changed.` })
  return row
}

const set = (tx: WorkspaceTx, before: Row, change: { name?: string; name_folded?: string; archived_at?: Temporal.Instant | null }) =>
  tx.db
    .updateTable('list')
    .set({ ...change, version: before.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', before.id)
    .execute()

async function lockList(tx: WorkspaceTx, by: Principal, listId: string): Promise<Row> {
  contactsPolicy.require(by, 'lists.write')
  const row = await tx.db
    .selectFrom('list')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', listId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchList()
  return row
}

async function refuseTaken(tx: WorkspaceTx, name: string, except?: string): Promise<void> {
  const other = await tx.db
    .selectFrom('list')
    .select(['id', 'name', 'archived_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('name_folded', '=', foldText(name))
    .executeTakeFirst()
  if (!other || other.id === except) return
  const now = other.archived_at === null ? 'Use it instead' : 'It is archived: bring it back, or choose another name'
  throw new Refusal('contacts/list-taken', { detail: `There is a list “${other.name}”. ${now}. Nothing was saved.`, listId: other.id })
}

async function told(
  tx: WorkspaceTx,
  by: Principal,
  listId: string,
  action: 'list.added' | 'list.renamed' | 'list.archived' | 'list.restored',
): Promise<ContactList> {
  await audit(tx, by, { action, object: { type: 'list', id: listId }, result: 'done' })
  await emit(tx, 'list.changed', { listId })
  return loadList(tx, by, listId)
}

const noSuchList = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such list.' })

async function present(tx: WorkspaceTx, by: Principal, rows: readonly Row[]): Promise<ContactList[]> {
  if (rows.length === 0) return []
  const owner = seesOnlyOf(by)
  const { rows: counts } = await sql<{ list_id: string; contacts: number }>`
    select m.list_id, count(*)::int as contacts from list_member m join contact c on c.workspace_id = m.workspace_id and c.id = m.contact_id
    where m.workspace_id = ${tx.workspaceId} and m.list_id in (${sql.join(rows.map(({ id }) => id))}) and c.merged_into is null and c.archived_at is null
      ${owner === null ? sql`` : sql`and c.owner_member_id = ${owner}`}
    group by m.list_id`.execute(tx.db)
  const byList = new Map(counts.map(({ list_id, contacts }) => [list_id, contacts]))
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    contacts: byList.get(row.id) ?? 0,
    createdAt: row.created_at.toString(),
    updatedAt: row.updated_at.toString(),
    archivedAt: row.archived_at?.toString() ?? null,
  }))
}
