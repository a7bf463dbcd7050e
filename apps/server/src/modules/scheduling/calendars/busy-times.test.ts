import { describe, expect, it } from 'vitest'
import { busyTimesOf } from './busy-times.rules.ts'
import { parseCalendar } from './parse-calendar.ts'

const pause = async () => {}
const never = () => false

/** Reads a calendar as a person in New York has it, for January to March 2027. */
async function read(events: string, wish: { head?: string; from?: string; to?: string; ours?: readonly string[]; zone?: string } = {}) {
  const text = `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n${wish.head ?? ''}${events}END:VCALENDAR\n`.replace(/\n/g, '\r\n')
  const parsed = await parseCalendar(text, { businessZone: wish.zone ?? 'America/New_York', pause, overTime: never })
  if (parsed === undefined || parsed === 'too_much') throw new Error(String(parsed))
  const reading = await busyTimesOf(parsed, {
    fromMs: Temporal.Instant.from(wish.from ?? '2027-01-01T00:00:00Z').epochMilliseconds,
    toMs: Temporal.Instant.from(wish.to ?? '2027-04-01T00:00:00Z').epochMilliseconds,
    isOurs: (uid) => wish.ours?.includes(uid) ?? false,
    pause,
    overTime: never,
  })
  if (reading === 'too_much') throw new Error(reading)
  const { times, ...rest } = reading
  const moment = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString()
  return {
    ...rest,
    unknownFrom: rest.unknownFromMs === null ? null : moment(rest.unknownFromMs),
    times: times.map(({ startMs, endMs }) => `${moment(startMs)} ${moment(endMs)}`),
  }
}

const event = (...lines: string[]) => `BEGIN:VEVENT\nUID:${lines[0]}\nDTSTAMP:20261201T000000Z\n${lines.slice(1).join('\n')}\nEND:VEVENT\n`
const starts = ({ times }: { times: readonly string[] }) => times.map((time) => time.split(' ')[0])

describe('what a calendar says about busy times', () => {
  it('refuses what is no calendar', async () => {
    expect(await parseCalendar('<!doctype html><p>Sign in</p>', { businessZone: 'UTC', pause, overTime: never })).toBeUndefined()
  })

  it('gives up a calendar that takes too long to work out', async () => {
    const text = `BEGIN:VCALENDAR\r\n${event('a', 'DTSTART:20270104T090000Z').repeat(60).replace(/\n/g, '\r\n')}END:VCALENDAR`
    expect(await parseCalendar(text, { businessZone: 'UTC', pause, overTime: () => true })).toBe('too_much')
  })

  it('counts the first time alone of an event whose rule nobody understands, and says so', async () => {
    for (const rule of ['FREQ=FOO', 'FREQ=WEEKLY;BYDAY=XX', 'DAILY', 'FREQ=DAILY;INTERVAL=0']) {
      const reading = await read(event('a', 'DTSTART:20270104T140000Z', 'DTEND:20270104T150000Z', `RRULE:${rule}`))
      expect(reading, rule).toMatchObject({ times: ['2027-01-04T14:00:00Z 2027-01-04T15:00:00Z'], broken: 1, endless: 0 })
    }
  })

  it('leaves out an event without a beginning, or one that ends before it begins, and counts the others', async () => {
    const reading = await read(
      event('a', 'SUMMARY:Nothing') +
        event('b', 'DTSTART:20270104T150000Z', 'DTEND:20270104T140000Z') +
        event('c', 'DTSTART:nonsense') +
        event('d', 'DTSTART:20270105T140000Z', 'DTEND:20270105T150000Z'),
    )
    expect(reading).toMatchObject({ times: ['2027-01-05T14:00:00Z 2027-01-05T15:00:00Z'], broken: 3 })
  })

  it('gives up a rule that repeats without end in sight, and says from when on nothing is known', async () => {
    const reading = await read(event('bomb', 'DTSTART:20270104T140000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'))
    expect(reading).toMatchObject({ endless: 1, unknownFrom: '2027-01-04T14:00:00Z' })
    expect(
      await read(event('never', 'DTSTART:20270104T140000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')),
    ).toMatchObject({
      times: ['2027-01-04T14:00:00Z 2027-01-04T15:00:00Z'],
      endless: 0,
    })
    const dense = 'RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,10,20,30,40,50'
    const cut = await read(event('dense', 'DTSTART:20270104T140000Z', 'DURATION:PT1M', dense))
    expect(cut.endless).toBe(1)
    expect(cut.unknownFrom).not.toBeNull()
  })

  it('is done in one pass with a file that is meant to keep it busy', async () => {
    const open = 'BEGIN:VEVENT\n'.repeat(100_000)
    const spaces = event('spaces', 'DTSTART:20270104T140000Z', 'DURATION:PT1H', `RRULE:FREQ=DAILY;COUNT=1${' '.repeat(300_000)}`)
    const rules = event('rules', 'DTSTART:20270105T140000Z', 'DURATION:PT1H', ...Array.from({ length: 5000 }, () => 'RRULE:FREQ=SECONDLY'))
    const reminder = event('reminder', 'DTSTART:20270106T140000Z', 'RRULE:FREQ=MINUTELY')
    const reading = await read(open + spaces + rules + reminder)
    expect(reading.times.slice(0, 2)).toEqual(['2027-01-04T14:00:00Z 2027-01-04T15:00:00Z', '2027-01-05T14:00:00Z 2027-01-05T15:00:00Z'])
    expect(reading).toMatchObject({ broken: 1, endless: 1, unknownFrom: '2027-01-05T14:00:00Z' })
  })

  it('keeps the wall clock of a series over a change of the clocks', async () => {
    const reading = await read(
      event(
        'a',
        'DTSTART;TZID=America/New_York:20260105T090000',
        'DTEND;TZID=America/New_York:20260105T100000',
        'RRULE:FREQ=WEEKLY;BYDAY=MO',
      ),
      { from: '2027-03-07T00:00:00Z', to: '2027-03-24T00:00:00Z' },
    )
    expect(starts(reading)).toEqual(['2027-03-08T14:00:00Z', '2027-03-15T13:00:00Z', '2027-03-22T13:00:00Z'])
  })

  it('knows zones by the names of Windows and by old prefixes, and by the rules in the file where the name says nothing', async () => {
    const at = (zone: string) => event('a', `DTSTART;TZID=${zone}:20270104T090000`, `DTEND;TZID=${zone}:20270104T100000`)
    for (const zone of ['Eastern Standard Time', '/mozilla.org/20050126_1/America/New_York', '"America/New_York"'])
      expect(starts(await read(at(zone), { zone: 'Asia/Tokyo' })), zone).toEqual(['2027-01-04T14:00:00Z'])
    const rules =
      'BEGIN:VTIMEZONE\nTZID:Our own\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nEND:STANDARD\nEND:VTIMEZONE\n'
    expect(starts(await read(rules + at('Our own')))).toEqual(['2027-01-04T03:30:00Z'])
    // Nobody knows it: the business's own clock is the likeliest.
    expect(starts(await read(at('Somewhere')))).toEqual(['2027-01-04T14:00:00Z'])
  })

  it('counts whole days on the clock of the calendar', async () => {
    const day = event('a', 'DTSTART;VALUE=DATE:20270104', 'DTEND;VALUE=DATE:20270106')
    expect((await read(day)).times).toEqual(['2027-01-04T05:00:00Z 2027-01-06T05:00:00Z'])
    expect((await read(day, { head: 'X-WR-TIMEZONE:Europe/Madrid\n' })).times).toEqual(['2027-01-03T23:00:00Z 2027-01-05T23:00:00Z'])
  })

  it('does not count what is free, cancelled, or ours', async () => {
    const at = ['DTSTART:20270104T140000Z', 'DTEND:20270104T150000Z'] as const
    const reading = await read(
      event('a', ...at, 'TRANSP:TRANSPARENT') +
        event('b', ...at, 'STATUS:CANCELLED') +
        event('c', ...at, 'X-MICROSOFT-CDO-BUSYSTATUS:FREE') +
        event('d', 'DTSTART:20270104T140000Z') +
        event('ours', ...at),
      { ours: ['ours'] },
    )
    expect(reading).toEqual({ times: [], broken: 0, endless: 0, unknownFromMs: null, unknownFrom: null })
  })

  it('takes the newest of an event that stands there twice', async () => {
    const early = event('a', 'SEQUENCE:2', 'DTSTART:20270104T140000Z', 'DTEND:20270104T150000Z')
    const late = event('a', 'SEQUENCE:1', 'DTSTART:20270105T140000Z', 'DTEND:20270105T150000Z')
    expect((await read(early + late)).times).toEqual(['2027-01-04T14:00:00Z 2027-01-04T15:00:00Z'])
    expect((await read(late + early)).times).toEqual(['2027-01-04T14:00:00Z 2027-01-04T15:00:00Z'])
  })

  it('moves, leaves out and adds single times of a series', async () => {
    const series = event(
      'a',
      'DTSTART;TZID=America/New_York:20270104T090000',
      'DTEND;TZID=America/New_York:20270104T100000',
      'RRULE:FREQ=DAILY;COUNT=4',
      'EXDATE;TZID=America/New_York:20270105T090000',
      'RDATE;TZID=America/New_York:20270120T090000',
    )
    const moved = event(
      'a',
      'RECURRENCE-ID;TZID=America/New_York:20270106T090000',
      'DTSTART;TZID=America/New_York:20270106T160000',
      'DTEND;TZID=America/New_York:20270106T170000',
    )
    expect(starts(await read(series + moved))).toEqual([
      '2027-01-04T14:00:00Z',
      '2027-01-06T21:00:00Z',
      '2027-01-07T14:00:00Z',
      '2027-01-20T14:00:00Z',
    ])
  })

  it('ends a series at its last moment, on its own clock', async () => {
    const series = (until: string) =>
      event('a', 'DTSTART;TZID=America/New_York:20270104T210000', 'DURATION:PT30M', `RRULE:FREQ=DAILY;UNTIL=${until}`)
    // Nine in the evening of the 6th is two in the morning of the 7th in UTC.
    expect(await read(series('20270107T020000Z'))).toMatchObject({ times: { length: 3 } })
    expect(await read(series('20270106'))).toMatchObject({ broken: 0 })
  })

  it('takes stretches that are said to be busy without saying with what', async () => {
    const reading = await read(
      'BEGIN:VFREEBUSY\nUID:f\nDTSTAMP:20261201T000000Z\nFREEBUSY;FBTYPE=BUSY:20270104T140000Z/20270104T150000Z,20270104T160000Z/PT30M\nFREEBUSY;FBTYPE=FREE:20270104T170000Z/PT1H\nEND:VFREEBUSY\n',
    )
    expect(reading.times).toEqual(['2027-01-04T14:00:00Z 2027-01-04T15:00:00Z', '2027-01-04T16:00:00Z 2027-01-04T16:30:00Z'])
  })

  it('unites what touches, and clips what reaches in from before', async () => {
    const reading = await read(
      event('a', 'DTSTART:20261231T230000Z', 'DTEND:20270101T010000Z') +
        event('b', 'DTSTART:20270101T010000Z', 'DTEND:20270101T020000Z') +
        event('c', 'DTSTART:20270101T013000Z', 'DTEND:20270101T014000Z'),
    )
    expect(reading.times).toEqual(['2027-01-01T00:00:00Z 2027-01-01T02:00:00Z'])
  })

  it('reads lines that are folded', async () => {
    expect(starts(await read('BEGIN:VEVENT\nUID:a\nDTSTART:2027010\n 4T140000Z\nDURATION:\n\tPT1H\nEND:VEVENT\n'))).toEqual([
      '2027-01-04T14:00:00Z',
    ])
  })
})
