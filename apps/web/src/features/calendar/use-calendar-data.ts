import { keepPreviousData, type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { hoursOfResourcesQuery, type Resource, resourcesQuery } from '../services/resources/queries.ts'
import { shiftDate, stretchOf } from './clock-days.ts'
import type { Column } from './column-blocks.ts'
import { hoursOf, type WeekHours } from './open-hours.ts'
import {
  type Booking,
  bookingsQuery,
  hoursOfPeopleQuery,
  openingHoursQuery,
  type Service,
  type Staff,
  servicesQuery,
  staffQuery,
  type TimeOff,
  timeOffQuery,
} from './queries.ts'
import type { CalendarView } from './use-calendar-view.ts'

/** Everything that is drawn. */
export type CalendarData = {
  readonly bookings: readonly Booking[]
  readonly timeOff: readonly TimeOff[]
  /** People who can be booked, and those who have bookings in sight. */
  readonly people: readonly Staff[]
  /** Rooms and devices in use, and those that bookings in sight have. */
  readonly resources: readonly Resource[]
  /** Of the people, whom the address asks for. */
  readonly shown: readonly Staff[]
  readonly services: readonly Service[]
  readonly columns: readonly Column[]
  /** The hours that hold in a column. */
  readonly hoursIn: (column: Column) => WeekHours | undefined
  /** Not everything has come yet. */
  readonly pending: boolean
  readonly error: unknown
  readonly reload: () => void
}

/** Loads what the view shows, and the days beside it, so that turning the page shows them at once. */
export function useCalendarData({ stretch, dates, kind, search, zone, week, date }: CalendarView): CalendarData {
  const queries = useQueryClient()
  const bookings = useQuery({ ...bookingsQuery(stretch), placeholderData: keepPreviousData })
  const timeOff = useQuery({ ...timeOffQuery(stretch), placeholderData: keepPreviousData })
  const staff = useQuery(staffQuery)
  const services = useQuery(servicesQuery)
  const rooms = useQuery(resourcesQuery)
  const opening = useQuery(openingHoursQuery)

  const wanted = search.staff?.split(',')
  const busy = new Set(bookings.data?.map((booking) => booking.staff.id))
  const people = (staff.data ?? []).filter((person) => person.active || busy.has(person.id))
  const shown = wanted ? people.filter((person) => wanted.includes(person.id)) : people
  const has = new Set(bookings.data?.flatMap((booking) => booking.resources.map(({ id }) => id)))
  const resources = (rooms.data ?? []).filter((resource) => resource.active || has.has(resource.id))
  const byRoom = kind === 'day' && search.by === 'rooms' && resources.length > 0
  const roomHours = useQuery(hoursOfResourcesQuery(queries, byRoom ? resources.map(({ id }) => id) : [])).data
  const byPerson = kind === 'day' && !byRoom && shown.length > 1
  const hours = useQuery(hoursOfPeopleQuery(queries, byPerson || shown.length === 1 ? shown.map(({ id }) => id) : [])).data
  const columns: readonly Column[] = byRoom
    ? resources.map((resource) => ({ key: `${date} ${resource.id}`, date, resourceId: resource.id }))
    : byPerson
      ? shown.map((person) => ({ key: `${date} ${person.id}`, date, staffId: person.id }))
      : dates.map((day) => ({ key: day, date: day, ...(shown.length === 1 && shown[0] ? { staffId: shown[0].id } : {}) }))

  usePrefetchBeside(queries, kind === 'day' ? [date] : week, zone)
  const all = [bookings, timeOff, staff, services, rooms, opening]
  return {
    bookings: (bookings.data ?? []).filter((booking) => !wanted || wanted.includes(booking.staff.id)),
    timeOff: (timeOff.data ?? []).filter((off) => !wanted || off.staffId === null || wanted.includes(off.staffId)),
    people,
    resources,
    shown,
    services: services.data ?? [],
    columns,
    hoursIn: ({ staffId, resourceId }) => {
      if (!opening.data) return undefined
      if (resourceId !== undefined) return hoursOf(roomHours?.[resources.findIndex(({ id }) => id === resourceId)], opening.data)
      const index = shown.findIndex((person) => person.id === staffId)
      return hoursOf(hours?.[index], opening.data)
    },
    pending: all.some((query) => query.isPending),
    error: all.find((query) => query.isError && query.data === undefined)?.error,
    reload: () => {
      for (const query of all) if (query.isError) void query.refetch()
    },
  }
}

function usePrefetchBeside(queries: QueryClient, days: readonly string[], zone: string): void {
  const [first = '', last = ''] = [days[0], days.at(-1)]
  useEffect(() => {
    const length = days.length
    for (const by of [length, -length]) {
      const beside = stretchOf(shiftDate(first, by), shiftDate(last, by), zone)
      void queries.prefetchQuery(bookingsQuery(beside))
      void queries.prefetchQuery(timeOffQuery(beside))
    }
  }, [queries, first, last, zone, days.length])
}
