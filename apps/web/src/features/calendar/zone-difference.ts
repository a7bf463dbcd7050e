/** By how many minutes the clocks of one zone are ahead of another's at a moment. */
export function zoneDifference(zone: string, other: string, at: string): number {
  if (zone === other) return 0
  const instant = Temporal.Instant.from(at)
  const offset = (name: string) => instant.toZonedDateTimeISO(name).offsetNanoseconds
  return Math.round((offset(zone) - offset(other)) / 60e9)
}
