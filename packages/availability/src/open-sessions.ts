import { AvailabilityError, limits, minuteMs } from './refusal.ts'
import type { ClosedReason, ServiceRules } from './types.ts'
import { startOfDayAfter } from './zone-clock.ts'

/** A session of a group that is planned already, a class or a course, with the seats that nobody has taken or holds. */
export type Session = { readonly startMs: number; readonly endMs: number; readonly seatsLeft: number; readonly ref?: string }

/** One question: in which of these sessions are so many seats to be had? Its people and its room were found when it was planned. */
export type SessionQuery<S extends Session = Session> = {
  readonly sessions: readonly S[]
  /** How many come together; one unless said. */
  readonly seats?: number
  readonly rules: Pick<ServiceRules, 'minimumNoticeMinutes' | 'horizonDays'> & { readonly zone: string }
  readonly now: Temporal.Instant
}

/** Why no seat of a session can be had: like every other start, and besides, that too few are left. */
export type SessionClosedReason =
  | Extract<ClosedReason, { readonly code: 'past' | 'notice' | 'horizon' }>
  | { readonly code: 'seats'; readonly left: number; readonly wanted: number }

/** A session with what stands in the way; nothing where its seats can be had. */
export type SessionExplanation<S extends Session = Session> = { readonly session: S; readonly reasons: readonly SessionClosedReason[] }

/** The sessions that can be booked, in order. Throws `AvailabilityError`. */
export function openSessions<S extends Session>(query: SessionQuery<S>): readonly S[] {
  return explainSessions(query).flatMap(({ session, reasons }) => (reasons.length === 0 ? [session] : []))
}

/** All sessions in order of their start, each with every reason against it. Throws `AvailabilityError`. */
export function explainSessions<S extends Session>({ sessions, seats = 1, rules, now }: SessionQuery<S>): readonly SessionExplanation<S>[] {
  const { minimumNoticeMinutes = 0, horizonDays, zone } = rules
  wholeNumber('seats', seats, 1, limits.units)
  wholeNumber('minimumNoticeMinutes', minimumNoticeMinutes, 0, limits.horizonDays * 1440)
  wholeNumber('horizonDays', horizonDays ?? 0, 0, limits.horizonDays)
  const nowMs = now.epochMilliseconds
  const earliestMs = nowMs + minimumNoticeMinutes * minuteMs
  const endMs = horizonDays === undefined ? Number.POSITIVE_INFINITY : startOfDayAfter(zone, nowMs, horizonDays + 1)
  return sessions
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((session) => {
      const reasons: SessionClosedReason[] = []
      if (session.startMs < nowMs) reasons.push({ code: 'past' })
      else if (session.startMs < earliestMs) reasons.push({ code: 'notice', earliestMs })
      if (session.startMs >= endMs) reasons.push({ code: 'horizon', endMs })
      if (session.seatsLeft < seats) reasons.push({ code: 'seats', left: session.seatsLeft, wanted: seats })
      return { session, reasons }
    })
}

function wholeNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw new AvailabilityError('bad_service', `${name} must be a whole number from ${least} to ${most}, not ${value}.`, {
    name,
    value,
    least,
    most,
  })
}
