import type { BookingId, ContactId, ContactPointId, OfferState, ServiceId, StaffId, WaitlistState } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** Somebody who waits for a time of a service. */
export type WaitlistEntryRow = {
  workspace_id: string
  id: string
  service_id: ServiceId
  staff_id: StaffId | null
  contact_id: ContactId
  contact_point_id: ContactPointId | null
  booked_as: string | null
  from_date: Temporal.PlainDate
  until_date: Temporal.PlainDate
  weekdays: number
  parts: number
  place_detail: string | null
  contact_zone: string | null
  contact_locale: string | null
  source: 'page' | 'member' | 'api' | 'operator'
  state: WaitlistState
  position: number
  missed: number
  ends_at: Temporal.Instant
  ended_at: Temporal.Instant | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

/** A time that was held for somebody who waits. */
export type WaitlistOfferRow = {
  workspace_id: string
  id: string
  entry_id: string
  booking_id: BookingId
  starts_at: Temporal.Instant
  state: OfferState
  by_hand: boolean
  answer_by: Temporal.Instant
  answered_at: Temporal.Instant | null
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    waitlist_entry: WaitlistEntryRow
    waitlist_offer: WaitlistOfferRow
  }
}

const wish = { purpose: 'service', basis: 'contract', retention: 'booking', export: true, erase: 'delete_row' } as const

export const waitlistInventory = [
  inventoryOf<WaitlistEntryRow>('waitlist_entry', {
    ends: { rule: 'booking', after: 'ends_at', how: 'delete_row' },
    subjects: [{ root: 'contact', via: ['contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      service_id: personal({ ...wish, category: 'appointment' }),
      staff_id: reference('staff', { keep: 'With whom she wants to come; the person is anonymised in her own row.' }),
      contact_id: reference('contact'),
      contact_point_id: reference('contact', 'null'),
      booked_as: personal({ ...wish, category: 'name' }),
      from_date: personal({ ...wish, category: 'preference' }),
      until_date: personal({ ...wish, category: 'preference' }),
      weekdays: personal({ ...wish, category: 'preference' }),
      parts: personal({ ...wish, category: 'preference' }),
      place_detail: personal({ ...wish, category: 'contact_details' }),
      contact_zone: personal({ ...wish, category: 'location' }),
      contact_locale: personal({ ...wish, category: 'preference' }),
      source: system,
      state: system,
      position: system,
      missed: system,
      ends_at: system,
      ended_at: system,
      created_at: system,
      updated_at: system,
      version: system,
    },
  }),
  inventoryOf<WaitlistOfferRow>('waitlist_offer', {
    subjects: [{ root: 'contact', via: ['entry_id', 'contact_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      entry_id: reference('contact'),
      booking_id: reference('booking'),
      starts_at: personal({ ...wish, category: 'appointment' }),
      state: system,
      by_hand: system,
      answer_by: system,
      answered_at: system,
      created_at: system,
    },
  }),
]
