/** Until when the team answers a request: within the time that the service says, and before the appointment begins. */
export function requestAnswerBy(now: Temporal.Instant, start: Temporal.Instant, minutes: number): Temporal.Instant {
  const usual = now.add({ minutes })
  return Temporal.Instant.compare(usual, start) < 0 ? usual : start
}
