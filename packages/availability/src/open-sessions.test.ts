import { describe, expect, it } from 'vitest'
import { explainSessions, openSessions, type Session, type SessionQuery } from './open-sessions.ts'

const ms = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const session = (ref: string, start: string, seatsLeft: number): Session => ({
  ref,
  startMs: ms(start),
  endMs: ms(start) + 3_600_000,
  seatsLeft,
})
const yoga: SessionQuery = {
  sessions: [
    session('saturday', '2026-04-25T09:00Z', 3),
    session('this morning', '2026-04-22T08:00Z', 5),
    session('at noon', '2026-04-22T12:00Z', 5),
    session('tomorrow', '2026-04-23T09:00Z', 1),
    session('friday', '2026-04-24T09:00Z', 0),
  ],
  rules: { zone: 'Europe/Paris', minimumNoticeMinutes: 120, horizonDays: 2 },
  now: Temporal.Instant.from('2026-04-22T10:30Z'),
}
const reasons = (change: Partial<SessionQuery>) =>
  explainSessions({ ...yoga, ...change }).map(
    ({ session, reasons }) => `${session.ref}: ${reasons.map((reason) => reason.code).join(', ')}`,
  )

describe('the sessions of a group', () => {
  it.each<[string, Partial<SessionQuery>]>([
    ['no seat at all', { seats: 0 }],
    ['half a seat', { seats: 1.5 }],
    ['a horizon before today', { rules: { ...yoga.rules, horizonDays: -1 } }],
    ['a notice that is no number', { rules: { ...yoga.rules, minimumNoticeMinutes: Number.NaN } }],
  ])('are not asked for %s', (_what, change) => {
    expect(() => openSessions({ ...yoga, ...change })).toThrow(expect.objectContaining({ code: 'bad_service' }))
  })

  it('are closed with every reason, in order of their start', () => {
    expect(reasons({})).toEqual(['this morning: past', 'at noon: notice', 'tomorrow: ', 'friday: seats', 'saturday: horizon'])
    expect(reasons({ seats: 2 })).toEqual([
      'this morning: past',
      'at noon: notice',
      'tomorrow: seats',
      'friday: seats',
      'saturday: horizon',
    ])
    expect(explainSessions({ ...yoga, seats: 2 })[2]?.reasons).toEqual([{ code: 'seats', left: 1, wanted: 2 }])
    expect(explainSessions(yoga)[1]?.reasons).toEqual([{ code: 'notice', earliestMs: ms('2026-04-22T12:30Z') }])
    // The horizon ends with the local day: midnight in Paris.
    expect(explainSessions(yoga)[4]?.reasons).toEqual([{ code: 'horizon', endMs: ms('2026-04-24T22:00Z') }])
  })

  it('are offered where there are seats for everybody who comes together', () => {
    expect(openSessions(yoga).map(({ ref }) => ref)).toEqual(['tomorrow'])
    expect(openSessions({ ...yoga, seats: 3, rules: { zone: 'Europe/Paris' } }).map(({ ref }) => ref)).toEqual(['at noon', 'saturday'])
  })
})
