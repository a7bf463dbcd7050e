import type { ContactId, ContactPointId, ContactSource, MemberId } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { noSuchContact } from './contacts.policy.ts'
import type { ContactPointRow } from './contacts.tables.ts'
import { currentContactId } from './load-contact.ts'

/** One way to reach a contact, as other rooms need it. */
export type PointFacts = {
  readonly id: ContactPointId
  readonly kind: 'email' | 'phone'
  /** Lower-cased address or E.164 number. */
  readonly value: string
  /** What goes on an envelope: the address as typed, the number as E.164. */
  readonly address: string
  readonly preferred: boolean
  readonly verified: boolean
  /** When we first knew of it. */
  readonly createdAt: Temporal.Instant
  /** Mail to it came back. */
  readonly bounce:
    | null
    | { readonly kind: 'permanent'; readonly at: Temporal.Instant }
    | { readonly kind: 'temporary'; readonly retryAfter: Temporal.Instant }
}

/** What other rooms may know of a contact. It asks nobody's permission: its caller acts for the business. */
export type ContactFacts = {
  readonly contactId: ContactId
  readonly name: string
  readonly locale: string | null
  readonly zone: string | null
  /** How the contact came to us. */
  readonly source: ContactSource
  readonly ownerMemberId: MemberId | null
  readonly createdAt: Temporal.Instant
  readonly archived: boolean
  /** Addresses before numbers, the preferred one of each first. */
  readonly points: readonly PointFacts[]
}

/** The facts of a contact, or of the one it was merged into. Throws 404. */
export async function contactFacts(tx: WorkspaceTx, contactId: ContactId): Promise<ContactFacts> {
  const [found] = await factsOfMany(tx, [contactId])
  if (found) return found
  const [merged] = await factsOfMany(tx, [await currentContactId(tx, contactId)])
  if (!merged) throw noSuchContact()
  return merged
}

/** The facts of many contacts in two queries, in no order. Those that were merged into others, and those that are gone, are left out. */
export async function factsOfMany(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<ContactFacts[]> {
  const contacts = await tx.db
    .selectFrom('contact')
    .select(['id', 'name', 'locale', 'zone', 'source', 'owner_member_id', 'created_at', 'archived_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`id = any(${[...contactIds]}::uuid[])`)
    .where('merged_into', 'is', null)
    .execute()
  if (contacts.length === 0) return []
  const rows = await tx.db
    .selectFrom('contact_point')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(sql<boolean>`contact_id = any(${contacts.map(({ id }) => id)}::uuid[])`)
    .orderBy('kind')
    .orderBy('preferred', 'desc')
    .orderBy('id')
    .execute()
  const points = Map.groupBy(rows, (row) => row.contact_id)
  return contacts.map((contact) => ({
    contactId: contact.id,
    name: contact.name,
    locale: contact.locale,
    zone: contact.zone,
    source: contact.source,
    ownerMemberId: contact.owner_member_id,
    createdAt: contact.created_at,
    archived: contact.archived_at !== null,
    points: (points.get(contact.id) ?? []).map(presentFacts),
  }))
}

const presentFacts = (point: Selectable<ContactPointRow>): PointFacts => ({
  id: point.id,
  kind: point.kind,
  value: point.value_normalized,
  address: point.kind === 'email' ? point.value_as_typed : point.value_normalized,
  preferred: point.preferred,
  verified: point.verified_at !== null,
  createdAt: point.created_at,
  bounce: bounceOf(point),
})

function bounceOf(point: Selectable<ContactPointRow>): PointFacts['bounce'] {
  if (point.bounce_kind === 'permanent' && point.bounced_at) return { kind: 'permanent', at: point.bounced_at }
  if (point.bounce_kind === 'temporary' && point.bounce_retry_after) return { kind: 'temporary', retryAfter: point.bounce_retry_after }
  return null
}

/** Remembers that mail to a point came back, or with null that it works again. */
export async function recordBounce(
  tx: WorkspaceTx,
  pointId: ContactPointId,
  bounce: { readonly retryAfter: Temporal.Instant | null } | null,
): Promise<void> {
  await tx.db
    .updateTable('contact_point')
    .set({
      bounce_kind: bounce === null ? null : bounce.retryAfter === null ? 'permanent' : 'temporary',
      bounced_at: bounce === null ? null : tx.now,
      bounce_retry_after: bounce?.retryAfter ?? null,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', pointId)
    .execute()
}
