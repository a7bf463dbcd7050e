import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyQuestion, zonesOfNote } from './any-question.testing.ts'
import { assignHosts } from './assign-hosts.ts'
import { closedPieces, explainSlot } from './explain.ts'
import { freeSlots } from './free-slots.ts'
import { skilledGroups } from './skills.ts'
import { codeOfReason, hostByTemporal, slotsByTemporal } from './temporal-oracle.fixture.ts'

const minute = 60_000
const question = fc.tuple(fc.constantFrom(...zonesOfNote), fc.integer({ min: 0, max: 3 })).chain(([zone, which]) => {
  let at = Temporal.ZonedDateTime.from(`2026-01-15T12:00[${zone}]`)
  for (let step = 0; step <= which; step++) at = at.getTimeZoneTransition('next') ?? at
  return anyQuestion(at)
})

describe('any question', () => {
  it('has the same slots as a minute-by-minute search with Temporal', () => {
    fc.assert(
      fc.property(question, (query) => {
        const ours = freeSlots(query).map(({ startMs, hostIds }) => ({ startMs, hostIds: [...hostIds] }))
        expect(ours).toEqual(slotsByTemporal(query))
      }),
      { numRuns: 150 },
    )
  })

  it('names for every closed minute of every host the reasons that hold, and no other', () => {
    fc.assert(
      fc.property(question, (query) => {
        const pieces = closedPieces({ ...query, groups: [{ members: ['a', 'b', 'c'], required: 1 }] })
        for (const host of query.hosts) {
          const against = hostByTemporal(query, host)
          const own = pieces.filter((piece) => piece.hostId === host.id)
          for (let at = Math.ceil(query.from.epochMilliseconds / minute) * minute; at < query.to.epochMilliseconds; at += 7 * minute) {
            const ours = own.find((piece) => piece.startMs <= at && at < piece.endMs)?.reasons.map(codeOfReason) ?? []
            if (ours.toSorted().join() !== against(at).toSorted().join())
              expect.fail(`${host.id} at ${new Date(at).toISOString()}: ${ours.toSorted()} instead of ${against(at).toSorted()}`)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives a reason exactly where it gives no start', () => {
    fc.assert(
      fc.property(question, (query) => {
        const { groups: _groups, ...alone } = query
        const { skills: _skills, ...service } = query.service
        const pieces = closedPieces({ ...alone, service })
        const slots = freeSlots({ ...alone, service })
        for (const host of query.hosts) {
          const own = pieces.filter((piece) => piece.hostId === host.id)
          expect(own.every((piece, index) => piece.startMs < piece.endMs && (index === 0 || own[index - 1]!.endMs <= piece.startMs))).toBe(
            true,
          )
          expect(own.every((piece) => piece.reasons.length > 0)).toBe(true)
          const closed = (at: number) => own.some((piece) => piece.startMs <= at && at < piece.endMs)
          const starts = new Set(slots.filter((slot) => slot.hostIds.includes(host.id)).map((slot) => slot.startMs))
          // A step of one minute makes every possible start a slot, so that closed and possible must be complements.
          const possible = new Set(
            freeSlots({ ...alone, hosts: [host], service: { ...service, stepMinutes: 1 } }).map((slot) => slot.startMs),
          )
          expect(starts.isSubsetOf(possible)).toBe(true)
          for (let at = Math.ceil(query.from.epochMilliseconds / minute) * minute; at < query.to.epochMilliseconds; at += minute) {
            if (closed(at) === possible.has(at))
              expect.fail(`${host.id} at ${new Date(at).toISOString()}: closed ${closed(at)}, possible ${possible.has(at)}`)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('explains a single start as it offers it', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 0, max: 2879 }), ({ groups: _groups, ...query }, minutes) => {
        const { from, to, ...rest } = query
        const start = Temporal.Instant.fromEpochMilliseconds(Math.ceil(from.epochMilliseconds / minute + minutes) * minute)
        const answer = explainSlot(rest, start)
        const slot = freeSlots({ ...rest, from: start, to: start.add({ milliseconds: 1 }) })[0]
        expect(answer.open).toBe(slot !== undefined)
        expect(answer.hostIds).toEqual(slot?.hostIds ?? [])
        expect(answer.closed.map((host) => host.hostId)).toEqual(
          query.hosts.map((host) => host.id).filter((id) => !answer.hostIds.includes(id)),
        )
        expect(to.epochMilliseconds).toBeGreaterThan(from.epochMilliseconds)
      }),
      { numRuns: 500 },
    )
  })

  it('explains a start as it offers it to groups, and names the groups that stay empty', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 0, max: 2879 }), (query, minutes) => {
        const { from, to: _to, ...rest } = query
        const start = Temporal.Instant.fromEpochMilliseconds(Math.ceil(from.epochMilliseconds / minute + minutes) * minute)
        const answer = explainSlot(rest, start)
        expect(answer.open).toBe(freeSlots({ ...rest, from: start, to: start.add({ milliseconds: 1 }) }).length === 1)
        if (!answer.open) expect(answer.unfilled.length).toBeGreaterThan(0)
        for (const { reasons } of answer.closed) expect(reasons.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })

  it('can be booked wherever it is offered, and those who were booked are taken afterwards', () => {
    let booked = 0
    fc.assert(
      fc.property(question, fc.nat(), (query, which) => {
        const slots = freeSlots(query)
        const slot = slots[which % slots.length]
        if (!slot) return
        const { groups = [{ members: query.hosts.map((host) => host.id), required: 1 }] } = skilledGroups(query)
        const choice = assignHosts({ groups, isFree: (id) => slot.hostIds.includes(id), rules: ['least_loaded'], facts: {} })
        if (!choice.assigned) expect.fail(`Nobody for ${new Date(slot.startMs).toISOString()}, though it is offered.`)
        const { service } = query
        const claim = {
          startMs: slot.startMs - (service.bufferBeforeMinutes ?? 0) * minute,
          endMs: slot.endMs + (service.bufferAfterMinutes ?? 0) * minute,
          units: service.units ?? 1,
          booking: { startMs: slot.startMs, endMs: slot.endMs },
        }
        const { from: _from, to: _to, groups: _groups, ...rest } = query
        const hosts = query.hosts.map((host) => (choice.hostIds.includes(host.id) ? { ...host, busy: [...host.busy, claim] } : host))
        const after = explainSlot({ ...rest, hosts }, Temporal.Instant.fromEpochMilliseconds(slot.startMs))
        for (const id of choice.hostIds) {
          if ((hosts.find((host) => host.id === id)?.capacity ?? 1) > 1) continue
          expect(after.closed.find((host) => host.hostId === id)?.reasons.map(({ code }) => code)).toContain('busy')
          booked += 1
        }
      }),
      { numRuns: 300 },
    )
    expect(booked).toBeGreaterThan(15)
  })
})
