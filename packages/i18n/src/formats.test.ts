import { describe, expect, it } from 'vitest'
import { firstWeekday, formats, zoneCity } from './formats.ts'
import { epochMs } from './instant.ts'

const newYork = 'America/New_York'
const nine = '2026-04-24T13:00:00Z'
/** ICU writes narrow and no-break spaces; which one is not our promise. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f\u2009]/g, ' ')

describe('moments', () => {
  it.each(['2026-04-24', '2026-04-24T09:00', '2026-04-24T09:00[America/New_York]', 'soon', ''])(
    'refuses %j, which is no moment',
    (text) => {
      expect(() => epochMs(text)).toThrow(RangeError)
    },
  )

  it('reads Temporal, numbers and ISO strings alike', () => {
    const ms = Date.UTC(2026, 3, 24, 13)
    const forms = [ms, nine, '2026-04-24T09:00:00.000-04:00', '2026-04-24T09:00:00-04:00[America/New_York]', Temporal.Instant.from(nine)]
    expect(forms.map(epochMs)).toEqual(forms.map(() => ms))
    expect(epochMs(Temporal.Instant.from(nine).toZonedDateTimeISO(newYork))).toBe(ms)
  })
})

describe('refusals', () => {
  it('refuses an unknown zone and a broken day or time', () => {
    expect(() => formats('en', 'Mars/Olympus')).toThrow(RangeError)
    expect(() => formats('en', 'UTC').plainDate('2026-02-xx')).toThrow('"2026-02-xx" is not a calendar day')
    expect(() => formats('en', 'UTC').wallTime('noon')).toThrow('"noon" is not a time of day')
  })
})

describe('dates and times follow the reader', () => {
  it.each([
    ['en-US', 'Apr 24, 2026', '9:00 AM', 'Friday, April 24', '9:00 – 9:45 AM'],
    ['en-GB', '24 Apr 2026', '09:00', 'Friday 24 April', '09:00–09:45'],
    ['en-US-u-hc-h23', 'Apr 24, 2026', '09:00', 'Friday, April 24', '09:00 – 09:45'],
    ['es', '24 abr 2026', '9:00', 'viernes, 24 de abril', '9:00–9:45'],
    ['fr', '24 avr. 2026', '09:00', 'vendredi 24 avril', '09:00 – 09:45'],
  ])('in %s', (tag, date, time, weekdayDate, range) => {
    const format = formats(tag, newYork)
    const said = [format.date(nine), format.time(nine), format.weekdayDate(nine), format.timeRange(nine, '2026-04-24T13:45:00Z')]
    expect(said.map(plain)).toEqual([date, time, weekdayDate, range])
  })

  it('shows the same moment in the zone asked', () => {
    expect(plain(formats('en-US', 'Asia/Kathmandu').dateTime(nine))).toBe('Apr 24, 2026, 6:45 PM')
    expect(plain(formats('en-US', newYork).weekdayDateTime(nine))).toBe('Friday, April 24, 2026 at 9:00 AM')
    expect(plain(formats('en-US', newYork).weekdayDate(nine, { year: true }))).toBe('Friday, April 24, 2026')
    expect(plain(formats('en-US', newYork).month(nine))).toBe('April 2026')
    expect(plain(formats('en-US', newYork).dateRange('2026-04-20T12:00:00Z', '2026-04-26T12:00:00Z'))).toBe('Apr 20 – 26, 2026')
  })

  it('writes days, clocks and weekdays that have no zone', () => {
    const format = formats('en-US', 'Pacific/Kiritimati')
    expect(format.plainDate('2026-12-25')).toBe('Dec 25, 2026')
    expect(format.plainDate('2026-12-25', 'weekday')).toBe('Friday, December 25')
    expect(['09:00', '17:30:00', '24:00'].map((time) => plain(format.wallTime(time)))).toEqual(['9:00 AM', '5:30 PM', '12:00 AM'])
    expect([1, 7].map((day) => format.weekday(day))).toEqual(['Monday', 'Sunday'])
    expect([1, 7].map((day) => formats('fr', 'UTC').weekday(day, 'short'))).toEqual(['lun.', 'dim.'])
  })

  it('names the zone', () => {
    const format = formats('en-US', newYork)
    expect([format.zoneName(nine), format.zoneName(nine, 'short'), format.zoneName(nine, 'offset')]).toEqual([
      'Eastern Time',
      'ET',
      'GMT-4',
    ])
    expect(format.zoneName('2026-01-24T13:00:00Z', 'offset')).toBe('GMT-5')
    expect(zoneCity('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
  })

  it.each([
    ['en-US', 7],
    ['en-GB', 1],
    ['es-MX', 7],
    ['fr', 1],
    ['ar-EG', 6],
  ])('knows the first day of the week in %s', (tag, day) => {
    expect(firstWeekday(tag)).toBe(day)
  })
})

describe('relative time', () => {
  const format = formats('en-US', newYork)
  it.each([
    ['2026-04-24T13:00:20Z', 'now'],
    ['2026-04-24T13:05:00Z', 'in 5 minutes'],
    ['2026-04-24T12:59:00Z', '1 minute ago'],
    ['2026-04-24T16:00:00Z', 'in 3 hours'],
    ['2026-04-23T14:30:00Z', 'yesterday'],
    ['2026-04-25T13:00:00Z', 'tomorrow'],
    // 35 hours ahead in elapsed time, but only one local midnight away
    ['2026-04-26T03:30:00Z', 'tomorrow'],
    ['2026-05-01T13:00:00Z', 'in 7 days'],
    ['2026-05-15T13:00:00Z', 'in 3 weeks'],
    ['2025-12-24T13:00:00Z', '4 months ago'],
    ['2024-04-24T13:00:00Z', '2 years ago'],
  ])('calls %s %s', (at, said) => {
    expect(format.relative(at, nine)).toBe(said)
  })

  it('speaks the language of the reader', () => {
    expect(formats('es', newYork).relative('2026-04-25T13:00:00Z', nine)).toBe('mañana')
    expect(formats('fr', newYork).relative('2026-04-24T13:05:00Z', nine)).toBe('dans 5 minutes')
  })
})

describe('lengths, money, numbers', () => {
  it.each([
    [0, '0 min', '0 minutes'],
    [45, '45 min', '45 minutes'],
    [60, '1 h', '1 hour'],
    [90, '1 h 30 min', '1 hour 30 minutes'],
    [1500, '25 h', '25 hours'],
  ])('says %i minutes short and in words', (minutes, short, words) => {
    expect([formats('en', 'UTC').duration(minutes), formats('en', 'UTC').durationInWords(minutes)]).toEqual([short, words])
  })

  it('says lengths in the language of the reader', () => {
    expect(plain(formats('es', 'UTC').durationInWords(90))).toBe('1 hora 30 minutos')
    expect(plain(formats('fr', 'UTC').durationInWords(90))).toBe('1 heure 30 minutes')
    expect(formats('fr', 'UTC').duration(90)).toBe('1\u202fh 30\u202fmin')
  })

  it.each([
    ['en-US', 'USD', 6000, '$60.00', '$60'],
    ['en-US', 'USD', '6050', '$60.50', '$60.50'],
    ['fr-FR', 'EUR', 123456n, '1 234,56 €', '1 234,56 €'],
    ['en-US', 'JPY', 6000, '¥6,000', '¥6,000'],
    ['en-US', 'KWD', 6000, 'KWD 6.000', 'KWD 6'],
    ['en-US', 'USD', '999999999999999', '$9,999,999,999,999.99', '$9,999,999,999,999.99'],
  ])('writes money in %s %s', (tag, currency, minor, full, short) => {
    const format = formats(tag, 'UTC')
    expect([plain(format.money({ minor, currency })), plain(format.money({ minor, currency }, { short: true }))]).toEqual([full, short])
  })

  it('writes numbers, shares and lists', () => {
    const format = formats('en-US', 'UTC')
    expect([format.number(1234.5), format.percent(0.125), format.list(['Ann', 'Bo', 'Cy'])]).toEqual([
      '1,234.5',
      '12.5%',
      'Ann, Bo, and Cy',
    ])
  })
})
