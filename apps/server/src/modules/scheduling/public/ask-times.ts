import { type BookingId, idOf, type StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { staffOf } from '../hosts.ts'
import { type Day, type Days, publicDays } from '../public-days.ts'
import type { ServiceRow } from '../service.tables.ts'
import type { TimeFacts } from './time-page.ts'
import type { Visit } from './visit.ts'

export type AskTimes = {
  readonly visit: Visit
  readonly service: ServiceRow
  readonly query: Readonly<Record<string, string>>
  readonly base: string
  readonly next: string
  readonly movingBookingId?: BookingId | undefined
}

const daysShown = 7
/** Nothing can be booked farther ahead than this (contract: horizonDays). */
const farthestDays = 740

/** Reads the days around the one that was asked for. Without a wish it opens on the first day with a free time. */
export async function askTimes(tx: WorkspaceTx, { visit, service, query, base, next, movingBookingId }: AskTimes): Promise<TimeFacts> {
  const people = await staffOf(tx, service.id)
  const staffId = service.choose_person ? people.find((person) => person.id === query.staff)?.id : undefined
  const today = tx.now.toZonedDateTimeISO(visit.zone).toPlainDate()
  const ask = (from: Temporal.PlainDate): Promise<Days> =>
    publicDays(tx, { service, zone: visit.zone, from, days: daysShown, staffId, movingBookingId })

  const date = dateIn(query.date, today)
  const from = dateIn(query.from, today)
  let days = await ask(from ?? weekOf(date ?? today, today))
  let selected = days.days.find((day) => day.date === date?.toString()) ?? firstOpen(days)
  if (!selected && !date && !from && days.nextOpen !== null) {
    days = await ask(weekOf(Temporal.PlainDate.from(days.nextOpen), today))
    selected = firstOpen(days)
  }
  const shown = selected ?? days.days[0]
  if (!shown) throw new Error('A week without days was asked for.')
  return {
    days,
    selected: shown,
    today,
    base,
    next,
    people,
    nameOf: new Map(people.map((person) => [person.id, person.name])),
    mayChoose: service.choose_person,
    staffId,
    choosingZone: query.choose === 'zone',
  }
}

/** The person that an address names, if it names one. */
export function staffIn(text: string | undefined): StaffId | undefined {
  const parsed = idOf('staff').safeParse(text)
  return parsed.success ? parsed.data : undefined
}

/** The moment that an address names, if it names one. */
export function momentIn(text: string | undefined): Temporal.Instant | undefined {
  try {
    return text === undefined ? undefined : Temporal.Instant.from(text).round('second')
  } catch {
    return undefined
  }
}

const firstOpen = (days: Days): Day | undefined => days.days.find((day) => day.state === 'open')

function dateIn(text: string | undefined, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined
  try {
    const date = Temporal.PlainDate.from(text)
    const ahead = today.until(date).days
    return ahead < 0 || ahead > farthestDays ? undefined : date
  } catch {
    return undefined
  }
}

/** Weeks are counted from today, so that the first one is whole. */
const weekOf = (date: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate =>
  today.add({ days: Math.floor(today.until(date).days / daysShown) * daysShown })
