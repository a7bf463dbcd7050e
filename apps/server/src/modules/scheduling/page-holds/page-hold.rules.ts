/** How long a time is kept at first, and with each extension. Ten of them (WCAG 2.2, 2.2.1 Timing Adjustable): an hour at most. */
export const holdMinutes = { first: 10, more: 5, extensions: 10 } as const

/** A kept time as its page shows it. */
export type HoldShown = {
  readonly id: string
  /** `over`: nobody keeps it any more; who is quick may still get it. */
  readonly state: 'live' | 'over'
  readonly until: Temporal.Instant
  readonly mayExtend: boolean
}

/** How a hold stands at a moment. */
export function holdShown(
  hold: { readonly id: string; readonly expires_at: Temporal.Instant; readonly extensions: number },
  now: Temporal.Instant,
): HoldShown {
  const live = Temporal.Instant.compare(hold.expires_at, now) > 0
  return {
    id: hold.id,
    state: live ? 'live' : 'over',
    until: hold.expires_at,
    mayExtend: live && hold.extensions < holdMinutes.extensions,
  }
}
