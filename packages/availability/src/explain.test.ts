import { describe, expect, it } from 'vitest'
import { closedPieces, explainSlot } from './explain.ts'
import type { AvailabilityQuery, Host } from './types.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const ms = (text: string) => instant(text).epochMilliseconds
const lunch = { startMs: ms('2026-04-24T12:00Z'), endMs: ms('2026-04-24T13:00Z'), ref: 'booking 7' }
const holiday = { date: Temporal.PlainDate.from('2026-04-23'), blocks: [], label: 'Staff day' }
const ann: Host = {
  id: 'ann',
  hours: { zone: 'UTC', weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: '09:00', end: '17:00' })), exceptions: [holiday] },
  busy: [lunch],
}
const query: AvailabilityQuery = {
  hosts: [ann],
  service: {
    durationMinutes: 60,
    bufferBeforeMinutes: 10,
    bufferAfterMinutes: 20,
    stepMinutes: 15,
    minimumNoticeMinutes: 60,
    horizonDays: 2,
  },
  from: instant('2026-04-24T00:00Z'),
  to: instant('2026-04-25T00:00Z'),
  now: instant('2026-04-22T10:00Z'),
}
const pieces = (change: Partial<AvailabilityQuery>) =>
  closedPieces({ ...query, ...change }).map(
    (piece) => `${new Date(piece.startMs).toISOString().slice(8, 23)} ${piece.reasons.map((reason) => reason.code).join(', ')}`,
  )

describe('why is this closed?', () => {
  it('gives every closed piece of a day its reasons, the one to say first in front', () => {
    expect(pieces({})).toEqual([
      '24T00:00:00.000 outside_hours',
      '24T10:40:00.001 buffer',
      '24T11:00:00.001 busy',
      '24T13:00:00.000 buffer',
      '24T16:00:00.001 runs_past_hours',
      '24T17:00:00.000 outside_hours',
    ])
  })

  it('tells a closed date from the usual evening, and the past from too soon and too far', () => {
    expect(pieces({ from: instant('2026-04-22T08:00Z') }).slice(0, 9)).toEqual([
      '22T08:00:00.000 past, outside_hours',
      '22T09:00:00.000 past',
      '22T10:00:00.000 notice',
      '22T16:00:00.001 runs_past_hours',
      '22T17:00:00.000 outside_hours',
      '23T09:00:00.000 exception',
      '23T17:00:00.000 outside_hours',
      '24T10:40:00.001 buffer',
      '24T11:00:00.001 busy',
    ])
    expect(pieces({ from: instant('2026-04-25T00:00Z'), to: instant('2026-04-26T00:00Z') })).toEqual([
      '25T00:00:00.000 horizon, outside_hours',
    ])
  })

  it('carries what a person needs to act', () => {
    const of = (start: string) => explainSlot(query, instant(start)).closed[0]?.reasons
    expect(of('2026-04-22T10:30Z')).toEqual([{ code: 'notice', earliestMs: ms('2026-04-22T11:00Z') }])
    expect(of('2026-04-23T10:00Z')).toEqual([{ code: 'exception', date: '2026-04-23', label: 'Staff day' }])
    expect(of('2026-04-27T10:00Z')).toEqual([{ code: 'horizon', endMs: ms('2026-04-25T00:00Z') }])
    expect(of('2026-04-24T12:00Z')).toEqual([{ code: 'busy', busy: lunch }])
    expect(of('2026-04-24T10:45Z')).toEqual([{ code: 'buffer', side: 'after', busy: lunch }])
    expect(of('2026-04-24T13:00Z')).toEqual([{ code: 'buffer', side: 'before', busy: lunch }])
    expect(of('2026-04-24T16:30Z')).toEqual([{ code: 'runs_past_hours', hoursEndMs: ms('2026-04-24T17:00Z') }])
    expect(of('2026-04-24T10:05Z')).toEqual([{ code: 'off_step', stepMinutes: 15 }])
    expect(of('2026-04-24T06:05Z')).toEqual([{ code: 'outside_hours' }, { code: 'off_step', stepMinutes: 15 }])
  })

  it('names every booking in the way', () => {
    const second = { startMs: ms('2026-04-24T12:30Z'), endMs: ms('2026-04-24T14:00Z'), ref: 'booking 8' }
    const answer = explainSlot({ ...query, hosts: [{ ...ann, busy: [second, lunch] }] }, instant('2026-04-24T12:00Z'))
    expect(answer.closed[0]?.reasons).toEqual([
      { code: 'busy', busy: second },
      { code: 'busy', busy: lunch },
    ])
  })

  it('refuses what makes no sense', () => {
    const bad = [{ ...ann, busy: [{ startMs: 2, endMs: 1 }] }]
    expect(() => closedPieces({ ...query, hosts: bad })).toThrow(expect.objectContaining({ code: 'bad_busy' }))
    expect(() => closedPieces({ ...query, to: query.from })).toThrow(expect.objectContaining({ code: 'empty_range' }))
    expect(() => explainSlot({ ...query, hosts: [ann, ann] }, query.from)).toThrow(expect.objectContaining({ code: 'duplicate_host' }))
  })
})

describe('can this start be booked?', () => {
  const bo: Host = { ...ann, id: 'bo', busy: [] }

  it('says no with what is missing', () => {
    expect(explainSlot({ ...query, hosts: [] }, query.from)).toMatchObject({ open: false, unfilled: [{ group: 0, required: 1, free: 0 }] })
    const groups = [{ members: ['ann', 'bo'], required: 'all' as const }]
    const answer = explainSlot({ ...query, hosts: [ann, bo], groups }, instant('2026-04-24T12:00Z'))
    expect(answer).toMatchObject({ open: false, hostIds: ['bo'], unfilled: [{ group: 0, required: 2, free: 1 }] })
  })

  it('says yes with whom, although others cannot', () => {
    expect(explainSlot({ ...query, hosts: [ann, bo] }, instant('2026-04-24T12:00Z'))).toEqual({
      open: true,
      startMs: ms('2026-04-24T12:00Z'),
      endMs: ms('2026-04-24T13:00Z'),
      hostIds: ['bo'],
      closed: [{ hostId: 'ann', reasons: [{ code: 'busy', busy: lunch }] }],
      unfilled: [],
    })
  })
})
