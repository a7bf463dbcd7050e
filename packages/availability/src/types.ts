/** A wall-clock time, `HH:MM` or `HH:MM:SS` as PostgreSQL writes it; an end may be `24:00`. */
export type WallTime = string

/** Hours from `start` to `end` on the wall clock. An end at or before the start lies on the next day: `22:00` to `02:00`. */
export type Block = { readonly start: WallTime; readonly end: WallTime }

/** A block of every week, on the ISO weekday (1 Monday to 7 Sunday) on which it starts. */
export type WeeklyBlock = Block & { readonly weekday: number }

/**
 * Other hours on one date; no blocks means closed. It replaces what *starts* on that date: a night shift of the evening before still ends in the
 * morning. Where two name the same date, the later in the list holds, so a person's exceptions go after those of the house.
 */
export type HoursException = { readonly date: Temporal.PlainDate; readonly blocks: readonly Block[]; readonly label?: string }

/** When a host works: wall-clock hours in an IANA zone. */
export type Hours = {
  readonly zone: string
  readonly weekly: readonly WeeklyBlock[]
  readonly exceptions?: readonly HoursException[]
}

/** Taken time `[startMs, endMs)` in epoch milliseconds, buffers of that booking included. `ref` says what it is; the engine only hands it back. */
export type Busy = { readonly startMs: number; readonly endMs: number; readonly ref?: string }

/** A person, room or device that can be booked. */
export type Host<Id extends string = string> = { readonly id: Id; readonly hours: Hours; readonly busy: readonly Busy[] }

/** What a service asks of time. Lengths are elapsed time, whatever the clocks do meanwhile. */
export type ServiceRules = {
  readonly durationMinutes: number
  /** Kept free before and after; may lie outside the hours. */
  readonly bufferBeforeMinutes?: number
  readonly bufferAfterMinutes?: number
  /** Starts lie on multiples of this from local midnight: 15 gives :00, :15, :30, :45. */
  readonly stepMinutes: number
  readonly minimumNoticeMinutes?: number
  /** Bookable through the whole local day that many days after today; without it there is no end. */
  readonly horizonDays?: number
  /** The zone whose wall clock and calendar step and horizon follow; without it each host's own. Set it where several hosts in different zones are needed at once. */
  readonly zone?: string
}

/** Hosts needed at once: "both clinicians" is `required: 'all'`, "any one of three rooms" is `required: 1`. A host fills one place only. */
export type HostGroup<Id extends string = string> = { readonly members: readonly Id[]; readonly required: 'all' | number }

/** One question: when can this service start in `[from, to)`? */
export type AvailabilityQuery<Id extends string = string> = {
  readonly hosts: readonly Host<Id>[]
  /** Without groups any one host will do. */
  readonly groups?: readonly HostGroup<Id>[]
  readonly service: ServiceRules
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly now: Temporal.Instant
}

/** A start that can be booked, and every host that could take it, in the order of the query. */
export type Slot<Id extends string = string> = { readonly startMs: number; readonly endMs: number; readonly hostIds: readonly Id[] }

/** Why a service cannot start at a moment, for one host. */
export type ClosedReason =
  | { readonly code: 'past' }
  /** Too soon: the first start that keeps the notice is `earliestMs`. */
  | { readonly code: 'notice'; readonly earliestMs: number }
  /** Too far ahead: starts must lie before `endMs`. */
  | { readonly code: 'horizon'; readonly endMs: number }
  /** The week has hours here, but not on this date. */
  | { readonly code: 'exception'; readonly date: string; readonly label?: string }
  | { readonly code: 'outside_hours' }
  | { readonly code: 'busy'; readonly busy: Busy }
  /** The hours end before the service would. */
  | { readonly code: 'runs_past_hours'; readonly hoursEndMs: number }
  /** The service itself would fit, its buffer would not: `after` means the buffer after it runs into `busy`. */
  | { readonly code: 'buffer'; readonly side: 'before' | 'after'; readonly busy: Busy }
  /** Free, but starts lie on other minutes. Given by `explainSlot` only. */
  | { readonly code: 'off_step'; readonly stepMinutes: number }

/** A piece `[startMs, endMs)` of the asked range in which no start is possible for a host; the first reason is the one to say first. */
export type ClosedPiece<Id extends string = string> = {
  readonly hostId: Id
  readonly startMs: number
  readonly endMs: number
  readonly reasons: readonly ClosedReason[]
}

/** Whether one wanted start can be booked, and what stands in the way of each host. */
export type SlotExplanation<Id extends string = string> = {
  readonly open: boolean
  readonly startMs: number
  readonly endMs: number
  /** Hosts who could take it. */
  readonly hostIds: readonly Id[]
  readonly closed: readonly { readonly hostId: Id; readonly reasons: readonly ClosedReason[] }[]
  /** The groups that stay unfilled, although some hosts are free. */
  readonly unfilled: readonly UnfilledGroup[]
}

/** A group (by its place in the query) for which not enough hosts are free, counting a host once over all groups. */
export type UnfilledGroup = { readonly group: number; readonly required: number; readonly free: number }
