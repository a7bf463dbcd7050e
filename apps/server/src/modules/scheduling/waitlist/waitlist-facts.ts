import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { contactFacts } from '../../contacts/index.ts'
import type { BookingFacts } from '../booking-facts.ts'
import { businessFacts } from '../business.ts'
import { serviceById } from '../find-service.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'

/** Everything that is said to somebody who waits. */
export type WaitlistFacts = Pick<BookingFacts, 'service' | 'business' | 'name' | 'tag' | 'zone' | 'email'> & {
  readonly entry: WaitlistEntryRow
  /** With whom she wants to come, where she said so. */
  readonly personName: string | null
}

/** Gathers what is said about an entry. */
export async function waitlistFacts(tx: WorkspaceTx, entry: WaitlistEntryRow): Promise<WaitlistFacts> {
  const business = await businessFacts(tx)
  const contact = await contactFacts(tx, entry.contact_id)
  const emails = contact.points.filter((point) => point.kind === 'email')
  const email = emails.find((point) => point.id === entry.contact_point_id) ?? emails[0]
  const staff =
    entry.staff_id === null
      ? undefined
      : await tx.db
          .selectFrom('staff')
          .select('name')
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', '=', entry.staff_id)
          .executeTakeFirst()
  return {
    entry,
    business,
    service: await serviceById(tx, entry.service_id),
    personName: staff?.name ?? null,
    name: entry.booked_as ?? contact.name,
    tag: entry.contact_locale ?? contact.locale ?? business.locale,
    zone: entry.contact_zone ?? contact.zone ?? business.zone,
    email: email ? { pointId: email.id, address: email.address } : null,
  }
}
