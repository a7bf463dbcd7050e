import { type AvailabilityQuery, type Busy, freeSlots, type Host, type HostGroup, type ServiceRules } from '@frontdesk/availability'
import type { BookingId, ResourceId, ServiceId, Slot, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { openingHours } from '../accounts/index.ts'
import type { HostId } from './booking.tables.ts'
import { externalBusyTimes } from './calendars/external-busy.ts'
import { claimedTimes } from './claimed-times.ts'
import { hoursOfPerson, hoursOfService, type OwnHoursFacts } from './hours.rules.ts'
import { heldTimes } from './page-holds/held-times.ts'
import { groupsOfNeeds, type Need } from './resources/needs.rules.ts'
import { needsOf } from './resources/needs.ts'
import type { ResourceRow } from './resources/resource.tables.ts'
import { requireSensible } from './sensible-time.rules.ts'
import type { ServiceRow } from './service.tables.ts'
import type { StaffRow, StoredException, StoredWeeklyBlock } from './staff.tables.ts'

/** A service longest lasts a day, with eight hours of buffer on either side: no claim that starts earlier than this reaches a moment. */
const longestClaim = { hours: 40 } as const

/** Who could give a service in a stretch of time, and what it could take beside them, with hours and taken times: everything the engine asks for. */
export type ServiceHosts = {
  readonly service: ServiceRow
  readonly staff: readonly StaffRow[]
  readonly needs: readonly Need[]
  /** The rooms and devices that could fill a need. */
  readonly resources: readonly ResourceRow[]
  /** The business's zone. */
  readonly zone: string
  readonly hosts: readonly Host[]
  /** Present where the service needs more than one person: rooms and devices, or itself as a host, where it has hours of its own. */
  readonly groups: readonly HostGroup[] | undefined
  readonly rules: ServiceRules
}

export type HostsWish = {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  /** Only this person. */
  readonly staffId?: StaffId | undefined
  /** The booking that is being moved: its own time counts as free. */
  readonly movingBookingId?: BookingId | undefined
}

/** Reads a service's people, rooms and devices, hours and busy times for a stretch of time. */
export async function serviceHosts(tx: WorkspaceTx, service: ServiceRow, wish: HostsWish): Promise<ServiceHosts> {
  requireSensible(wish.from, wish.to)
  const staff = await staffOf(tx, service.id, wish.staffId)
  const business = await openingHours(tx)
  const { needs, resources } = await needsOf(tx, service.id)
  const [staffIds, resourceIds] = [staff.map(({ id }) => id), resources.map(({ id }) => id)]
  const own = await ownHoursOf(tx, { serviceId: service.id, staffIds, resourceIds })
  const busy = await busyTimes(tx, { staffIds, resourceIds }, wish)
  const people = staff.map(
    (person): Host => ({ id: person.id, hours: hoursOfPerson(business, own.get(person.id)), busy: busy.get(person.id) ?? [] }),
  )
  const ofService = own.get(service.id)
  const itself: Host[] = ofService ? [{ id: service.id, hours: hoursOfService(business.zone, ofService), busy: [] }] : []
  const beside = resources.map(
    ({ id }): Host => ({ id, hours: hoursOfService(business.zone, own.get(id) ?? noHours), busy: busy.get(id) ?? [] }),
  )
  return {
    service,
    staff,
    needs,
    resources,
    zone: business.zone,
    hosts: [...itself, ...people, ...beside],
    groups:
      ofService || needs.length > 0
        ? [
            ...(ofService ? [{ members: [service.id], required: 'all' as const }] : []),
            { members: staffIds, required: 1 },
            ...groupsOfNeeds(needs),
          ]
        : undefined,
    rules: {
      durationMinutes: service.duration_minutes,
      bufferBeforeMinutes: service.buffer_before_minutes,
      bufferAfterMinutes: service.buffer_after_minutes,
      stepMinutes: service.step_minutes,
      minimumNoticeMinutes: service.notice_minutes,
      horizonDays: service.horizon_days,
      zone: business.zone,
    },
  }
}

/** The engine's question about these hosts. */
export function questionOf(hosts: ServiceHosts, now: Temporal.Instant, from: Temporal.Instant, to: Temporal.Instant): AvailabilityQuery {
  return { hosts: hosts.hosts, ...(hosts.groups ? { groups: hosts.groups } : {}), service: hosts.rules, from, to, now }
}

/** Every start in the stretch that can be booked, with the people able to take it. */
export function slotsOf(hosts: ServiceHosts, now: Temporal.Instant, from: Temporal.Instant, to: Temporal.Instant): Slot[] {
  const people = new Set<string>(hosts.staff.map((person) => person.id))
  return freeSlots(questionOf(hosts, now, from, to)).map(({ startMs, endMs, hostIds }) => ({
    start: Temporal.Instant.fromEpochMilliseconds(startMs).toString(),
    end: Temporal.Instant.fromEpochMilliseconds(endMs).toString(),
    staffIds: hostIds.filter((id): id is StaffId => people.has(id)),
  }))
}

/** The active people who give a service, by name. */
export async function staffOf(tx: WorkspaceTx, serviceId: ServiceId, only?: StaffId): Promise<StaffRow[]> {
  let query = tx.db
    .selectFrom('staff')
    .innerJoin('service_staff', (join) =>
      join.onRef('service_staff.staff_id', '=', 'staff.id').on('service_staff.workspace_id', '=', tx.workspaceId),
    )
    .selectAll('staff')
    .where('staff.workspace_id', '=', tx.workspaceId)
    .where('service_staff.service_id', '=', serviceId)
    .where('staff.active', '=', true)
    .where('staff.archived_at', 'is', null)
    .orderBy('staff.name')
    .orderBy('staff.id')
  if (only !== undefined) query = query.where('staff.id', '=', only)
  return query.execute()
}

/** A room or a device without hours of its own can be had whenever the people can. */
const noHours: OwnHoursFacts = { ownWeek: false, weekly: [], exceptions: [] }

type Hosted = { readonly staffIds: readonly StaffId[]; readonly resourceIds: readonly ResourceId[] }

async function ownHoursOf(
  tx: WorkspaceTx,
  { serviceId, staffIds, resourceIds }: Hosted & { readonly serviceId: ServiceId },
): Promise<Map<string, OwnHoursFacts>> {
  const rows = await tx.db
    .selectFrom('own_hours')
    .select(['service_id', 'staff_id', 'resource_id', 'weekly', 'exceptions', 'own_week'])
    .where('workspace_id', '=', tx.workspaceId)
    .where((where) =>
      where.or([
        where('service_id', '=', serviceId),
        ...(staffIds.length > 0 ? [where('staff_id', 'in', staffIds)] : []),
        ...(resourceIds.length > 0 ? [where('resource_id', 'in', resourceIds)] : []),
      ]),
    )
    .execute()
  return new Map(
    rows.map((row) => [
      row.service_id ?? row.staff_id ?? row.resource_id ?? '',
      { ownWeek: row.own_week, weekly: row.weekly as StoredWeeklyBlock[], exceptions: row.exceptions as StoredException[] },
    ]),
  )
}

/** Whether a busy time is another booking, or one that somebody is about to make. */
export const isBookingRef = (ref: string | undefined): boolean => /^(booking|page_hold):/.test(ref ?? '')
/** A closed time as a busy time. */
export const timeOffRef = (timeOffId: string): string => `time_off:${timeOffId}`

/**
 * What people, rooms and devices are busy with, by their ids. A hold that has run out counts as free, although its claim is still there. Rooms and devices are not closed with
 * everybody: without people nobody is booked into them.
 */
export async function busyTimes(
  tx: WorkspaceTx,
  { staffIds, resourceIds }: Hosted,
  { from, to, movingBookingId }: Pick<HostsWish, 'from' | 'to' | 'movingBookingId'>,
): Promise<Map<HostId, Busy[]>> {
  const hostIds: readonly HostId[] = [...staffIds, ...resourceIds]
  if (hostIds.length === 0) return new Map()
  // Wider than asked, by the longest service and its buffers: what lies just outside can still reach in.
  const since = from.subtract(longestClaim)
  const until = to.add(longestClaim)
  const off = tx.db
    .selectFrom('time_off')
    .select(['id', 'staff_id', 'resource_id', 'starts_at', 'ends_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('ends_at', '>', since)
    .where('starts_at', '<', until)
    .where((where) =>
      where.or([
        where.and([where('staff_id', 'is', null), where('resource_id', 'is', null)]),
        ...(staffIds.length > 0 ? [where('staff_id', 'in', staffIds)] : []),
        ...(resourceIds.length > 0 ? [where('resource_id', 'in', resourceIds)] : []),
      ]),
    )

  const claimed = await claimedTimes(tx, hostIds, { since, until, earliest: since.subtract(longestClaim), movingBookingId })
  const busy = new Map<HostId, Busy[]>(hostIds.map((id) => [id, claimed.get(id) ?? []]))
  for (const closed of await off.execute()) {
    const time = { startMs: closed.starts_at.epochMilliseconds, endMs: closed.ends_at.epochMilliseconds, ref: timeOffRef(closed.id) }
    const one = closed.staff_id ?? closed.resource_id
    for (const id of one === null ? staffIds : [one]) busy.get(id)?.push(time)
  }
  if (staffIds.length > 0) for (const [id, time] of await externalBusyTimes(tx, staffIds, since, until)) busy.get(id)?.push(time)
  for (const [id, time] of await heldTimes(tx, since, until)) busy.get(id as HostId)?.push(time)
  return busy
}
