import { type Busy, type ClosedReason, explainSlot } from '@frontdesk/availability'
import type { BookingId, Principal, ServiceId, SlotExplanation, StaffId } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { calendarNames, unreadCalendars } from './calendars/external-busy.ts'
import { serviceById } from './find-service.ts'
import { questionOf, serviceHosts } from './hosts.ts'
import { inTheWay, unmeetable } from './resources/needs.rules.ts'
import { schedulingPolicy } from './scheduling.policy.ts'

export type ExplainClosed = {
  readonly serviceId: ServiceId
  readonly start: Temporal.Instant
  readonly staffId?: StaffId | undefined
  readonly movingBookingId?: BookingId | undefined
}
type Explanation = z.output<typeof SlotExplanation>
type Reason = Explanation['staff'][number]['reasons'][number]

/** Why a time can be booked or cannot, person by person and room by room: the first reason is the one to say first. */
export async function explainClosed(tx: WorkspaceTx, by: Principal, wish: ExplainClosed): Promise<Explanation> {
  schedulingPolicy.require(by, 'bookings.read')
  const service = await serviceById(tx, wish.serviceId)
  const end = wish.start.add({ minutes: service.duration_minutes })
  const hosts = await serviceHosts(tx, service, { from: wish.start, to: end, staffId: wish.staffId, movingBookingId: wish.movingBookingId })
  const paused = !service.active || service.archived_at !== null
  const { from: _from, to: _to, ...question } = questionOf(hosts, tx.now, wish.start, end)
  const found = explainSlot(question, wish.start)
  const people = hosts.staff.map((person) => person.id)
  const names = await calendarNames(tx, people)
  const unread = await unreadCalendars(tx, people, wish.start)
  const reasonsOf = new Map(found.closed.map(({ hostId, reasons }) => [hostId, reasons.map((reason) => present(reason, names))]))
  const wanted = inTheWay(hosts.needs, (id) => !reasonsOf.has(id))
  return {
    open: found.open && !paused,
    start: wish.start.toString(),
    end: end.toString(),
    zone: hosts.zone,
    service: [
      ...(paused ? [{ code: 'paused' as const }] : []),
      ...(hosts.staff.length === 0 ? [{ code: 'nobody' as const }] : []),
      ...(unmeetable(hosts.needs) ? [{ code: 'resource_missing' as const }] : []),
      ...(reasonsOf.get(service.id) ?? []),
    ],
    staff: hosts.staff.map((person) => {
      const reasons = reasonsOf.get(person.id) ?? []
      return { staffId: person.id, name: person.name, open: reasons.length === 0, reasons, unread: [...(unread.get(person.id) ?? [])] }
    }),
    resources: hosts.resources.map(({ id, name, kind }) => {
      const reasons = reasonsOf.get(id) ?? []
      return { resourceId: id, name, kind, open: reasons.length === 0, inTheWay: wanted.has(id), reasons }
    }),
  }
}

const nothing: Omit<Reason, 'code'> = {
  at: null,
  date: null,
  label: null,
  busyFrom: null,
  busyUntil: null,
  bookingId: null,
  stepMinutes: null,
  side: null,
  travelMinutes: null,
  per: null,
  counts: null,
  used: null,
  most: null,
  missing: [],
}
const moment = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString()

function present(reason: ClosedReason, calendars: ReadonlyMap<string, string>): Reason {
  switch (reason.code) {
    case 'past':
    case 'outside_hours':
      return { ...nothing, code: reason.code }
    case 'notice':
      return { ...nothing, code: reason.code, at: moment(reason.earliestMs) }
    case 'horizon':
      return { ...nothing, code: reason.code, at: moment(reason.endMs) }
    case 'runs_past_hours':
      return { ...nothing, code: reason.code, at: moment(reason.hoursEndMs) }
    case 'exception':
      return { ...nothing, code: reason.code, date: reason.date, label: reason.label ?? null }
    case 'off_step':
      return { ...nothing, code: reason.code, stepMinutes: reason.stepMinutes }
    case 'skill':
      return { ...nothing, code: reason.code, missing: [...reason.missing] }
    case 'limit':
      return { ...nothing, code: reason.code, per: reason.per, counts: reason.counts, used: reason.used, most: reason.most }
    case 'full':
      return { ...nothing, code: reason.code, busyFrom: moment(reason.startMs), busyUntil: moment(reason.endMs), most: reason.capacity }
    case 'travel': {
      const travelMinutes = Number.isFinite(reason.minutes) ? Math.ceil(reason.minutes) : null
      return { ...whatStands(reason.busy), code: reason.code, side: reason.side, travelMinutes }
    }
    case 'buffer':
      return unreadIn(reason.busy, calendars) ?? { ...whatStands(reason.busy), code: reason.code, side: reason.side }
    case 'busy': {
      const [kind, id = ''] = reason.busy.ref?.split(':') ?? []
      if (kind === 'calendar') return { ...whatStands(reason.busy), code: kind, label: calendars.get(id) ?? null }
      return unreadIn(reason.busy, calendars) ?? { ...whatStands(reason.busy), code: kind === 'time_off' ? kind : reason.code }
    }
  }
}

/** How long a calendar will say nothing is known as little as what stands in it. */
function unreadIn({ ref }: Busy, calendars: ReadonlyMap<string, string>): Reason | undefined {
  const [kind, id = ''] = ref?.split(':') ?? []
  return kind === 'calendar_unread' ? { ...nothing, code: kind, label: calendars.get(id) ?? null } : undefined
}

function whatStands({ startMs, endMs, ref }: Busy): Omit<Reason, 'code'> {
  const [kind, id] = ref?.split(':') ?? []
  return {
    ...nothing,
    busyFrom: moment(startMs),
    busyUntil: moment(endMs),
    bookingId: kind === 'booking' && id ? (id as BookingId) : null,
  }
}
