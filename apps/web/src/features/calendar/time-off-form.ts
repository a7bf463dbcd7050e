import { dateIn, instantAt, minuteOf, minuteOn, shiftDate, wallTime } from './clock-days.ts'
import type { TimeOff } from './queries.ts'

/** A closed time as it is filled in, on the clock of the business. */
export type TimeOffValues = {
  /** A person, or a room or device below; both empty for everybody. */
  staffId: string
  resourceId: string
  allDay: boolean
  fromDate: string
  fromTime: string
  /** The last day, where whole days are closed. */
  untilDate: string
  untilTime: string
  label: string
}

/** A free lunch break to begin with. */
export const emptyTimeOff = (date: string): TimeOffValues => ({
  staffId: '',
  resourceId: '',
  allDay: false,
  fromDate: date,
  fromTime: '12:00',
  untilDate: date,
  untilTime: '13:00',
  label: '',
})

/** A closed time as the form shows it: whole days where it begins and ends at midnight. */
export function valuesOfTimeOff(
  { staffId, resourceId, start, end, label }: Pick<TimeOff, 'staffId' | 'resourceId' | 'start' | 'end' | 'label'>,
  zone: string,
): TimeOffValues {
  const [fromDate, untilDate] = [dateIn(start, zone), dateIn(end, zone)]
  const [fromMinute, untilMinute] = [minuteOn(start, fromDate, zone), minuteOn(end, untilDate, zone)]
  const allDay = fromMinute === 0 && untilMinute === 0
  return {
    staffId: staffId ?? '',
    resourceId: resourceId ?? '',
    allDay,
    fromDate,
    fromTime: wallTime(fromMinute),
    untilDate: allDay ? shiftDate(untilDate, -1) : untilDate,
    untilTime: wallTime(untilMinute),
    label: label ?? '',
  }
}

/** From when to when it is closed; nothing where the end does not lie after the beginning, or something is missing. */
export function closedStretch(values: TimeOffValues, zone: string): { readonly start: string; readonly end: string } | undefined {
  const { allDay, fromDate, fromTime, untilDate, untilTime } = values
  if (!fromDate || !untilDate || (!allDay && (!fromTime || !untilTime))) return undefined
  const start = instantAt(fromDate, allDay ? 0 : minuteOf(fromTime), zone)
  const end = allDay ? instantAt(shiftDate(untilDate, 1), 0, zone) : instantAt(untilDate, minuteOf(untilTime), zone)
  return Date.parse(start) < Date.parse(end) ? { start, end } : undefined
}
