import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { contactsPolicy, seesOnlyOf } from './contacts.policy.ts'

/** The tags in use, in the order of their names, with how many contacts carry each. */
export async function listTags(tx: WorkspaceTx, by: Principal): Promise<{ name: string; contacts: number }[]> {
  contactsPolicy.require(by, 'contacts.read')
  const owner = seesOnlyOf(by)
  let query = tx.db
    .selectFrom('contact_tag')
    .innerJoin('tag', (join) => join.onRef('tag.workspace_id', '=', 'contact_tag.workspace_id').onRef('tag.id', '=', 'contact_tag.tag_id'))
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'contact_tag.workspace_id').onRef('contact.id', '=', 'contact_tag.contact_id'),
    )
    .select(({ fn }) => ['tag.name', fn.countAll<number>().as('contacts')])
    .where('contact_tag.workspace_id', '=', tx.workspaceId)
    .where('contact.archived_at', 'is', null)
    .where('contact.merged_into', 'is', null)
    .groupBy(['tag.name', 'tag.name_folded'])
    .orderBy('tag.name_folded')
  if (owner !== null) query = query.where('contact.owner_member_id', '=', owner)
  return query.execute()
}
