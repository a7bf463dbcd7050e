/** States that can be listed; those who wait or have an offer without one. */
export const waitlistFilters = ['waiting', 'offered', 'booked', 'left', 'removed', 'over'] as const
export type WaitlistFilter = (typeof waitlistFilters)[number]

/** What the address of the waitlist says. */
export type WaitlistSearch = {
  readonly service?: string
  readonly state?: WaitlistFilter
  /** The sheet for somebody new stands open. */
  readonly add?: true
}

/** Reads the address; what makes no sense is left out. */
export function readWaitlistSearch({ service, state, add }: Readonly<Record<string, unknown>>): WaitlistSearch {
  const known = waitlistFilters.find((one) => one === state)
  return {
    ...(typeof service === 'string' ? { service } : {}),
    ...(known ? { state: known } : {}),
    ...(add ? { add: true as const } : {}),
  }
}
