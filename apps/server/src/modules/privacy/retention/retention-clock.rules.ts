/** The hour of the business's wall clock at which a night's work is due. */
const NIGHT_HOUR = 3
const HOURS_A_DAY = 24

/** The night that `now` belongs to, by the business's calendar: it begins at three in the morning. Clocks that are set back begin no night anew. */
export function nightOf(now: Temporal.Instant, zone: string): Temporal.PlainDate {
  const wall = now.toZonedDateTimeISO(zone)
  return wall.hour < NIGHT_HOUR ? wall.toPlainDate().subtract({ days: 1 }) : wall.toPlainDate()
}

/** When the next night's work is due. An hour that daylight saving skips comes when the clocks have moved on. */
export const nextNight = (now: Temporal.Instant, zone: string): Temporal.Instant =>
  nightOf(now, zone)
    .add({ days: 1 })
    .toZonedDateTime({ timeZone: zone, plainTime: { hour: NIGHT_HOUR } })
    .toInstant()

/** Rows from before this moment have had their days. */
export const endedBefore = (asOf: Temporal.Instant, days: number): Temporal.Instant => asOf.subtract({ hours: days * HOURS_A_DAY })
