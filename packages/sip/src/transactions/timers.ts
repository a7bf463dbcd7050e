/** §17.1.1.1: the round trip that timers begin with. Milliseconds, like every time in this folder. */
export const T1 = 500
/** §17.1.2.2: the longest pause between two retransmissions of anything but an INVITE. */
export const T2 = 4000
/** §17.1.2.2: how long a message stays in the network. */
export const T4 = 5000
/** §17.2.1: after so long an INVITE that nobody answered is answered 100. */
export const tryingAfter = 200

/** RFC 3261 table 4, and L and M of RFC 6026. */
export type TimerName = 'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M' | 'trying'

/** When each running timer is due. */
export type Timers = { readonly [Name in TimerName]?: number }

/** The timer that is due first, and when; undefined when none runs. */
export function nextTimer(timers: Timers): { readonly name: TimerName; readonly due: number } | undefined {
  let first: { name: TimerName; due: number } | undefined
  for (const [name, due] of Object.entries(timers) as [TimerName, number][]) if (!first || due < first.due) first = { name, due }
  return first
}

/** The timers without some of them. */
export function without(timers: Timers, ...names: readonly TimerName[]): Timers {
  return Object.fromEntries(Object.entries(timers).filter(([name]) => !names.includes(name as TimerName)))
}

/** Why a transaction ended without a final response, §17.1.4. */
export type Failure = 'timeout' | 'transport'
