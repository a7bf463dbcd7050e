import type { Cap, Channel, WallWindow } from '@frontdesk/contact-rules'

/** What somebody asked for on her preference page. */
export type Wishes = {
  readonly channels_off: readonly Channel[]
  /** Empty means at any time. */
  readonly hours: readonly WallWindow[]
  readonly languages: readonly string[]
  readonly at_most: Cap | null
}

/** What two asked for who turned out to be one: nothing that either of them did not want. Languages and what cannot be reconciled are the first one's. */
export const stricterWishes = (one: Wishes, other: Wishes): Wishes => ({
  channels_off: [...new Set([...one.channels_off, ...other.channels_off])],
  hours: bothOpen(one.hours, other.hours),
  languages: one.languages.length > 0 ? one.languages : other.languages,
  at_most: rarer(one.at_most, other.at_most),
})

function bothOpen(one: readonly WallWindow[], other: readonly WallWindow[]): readonly WallWindow[] {
  if (one.length === 0 || other.length === 0) return one.length > 0 ? one : other
  const shared = one.flatMap((a) =>
    other.map((b) => ({
      weekdays: a.weekdays.filter((day) => b.weekdays.includes(day)),
      fromMinute: Math.max(a.fromMinute, b.fromMinute),
      toMinute: Math.min(a.toMinute, b.toMinute),
    })),
  )
  const open = shared.filter(({ weekdays, fromMinute, toMinute }) => weekdays.length > 0 && fromMinute < toMinute)
  return open.length > 0 ? open : one
}

function rarer(one: Cap | null, other: Cap | null): Cap | null {
  if (one === null || other === null) return one ?? other
  return one.count / one.hours <= other.count / other.hours ? one : other
}
