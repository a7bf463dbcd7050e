import { describe, expect, it } from 'vitest'
import { assignVisit } from './assign-visit.ts'
import { explainVisit } from './explain-visit.ts'
import { freeVisits } from './free-visits.ts'
import type { Busy, Host } from './types.ts'
import type { VisitQuery, VisitStep } from './visit.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const at = (time: string) => instant(`2026-04-24T${time}Z`)
const taken = (from: string, to: string): Busy => ({ startMs: at(from).epochMilliseconds, endMs: at(to).epochMilliseconds })
const host = (id: string, ...busy: Busy[]): Host => ({
  id,
  hours: { zone: 'UTC', weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: '09:00', end: '12:00' })) },
  busy,
})
const stylists = { members: ['ann', 'bo'], required: 1 }
const colour: VisitStep = { service: { durationMinutes: 30 }, groups: [stylists] }
const cut: VisitStep = { service: { durationMinutes: 60 }, groups: [stylists] }
const friday: VisitQuery = {
  hosts: [host('ann'), host('bo')],
  steps: [colour, cut],
  rules: { stepMinutes: 30, zone: 'UTC' },
  from: instant('2026-04-24T00:00Z'),
  to: instant('2026-04-25T00:00Z'),
  now: instant('2026-04-01T12:00Z'),
}
const kept = (step: VisitStep): VisitStep => ({ ...step, groups: [{ ...stylists, keep: 'stylist' }] })
const said = (query: VisitQuery) =>
  freeVisits(query).map(({ steps }) =>
    steps.map(({ startMs, hostIds }) => `${new Date(startMs).toISOString().slice(11, 16)} ${hostIds.join('+')}`).join(', '),
  )

describe('a visit that makes no sense', () => {
  it.each<[string, Partial<VisitQuery>]>([
    ['bad_visit', { steps: [] }],
    ['bad_visit', { steps: Array.from({ length: 11 }, () => cut) }],
    ['bad_visit', { steps: [cut, { ...cut, gap: { most: -1 } }] }],
    ['bad_visit', { steps: [cut, { ...cut, gap: { least: 30, most: 10 } }] }],
    ['bad_group', { steps: [{ ...cut, groups: [{ ...stylists, required: 2, keep: 'stylist' }] }] }],
    ['bad_service', { steps: [{ service: { durationMinutes: 0 } }] }],
    [
      'too_many_ways',
      {
        hosts: Array.from({ length: 101 }, (_, place) => host(`h${place}`)),
        steps: [
          {
            ...cut,
            groups: ['one', 'two'].map((keep) => ({ members: Array.from({ length: 101 }, (_, place) => `h${place}`), required: 1, keep })),
          },
        ],
      },
    ],
  ])('is refused as %s', (code, change) => {
    expect(() => freeVisits({ ...friday, ...change })).toThrow(expect.objectContaining({ name: 'AvailabilityError', code }))
  })
})

describe('a visit', () => {
  it('is offered where every service finds somebody, one right after the other', () => {
    expect(said({ ...friday, hosts: [host('ann', taken('10:00', '11:00')), host('bo', taken('09:00', '10:00'))] })).toEqual([
      '09:30 ann, 10:00 bo',
      '10:00 bo, 10:30 bo',
      '10:30 bo, 11:00 ann+bo',
    ])
  })

  it('stays with the same person where she is kept', () => {
    const hosts = [host('ann', taken('10:00', '11:00')), host('bo', taken('09:00', '10:00'))]
    const steps = [kept(colour), kept(cut)]
    expect(said({ ...friday, hosts, steps })).toEqual(['10:00 bo, 10:30 bo', '10:30 bo, 11:00 bo'])
  })

  it('waits for a step within the gap that is allowed, and no longer', () => {
    const hosts = [host('ann', taken('09:30', '09:50')), host('bo', taken('09:00', '12:00'))]
    const waiting = (most: number) => said({ ...friday, hosts, steps: [colour, { ...cut, gap: { most } }] })[0]
    expect(waiting(20)).toBe('09:00 ann, 09:50 ann')
    expect(waiting(19)).toBe('10:00 ann, 10:30 ann')
    expect(said({ ...friday, steps: [colour, { ...cut, gap: { least: 45, most: 60 } }] })[0]).toBe('09:00 ann+bo, 10:15 ann+bo')
  })

  it('starts later with one step where that lets a later step follow', () => {
    // The cut could begin at once, but then nothing could follow it before the gap is over.
    const hosts = [host('ann'), host('bo', taken('09:00', '10:40'))]
    const blow: VisitStep = { service: { durationMinutes: 10 }, groups: [{ members: ['bo'], required: 1 }] }
    const ofAnn: VisitStep = { service: { durationMinutes: 60 }, groups: [{ members: ['ann'], required: 1 }], gap: { most: 30 } }
    expect(said({ ...friday, hosts, steps: [colour, ofAnn, blow] })[0]).toBe('09:00 ann, 09:40 ann, 10:40 bo')
  })

  it('counts its buffers to others and not to itself', () => {
    const buffers = { bufferBeforeMinutes: 10, bufferAfterMinutes: 20 }
    const steps = [colour, cut].map((step) => ({ service: { ...step.service, ...buffers }, groups: [{ members: ['ann'], required: 1 }] }))
    expect(said({ ...friday, steps, hosts: [host('ann', taken('11:50', '12:30'))] })).toEqual([
      '09:00 ann, 09:30 ann',
      '09:30 ann, 10:00 ann',
      '10:00 ann, 10:30 ann',
    ])
  })

  it('needs room for all that a host may have to do, and counts once', () => {
    const limited = (limits: Host['limits']) => said({ ...friday, hosts: [{ ...host('ann'), limits: limits ?? [] }] })
    expect(limited([{ per: 'day', minutes: 89 }])).toEqual([])
    expect(limited([{ per: 'day', minutes: 90, bookings: 1 }])).toHaveLength(4)
  })

  it('takes a room for one step beside somebody who is kept', () => {
    const steps = [kept(colour), { ...kept(cut), groups: [...(kept(cut).groups ?? []), { members: ['chair'], required: 1 }] }]
    expect(said({ ...friday, hosts: [...friday.hosts, host('chair', taken('09:00', '11:00'))], steps })).toEqual([
      '10:30 ann+bo, 11:00 ann+bo+chair',
    ])
  })
})

describe('why a visit cannot start', () => {
  it('is said for the step that is in the way', () => {
    const {
      from: _from,
      to: _to,
      ...query
    } = { ...friday, hosts: [host('ann', taken('09:30', '10:00')), host('bo', taken('09:00', '12:00'))] }
    expect(explainVisit(query, at('09:00'))).toMatchObject({
      open: false,
      visit: undefined,
      steps: [
        { open: true, hostIds: ['ann'] },
        {
          open: false,
          closed: [
            { hostId: 'ann', reasons: [{ code: 'busy' }] },
            { hostId: 'bo', reasons: [{ code: 'busy' }] },
          ],
        },
      ],
      notKept: [],
    })
    expect(explainVisit(query, at('10:00'))).toMatchObject({ open: true, visit: { startMs: at('10:00').epochMilliseconds } })
    expect(explainVisit(query, at('10:05')).steps[0]?.closed[0]?.reasons).toEqual([{ code: 'off_step', stepMinutes: 30 }])
  })

  it('is that nobody could do all of it', () => {
    const {
      from: _from,
      to: _to,
      ...query
    } = {
      ...friday,
      hosts: [host('ann', taken('09:30', '12:00')), host('bo', taken('09:00', '09:30'))],
      steps: [kept(colour), kept(cut)],
    }
    expect(explainVisit(query, at('09:00'))).toMatchObject({
      open: false,
      steps: [{ open: true }, { open: true }],
      notKept: [
        {
          keep: 'stylist',
          hosts: [
            { hostId: 'ann', closedIn: [1] },
            { hostId: 'bo', closedIn: [0] },
          ],
        },
      ],
    })
  })
})

describe('who does what', () => {
  const rules = ['customers_choice', 'least_loaded'] as const
  const assign = (query: VisitQuery, wanted: string[] = []) => {
    const visit = freeVisits(query)[0]!
    return assignVisit({ query, visit, rules, facts: { wanted, load: (id) => (id === 'ann' ? 1 : 0) } })
  }

  it('is decided step by step, by the rules', () => {
    const answer = assign({ ...friday, hosts: [host('ann'), host('bo', taken('09:00', '09:30'))] })
    expect(answer).toMatchObject({
      assigned: true,
      kept: [],
      steps: [{ picks: [{ hostId: 'ann', because: 'only_one_free' }] }, { picks: [{ hostId: 'bo', because: 'least_loaded' }] }],
    })
  })

  it('is one person where she is kept, with the grounds', () => {
    const query = { ...friday, steps: [kept(colour), kept(cut)] }
    expect(assign(query, ['ann'])).toMatchObject({
      kept: [
        {
          keep: 'stylist',
          pick: { hostId: 'ann', because: 'customers_choice', passedOver: [{ hostId: 'bo', because: 'customers_choice' }] },
        },
      ],
      steps: [{ hostIds: ['ann'] }, { hostIds: ['ann'] }],
    })
  })
})
