import type { ServiceId, StaffId } from '@frontdesk/contract'
import { inventoryOf, reference, system } from '../../platform/inventory/index.ts'

/** Something that can be booked. */
export type ServiceRow = {
  workspace_id: string
  id: ServiceId
  name: string
  slug: string
  after_booking_url: string | null
  description: string
  duration_minutes: number
  price_minor: number | null
  currency: string | null
  buffer_before_minutes: number
  buffer_after_minutes: number
  notice_minutes: number
  horizon_days: number
  step_minutes: number
  change_notice_minutes: number
  place_kind: 'address' | 'phone' | 'video' | 'at_customer'
  place_detail: string | null
  hue: number
  phone: 'hidden' | 'optional' | 'required'
  choose_person: boolean
  discreet: boolean
  approval: boolean
  answer_minutes: number
  waitlist: boolean
  offer_minutes: number
  intake_version: number
  active: boolean
  position: number
  archived_at: Temporal.Instant | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

/** An address a service has or had. */
export type ServiceAddressRow = {
  workspace_id: string
  id: string
  slug: string
  service_id: ServiceId
  created_at: Temporal.Instant
}

/** Who gives which service. */
export type ServiceStaffRow = { workspace_id: string; id: string; service_id: ServiceId; staff_id: StaffId }

declare module '../../platform/database/tables.ts' {
  interface Tables {
    service: ServiceRow
    service_address: ServiceAddressRow
    service_staff: ServiceStaffRow
  }
}

const offer = [{ root: 'workspace' }] as const

export const serviceInventory = [
  inventoryOf<ServiceRow>('service', {
    subjects: offer,
    columns: {
      workspace_id: system,
      id: system,
      name: system,
      slug: system,
      after_booking_url: system,
      description: system,
      duration_minutes: system,
      price_minor: system,
      currency: system,
      buffer_before_minutes: system,
      buffer_after_minutes: system,
      notice_minutes: system,
      horizon_days: system,
      step_minutes: system,
      change_notice_minutes: system,
      place_kind: system,
      place_detail: system,
      hue: system,
      phone: system,
      choose_person: system,
      discreet: system,
      approval: system,
      answer_minutes: system,
      waitlist: system,
      offer_minutes: system,
      intake_version: system,
      active: system,
      position: system,
      archived_at: system,
      created_at: system,
      updated_at: system,
      version: system,
    },
  }),
  inventoryOf<ServiceAddressRow>('service_address', {
    subjects: offer,
    columns: { workspace_id: system, id: system, slug: system, service_id: system, created_at: system },
  }),
  inventoryOf<ServiceStaffRow>('service_staff', {
    subjects: [{ root: 'member', via: ['staff_id', 'member_id'] }],
    columns: { workspace_id: system, id: system, service_id: system, staff_id: reference('staff') },
  }),
]
