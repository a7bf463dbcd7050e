import type {
  BookingActor,
  BookingId,
  BookingRequestState,
  BookingStatus,
  ContactId,
  ContactPointId,
  ResourceId,
  ServiceId,
  StaffId,
} from '@frontdesk/contract'
import type { GeneratedAlways } from 'kysely'
import { inventoryOf, personal, reference, system } from '../../platform/inventory/index.ts'

/** One appointment. Moving it makes a new row that points back; the thread is the same appointment in everybody's calendar. */
export type BookingRow = {
  workspace_id: string
  id: BookingId
  status: BookingStatus
  service_id: ServiceId
  staff_id: StaffId
  contact_id: ContactId
  attendee_id: ContactId
  booked_as: string | null
  contact_point_id: ContactPointId | null
  starts_at: Temporal.Instant
  ends_at: Temporal.Instant
  busy_from: Temporal.Instant
  busy_until: Temporal.Instant
  zone: string
  wall_start: string
  place_kind: 'address' | 'phone' | 'video' | 'at_customer'
  place_detail: string | null
  price_minor: number | null
  currency: string | null
  note: string | null
  source: 'page' | 'member' | 'api' | 'operator'
  contact_zone: string | null
  contact_locale: string | null
  thread_id: BookingId
  previous_id: BookingId | null
  moved_by: BookingActor | null
  sequence: number
  told_contact: number
  told_business: number
  quiet: boolean
  held_until: Temporal.Instant | null
  request_state: BookingRequestState | null
  answer_by: Temporal.Instant | null
  cancelled_by: BookingActor | null
  cancel_reason: string | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

/** The time of a person, a room or a device, taken by a booking, buffers included. `during` is made by the database. */
export type ClaimRow = {
  workspace_id: string
  id: string
  /** One of the two below. */
  claimed_id: HostId
  staff_id: StaffId | null
  resource_id: ResourceId | null
  booking_id: BookingId
  busy_from: Temporal.Instant
  busy_until: Temporal.Instant
  during: GeneratedAlways<string>
  active: boolean
  expires_at: Temporal.Instant | null
}

/** Whoever and whatever can be taken by a booking. */
export type HostId = StaffId | ResourceId

declare module '../../platform/database/tables.ts' {
  interface Tables {
    booking: BookingRow
    claim: ClaimRow
  }
}

const visit = { purpose: 'service', basis: 'contract', retention: 'booking', export: true } as const

export const bookingInventory = [
  inventoryOf<BookingRow>('booking', {
    counted: {
      day: 'starts_at',
      later: ['ends_at', 'busy_until'],
      sums: ['price_minor', 'currency'],
      tells: {
        service_id: 'stand_in',
        staff_id: 'stand_in',
        created_at: 'day',
        updated_at: 'day',
        status: 'stays',
        held_until: 'day',
        request_state: 'stays',
        answer_by: 'day',
        cancelled_by: 'stays',
        place_kind: 'stays',
        source: 'stays',
        zone: 'stays',
      },
      cleared: ['thread_id', 'previous_id', 'moved_by', 'sequence', 'told_contact', 'told_business', 'quiet'],
    },
    ends: { rule: 'booking', after: 'ends_at', how: 'empty' },
    subjects: [
      { root: 'contact', via: ['contact_id'] },
      { root: 'contact', via: ['attendee_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      status: system,
      service_id: personal({ ...visit, category: 'appointment', erase: { keep: 'Counts in reports once the contact is anonymous.' } }),
      staff_id: reference('staff', { keep: 'Whose time it was; the person is anonymised in her own row.' }),
      contact_id: reference('contact', { handOver: 'attendee_id' }),
      attendee_id: reference('contact', { handOver: 'contact_id' }),
      contact_point_id: reference('contact', 'null'),
      booked_as: personal({ ...visit, category: 'name', erase: 'null' }),
      starts_at: personal({ ...visit, category: 'appointment', erase: { keep: 'Counts in reports once the contact is anonymous.' } }),
      ends_at: personal({ ...visit, category: 'appointment', erase: { keep: 'Counts in reports once the contact is anonymous.' } }),
      busy_from: personal({ ...visit, category: 'appointment', erase: { keep: 'Counts in reports once the contact is anonymous.' } }),
      busy_until: personal({ ...visit, category: 'appointment', erase: { keep: 'Counts in reports once the contact is anonymous.' } }),
      zone: system,
      wall_start: personal({ ...visit, category: 'appointment', erase: { keep: 'Counts in reports once the contact is anonymous.' } }),
      place_kind: system,
      place_detail: personal({ ...visit, category: 'contact_details', erase: 'null' }),
      price_minor: personal({ ...visit, category: 'financial', erase: { keep: 'Counts in reports once the contact is anonymous.' } }),
      currency: system,
      note: personal({ ...visit, category: 'free_text', erase: 'null' }),
      source: system,
      contact_zone: personal({ ...visit, category: 'location', erase: 'null' }),
      contact_locale: personal({ ...visit, category: 'preference', erase: 'null' }),
      thread_id: system,
      previous_id: system,
      moved_by: system,
      sequence: system,
      told_contact: system,
      told_business: system,
      quiet: system,
      held_until: system,
      request_state: system,
      answer_by: system,
      cancelled_by: system,
      cancel_reason: personal({ ...visit, category: 'free_text', erase: 'null' }),
      created_at: system,
      updated_at: system,
      version: system,
    },
  }),
  inventoryOf<ClaimRow>('claim', {
    subjects: [
      { root: 'contact', via: ['booking_id', 'contact_id'] },
      { root: 'contact', via: ['booking_id', 'attendee_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      claimed_id: system,
      staff_id: reference('staff', { keep: 'Whose time it was; the person is anonymised in her own row.' }),
      resource_id: system,
      booking_id: reference('booking'),
      busy_from: system,
      busy_until: system,
      during: system,
      active: system,
      expires_at: system,
    },
  }),
]
