import type { ContactId, Principal } from '@frontdesk/contract'
import { actorOf } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import type { ImportActor } from '../import/import-screen.ts'
import { loadContact } from '../load-contact.ts'
import { lockContact } from '../lock-contact.ts'
import { applyAct } from './apply-act.ts'
import { requireOpenList } from './lists.ts'

/** The lists a contact is on, archived ones left out, by name. Throws 404. */
export async function listsOf(
  tx: WorkspaceTx,
  by: Principal,
  contactId: ContactId,
): Promise<{ id: string; name: string; since: string }[]> {
  contactsPolicy.require(by, 'lists.read')
  const { id } = await loadContact(tx, by, contactId)
  const rows = await tx.db
    .selectFrom('list_member')
    .innerJoin('list', (join) =>
      join.onRef('list.workspace_id', '=', 'list_member.workspace_id').onRef('list.id', '=', 'list_member.list_id'),
    )
    .select(['list.id', 'list.name', 'list_member.created_at'])
    .where('list_member.workspace_id', '=', tx.workspaceId)
    .where('list_member.contact_id', '=', id)
    .where('list.archived_at', 'is', null)
    .orderBy('list.name_folded')
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name, since: row.created_at.toString() }))
}

export type OnList = { readonly contactId: ContactId; readonly listId: string; readonly on: boolean }

/** Puts a contact on a list, or takes her off. Twice changes nothing more. Throws 404, and 409 for an archived list. */
export async function putOnList(tx: WorkspaceTx, by: Principal, { contactId, listId, on }: OnList): Promise<undefined> {
  contactsPolicy.require(by, 'lists.fill')
  const list = await requireOpenList(tx, listId)
  const contact = await lockContact(tx, by, contactId)
  const changed = await applyAct(tx, listActor(by), { to: 'list', on, listId: list.id, name: list.name }, [contact.id])
  if (changed.length === 0) return undefined
  await emit(tx, 'list.changed', { listId })
  await emit(tx, 'contact.changed', { contactId: contact.id })
  return undefined
}

/** Who acts, as rows keep it. */
export function listActor(by: Principal): ImportActor {
  const { type, id } = actorOf(by)
  const kind = type === 'member' || type === 'api_key' || type === 'operator' ? type : 'system'
  return { kind, id: id === '' ? null : id }
}
