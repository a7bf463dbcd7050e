import { monthsAfter } from '@frontdesk/deadlines'
import { dayMs } from './open-times.ts'

/** The same instant of the day so many calendar months later, in UTC: the day of a shorter month is its last. */
export function monthsLater(ms: number, months: number): number {
  const day = Math.floor(ms / dayMs)
  return monthsAfter(day, months) * dayMs + (ms - day * dayMs)
}
