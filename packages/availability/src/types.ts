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
export type Busy = {
  readonly startMs: number
  readonly endMs: number
  readonly ref?: string
  /** How much of the host's capacity it takes; without it all of it, as a closed time does. */
  readonly units?: number
  /** Present where it is a booking: what counts towards limits, and where travel starts and ends. */
  readonly booking?: BookedTime
}

/** A booking's own time, without buffers, and the place it happens at; no place, no travel: a call, or a video. */
export type BookedTime = { readonly startMs: number; readonly endMs: number; readonly place?: string }

/**
 * At most so many bookings, or so many booked minutes, a day, week or month of the host's own calendar. A booking counts wholly where it starts.
 * The bookings of the whole week or month must be among the busy times, also those outside the range asked.
 */
export type HostLimit = {
  readonly per: 'day' | 'week' | 'month'
  readonly bookings?: number
  readonly minutes?: number
  /** ISO weekday on which a week starts; Monday unless said. */
  readonly weekStart?: number
}

/** A person, room or device that can be booked. */
export type Host<Id extends string = string> = {
  readonly id: Id
  readonly hours: Hours
  readonly busy: readonly Busy[]
  readonly skills?: readonly string[]
  /** How much it takes at once: three equal chairs are one host of capacity 3. One unless said. */
  readonly capacity?: number
  readonly limits?: readonly HostLimit[]
}

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
  /** Where it happens. Without a place nobody travels for it. */
  readonly place?: string
  /** What a host must be able to do. Where groups are given, theirs hold instead. */
  readonly skills?: readonly string[]
  /** How much of a host's capacity it takes; one unless said. */
  readonly units?: number
}

/** Minutes from one place to another, between two bookings that follow each other; `Infinity` where there is no way. */
export type TravelMinutes = (from: string, to: string) => number

/** Hosts needed at once: "both clinicians" is `required: 'all'`, "any one of three rooms" is `required: 1`. A host fills one place only. */
export type HostGroup<Id extends string = string> = {
  readonly members: readonly Id[]
  readonly required: 'all' | number
  /** Only members with all of these skills count; with `all`, all of those. */
  readonly skills?: readonly string[]
}

/** One question: when can this service start in `[from, to)`? */
export type AvailabilityQuery<Id extends string = string> = {
  readonly hosts: readonly Host<Id>[]
  /** Without groups any one host will do. */
  readonly groups?: readonly HostGroup<Id>[]
  readonly service: ServiceRules
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly now: Temporal.Instant
  /** Asked between bookings that have a place; without it nobody needs time to travel. */
  readonly travelMinutes?: TravelMinutes
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
  /** The host is asked for by groups whose skills she lacks. */
  | { readonly code: 'skill'; readonly missing: readonly string[] }
  /** The day, week or month `[startMs, endMs)` has all it may have: `used` of `most`, and this one would be more. */
  | {
      readonly code: 'limit'
      readonly per: HostLimit['per']
      readonly counts: 'bookings' | 'minutes'
      readonly most: number
      readonly used: number
      readonly startMs: number
      readonly endMs: number
    }
  | { readonly code: 'busy'; readonly busy: Busy }
  /** Bookings side by side leave too little of the capacity from `startMs` to `endMs`. */
  | { readonly code: 'full'; readonly capacity: number; readonly startMs: number; readonly endMs: number }
  /** The way from (`before`) or to (`after`) the booking next to it takes longer than there is time. */
  | { readonly code: 'travel'; readonly side: 'before' | 'after'; readonly minutes: number; readonly busy: Busy }
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
