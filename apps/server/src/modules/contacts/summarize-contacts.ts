import type { ContactId, ContactSummary } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { homeCountry } from './home-country.ts'
import { writePhone } from './phone.rules.ts'

/** The contacts as lists show them, in the order of the ids. The caller knows that they may be seen. */
export async function summariesOf(tx: WorkspaceTx, ids: readonly ContactId[]): Promise<ContactSummary[]> {
  if (ids.length === 0) return []
  const contacts = await tx.db
    .selectFrom('contact')
    .leftJoin('company', (join) =>
      join.onRef('company.workspace_id', '=', 'contact.workspace_id').onRef('company.id', '=', 'contact.company_id'),
    )
    .select([
      'contact.id',
      'contact.name',
      'contact.owner_member_id',
      'contact.last_activity_at',
      'contact.archived_at',
      'company.name as company_name',
    ])
    .where('contact.workspace_id', '=', tx.workspaceId)
    .where('contact.id', 'in', ids)
    .execute()
  const points = await tx.db
    .selectFrom('contact_point')
    .select(['contact_id', 'kind', 'value_as_typed', 'value_normalized'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', ids)
    .where('preferred', '=', true)
    .execute()
  const tags = await tx.db
    .selectFrom('contact_tag')
    .innerJoin('tag', (join) => join.onRef('tag.workspace_id', '=', 'contact_tag.workspace_id').onRef('tag.id', '=', 'contact_tag.tag_id'))
    .select(['contact_tag.contact_id', 'tag.name'])
    .where('contact_tag.workspace_id', '=', tx.workspaceId)
    .where('contact_tag.contact_id', 'in', ids)
    .orderBy('tag.name_folded')
    .execute()

  const country = await homeCountry(tx)
  const byId = new Map(contacts.map((contact) => [contact.id, contact]))
  const preferred = (id: ContactId, kind: 'email' | 'phone') => points.find((point) => point.contact_id === id && point.kind === kind)
  return ids.flatMap((id) => {
    const contact = byId.get(id)
    if (!contact) return []
    const phone = preferred(id, 'phone')
    return {
      id,
      name: contact.name,
      email: preferred(id, 'email')?.value_as_typed ?? null,
      phone: phone?.value_as_typed ?? null,
      phoneShown: phone ? writePhone(phone.value_normalized, country).shown : null,
      company: contact.company_name,
      tags: tags.filter((tag) => tag.contact_id === id).map((tag) => tag.name),
      ownerMemberId: contact.owner_member_id,
      lastActivityAt: contact.last_activity_at.toString(),
      archivedAt: contact.archived_at?.toString() ?? null,
    }
  })
}
