import type { MemberId, ResourceId, ServiceId, StaffId } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../../platform/inventory/index.ts'

/** A person who can be booked. */
export type StaffRow = {
  workspace_id: string
  id: StaffId
  member_id: MemberId | null
  name: string
  hue: number
  active: boolean
  archived_at: Temporal.Instant | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

/** A stretch of the week, and a date that differs, as they are stored. */
export type StoredBlock = { from: string; to: string }
export type StoredWeeklyBlock = StoredBlock & { weekday: number }
export type StoredException = { date: string; closed: boolean; blocks: StoredBlock[]; label: string | null }

/** The hours of one service, person, room or device. */
export type OwnHoursRow = {
  workspace_id: string
  id: string
  service_id: ServiceId | null
  staff_id: StaffId | null
  resource_id: ResourceId | null
  weekly: unknown
  exceptions: unknown
  own_week: boolean
  updated_at: Temporal.Instant
}

/** A stretch in which a person, a room or a device, or without any of them everybody, cannot be booked. */
export type TimeOffRow = {
  workspace_id: string
  id: string
  staff_id: StaffId | null
  resource_id: ResourceId | null
  starts_at: Temporal.Instant
  ends_at: Temporal.Instant
  label: string | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

declare module '../../platform/database/tables.ts' {
  interface Tables {
    staff: StaffRow
    own_hours: OwnHoursRow
    time_off: TimeOffRow
  }
}

const work = { purpose: 'service', basis: 'legitimate_interest', retention: 'workspace', export: true } as const

export const staffInventory = [
  inventoryOf<StaffRow>('staff', {
    subjects: [{ root: 'member', via: ['member_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      member_id: reference('member', 'detach'),
      name: personal({ ...work, category: 'name', erase: 'replace' }),
      hue: system,
      active: system,
      archived_at: system,
      created_at: system,
      updated_at: system,
      version: system,
    },
  }),
  inventoryOf<OwnHoursRow>('own_hours', {
    subjects: [{ root: 'member', via: ['staff_id', 'member_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      service_id: system,
      staff_id: reference('staff'),
      resource_id: system,
      weekly: personal({ ...work, category: 'preference', erase: 'delete_row' }),
      exceptions: personal({ ...work, category: 'preference', erase: 'delete_row' }),
      own_week: system,
      updated_at: system,
    },
  }),
  inventoryOf<TimeOffRow>('time_off', {
    subjects: [{ root: 'member', via: ['staff_id', 'member_id'] }],
    columns: {
      workspace_id: system,
      id: system,
      staff_id: reference('staff'),
      resource_id: system,
      starts_at: personal({ ...work, category: 'preference', erase: 'delete_row' }),
      ends_at: personal({ ...work, category: 'preference', erase: 'delete_row' }),
      label: personal({ ...work, category: 'free_text', erase: 'delete_row' }),
      created_at: system,
      updated_at: system,
      version: system,
    },
  }),
]
