import { describe, expect, it } from 'vitest'
import { answerBy, partBits, partsIn, suits, weekdayBits, weekdaysIn } from './waitlist.rules.ts'

const zone = 'America/New_York'
const date = (text: string) => Temporal.PlainDate.from(text)
const at = (text: string) => Temporal.Instant.from(text)
const ms = (text: string) => at(text).epochMilliseconds

describe('what suits', () => {
  const wishes = {
    from_date: date('2027-01-05'),
    until_date: date('2027-01-08'),
    weekdays: weekdayBits([2, 5]),
    parts: partBits(['morning', 'evening']),
  }
  it.each([
    ['2027-01-04T15:00:00Z', false, 'the day before'],
    ['2027-01-05T15:00:00Z', true, 'Tuesday, ten in the morning'],
    ['2027-01-05T17:00:00Z', false, 'Tuesday noon is the afternoon'],
    ['2027-01-05T22:00:00Z', true, 'Tuesday, five in the evening'],
    ['2027-01-06T15:00:00Z', false, 'a Wednesday'],
    ['2027-01-09T04:30:00Z', true, 'late on Friday, Saturday elsewhere'],
    ['2027-01-12T15:00:00Z', false, 'the Tuesday after'],
  ])('%s: %s, %s', (start, expected, _why) => expect(suits(wishes, at(start), zone)).toBe(expected))

  it('is kept as bits and read again', () => {
    expect(weekdaysIn(weekdayBits([7, 1, 3]))).toEqual([1, 3, 7])
    expect(weekdayBits([1, 2, 3, 4, 5, 6, 7])).toBe(127)
    expect(partsIn(partBits(['evening', 'morning']))).toEqual(['morning', 'evening'])
  })
})

describe('until when an offer stands', () => {
  const open = [
    { startMs: ms('2027-01-04T14:00:00Z'), endMs: ms('2027-01-04T22:00:00Z') },
    { startMs: ms('2027-01-05T14:00:00Z'), endMs: ms('2027-01-05T22:00:00Z') },
  ]
  const by = (now: string, start: string, minutes = 60) => answerBy({ now: at(now), start: at(start), minutes, open })?.toString() ?? null
  it.each([
    ['2027-01-04T15:00:00Z', '2027-01-06T15:00:00Z', '2027-01-04T16:00:00Z', 'an hour while it is open'],
    ['2027-01-04T21:30:00Z', '2027-01-06T15:00:00Z', '2027-01-05T14:30:00Z', 'the rest of the hour next morning'],
    ['2027-01-05T03:00:00Z', '2027-01-06T15:00:00Z', '2027-01-05T15:00:00Z', 'nobody has to wake up for it'],
    ['2027-01-04T15:00:00Z', '2027-01-04T16:00:00Z', '2027-01-04T15:30:00Z', 'half an hour before it begins at the latest'],
    ['2027-01-04T15:00:00Z', '2027-01-04T15:40:00Z', null, 'too late to offer it at all'],
    ['2027-01-05T22:30:00Z', '2027-02-06T15:00:00Z', '2027-01-08T22:30:00Z', 'three days at most while it stays closed'],
  ])('offered at %s for %s: %s, %s', (now, start, expected, _why) => expect(by(now, start)).toBe(expected))
})
