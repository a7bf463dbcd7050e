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
export function readWaitlistSearch(search: Readonly<Record<string, unknown>>): WaitlistSearch {
  const state = waitlistFilters.find((one) => one === search.state)
  const isId = typeof search.service === 'string' && /^[0-9a-f-]{36}$/.test(search.service)
  return {
    ...(isId ? { service: search.service as string } : {}),
    ...(state ? { state } : {}),
    ...(search.add === true || search.add === 'true' ? { add: true as const } : {}),
  }
}
