/** What the calendar's address says: which days, whose, which booking is open, and whether somebody is being booked. Only what differs from the usual view. */
export type CalendarSearch = {
  readonly view?: 'day'
  /** A day of the week shown, or the day; today where it is left out. */
  readonly date?: string
  /** Whose columns a day has: those of rooms and devices instead of people. */
  readonly by?: 'rooms'
  /** The people shown, by id, with commas between them; everybody where it is left out. */
  readonly staff?: string
  /** The booking whose panel is open. */
  readonly booking?: string
  /** `new`, or the moment at which somebody is being booked. */
  readonly book?: string
  /** The contact who is being booked. */
  readonly contact?: string
  /** The person she is booked with. */
  readonly person?: string
}

/** Reads the address. What makes no sense is left out, so an old or mistyped address still shows a calendar. */
export function readCalendarSearch(search: Readonly<Record<string, unknown>>): CalendarSearch {
  const staff = text(search.staff)
    ?.split(',')
    .filter((id) => isId.test(id))
  const found: Record<keyof CalendarSearch, string | undefined> = {
    view: search.view === 'day' ? 'day' : undefined,
    by: search.by === 'rooms' ? 'rooms' : undefined,
    date: realDate(fitting(search.date, isDate)),
    staff: staff && staff.length > 0 ? staff.join(',') : undefined,
    booking: fitting(search.booking, isId),
    book: fitting(search.book, isBook),
    contact: fitting(search.contact, isId),
    person: fitting(search.person, isId),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const isBook = /^(new|\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z)$/

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const fitting = (value: unknown, shape: RegExp): string | undefined => (shape.test(text(value) ?? '') ? text(value) : undefined)
// The pattern lets 31 February through; a calendar does not.
const realDate = (date: string | undefined): string | undefined =>
  date !== undefined && new Date(Date.parse(date)).toISOString().startsWith(date) ? date : undefined
