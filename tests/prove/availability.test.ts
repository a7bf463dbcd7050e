import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyQuestion, anyVisit } from '../../packages/availability/src/any-question.testing.ts'
import { assignVisit } from '../../packages/availability/src/assign-visit.ts'
import { closedPieces } from '../../packages/availability/src/explain.ts'
import { explainVisit } from '../../packages/availability/src/explain-visit.ts'
import { freeSlots } from '../../packages/availability/src/free-slots.ts'
import { freeVisits } from '../../packages/availability/src/free-visits.ts'
import { codeOfReason, hostByTemporal, slotsByTemporal } from '../../packages/availability/src/temporal-oracle.fixture.ts'
import { sized } from '../setup/sizes.ts'
import { visitsByTemporal } from './availability-visits-oracle.ts'

/** Every zone with every change of its clocks from 2024 to 2030; a zone whose clocks never change has one day of its own. */
const moments = Intl.supportedValuesOf('timeZone').flatMap((zone): Temporal.ZonedDateTime[] => {
  const changes: Temporal.ZonedDateTime[] = []
  let at = Temporal.ZonedDateTime.from(`2023-12-31T23:59[${zone}]`).getTimeZoneTransition('next')
  for (; at && at.year <= 2030; at = at.getTimeZoneTransition('next')) changes.push(at)
  return changes.length > 0 ? changes : [Temporal.ZonedDateTime.from(`2027-02-27T12:00[${zone}]`)]
})

/** Each moment in turn, so that all of them are met at the full size and a spread of them in between. */
const schedules = sized(300, 20_000)
const turns = Array.from({ length: Math.max(schedules, sized(0, moments.length)) }, (_, turn) => {
  const place = schedules < moments.length ? Math.floor((turn * moments.length) / schedules) : turn % moments.length
  return moments[place]!
})
/** A failing run names its moment and its seed; fast-check then shows the smallest question that still fails. */
function ask<T>(
  question: (moment: Temporal.ZonedDateTime) => fc.Arbitrary<T>,
  every: number,
  hold: (query: T, turn: number) => void,
): void {
  for (const [turn, moment] of turns.entries()) {
    if (turn % every !== 0) continue
    try {
      fc.assert(
        fc.property(question(moment), (query) => hold(query, turn)),
        { numRuns: 1, seed: turn },
      )
    } catch (error) {
      throw new Error(`Schedule ${turn}, around ${moment}`, { cause: error })
    }
  }
}
const minute = 60_000

describe('schedules in every zone, around every change of clocks from 2024 to 2030', () => {
  it('offer exactly the starts that a minute-by-minute search with Temporal finds', () => {
    let slots = 0
    ask(anyQuestion, 1, (query) => {
      const ours = freeSlots(query).map(({ startMs, hostIds }) => ({ startMs, hostIds: [...hostIds] }))
      expect(ours).toEqual(slotsByTemporal(query))
      slots += ours.length
    })
    console.log(`${turns.length} schedules, ${new Set(turns).size} of ${moments.length} moments, ${slots} starts: 0 differences`)
    expect(slots / turns.length).toBeGreaterThan(5)
  })

  it('name for a closed moment every reason that holds, and no other', () => {
    const seen = new Map<string, number>()
    ask(anyQuestion, 1, ({ groups: _groups, ...query }, turn) => {
      const { skills: _skills, ...service } = query.service
      const pieces = closedPieces({ ...query, service })
      for (const host of query.hosts) {
        const own = pieces.filter((piece) => piece.hostId === host.id)
        const against = hostByTemporal({ ...query, service }, host)
        // A step that shares nothing with an hour comes by every minute of it in the end.
        const first = Math.ceil(query.from.epochMilliseconds / minute) * minute + (turn % 37) * minute
        for (let at = first; at < query.to.epochMilliseconds; at += 37 * minute) {
          const ours = own.find((piece) => piece.startMs <= at && at < piece.endMs)?.reasons.map(codeOfReason) ?? []
          const theirs = against(at)
          for (const code of theirs) seen.set(code, (seen.get(code) ?? 0) + 1)
          if (ours.toSorted().join() !== theirs.toSorted().join()) {
            expect.fail(`${host.id} at ${new Date(at).toISOString()}: ${ours.toSorted()} instead of ${theirs.toSorted()}`)
          }
        }
      }
    })
    console.log([...seen].map(([code, times]) => `${code} ${times}`).join(', '))
    const codes = [
      'past',
      'notice',
      'horizon',
      'exception',
      'outside_hours',
      'runs_past_hours',
      'busy',
      'full',
      'buffer before',
      'buffer after',
    ]
    expect([...seen.keys()].toSorted()).toEqual([...codes, 'limit bookings', 'limit minutes', 'travel before', 'travel after'].toSorted())
  })

  it('offer exactly the visits of several services that trying everybody in every place at every minute finds', () => {
    let visits = 0
    let ofSeveral = 0
    ask(anyVisit, 2, (query) => {
      const ours = freeVisits(query).map(({ startMs, steps }) => ({
        startMs,
        steps: steps.map((step) => ({ startMs: step.startMs, hostIds: [...step.hostIds] })),
      }))
      expect(ours).toEqual(visitsByTemporal(query))
      visits += ours.length
      if (ours.length > 0 && query.steps.length > 1) ofSeveral += 1
    })
    console.log(`${Math.ceil(turns.length / 2)} schedules, ${visits} visits, ${ofSeveral} times of several services: 0 differences`)
    expect((ofSeveral * 2) / turns.length).toBeGreaterThan(0.1)
  })

  it('have somebody for every step of an offered visit, and a reason for every start of one that is refused', () => {
    ask(anyVisit, 2, ({ from, to, ...query }) => {
      const visits = freeVisits({ ...query, from, to })
      for (const visit of visits.slice(0, 5)) {
        const answer = assignVisit({ query: { ...query, from, to }, visit, rules: ['priority'], facts: {} })
        if (!answer.assigned) expect.fail(`Nobody for step ${answer.step}.`)
        for (const [step, { hostIds }] of answer.steps.entries()) {
          expect(new Set(hostIds).size).toBe(hostIds.length)
          expect(hostIds.every((id) => visit.steps[step]!.hostIds.includes(id))).toBe(true)
        }
        for (const { keep, pick } of answer.kept) {
          query.steps.forEach(({ groups = [] }, step) => {
            if (groups.some((group) => group.keep === keep)) expect(answer.steps[step]!.hostIds).toContain(pick.hostId)
          })
        }
      }
      const open = new Set(visits.map((visit) => visit.startMs))
      const first = Math.ceil(from.epochMilliseconds / minute) * minute
      for (let ms = first; ms < to.epochMilliseconds; ms += 97 * minute) {
        const answer = explainVisit(query, Temporal.Instant.fromEpochMilliseconds(ms))
        expect(answer.open).toBe(open.has(ms))
        const closed = answer.steps.some((step) => !step.open && step.closed.length + step.unfilled.length > 0)
        if (!answer.open && !closed && answer.notKept.length === 0) expect.fail(`${new Date(ms).toISOString()} is closed for no reason.`)
      }
    })
  })
})
