import type { Principal, ServiceDraft, ServiceId, ServicePatch, StaffId } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal, sqlState, violatedConstraint } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { serviceById } from './find-service.ts'
import { memberBecomesStaff } from './member-becomes-staff.ts'
import { setNeeds } from './resources/needs.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import type { ServiceRow } from './service.tables.ts'
import { freeSlug, hueOf, reservedSlugs, slugOf } from './slug.rules.ts'

export type AddService = z.output<typeof ServiceDraft>
export type ChangeService = z.output<typeof ServicePatch> & { readonly serviceId: ServiceId; readonly version: number }

/** Adds a service. Without anybody who can be booked yet, whoever adds it becomes that person. */
export async function addService(tx: WorkspaceTx, by: Principal, draft: AddService): Promise<ServiceRow> {
  schedulingPolicy.require(by, 'services.manage')
  if (by.kind === 'member') await memberBecomesStaff(tx, by.memberId, { onlyAsFirst: true })
  const count = await tx.db
    .selectFrom('service')
    .select((select) => select.fn.countAll<number>().as('services'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  const position = Number(count.services)
  const id = tx.newId<'service'>()
  const slug = draft.slug ?? freeSlug(slugOf(draft.name, 'service'), await takenSlugs(tx))
  await tx.db
    .insertInto('service')
    .values({
      workspace_id: tx.workspaceId,
      id,
      ...columnsOf(draft),
      name: draft.name,
      slug,
      after_booking_url: draft.afterBookingUrl,
      description: draft.description,
      duration_minutes: draft.durationMinutes,
      buffer_before_minutes: draft.bufferBeforeMinutes,
      buffer_after_minutes: draft.bufferAfterMinutes,
      notice_minutes: draft.noticeMinutes,
      horizon_days: draft.horizonDays,
      step_minutes: draft.stepMinutes,
      change_notice_minutes: draft.changeNoticeMinutes,
      place_kind: draft.place.kind,
      phone: draft.phone,
      choose_person: draft.choosePerson,
      discreet: draft.discreet,
      approval: draft.approval,
      answer_minutes: draft.answerMinutes,
      waitlist: draft.waitlist,
      offer_minutes: draft.offerMinutes,
      intake_version: 1,
      active: draft.active,
      hue: draft.hue ?? hueOf(position),
      position,
      archived_at: null,
      created_at: tx.now,
      updated_at: tx.now,
      version: 1,
    })
    .execute()
  await takeAddress(tx, id, slug)
  await setStaff(tx, id, draft.staffIds ?? (await everybody(tx)))
  await setNeeds(tx, id, draft.needs)
  await emit(tx, 'service.created', { serviceId: id })
  await audit(tx, by, { action: 'service.created', object: { type: 'service', id }, result: 'done' })
  return serviceById(tx, id)
}

/** Changes a service. Bookings keep the length, price and place they were made with. */
export async function changeService(tx: WorkspaceTx, by: Principal, { serviceId, version, ...patch }: ChangeService): Promise<ServiceRow> {
  schedulingPolicy.require(by, 'services.manage')
  const before = await serviceById(tx, serviceId)
  if (patch.slug !== undefined && patch.slug !== before.slug) await takeAddress(tx, serviceId, patch.slug)
  await updateAtVersion(tx, serviceId, version, columnsOf(patch))
  if (patch.staffIds !== undefined) await setStaff(tx, serviceId, patch.staffIds)
  if (patch.needs !== undefined) await setNeeds(tx, serviceId, patch.needs)
  await emit(tx, 'service.changed', { serviceId })
  return serviceById(tx, serviceId)
}

/** Puts a service away, or takes it out again. Its bookings and its address stay. */
export async function archiveService(
  tx: WorkspaceTx,
  by: Principal,
  serviceId: ServiceId,
  version: number | undefined,
  archived: boolean,
): Promise<ServiceRow> {
  schedulingPolicy.require(by, 'services.manage')
  const before = await serviceById(tx, serviceId)
  await updateAtVersion(tx, serviceId, version ?? before.version, { archived_at: archived ? tx.now : null })
  await emit(tx, 'service.changed', { serviceId })
  await audit(tx, by, {
    action: archived ? 'service.archived' : 'service.restored',
    object: { type: 'service', id: serviceId },
    result: 'done',
  })
  return serviceById(tx, serviceId)
}

/** Puts the services into another order. Those that are not named follow in their present order. */
export async function orderServices(tx: WorkspaceTx, by: Principal, serviceIds: readonly ServiceId[]): Promise<ServiceId[]> {
  schedulingPolicy.require(by, 'services.manage')
  const present = await tx.db
    .selectFrom('service')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('position')
    .orderBy('id')
    .forUpdate()
    .execute()
  const known = new Set(present.map((service) => service.id))
  const wanted = [...new Set(serviceIds)].filter((id) => known.has(id))
  const order = [...wanted, ...present.map((service) => service.id).filter((id) => !wanted.includes(id))]
  for (const [position, id] of order.entries()) {
    await tx.db
      .updateTable('service')
      .set({ position })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .where('position', '!=', position)
      .execute()
  }
  const [first] = order
  if (first !== undefined) await emit(tx, 'service.changed', { serviceId: first })
  return order
}

/** The columns of the fields that were sent. Price and place go as pairs. */
function columnsOf(patch: Partial<z.output<typeof ServicePatch>>): Partial<ServiceRow> {
  const columns: Partial<ServiceRow> = {}
  if (patch.name !== undefined) columns.name = patch.name
  if (patch.slug !== undefined) columns.slug = patch.slug
  if (patch.afterBookingUrl !== undefined) columns.after_booking_url = patch.afterBookingUrl
  if (patch.description !== undefined) columns.description = patch.description
  if (patch.durationMinutes !== undefined) columns.duration_minutes = patch.durationMinutes
  if (patch.bufferBeforeMinutes !== undefined) columns.buffer_before_minutes = patch.bufferBeforeMinutes
  if (patch.bufferAfterMinutes !== undefined) columns.buffer_after_minutes = patch.bufferAfterMinutes
  if (patch.noticeMinutes !== undefined) columns.notice_minutes = patch.noticeMinutes
  if (patch.horizonDays !== undefined) columns.horizon_days = patch.horizonDays
  if (patch.stepMinutes !== undefined) columns.step_minutes = patch.stepMinutes
  if (patch.changeNoticeMinutes !== undefined) columns.change_notice_minutes = patch.changeNoticeMinutes
  if (patch.hue !== undefined) columns.hue = patch.hue
  if (patch.phone !== undefined) columns.phone = patch.phone
  if (patch.choosePerson !== undefined) columns.choose_person = patch.choosePerson
  if (patch.discreet !== undefined) columns.discreet = patch.discreet
  if (patch.approval !== undefined) columns.approval = patch.approval
  if (patch.answerMinutes !== undefined) columns.answer_minutes = patch.answerMinutes
  if (patch.waitlist !== undefined) columns.waitlist = patch.waitlist
  if (patch.offerMinutes !== undefined) columns.offer_minutes = patch.offerMinutes
  if (patch.active !== undefined) columns.active = patch.active
  if (patch.price !== undefined) {
    columns.price_minor = patch.price === null ? null : Number(patch.price.minor)
    columns.currency = patch.price === null ? null : patch.price.currency
  }
  if (patch.place !== undefined) {
    columns.place_kind = patch.place.kind
    columns.place_detail = patch.place.detail
  }
  return columns
}

async function updateAtVersion(tx: WorkspaceTx, serviceId: ServiceId, version: number, columns: Partial<ServiceRow>): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('service')
    .set({ ...columns, updated_at: tx.now, version: version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', serviceId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 1n) return
  const { version: currentVersion } = await serviceById(tx, serviceId)
  throw new Refusal('http/version-mismatch', {
    detail: 'Nothing was saved. Look at the service as it is now and change it again.',
    currentVersion,
  })
}

async function takenSlugs(tx: WorkspaceTx): Promise<Set<string>> {
  const rows = await tx.db.selectFrom('service_address').select('slug').where('workspace_id', '=', tx.workspaceId).execute()
  return new Set([...reservedSlugs, ...rows.map((row) => row.slug)])
}

/** Takes an address for a service, for ever. Going back to an earlier one of its own is fine. */
async function takeAddress(tx: WorkspaceTx, serviceId: ServiceId, slug: string): Promise<void> {
  const owner = await tx.db
    .selectFrom('service_address')
    .select('service_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (owner?.service_id === serviceId) return
  const taken = () => new Refusal('scheduling/slug-taken', { detail: 'Choose another address. Nothing was saved.', slug })
  if (owner || reservedSlugs.has(slug)) throw taken()
  try {
    await tx.db
      .insertInto('service_address')
      .values({ workspace_id: tx.workspaceId, id: tx.newId(), slug, service_id: serviceId, created_at: tx.now })
      .execute()
  } catch (error) {
    if (sqlState(error) === '23505' && violatedConstraint(error) === 'one_service_an_address') throw taken()
    throw error
  }
}

async function everybody(tx: WorkspaceTx): Promise<StaffId[]> {
  const rows = await tx.db
    .selectFrom('staff')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

async function setStaff(tx: WorkspaceTx, serviceId: ServiceId, staffIds: readonly StaffId[]): Promise<void> {
  const wanted = [...new Set(staffIds)]
  const known =
    wanted.length === 0
      ? []
      : await tx.db.selectFrom('staff').select('id').where('workspace_id', '=', tx.workspaceId).where('id', 'in', wanted).execute()
  if (known.length !== wanted.length) {
    throw new Refusal('http/invalid-request', {
      detail: 'body.staffIds: one of these people does not exist here. Nothing was saved.',
      faults: [{ path: 'body.staffIds', code: 'unknown', message: 'One of these people does not exist here.' }],
    })
  }
  await tx.db.deleteFrom('service_staff').where('workspace_id', '=', tx.workspaceId).where('service_id', '=', serviceId).execute()
  if (wanted.length === 0) return
  await tx.db
    .insertInto('service_staff')
    .values(wanted.map((staffId) => ({ workspace_id: tx.workspaceId, id: tx.newId(), service_id: serviceId, staff_id: staffId })))
    .execute()
}
