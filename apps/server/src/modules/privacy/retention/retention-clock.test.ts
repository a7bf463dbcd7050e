import { describe, expect, it } from 'vitest'
import { endedBefore, nextNight, nightOf } from './retention-clock.rules.ts'

const at = (text: string) => Temporal.Instant.from(text)
const NEW_YORK = 'America/New_York'

describe('the night', () => {
  it.each([
    ['one minute before three belongs to the day before', '2027-01-04T07:59:00Z', '2027-01-03'],
    ['three begins it', '2027-01-04T08:00:00Z', '2027-01-04'],
    ['the hour that spring skips: four begins it', '2027-03-14T07:00:00Z', '2027-03-14'],
    ['the hour that autumn repeats begins nothing', '2027-11-07T06:30:00Z', '2027-11-06'],
  ])('%s', (_what, now, night) => expect(nightOf(at(now), NEW_YORK).toString()).toBe(night))

  it.each([
    ['comes at three', '2027-01-04T14:00:00Z', '2027-01-05T08:00:00Z'],
    ['comes today while it is before three', '2027-01-04T06:00:00Z', '2027-01-04T08:00:00Z'],
    ['comes in the first hour after the skipped ones', '2027-03-13T20:00:00Z', '2027-03-14T07:00:00Z'],
  ])('%s', (_what, now, next) => expect(nextNight(at(now), NEW_YORK).toString()).toBe(next))

  it('counts days of 24 hours', () => expect(endedBefore(at('2027-03-15T08:00:00Z'), 1).toString()).toBe('2027-03-14T08:00:00Z'))
})
