import type { BookingId, CalendarFailure, StaffId } from '@frontdesk/contract'
import { inventoryOf, personal, reference, system } from '../../../platform/inventory/index.ts'

/** A calendar that somebody keeps elsewhere. */
export type CalendarLinkRow = {
  workspace_id: string
  id: string
  staff_id: StaffId
  kind: 'ics' | 'caldav' | 'google' | 'microsoft'
  name: string
  /** Encrypted. */
  address: string
  host: string
  if_failing: 'block' | 'warn'
  tried_at: Temporal.Instant | null
  read_at: Temporal.Instant | null
  failing_since: Temporal.Instant | null
  failure: CalendarFailure | null
  unknown_from: Temporal.Instant | null
  broken_events: number
  endless_events: number
  /** What tells whether it changed since: an etag, or the mark of an account's calendar; encrypted. */
  etag: string | null
  content_hash: string | null
  expanded_at: Temporal.Instant | null
  /** Of a CalDAV account, encrypted. */
  username: string | null
  password: string | null
  /** Of Google and Microsoft: the tokens, or the code for them, as JSON; encrypted. */
  permission: string | null
  /** Which of its calendars, by its address, and a list of all as JSON; encrypted, because addresses name people. */
  collection: string | null
  choices: string | null
  /** Whether bookings are written there. */
  writes: boolean
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

/** When somebody is busy elsewhere. With what is not kept. */
export type ExternalBusyRow = {
  workspace_id: string
  id: string
  link_id: string
  staff_id: StaffId
  starts_at: Temporal.Instant
  ends_at: Temporal.Instant
  /** A fingerprint of the event's name at a provider that tells what changed. */
  event_key: string | null
}

/** A booking as it stands in a calendar elsewhere. */
export type CalendarCopyRow = {
  workspace_id: string
  id: string
  link_id: string
  booking_id: BookingId
  thread_id: BookingId
  sequence: number
  etag: string | null
  /** How the event is called there, where that is not ours to say. */
  their_id: string | null
  starts_at: Temporal.Instant
  ends_at: Temporal.Instant
  written_at: Temporal.Instant
  /** `moved`, `deleted`: somebody did so there. */
  state: 'written' | 'moved' | 'deleted'
  their_start: Temporal.Instant | null
  their_end: Temporal.Instant | null
}

/** The address under which a person's bookings can be read. */
export type CalendarFeedRow = {
  workspace_id: string
  id: string
  staff_id: StaffId
  shows: 'services' | 'names'
  created_at: Temporal.Instant
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    calendar_link: CalendarLinkRow
    external_busy: ExternalBusyRow
    calendar_copy: CalendarCopyRow
    calendar_feed: CalendarFeedRow
  }
}

const work = { purpose: 'service', basis: 'legitimate_interest', retention: 'workspace', erase: 'delete_row' } as const
const ofPerson = [{ root: 'member', via: ['staff_id', 'member_id'] }] as const

export const calendarInventory = [
  inventoryOf<CalendarLinkRow>('calendar_link', {
    subjects: ofPerson,
    columns: {
      workspace_id: system,
      id: system,
      staff_id: reference('staff'),
      kind: system,
      name: personal({ ...work, category: 'free_text', export: true }),
      address: personal({ ...work, category: 'credential', export: false, stored: 'encrypted' }),
      host: personal({ ...work, category: 'identifier', export: true }),
      if_failing: system,
      tried_at: system,
      read_at: system,
      failing_since: system,
      failure: system,
      unknown_from: system,
      broken_events: system,
      endless_events: system,
      etag: personal({ ...work, category: 'identifier', export: false, stored: 'encrypted' }),
      content_hash: system,
      expanded_at: system,
      username: personal({ ...work, category: 'identifier', export: false, stored: 'encrypted' }),
      password: personal({ ...work, category: 'credential', export: false, stored: 'encrypted' }),
      permission: personal({ ...work, category: 'credential', export: false, stored: 'encrypted' }),
      collection: personal({ ...work, category: 'identifier', export: false, stored: 'encrypted' }),
      choices: personal({ ...work, category: 'identifier', export: false, stored: 'encrypted' }),
      writes: system,
      created_at: system,
      updated_at: system,
      version: system,
    },
  }),
  inventoryOf<ExternalBusyRow>('external_busy', {
    subjects: ofPerson,
    columns: {
      workspace_id: system,
      id: system,
      link_id: system,
      staff_id: reference('staff'),
      starts_at: personal({ ...work, category: 'behaviour', export: true }),
      ends_at: personal({ ...work, category: 'behaviour', export: true }),
      event_key: system,
    },
  }),
  inventoryOf<CalendarCopyRow>('calendar_copy', {
    subjects: [
      { root: 'contact', via: ['booking_id', 'contact_id'] },
      { root: 'contact', via: ['booking_id', 'attendee_id'] },
    ],
    columns: {
      workspace_id: system,
      id: system,
      link_id: system,
      booking_id: reference('booking'),
      thread_id: system,
      sequence: system,
      etag: system,
      their_id: system,
      starts_at: system,
      ends_at: system,
      written_at: system,
      state: system,
      their_start: system,
      their_end: system,
    },
  }),
  inventoryOf<CalendarFeedRow>('calendar_feed', {
    subjects: ofPerson,
    columns: {
      workspace_id: system,
      id: system,
      staff_id: reference('staff'),
      shows: system,
      created_at: system,
    },
  }),
]
