import type { ContactId, ContactPointId, ContactSource, MemberId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { prepared, type WorkspaceTx } from '../../platform/database/index.ts'
import { noSuchContact } from './contacts.policy.ts'
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
  /** When she last turned up with it herself: on a booking page, in a mail. */
  readonly lastHeardAt: Temporal.Instant | null
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

/** The facts of many contacts in one query, in no order. Those that were merged into others, and those that are gone, are left out. */
export async function factsOfMany(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<ContactFacts[]> {
  const { rows } =
    await sql<ReadFacts>`select contact, points from platform.contact_facts(${[...contactIds]}::uuid[]) ${prepared('contact.facts')}`.execute(
      tx.db,
    )
  return rows.map(({ contact, points }) => ({
    contactId: contact.id,
    name: contact.name,
    locale: contact.locale,
    zone: contact.zone,
    source: contact.source,
    ownerMemberId: contact.owner,
    createdAt: Temporal.Instant.from(contact.created),
    archived: contact.archived,
    points: (points ?? []).map(presentFacts),
  }))
}

/** What `platform.contact_facts` answers (migration 0011): addresses before numbers, the preferred one of each first. */
type ReadFacts = {
  readonly contact: {
    readonly id: ContactId
    readonly name: string
    readonly locale: string | null
    readonly zone: string | null
    readonly source: ContactSource
    readonly owner: MemberId | null
    readonly created: string
    readonly archived: boolean
  }
  readonly points: readonly ReadPoint[] | null
}
type ReadPoint = {
  readonly id: ContactPointId
  readonly kind: PointFacts['kind']
  readonly value: string
  readonly typed: string
  readonly preferred: boolean
  readonly verified: boolean
  readonly created: string
  readonly bounce: 'permanent' | 'temporary' | null
  readonly bounced: string | null
  readonly retry: string | null
  readonly heard: string | null
}

const presentFacts = (point: ReadPoint): PointFacts => ({
  id: point.id,
  kind: point.kind,
  value: point.value,
  address: point.kind === 'email' ? point.typed : point.value,
  preferred: point.preferred,
  verified: point.verified,
  createdAt: Temporal.Instant.from(point.created),
  lastHeardAt: point.heard === null ? null : Temporal.Instant.from(point.heard),
  bounce: bounceOf(point),
})

function bounceOf({ bounce, bounced, retry }: ReadPoint): PointFacts['bounce'] {
  if (bounce === 'permanent' && bounced !== null) return { kind: 'permanent', at: Temporal.Instant.from(bounced) }
  if (bounce === 'temporary' && retry !== null) return { kind: 'temporary', retryAfter: Temporal.Instant.from(retry) }
  return null
}

/** Remembers that she turned up with these addresses and numbers herself. */
export async function recordHeard(tx: WorkspaceTx, pointIds: readonly ContactPointId[]): Promise<void> {
  if (pointIds.length === 0) return
  await tx.db
    .updateTable('contact_point')
    .set({ last_heard_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...pointIds])
    .execute()
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
