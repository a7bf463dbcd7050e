/** Says what time it is. Passed as a parameter, so that a test sets it. */
export type Clock = () => Temporal.Instant

/** The machine's clock, cut to the millisecond that the database keeps. */
export const systemClock: Clock = () => Temporal.Instant.fromEpochMilliseconds(Temporal.Now.instant().epochMilliseconds)
