import type { DateOrder } from '../columns/fields.ts'

/** A day as ISO 8601 writes it, or `--MM-DD` where the year is not known (RFC 6350 §4.3.1). */
export type Day = string

/** What a date is read by. `today` (ISO) decides which century two digits mean. */
export type DateReading = {
  readonly order: DateOrder | null
  readonly today: Day
  /** Days of birth lie in the past. */
  readonly past?: boolean
}

const numeric = /^(\d{1,4})\s?[-/.\s]\s?(\d{1,2})\s?[-/.\s]\s?(\d{4}|\d{1,2})(?:[T\s,].*)?$/
const compact = /^(\d{4})(\d{2})(\d{2})(?:T.*)?$/
const yearless = /^--(\d{2})-?(\d{2})$/
const nothing = /^(?:0{1,4}[-/.]0{1,2}[-/.]0{1,4}|n\/?a|-|null)(?:[T\s].*)?$/i

const months: readonly string[] = [
  'january jan enero ene janvier janv',
  'february feb febrero fevrier fev fevr',
  'march mar marzo mars',
  'april apr abril abr avril avr',
  'may mayo mai',
  'june jun junio juin',
  'july jul julio juillet juil',
  'august aug agosto ago aout',
  'september sep sept septiembre set setiembre septembre',
  'october oct octubre octobre',
  'november nov noviembre novembre',
  'december dec diciembre dic decembre',
]
const monthOfWord = new Map(months.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)))
const idle = new Set('de del of the th st nd rd le er a'.split(' '))

/** A cell without a date although something stands there: Outlook writes 0/0/00. */
export const isNoDate = (cell: string): boolean => nothing.test(cell)

/** Reads a day. `date_could_be_two` where only the column's order could tell, and nobody said which it is. */
export function readDate(cell: string, { order, today, past = false }: DateReading): Day | 'not_a_date' | 'date_could_be_two' {
  const text = cell.trim()
  const [, one, two, three] = numeric.exec(text) ?? []
  if (one !== undefined && two !== undefined && three !== undefined) return numericDay(one, two, three, order, today, past)
  const [, year, month, day] = compact.exec(text) ?? []
  if (year !== undefined) return dayOf(Number(year), Number(month), Number(day))
  const [, ofMonth, ofDay] = yearless.exec(text) ?? []
  if (ofMonth !== undefined) return dayOf(1604, Number(ofMonth), Number(ofDay))
  return wordedDay(text, today, past)
}

function numericDay(one: string, two: string, three: string, order: DateOrder | null, today: Day, past: boolean) {
  const [a, b] = [Number(one), Number(two)]
  if (one.length === 4) return dayOf(a, b, Number(three))
  if (one.length === 3) return 'not_a_date'
  if (order === 'ymd') return dayOf(wholeYear(one, today, past), b, Number(three))
  const year = wholeYear(three, today, past)
  if (a > 12 || order === 'dmy') return dayOf(year, b, a)
  if (b > 12 || order === 'mdy' || a === b) return dayOf(year, a, b)
  return 'date_could_be_two'
}

/** "5 May 1980", "May 5th, 1980", "5 de mayo de 1980", "1er janvier 1980", "05-May-80". */
function wordedDay(text: string, today: Day, past: boolean): Day | 'not_a_date' {
  if (text.length > 40) return 'not_a_date'
  const words = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/(\d)(?:st|nd|rd|th|er)\b/g, '$1')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '' && !idle.has(word))
  const month = words.map((word) => monthOfWord.get(word)).find((found) => found !== undefined)
  const numbers = words.filter((word) => /^\d{1,4}$/.test(word))
  if (month === undefined || numbers.length < 2) return 'not_a_date'
  const [one = '', two = ''] = numbers
  return one.length === 4 ? dayOf(Number(one), month, Number(two)) : dayOf(wholeYear(two, today, past), month, Number(one))
}

function wholeYear(year: string, today: Day, past: boolean): number {
  const number = Number(year)
  if (year.length > 2) return number
  const thisYear = Number(today.slice(0, 4))
  const latest = past ? thisYear : thisYear + 20
  const century = thisYear - (thisYear % 100)
  return century + number > latest ? century - 100 + number : century + number
}

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** 1604 is how iPhones and Google write a day without a year. */
function dayOf(year: number, month: number, day: number): Day | 'not_a_date' {
  const most = month === 2 && !isLeap(year) ? 28 : lengths[month - 1]
  if (most === undefined || day < 1 || day > most || year < 1000) return 'not_a_date'
  const rest = `${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
  return year === 1604 ? `--${rest}` : `${year}-${rest}`
}
