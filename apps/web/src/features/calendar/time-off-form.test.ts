import { expect, it } from 'vitest'
import { closedStretch, emptyTimeOff, valuesOfTimeOff } from './time-off-form.ts'

const zone = 'America/New_York'
const lunch = emptyTimeOff('2026-11-19')

it('refuses an end that does not lie after the beginning, and half a time', () => {
  expect(closedStretch({ ...lunch, untilTime: '12:00' }, zone)).toBeUndefined()
  expect(closedStretch({ ...lunch, untilDate: '2026-11-18' }, zone)).toBeUndefined()
  expect(closedStretch({ ...lunch, fromTime: '' }, zone)).toBeUndefined()
  expect(closedStretch({ ...lunch, allDay: true, untilDate: '2026-11-18' }, zone)).toBeUndefined()
})

it('takes hours, whole days and nights', () => {
  expect(closedStretch(lunch, zone)).toEqual({ start: '2026-11-19T17:00:00Z', end: '2026-11-19T18:00:00Z' })
  expect(closedStretch({ ...lunch, allDay: true, untilDate: '2026-11-20' }, zone)).toEqual({
    start: '2026-11-19T05:00:00Z',
    end: '2026-11-21T05:00:00Z',
  })
  expect(closedStretch({ ...lunch, fromTime: '22:00', untilDate: '2026-11-20', untilTime: '02:00' }, zone)).toEqual({
    start: '2026-11-20T03:00:00Z',
    end: '2026-11-20T07:00:00Z',
  })
})

it.each([
  { ...lunch, label: 'Lunch', staffId: 'ann' },
  { ...lunch, allDay: true, fromTime: '00:00', untilDate: '2026-11-21', untilTime: '00:00' },
])('shows again what was filled in', (values) => {
  const stretch = closedStretch(values, zone)
  expect(
    stretch &&
      valuesOfTimeOff({ ...stretch, staffId: (values.staffId || null) as null, resourceId: null, label: values.label || null }, zone),
  ).toEqual(values)
})
