import { Instant, type Principal, type ResourceId, type StaffId, type TimeOff } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { lockHosts } from './claim-time.ts'
import { hasResource, requireStretch } from './list-bookings.ts'
import { resourceById } from './resources/write-resource.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import { requireSensible } from './sensible-time.rules.ts'
import type { TimeOffRow } from './staff.tables.ts'
import { staffById } from './write-staff.ts'

type Closed = z.output<typeof TimeOff>
export type CloseTime = {
  readonly staffId: StaffId | null
  /** A room or a device; then no person. */
  readonly resourceId?: ResourceId | null | undefined
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly label: string | null
}
export type ChangeTimeOff = Partial<CloseTime> & { readonly timeOffId: string; readonly version: number }

const longestDays = 400

/** Closes a time for one person, one room or device, or for everybody. Bookings that stand in it stay, and are named. */
export async function closeTime(tx: WorkspaceTx, by: Principal, wish: CloseTime): Promise<Closed> {
  schedulingPolicy.require(by, 'time_off.manage')
  const whose = { staffId: wish.staffId, resourceId: wish.resourceId ?? null }
  requireSpan(wish)
  await lockAffected(tx, whose)
  const id = tx.newId<'time_off'>()
  await tx.db
    .insertInto('time_off')
    .values({
      workspace_id: tx.workspaceId,
      id,
      staff_id: whose.staffId,
      resource_id: whose.resourceId,
      starts_at: wish.start,
      ends_at: wish.end,
      label: wish.label,
      created_at: tx.now,
      updated_at: tx.now,
      version: 1,
    })
    .execute()
  await emit(tx, 'time_off.changed', { timeOffId: id })
  return present(tx, await rowById(tx, id))
}

/** Changes a closed time. */
export async function changeTimeOff(tx: WorkspaceTx, by: Principal, { timeOffId, version, ...wish }: ChangeTimeOff): Promise<Closed> {
  schedulingPolicy.require(by, 'time_off.manage')
  const before = await rowById(tx, timeOffId)
  const after = {
    ...whoseAfter(before, wish),
    start: wish.start ?? before.starts_at,
    end: wish.end ?? before.ends_at,
    label: wish.label === undefined ? before.label : wish.label,
  }
  requireSpan(after)
  await lockAffected(tx, after)
  const { numUpdatedRows } = await tx.db
    .updateTable('time_off')
    .set({
      staff_id: after.staffId,
      resource_id: after.resourceId,
      starts_at: after.start,
      ends_at: after.end,
      label: after.label,
      updated_at: tx.now,
      version: version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', timeOffId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n)
    throw new Refusal('http/version-mismatch', {
      detail: 'Nothing was saved. Look at it as it is now and change it again.',
      currentVersion: before.version,
    })
  await emit(tx, 'time_off.changed', { timeOffId })
  return present(tx, await rowById(tx, timeOffId))
}

/** Opens a closed time again. */
export async function openTime(tx: WorkspaceTx, by: Principal, timeOffId: string): Promise<void> {
  schedulingPolicy.require(by, 'time_off.manage')
  await rowById(tx, timeOffId)
  await tx.db.deleteFrom('time_off').where('workspace_id', '=', tx.workspaceId).where('id', '=', timeOffId).execute()
  await emit(tx, 'time_off.changed', { timeOffId })
}

export type ListTimeOff = {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly staffId?: StaffId | undefined
  readonly resourceId?: ResourceId | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Closed times that touch a stretch, by their end. With a person: hers and everybody's; with a room or a device: its own. */
export async function listTimeOff(tx: WorkspaceTx, by: Principal, wish: ListTimeOff): Promise<{ items: Closed[]; next: string | null }> {
  schedulingPolicy.require(by, 'time_off.read')
  requireStretch(wish.from, wish.to, longestDays)
  const after = readCursor(wish.cursor, [Instant, z.uuid()])
  const { staffId, resourceId } = wish
  let query = tx.db
    .selectFrom('time_off')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('ends_at', '>', wish.from)
    .where('starts_at', '<', wish.to)
    .orderBy('ends_at')
    .orderBy('id')
    .limit(wish.limit + 1)
  if (staffId)
    query = query.where('resource_id', 'is', null).where((or) => or.or([or('staff_id', 'is', null), or('staff_id', '=', staffId)]))
  if (resourceId) query = query.where('resource_id', '=', resourceId)
  if (after) {
    const endsAt = Temporal.Instant.from(after[0])
    query = query.where((where) =>
      where.or([where('ends_at', '>', endsAt), where.and([where('ends_at', '=', endsAt), where('id', '>', after[1])])]),
    )
  }
  const page = pageFrom(
    await query.execute(),
    wish.limit,
    (row) => row,
    (row) => [row.ends_at.toString(), row.id],
  )
  const items: Closed[] = []
  for (const row of page.items) items.push(await present(tx, row))
  return { items, next: page.next }
}

function requireSpan({ start, end }: Pick<CloseTime, 'start' | 'end'>): void {
  requireSensible(start, end)
  if (Temporal.Instant.compare(end, start) > 0) return
  throw new Refusal('http/invalid-request', {
    detail: 'body.end: the end must be after the beginning. Nothing was saved.',
    faults: [{ path: 'body.end', code: 'order', message: 'The end must be after the beginning.' }],
  })
}

type Whose = { readonly staffId: StaffId | null; readonly resourceId: ResourceId | null }

/** Whose it is after a change: who is named takes the place of whoever it was before. */
function whoseAfter(before: TimeOffRow, { staffId, resourceId }: Pick<ChangeTimeOff, 'staffId' | 'resourceId'>): Whose {
  return {
    staffId: staffId === undefined ? (resourceId ? null : before.staff_id) : staffId,
    resourceId: resourceId === undefined ? (staffId ? null : before.resource_id) : resourceId,
  }
}

/** Whoever books one of these people at this moment, or into this room, is waited for, so that the answer names her booking. */
async function lockAffected(tx: WorkspaceTx, { staffId, resourceId }: Whose): Promise<void> {
  if (staffId !== null && resourceId !== null) {
    throw new Refusal('http/invalid-request', {
      detail: 'body.resourceId: give a person or a room, not both. Nothing was saved.',
      faults: [{ path: 'body.resourceId', code: 'one_of', message: 'Give a person or a room, not both.' }],
    })
  }
  if (staffId !== null) await staffById(tx, staffId)
  if (resourceId !== null) await resourceById(tx, resourceId)
  const one = staffId ?? resourceId
  if (one !== null) return lockHosts(tx, [one])
  const everybody = await tx.db.selectFrom('staff').select('id').where('workspace_id', '=', tx.workspaceId).execute()
  return lockHosts(
    tx,
    everybody.map((person) => person.id),
  )
}

async function rowById(tx: WorkspaceTx, id: string): Promise<TimeOffRow> {
  const row = await tx.db
    .selectFrom('time_off')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such closed time here.' })
  return row
}

async function present(tx: WorkspaceTx, row: TimeOffRow): Promise<Closed> {
  let inside = tx.db
    .selectFrom('booking')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('starts_at', '>', row.starts_at.subtract({ hours: 24 }))
    .where('starts_at', '<', row.ends_at)
    .where('ends_at', '>', row.starts_at)
    .where('status', 'in', ['held', 'pending', 'confirmed'])
    .orderBy('starts_at')
    .limit(200)
  const { staff_id: staffId, resource_id: resourceId } = row
  if (staffId !== null) inside = inside.where('staff_id', '=', staffId)
  if (resourceId !== null) inside = inside.where((where) => hasResource(where, resourceId))
  const bookings = await inside.execute()
  return {
    id: row.id,
    staffId,
    resourceId,
    start: row.starts_at.toString(),
    end: row.ends_at.toString(),
    label: row.label,
    createdAt: row.created_at.toString(),
    version: row.version,
    bookingIds: bookings.map((booking) => booking.id),
  }
}
