import type { PublicBooking, PublicBusiness, PublicService } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { bookingFacts } from './booking-facts.ts'
import { bookingToken, managePath } from './booking-link.ts'
import type { Business } from './business.ts'
import { changeableUntil } from './change-deadline.rules.ts'
import { staffOf } from './hosts.ts'
import { questionsOf } from './intake/questions.ts'
import type { ServiceRow } from './service.tables.ts'

/** The business as strangers see it. */
export function presentBusiness(business: Business): z.output<typeof PublicBusiness> {
  const { name, slug, zone, address, phone, website, brandColour } = business
  return { name, slug, zone, address, phone, website, brandColour, logoUrl: logoPath(business) }
}

/** Where the business's logo can be had; null where it has none. */
export const logoPath = (business: Business): string | null =>
  business.logoFileId === null ? null : `/b/${business.slug}/logo/${business.logoFileId}`

/** A service as strangers see it. Whom they may choose is named, others are not. */
export async function presentPublicService(tx: WorkspaceTx, service: ServiceRow): Promise<z.output<typeof PublicService>> {
  const people = service.choose_person ? await staffOf(tx, service.id) : []
  return {
    slug: service.slug,
    name: service.name,
    description: service.description,
    durationMinutes: service.duration_minutes,
    price:
      service.price_minor === null || service.currency === null ? null : { minor: String(service.price_minor), currency: service.currency },
    place: { kind: service.place_kind, detail: service.place_kind === 'video' ? null : service.place_detail },
    phone: service.phone,
    choosePerson: service.choose_person,
    approval: service.approval,
    changeNoticeMinutes: service.change_notice_minutes,
    people: people.map(({ id, name, hue }) => ({ id, name, hue })),
    questions: await questionsOf(tx, service.id),
  }
}

/** The services of a business that can be booked now, in its order. */
export async function openServices(tx: WorkspaceTx): Promise<ServiceRow[]> {
  return tx.db
    .selectFrom('service')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('active', '=', true)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

/** An appointment as its customer sees it, with a fresh link. */
export async function presentPublicBooking(tx: WorkspaceTx, booking: BookingRow, origin: string): Promise<z.output<typeof PublicBooking>> {
  const { service, staff, business, name, zone } = await bookingFacts(tx, booking)
  const manageUrl = `${origin}${managePath(bookingToken(tx.keys, tx.workspaceId, booking, tx.now))}`
  return {
    status: booking.status,
    start: booking.starts_at.toString(),
    end: booking.ends_at.toString(),
    zone,
    businessZone: business.zone,
    service: { slug: service.slug, name: service.name, durationMinutes: service.duration_minutes },
    person: staff.name,
    place: { kind: booking.place_kind, detail: booking.place_detail ?? (booking.place_kind === 'address' ? business.address : null) },
    price:
      booking.price_minor === null || booking.currency === null ? null : { minor: String(booking.price_minor), currency: booking.currency },
    name,
    changeableUntil: changeableUntil(service, booking, tx.now)?.toString() ?? null,
    manageUrl,
    calendarUrl: `${manageUrl}/calendar.ics`,
  }
}
