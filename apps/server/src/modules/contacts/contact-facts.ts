import type { ContactId, ContactPointId, MemberId } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { noSuchContact } from './contacts.policy.ts'
import type { ContactPointRow } from './contacts.tables.ts'
import { currentContactId, loadPoints } from './load-contact.ts'

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
  readonly ownerMemberId: MemberId | null
  readonly archived: boolean
  /** Addresses before numbers, the preferred one of each first. */
  readonly points: readonly PointFacts[]
}

/** The facts of a contact, or of the one it was merged into. Throws 404. */
export async function contactFacts(tx: WorkspaceTx, contactId: ContactId): Promise<ContactFacts> {
  const id = await currentContactId(tx, contactId)
  const contact = await tx.db
    .selectFrom('contact')
    .select(['name', 'locale', 'zone', 'owner_member_id', 'archived_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!contact) throw noSuchContact()
  const points = await loadPoints(tx, id)
  return {
    contactId: id,
    name: contact.name,
    locale: contact.locale,
    zone: contact.zone,
    ownerMemberId: contact.owner_member_id,
    archived: contact.archived_at !== null,
    points: points.map((point) => ({
      id: point.id,
      kind: point.kind,
      value: point.value_normalized,
      address: point.kind === 'email' ? point.value_as_typed : point.value_normalized,
      preferred: point.preferred,
      verified: point.verified_at !== null,
      bounce: bounceOf(point),
    })),
  }
}

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
