import type { Booking, Slot, TimeOff } from './queries.ts'

/** A booking for tests: half an hour with Ann, unless said otherwise. Times are minutes past noon UTC on 19 November 2026. */
export function aBooking({
  id,
  from,
  until,
  staff = 'ann',
  status = 'confirmed',
  before = 0,
  after = 0,
  rooms = [],
}: {
  readonly id: string
  readonly from: number
  readonly until: number
  readonly staff?: string
  readonly status?: Booking['status']
  readonly before?: number
  readonly after?: number
  readonly rooms?: readonly string[]
}): Booking {
  const contact = { id: `contact of ${id}` as Booking['contact']['id'], name: `Customer of ${id}` }
  return {
    id: id as Booking['id'],
    status,
    start: noonPlus(from),
    end: noonPlus(until),
    busyFrom: noonPlus(from - before),
    busyUntil: noonPlus(until + after),
    zone: 'UTC',
    wallStart: noonPlus(from).slice(0, 16),
    service: { id: 'cut' as Booking['service']['id'], name: 'Cut', hue: 10 },
    staff: { id: staff as Booking['staff']['id'], name: staff, hue: 100 },
    resources: rooms.map((room) => ({ id: room as Booking['resources'][number]['id'], name: room, kind: 'room' })),
    contact,
    bookedAs: null,
    attendee: contact,
    place: { kind: 'address', detail: null },
    price: null,
    note: null,
    source: 'page',
    contactZone: null,
    contactLocale: null,
    previousBookingId: null,
    movedBy: null,
    heldUntil: null,
    request: null,
    cancelledBy: null,
    cancelReason: null,
    createdAt: noonPlus(-9000),
    updatedAt: noonPlus(-9000),
    version: 1,
  }
}

/** Time off for tests; of everybody without a person or a room. */
export const someTimeOff = (from: number, until: number, staff: string | null = null, room: string | null = null): TimeOff => ({
  id: `off ${from}`,
  staffId: staff as TimeOff['staffId'],
  resourceId: room as TimeOff['resourceId'],
  start: noonPlus(from),
  end: noonPlus(until),
  label: null,
  createdAt: noonPlus(-9000),
  version: 1,
  bookingIds: [],
})

/** Starts on offer for tests. */
export const someSlots = (starts: readonly number[], staff: readonly string[] = ['ann']): Slot[] =>
  starts.map((start) => ({ start: noonPlus(start), end: noonPlus(start + 30), staffIds: staff as Slot['staffIds'] }))

/** A moment some minutes after noon UTC on 19 November 2026. */
export const noonPlus = (minutes: number): string => new Date(Date.UTC(2026, 10, 19, 12, minutes)).toISOString().replace('.000Z', 'Z')
