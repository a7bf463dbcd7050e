import type { Principal, Staff, StaffDraft, StaffId, StaffPatch } from '@frontdesk/contract'
import { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal, sqlState, violatedConstraint } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import { hueOf } from './slug.rules.ts'
import type { StaffRow } from './staff.tables.ts'
import { staffOfNobody } from './stand-ins.ts'

export type AddStaff = z.output<typeof StaffDraft>
export type ChangeStaff = z.output<typeof StaffPatch> & { readonly staffId: StaffId; readonly version: number }

/** Adds a person who can be booked; she gives no service until one is given to her. Throws `http/conflict` when that member is one already. */
export async function addStaff(tx: WorkspaceTx, by: Principal, draft: AddStaff): Promise<StaffRow> {
  schedulingPolicy.require(by, 'staff.manage')
  const count = await tx.db
    .selectFrom('staff')
    .select((select) => select.fn.countAll<number>().as('people'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  const id = tx.newId<'staff'>()
  try {
    await tx.db
      .insertInto('staff')
      .values({
        workspace_id: tx.workspaceId,
        id,
        member_id: draft.memberId ?? null,
        name: draft.name,
        hue: draft.hue ?? hueOf(Number(count.people)),
        active: draft.active,
        archived_at: null,
        created_at: tx.now,
        updated_at: tx.now,
        version: 1,
      })
      .execute()
  } catch (error) {
    if (violatedConstraint(error) === 'one_staff_a_member')
      throw new Refusal('http/conflict', { detail: 'This member can be booked already. Nothing was saved.' })
    if (sqlState(error) === '23503') {
      throw new Refusal('http/invalid-request', {
        detail: 'body.memberId: there is no such member here. Nothing was saved.',
        faults: [{ path: 'body.memberId', code: 'unknown', message: 'There is no such member here.' }],
      })
    }
    throw error
  }
  await emit(tx, 'staff.changed', { staffId: id })
  await audit(tx, by, { action: 'staff.added', object: { type: 'staff', id }, result: 'done' })
  return staffById(tx, id)
}

/** Changes a person who can be booked. */
export async function changeStaff(tx: WorkspaceTx, by: Principal, { staffId, version, ...patch }: ChangeStaff): Promise<StaffRow> {
  schedulingPolicy.require(by, 'staff.manage')
  await updateAtVersion(tx, staffId, version, patch)
  await emit(tx, 'staff.changed', { staffId })
  return staffById(tx, staffId)
}

/** Puts a person away who has no bookings ahead. Throws `scheduling/staff-has-bookings`. */
export async function archiveStaff(tx: WorkspaceTx, by: Principal, staffId: StaffId, version: number): Promise<StaffRow> {
  schedulingPolicy.require(by, 'staff.manage')
  await staffById(tx, staffId)
  const ahead = await tx.db
    .selectFrom('booking')
    .select((select) => select.fn.countAll<number>().as('bookings'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', '=', staffId)
    .where('starts_at', '>', tx.now)
    .where('status', 'in', ['held', 'pending', 'confirmed'])
    .executeTakeFirstOrThrow()
  const bookings = Number(ahead.bookings)
  if (bookings > 0) {
    throw new Refusal('scheduling/staff-has-bookings', {
      detail: 'Move or cancel them first, or set the person inactive. Nothing was changed.',
      bookings,
    })
  }
  await updateAtVersion(tx, staffId, version, { archived_at: tx.now })
  await emit(tx, 'staff.changed', { staffId })
  await audit(tx, by, { action: 'staff.archived', object: { type: 'staff', id: staffId }, result: 'done' })
  return staffById(tx, staffId)
}

/** Takes a person out of the archive. */
export async function restoreStaff(tx: WorkspaceTx, by: Principal, staffId: StaffId): Promise<StaffRow> {
  schedulingPolicy.require(by, 'staff.manage')
  const { version } = await staffById(tx, staffId)
  await updateAtVersion(tx, staffId, version, { archived_at: null })
  await emit(tx, 'staff.changed', { staffId })
  await audit(tx, by, { action: 'staff.restored', object: { type: 'staff', id: staffId }, result: 'done' })
  return staffById(tx, staffId)
}

/** One person. Throws `http/not-found`. */
export async function staffById(tx: WorkspaceTx, staffId: StaffId): Promise<StaffRow> {
  const person = await tx.db
    .selectFrom('staff')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', staffId)
    .executeTakeFirst()
  if (!person) throw new Refusal('http/not-found', { detail: 'There is no such person here.' })
  return person
}

/** People who can be booked, by name. */
export async function listStaff(
  tx: WorkspaceTx,
  by: Principal,
  wish: { limit: number; cursor?: string | undefined; archived: boolean },
): Promise<{ items: Staff[]; next: string | null }> {
  schedulingPolicy.require(by, 'staff.read')
  const after = readCursor(wish.cursor, [z.string(), z.uuid()])
  let query = tx.db
    .selectFrom('staff')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', wish.archived ? 'is not' : 'is', null)
    .where('id', '<>', staffOfNobody(tx.workspaceId))
    .orderBy('name')
    .orderBy('id')
    .limit(wish.limit + 1)
  if (after)
    query = query.where((where) =>
      where.or([where('name', '>', after[0]), where.and([where('name', '=', after[0]), where('id', '>', after[1] as StaffId)])]),
    )
  const page = pageFrom(
    await query.execute(),
    wish.limit,
    (row) => row,
    (row) => [row.name, row.id],
  )
  return { items: await presentStaff(tx, page.items), next: page.next }
}

/** People as members see them, in the order given. */
export async function presentStaff(tx: WorkspaceTx, people: readonly StaffRow[]): Promise<Staff[]> {
  if (people.length === 0) return []
  const ids = people.map((person) => person.id)
  const links = await tx.db
    .selectFrom('service_staff')
    .select(['service_id', 'staff_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', 'in', ids)
    .orderBy('service_id')
    .execute()
  const own = await tx.db
    .selectFrom('own_hours')
    .select('staff_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', 'in', ids)
    .execute()
  const failing = await tx.db
    .selectFrom('calendar_link')
    .select('staff_id')
    .distinct()
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', 'in', ids)
    .where('failing_since', 'is not', null)
    .execute()
  const withFailing = new Set(failing.map((row) => row.staff_id))
  const servicesOf = Map.groupBy(links, (link) => link.staff_id)
  const withOwnHours = new Set<StaffId | null>(own.map((row) => row.staff_id))
  return people.map((row) => ({
    id: row.id,
    memberId: row.member_id,
    name: row.name,
    hue: row.hue,
    active: row.active,
    ownHours: withOwnHours.has(row.id),
    calendarFailing: withFailing.has(row.id),
    serviceIds: (servicesOf.get(row.id) ?? []).map((link) => link.service_id),
    archivedAt: row.archived_at?.toString() ?? null,
    createdAt: row.created_at.toString(),
    version: row.version,
  }))
}

async function updateAtVersion(tx: WorkspaceTx, staffId: StaffId, version: number, columns: Partial<StaffRow>): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('staff')
    .set({ ...columns, updated_at: tx.now, version: version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', staffId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 1n) return
  const { version: currentVersion } = await staffById(tx, staffId)
  throw new Refusal('http/version-mismatch', {
    detail: 'Nothing was saved. Look at the person as she is now and change her again.',
    currentVersion,
  })
}
