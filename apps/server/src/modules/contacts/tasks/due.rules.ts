/** When something is due: on a day, at a moment, or neither. */
export type Due = { readonly dueOn: Temporal.PlainDate | null; readonly dueAt: Temporal.Instant | null }

/** Where tasks without a day stand: behind all others. */
export const NO_DAY = Temporal.Instant.from('9999-01-01T00:00:00Z')

/** On the day itself one is reminded when work begins. */
const MORNING = Temporal.PlainTime.from('09:00')

/** The moment after which it is late: its own, or the end of its day in the zone of the business. */
export function dueBy({ dueOn, dueAt }: Due, zone: string): Temporal.Instant {
  if (dueAt) return dueAt
  return dueOn ? endOf(dueOn, zone) : NO_DAY
}

/** When its member is reminded; null for never, also where that moment has passed already. */
export function reminderAt({ dueOn, dueAt }: Due, minutes: number | null, zone: string, now: Temporal.Instant): Temporal.Instant | null {
  const from = dueAt ?? dueOn?.toZonedDateTime({ timeZone: zone, plainTime: MORNING }).toInstant()
  if (!from || minutes === null) return null
  const at = from.subtract({ minutes })
  return Temporal.Instant.compare(at, now) > 0 ? at : null
}

/** The first moment of the next day. */
export const endOf = (day: Temporal.PlainDate, zone: string): Temporal.Instant => day.add({ days: 1 }).toZonedDateTime(zone).toInstant()
