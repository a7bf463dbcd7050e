import type { Contact, ContactId, ContactPoint, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { contactsPolicy, noSuchContact, requireVisible } from './contacts.policy.ts'
import type { ContactPointRow } from './contacts.tables.ts'
import { presentValues } from './fields/write-values.ts'
import { numberOfHandle, splitHandle } from './handle.rules.ts'
import { homeCountry } from './home-country.ts'
import { writePhone } from './phone.rules.ts'

const LONGEST_MERGE_CHAIN = 20

/** The contact this id stands for now: itself, or the one it was merged into. Throws 404 when there is none. */
export async function currentContactId(tx: WorkspaceTx, contactId: ContactId): Promise<ContactId> {
  let id = contactId
  for (let step = 0; step < LONGEST_MERGE_CHAIN; step++) {
    const row = await tx.db
      .selectFrom('contact')
      .select('merged_into')
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) throw noSuchContact()
    if (row.merged_into === null) return id
    id = row.merged_into
  }
  throw new Error('Contacts were merged in a circle.')
}

/** One contact with its points and tags; a merged one answers as the contact it became. Throws 404. */
export async function loadContact(tx: WorkspaceTx, by: Principal, contactId: ContactId): Promise<Contact> {
  contactsPolicy.require(by, 'contacts.read')
  const id = await currentContactId(tx, contactId)
  const contact = await tx.db
    .selectFrom('contact')
    .leftJoin('company', (join) =>
      join.onRef('company.workspace_id', '=', 'contact.workspace_id').onRef('company.id', '=', 'contact.company_id'),
    )
    .selectAll('contact')
    .select('company.name as company_name')
    .where('contact.workspace_id', '=', tx.workspaceId)
    .where('contact.id', '=', id)
    .executeTakeFirst()
  if (!contact) throw noSuchContact()
  requireVisible(by, contact)
  const country = await homeCountry(tx)
  return {
    id: contact.id,
    version: contact.version,
    name: contact.name,
    givenName: contact.given_name,
    familyName: contact.family_name,
    company: contact.company_id === null ? null : { id: contact.company_id, name: contact.company_name ?? '' },
    companyRole: contact.company_role,
    locale: contact.locale,
    zone: contact.zone,
    source: contact.source,
    ownerMemberId: contact.owner_member_id,
    points: (await loadPoints(tx, id)).map((point) => presentPoint(point, country)),
    tags: await tagNames(tx, id),
    fields: await presentValues(tx, contact.own_values),
    createdAt: contact.created_at.toString(),
    updatedAt: contact.updated_at.toString(),
    lastActivityAt: contact.last_activity_at.toString(),
    archivedAt: contact.archived_at?.toString() ?? null,
    mergedInto: contact.merged_into,
  }
}

/** The points of a contact: addresses, handles, numbers; the preferred one of each first. */
export const loadPoints = (tx: WorkspaceTx, contactId: ContactId): Promise<Selectable<ContactPointRow>[]> =>
  tx.db
    .selectFrom('contact_point')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .orderBy('kind')
    .orderBy('preferred', 'desc')
    .orderBy('id')
    .execute()

const presentPoint = (point: Selectable<ContactPointRow>, country: string | null): ContactPoint => ({
  id: point.id,
  kind: point.kind,
  ...(point.kind === 'handle' ? splitHandle(point.value_normalized) : { channel: null, value: point.value_normalized }),
  asTyped: point.value_as_typed,
  shown: shownPoint(point, country),
  label: point.label,
  preferred: point.preferred,
  shared: point.shared,
  verifiedAt: point.verified_at?.toString() ?? null,
  bounce: point.bounce_kind && point.bounced_at ? { kind: point.bounce_kind, at: point.bounced_at.toString() } : null,
})

function shownPoint({ kind, value_normalized, value_as_typed }: Selectable<ContactPointRow>, country: string | null): string {
  if (kind === 'email') return value_as_typed
  if (kind === 'phone') return writePhone(value_normalized, country).shown
  const number = numberOfHandle(value_normalized)
  const { channel, value } = splitHandle(value_normalized)
  if (number !== undefined) return writePhone(number, country).shown
  return channel === 'website' || /^\d+$/.test(value) ? value : `@${value}`
}

/** The tags of a contact, by name. */
export async function tagNames(tx: WorkspaceTx, contactId: ContactId): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('contact_tag')
    .innerJoin('tag', (join) => join.onRef('tag.workspace_id', '=', 'contact_tag.workspace_id').onRef('tag.id', '=', 'contact_tag.tag_id'))
    .select('tag.name')
    .where('contact_tag.workspace_id', '=', tx.workspaceId)
    .where('contact_tag.contact_id', '=', contactId)
    .orderBy('tag.name_folded')
    .execute()
  return rows.map((row) => row.name)
}
