import type { ContactId, ContactPointId, MemberId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { noSuchContact } from './contacts.policy.ts'
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
    })),
  }
}
