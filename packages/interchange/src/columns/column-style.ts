import type { Guess } from '../refusal.ts'
import type { DateOrder } from './fields.ts'
import type { ColumnContent } from './survey-columns.ts'

/** Countries that write the month first (CLDR 48). */
const monthFirst = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MP', 'PH', 'BZ', 'FM', 'PW', 'MH'])
/** Countries that write decimals with a full stop; most others use a comma (CLDR 48). Canada does either. */
const pointCountries = new Set(
  'US CA GB IE AU NZ IN PK BD LK MY SG PH HK CN JP KR TW TH IL MX GT HN NI SV PA DO PR KE NG GH UG TZ ZW CH LI'.split(' '),
)

/**
 * The order of day and month in a column. One date that can only be read in one way decides for all; where both ways come up, or none, somebody has to be asked: `value` is then null or the
 * habit of the country, with little confidence.
 */
export function dateOrderOf({ dates }: ColumnContent, country: string | null): Guess<DateOrder | null> {
  const { dmy, mdy, ymd, either } = dates
  if (dmy > 0 && mdy > 0) return { value: null, confidence: 0, reasons: [{ code: 'both_orders', dmy, mdy }] }
  if (dmy > 0)
    return { value: 'dmy', confidence: dmy === 1 && either > 100 ? 0.7 : 0.98, reasons: [{ code: 'days_come_first', dates: dmy }] }
  if (mdy > 0)
    return { value: 'mdy', confidence: mdy === 1 && either > 100 ? 0.7 : 0.98, reasons: [{ code: 'months_come_first', dates: mdy }] }
  if (either === 0) return { value: 'ymd', confidence: ymd > 0 ? 0.99 : 0.8, reasons: [{ code: 'years_come_first', dates: ymd }] }
  if (country === null) return { value: null, confidence: 0, reasons: [{ code: 'could_be_either', dates: either }] }
  return {
    value: monthFirst.has(country) ? 'mdy' : 'dmy',
    confidence: 0.4,
    reasons: [{ code: 'habit_of_the_country', country, dates: either }],
  }
}

/** The decimal sign of a column. */
export function decimalOf({ decimals }: ColumnContent, country: string | null): Guess<'.' | ','> {
  const { points, commas, unclear } = decimals
  if (points > commas) return { value: '.', confidence: commas === 0 ? 0.98 : 0.6, reasons: [{ code: 'decimal_points', cells: points }] }
  if (commas > points) return { value: ',', confidence: points === 0 ? 0.98 : 0.6, reasons: [{ code: 'decimal_commas', cells: commas }] }
  const habit = country !== null && !pointCountries.has(country) ? ',' : '.'
  return {
    value: habit,
    confidence: unclear === 0 ? 0.95 : 0.4,
    reasons: [{ code: unclear === 0 ? 'no_decimals' : 'habit_of_the_country' }],
  }
}
