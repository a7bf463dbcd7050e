import type { HolidaySetName } from '@frontdesk/contract'

/** A public holiday: the date on which a business that keeps it is closed. */
export type Holiday = { readonly date: Temporal.PlainDate; readonly label: string }

/** How a holiday's date follows from the year. Weekdays are ISO numbers; `moved` is the rule for holidays that fall on a weekend. */
type Rule = { readonly label: string; readonly moved?: 'nearest' | 'next' } & (
  | { readonly month: number; readonly day: number }
  /** `nth` 1 is the first such weekday of the month, -1 the last. */
  | { readonly month: number; readonly weekday: number; readonly nth: number }
  /** The last such weekday before a date. */
  | { readonly month: number; readonly weekday: number; readonly before: number }
  | { readonly easter: number }
)

const fixed = (month: number, day: number, label: string, moved?: 'nearest' | 'next'): Rule => ({
  month,
  day,
  label,
  ...(moved ? { moved } : {}),
})
const nth = (month: number, weekday: number, count: number, label: string): Rule => ({ month, weekday, nth: count, label })
const easter = (days: number, label: string): Rule => ({ easter: days, label })

/** Nationwide public holidays only. Sources, read in 2026: 5 U.S.C. 6103; Canada Labour Code s. 166; Ley Federal del Trabajo art. 74 (MX); gov.uk/bank-holidays (England and
 * Wales); Organisation of Working Time Act 1997, sch. 2 (IE); Code du travail L3133-1 (FR); Estatuto de los Trabajadores art. 37.2 and RD 2001/1983 art. 45 (ES). */
const sets: Readonly<Record<HolidaySetName, readonly Rule[]>> = {
  us: [
    fixed(1, 1, "New Year's Day", 'nearest'),
    nth(1, 1, 3, 'Martin Luther King Jr. Day'),
    nth(2, 1, 3, "Washington's Birthday"),
    nth(5, 1, -1, 'Memorial Day'),
    fixed(6, 19, 'Juneteenth', 'nearest'),
    fixed(7, 4, 'Independence Day', 'nearest'),
    nth(9, 1, 1, 'Labor Day'),
    nth(10, 1, 2, 'Columbus Day'),
    fixed(11, 11, 'Veterans Day', 'nearest'),
    nth(11, 4, 4, 'Thanksgiving Day'),
    fixed(12, 25, 'Christmas Day', 'nearest'),
  ],
  ca: [
    fixed(1, 1, "New Year's Day"),
    easter(-2, 'Good Friday'),
    { month: 5, weekday: 1, before: 25, label: 'Victoria Day' },
    fixed(7, 1, 'Canada Day'),
    nth(9, 1, 1, 'Labour Day'),
    fixed(9, 30, 'National Day for Truth and Reconciliation'),
    nth(10, 1, 2, 'Thanksgiving Day'),
    fixed(11, 11, 'Remembrance Day'),
    fixed(12, 25, 'Christmas Day'),
    fixed(12, 26, 'Boxing Day'),
  ],
  mx: [
    fixed(1, 1, 'Año Nuevo'),
    nth(2, 1, 1, 'Día de la Constitución'),
    nth(3, 1, 3, 'Natalicio de Benito Juárez'),
    fixed(5, 1, 'Día del Trabajo'),
    fixed(9, 16, 'Día de la Independencia'),
    nth(11, 1, 3, 'Día de la Revolución'),
    fixed(12, 25, 'Navidad'),
  ],
  gb: [
    fixed(1, 1, "New Year's Day", 'next'),
    easter(-2, 'Good Friday'),
    easter(1, 'Easter Monday'),
    nth(5, 1, 1, 'Early May bank holiday'),
    nth(5, 1, -1, 'Spring bank holiday'),
    nth(8, 1, -1, 'Summer bank holiday'),
    fixed(12, 25, 'Christmas Day', 'next'),
    fixed(12, 26, 'Boxing Day', 'next'),
  ],
  ie: [
    fixed(1, 1, "New Year's Day"),
    fixed(3, 17, "Saint Patrick's Day"),
    easter(1, 'Easter Monday'),
    nth(5, 1, 1, 'May Day'),
    nth(6, 1, 1, 'June holiday'),
    nth(8, 1, 1, 'August holiday'),
    nth(10, 1, -1, 'October holiday'),
    fixed(12, 25, 'Christmas Day'),
    fixed(12, 26, "Saint Stephen's Day"),
  ],
  fr: [
    fixed(1, 1, 'Jour de l’an'),
    easter(1, 'Lundi de Pâques'),
    fixed(5, 1, 'Fête du Travail'),
    fixed(5, 8, 'Victoire 1945'),
    easter(39, 'Ascension'),
    easter(50, 'Lundi de Pentecôte'),
    fixed(7, 14, 'Fête nationale'),
    fixed(8, 15, 'Assomption'),
    fixed(11, 1, 'Toussaint'),
    fixed(11, 11, 'Armistice 1918'),
    fixed(12, 25, 'Noël'),
  ],
  es: [
    fixed(1, 1, 'Año Nuevo'),
    fixed(1, 6, 'Epifanía del Señor'),
    easter(-2, 'Viernes Santo'),
    fixed(5, 1, 'Fiesta del Trabajo'),
    fixed(8, 15, 'Asunción de la Virgen'),
    fixed(10, 12, 'Fiesta Nacional de España'),
    fixed(11, 1, 'Todos los Santos'),
    fixed(12, 6, 'Día de la Constitución'),
    fixed(12, 8, 'Inmaculada Concepción'),
    fixed(12, 25, 'Navidad'),
  ],
}

/** Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher). */
export function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const number = h + l - 7 * m + 114
  return new Temporal.PlainDate(year, Math.floor(number / 31), (number % 31) + 1)
}

function dateOf(rule: Rule, year: number): Temporal.PlainDate {
  if ('easter' in rule) return easterSunday(year).add({ days: rule.easter })
  if ('day' in rule) return new Temporal.PlainDate(year, rule.month, rule.day)
  if ('before' in rule) {
    const last = new Temporal.PlainDate(year, rule.month, rule.before - 1)
    return last.subtract({ days: (last.dayOfWeek - rule.weekday + 7) % 7 })
  }
  if (rule.nth > 0) {
    const first = new Temporal.PlainDate(year, rule.month, 1)
    return first.add({ days: ((rule.weekday - first.dayOfWeek + 7) % 7) + 7 * (rule.nth - 1) })
  }
  const last = new Temporal.PlainDate(year, rule.month, 1).add({ months: 1 }).subtract({ days: 1 })
  return last.subtract({ days: (last.dayOfWeek - rule.weekday + 7) % 7 })
}

/** Where a weekend's holiday is kept instead: `nearest` Friday or Monday, or the `next` weekday that is not itself a holiday. */
function observed(date: Temporal.PlainDate, moved: Rule['moved'], taken: ReadonlySet<string>): Temporal.PlainDate {
  if (moved === undefined || date.dayOfWeek < 6) return date
  if (moved === 'nearest') return date.dayOfWeek === 6 ? date.subtract({ days: 1 }) : date.add({ days: 1 })
  let day = date
  while (day.dayOfWeek > 5 || taken.has(day.toString())) day = day.add({ days: 1 })
  return day
}

function holidaysOfYear(set: HolidaySetName, year: number): readonly Holiday[] {
  const found = sets[set].map((rule) => ({ rule, date: dateOf(rule, year) }))
  const taken = new Set(found.filter(({ date }) => date.dayOfWeek < 6).map(({ date }) => date.toString()))
  return found.map(({ rule, date }) => {
    const day = observed(date, rule.moved, taken)
    if (!day.equals(date)) taken.add(day.toString())
    return { date: day, label: rule.label }
  })
}

/** The holidays of a set from one day to another, both included, in order. */
export function holidaysBetween(set: HolidaySetName, from: Temporal.PlainDate, to: Temporal.PlainDate): readonly Holiday[] {
  const years = Array.from({ length: to.year - from.year + 2 }, (_, n) => from.year + n) // New Year's Day may be kept in the year before
  return years
    .flatMap((year) => holidaysOfYear(set, year))
    .filter(({ date }) => Temporal.PlainDate.compare(date, from) >= 0 && Temporal.PlainDate.compare(date, to) <= 0)
    .sort((a, b) => Temporal.PlainDate.compare(a.date, b.date))
}
