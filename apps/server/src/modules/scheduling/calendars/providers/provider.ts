import type { CalendarProvider } from '@frontdesk/contract'
import { definePort } from '../../../../platform/events/index.ts'
import type { KnownCalendar } from '../calendar-secrets.ts'
import type { FeedEntry } from '../feed-file.ts'

/** Where a provider answers. */
export type ProviderEndpoints = { readonly authorize: string; readonly token: string; readonly api: string }

/** What the operator got from a provider; the addresses are the documented ones unless given. */
export type ProviderClientSettings = {
  readonly clientId: string
  readonly clientSecret: string
  /** Of Microsoft: whose accounts may be connected. */
  readonly tenant?: string
  readonly endpoints?: ProviderEndpoints
}

/** The providers with which this server is registered. Filled by the house. */
export const calendarProviders =
  definePort<{ readonly [Name in CalendarProvider]?: ProviderClientSettings }>('scheduling.calendar-providers')

/** One event of a calendar as far as we look at it: when, and whether its person is busy then. */
export type ProviderEvent = {
  readonly id: string
  readonly startMs: number
  readonly endMs: number
  readonly takesTime: boolean
  /** What names an appointment of ours, where the event may be one. */
  readonly uid: string | null
}

/** What a calendar says: all of it, or what changed since `since`. */
export type ProviderChanges = {
  readonly whole: boolean
  readonly events: readonly ProviderEvent[]
  /** The ids of those that are gone. */
  readonly gone: readonly string[]
  /** To be asked with next time. */
  readonly mark: string
}

export type ReadWish = {
  readonly calendarId: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  /** The mark of last time; null for everything. */
  readonly since: string | null
  /** Where whole days begin, if the provider does not say. */
  readonly zone: string
}

/** An event as it was written. */
export type Written = { readonly theirId: string; readonly etag: string | null }

/** Speaks a provider's API about the calendars of one account. Everything throws `CalendarFailed`. */
export type ProviderApi = {
  /** The calendars of the account, the main one first. `url` is what names one there. */
  readonly calendars: () => Promise<readonly KnownCalendar[]>
  readonly changes: (wish: ReadWish) => Promise<ProviderChanges>
  /** Writes a booking, whether or not it is there already under `theirId`. */
  readonly write: (calendarId: string, entry: FeedEntry, theirId: string | null) => Promise<Written>
  /** Takes one out; what is not there counts as taken out. */
  readonly remove: (calendarId: string, theirId: string) => Promise<void>
}

/** One question to an API, and what it answered. A status of 400 and more is an answer too; everything else throws `CalendarFailed`. */
export type AskApi = (
  url: URL,
  call?: {
    readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
    readonly body?: object
    readonly headers?: Readonly<Record<string, string>>
  },
) => Promise<{ readonly status: number; readonly body: unknown }>
