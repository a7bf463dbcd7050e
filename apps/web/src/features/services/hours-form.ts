/** One stretch of a day on the wall clock. One that ends at or before its start ends on the next day. */
export type Stretch = { readonly from: string; readonly to: string }
/** A stretch of every week; weekday 1 is Monday. */
export type WeeklyStretch = Stretch & { readonly weekday: number }
/** A day that differs. */
export type DifferentDay = { readonly date: string; readonly closed: boolean; readonly blocks: readonly Stretch[]; readonly label: string }

/** Hours as they are filled in: the week, and the days that differ. */
export type HoursValues = { readonly weekly: readonly WeeklyStretch[]; readonly exceptions: readonly DifferentDay[] }

/** The stretches of one weekday, in order. */
export const stretchesOn = (weekly: readonly WeeklyStretch[], weekday: number): readonly WeeklyStretch[] =>
  weekly.filter((one) => one.weekday === weekday).toSorted((a, b) => a.from.localeCompare(b.from))

/** Puts other stretches in the place of those of one weekday. */
export const setDay = (weekly: readonly WeeklyStretch[], weekday: number, stretches: readonly Stretch[]): readonly WeeklyStretch[] => [
  ...weekly.filter((one) => one.weekday !== weekday),
  ...stretches.map(({ from, to }) => ({ weekday, from, to })),
]

/** Opens a closed day like the nearest open one, or nine to five; closes an open one. */
export function toggleDay(weekly: readonly WeeklyStretch[], weekday: number): readonly WeeklyStretch[] {
  if (stretchesOn(weekly, weekday).length > 0) return setDay(weekly, weekday, [])
  const nearest = weekly.toSorted((a, b) => Math.abs(a.weekday - weekday) - Math.abs(b.weekday - weekday))[0]
  return setDay(weekly, weekday, nearest ? stretchesOn(weekly, nearest.weekday) : [{ from: '09:00', to: '17:00' }])
}

/** Another stretch after the last one of a day: an hour later, an hour long, as far as the day goes. */
export function anotherStretch(stretches: readonly Stretch[]): Stretch {
  const last = Math.max(8 * 60, ...stretches.map(({ from, to }) => (minuteOf(to) > minuteOf(from) ? minuteOf(to) : 24 * 60)))
  const from = Math.min(last + 60, 23 * 60)
  return { from: wall(from), to: wall(from + 60) }
}

/** Copies the stretches of one weekday to others. */
export function copyDay(weekly: readonly WeeklyStretch[], from: number, to: readonly number[]): readonly WeeklyStretch[] {
  const stretches = stretchesOn(weekly, from)
  return to.filter((weekday) => weekday !== from).reduce((all, weekday) => setDay(all, weekday, stretches), weekly)
}

/** What is wrong with hours: by weekday and by the place of a day that differs. */
export type HoursFaults = {
  readonly weekdays: ReadonlyMap<number, 'empty' | 'meet'>
  readonly days: ReadonlyMap<number, 'empty' | 'meet' | 'missing' | 'twice'>
}

/** Looks for stretches without an end, stretches that overlap, and days that stand there twice. */
export function hoursFaults({ weekly, exceptions }: HoursValues): HoursFaults {
  const weekdays = new Map<number, 'empty' | 'meet'>()
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    const fault = stretchFault(stretchesOn(weekly, weekday))
    if (fault) weekdays.set(weekday, fault)
  }
  const days = new Map<number, 'empty' | 'meet' | 'missing' | 'twice'>()
  for (const [index, day] of exceptions.entries()) {
    const fault = dayFault(day, exceptions.slice(0, index))
    if (fault) days.set(index, fault)
  }
  return { weekdays, days }
}

/** Whether anything is wrong. */
export const hoursAreWrong = (values: HoursValues): boolean => {
  const { weekdays, days } = hoursFaults(values)
  return weekdays.size + days.size > 0
}

/** The hours as the server takes them. */
export const hoursBody = (own: boolean, { weekly, exceptions }: HoursValues) => ({
  own,
  weekly: weekly.map(({ weekday, from, to }) => ({ weekday, from, to })),
  exceptions: exceptions.map(({ date, closed, blocks, label }) => ({
    date,
    closed,
    blocks: closed ? [] : blocks.map(({ from, to }) => ({ from, to })),
    ...(label.trim() ? { label: label.trim() } : {}),
  })),
})

/** The hours as the form shows them. */
export const hoursValues = (hours: {
  readonly weekly: readonly WeeklyStretch[]
  readonly exceptions: readonly (Omit<DifferentDay, 'label'> & { readonly label: string | null })[]
}): HoursValues => ({
  weekly: hours.weekly.map(({ weekday, from, to }) => ({ weekday, from: from.slice(0, 5), to: to.slice(0, 5) })),
  exceptions: hours.exceptions.map(({ date, closed, blocks, label }) => ({ date, closed, blocks, label: label ?? '' })),
})

/** Whether a stretch goes beyond midnight. */
export const endsNextDay = ({ from, to }: Stretch): boolean => from !== '' && to !== '' && minuteOf(to) <= minuteOf(from)

function dayFault(day: DifferentDay, before: readonly DifferentDay[]): 'empty' | 'meet' | 'missing' | 'twice' | undefined {
  if (day.date === '') return 'missing'
  if (before.some(({ date }) => date === day.date)) return 'twice'
  if (day.closed) return undefined
  return day.blocks.length === 0 ? 'empty' : stretchFault(day.blocks)
}

function stretchFault(stretches: readonly Stretch[]): 'empty' | 'meet' | undefined {
  if (stretches.some(({ from, to }) => from === '' || to === '' || from === to)) return 'empty'
  const spans = stretches
    .map((stretch) => ({ from: minuteOf(stretch.from), until: minuteOf(stretch.to) + (endsNextDay(stretch) ? 24 * 60 : 0) }))
    .toSorted((a, b) => a.from - b.from)
  return spans.some(({ from }, index) => from < (spans[index - 1]?.until ?? 0)) ? 'meet' : undefined
}

const minuteOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
const wall = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
