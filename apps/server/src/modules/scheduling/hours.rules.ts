import type { Hours, HoursException, WeeklyBlock } from '@frontdesk/availability'
import type { StoredException, StoredWeeklyBlock } from './staff.tables.ts'

/** The business's opening hours, as the accounts room gives them. */
export type BusinessHours = {
  readonly zone: string
  readonly weekly: readonly { readonly weekday: number; readonly from: string; readonly to: string }[]
  readonly exceptions: readonly StoredException[]
  /** Closed days of the country, unless an exception says otherwise. */
  readonly holidays: readonly { readonly date: string; readonly label: string }[]
}

/** What a person or a service has of its own: with `ownWeek` another week, and dates that differ. */
export type OwnHoursFacts = {
  readonly ownWeek: boolean
  readonly weekly: readonly StoredWeeklyBlock[]
  readonly exceptions: readonly StoredException[]
}

/**
 * The hours that hold for one person: her own week or the business's; on single dates holidays, then the business's exceptions, then her own. For one date the later
 * one holds (packages/availability).
 */
export function hoursOfPerson(business: BusinessHours, own: OwnHoursFacts | undefined): Hours {
  return {
    zone: business.zone,
    weekly: (own?.ownWeek ? own.weekly : business.weekly).map(engineBlock),
    exceptions: [
      ...business.holidays.map(({ date, label }) => ({ date: Temporal.PlainDate.from(date), blocks: [], label })),
      ...business.exceptions.map(engineException),
      ...(own?.exceptions ?? []).map(engineException),
    ],
  }
}

/** The hours of a service that has its own: its week and dates alone, because those of the people count beside them. A week left to the business is always open. */
export function hoursOfService(zone: string, own: OwnHoursFacts): Hours {
  const wholeWeek = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }))
  return { zone, weekly: own.ownWeek ? own.weekly.map(engineBlock) : wholeWeek, exceptions: own.exceptions.map(engineException) }
}

const engineBlock = ({ weekday, from, to }: StoredWeeklyBlock): WeeklyBlock => ({ weekday, start: from, end: to })

const engineException = (stored: StoredException): HoursException => ({
  date: Temporal.PlainDate.from(stored.date),
  blocks: stored.closed ? [] : stored.blocks.map(({ from, to }) => ({ start: from, end: to })),
  ...(stored.label === null ? {} : { label: stored.label }),
})
