import type { OwnHours, OwnHoursDraft, Principal, ResourceId, ServiceId, StaffId } from '@frontdesk/contract'
import type { ExpressionBuilder } from 'kysely'
import type { z } from 'zod'
import type { Tables, WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { businessFacts } from './business.ts'
import { serviceById } from './find-service.ts'
import { overlappingBlocks } from './hours.rules.ts'
import { resourceById } from './resources/write-resource.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import type { StoredException, StoredWeeklyBlock } from './staff.tables.ts'
import { staffById } from './write-staff.ts'

/** Whose hours. */
export type HoursOwner = { readonly serviceId: ServiceId } | { readonly staffId: StaffId } | { readonly resourceId: ResourceId }
type Hours = z.output<typeof OwnHours>
export type SetHours = z.output<typeof OwnHoursDraft> & { readonly owner: HoursOwner; readonly version: number }

/** The own hours of a service, a person, a room or a device. Without any, `own` is false: the business's hours hold, or for a room those of the people. */
export async function readHours(tx: WorkspaceTx, by: Principal, owner: HoursOwner): Promise<Hours> {
  schedulingPolicy.require(by, `${roomOf(owner)}.read`)
  return hoursOf(tx, owner)
}

const roomOf = (owner: HoursOwner) => ('serviceId' in owner ? 'services' : 'staffId' in owner ? 'staff' : 'resources')

async function hoursOf(tx: WorkspaceTx, owner: HoursOwner): Promise<Hours> {
  const { version } = await ownerRow(tx, owner)
  const { zone } = await businessFacts(tx)
  const row = await rowOf(tx, owner)
  return {
    own: row?.own_week ?? false,
    zone,
    weekly: (row?.weekly ?? []) as StoredWeeklyBlock[],
    exceptions: (row?.exceptions ?? []) as StoredException[],
    version,
  }
}

/** Sets the own hours of a service, a person, a room or a device, all at once. Bookings that stand outside of them stay. */
export async function setHours(tx: WorkspaceTx, by: Principal, { owner, version, own, weekly, exceptions }: SetHours): Promise<Hours> {
  schedulingPolicy.require(by, `${roomOf(owner)}.manage`)
  requireNoOverlap(weekly, exceptions)
  const { version: current } = await ownerRow(tx, owner)
  if (current !== version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Nothing was saved. Look at the hours as they are now and change them again.',
      currentVersion: current,
    })

  await tx.db
    .deleteFrom('own_hours')
    .where('workspace_id', '=', tx.workspaceId)
    .where((where) => isOf(where, owner))
    .execute()
  if (own || exceptions.length > 0) {
    await tx.db
      .insertInto('own_hours')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        service_id: 'serviceId' in owner ? owner.serviceId : null,
        staff_id: 'staffId' in owner ? owner.staffId : null,
        resource_id: 'resourceId' in owner ? owner.resourceId : null,
        weekly: JSON.stringify(own ? weekly : []),
        exceptions: JSON.stringify(exceptions.map((exception) => ({ ...exception, label: exception.label ?? null }))),
        own_week: own,
        updated_at: tx.now,
      })
      .execute()
  }
  const change = { version: version + 1, updated_at: tx.now }
  if ('serviceId' in owner) {
    await tx.db.updateTable('service').set(change).where('workspace_id', '=', tx.workspaceId).where('id', '=', owner.serviceId).execute()
    await emit(tx, 'service.changed', { serviceId: owner.serviceId })
  } else if ('resourceId' in owner) {
    await tx.db.updateTable('resource').set(change).where('workspace_id', '=', tx.workspaceId).where('id', '=', owner.resourceId).execute()
    await emit(tx, 'resource.changed', { resourceId: owner.resourceId })
  } else {
    await tx.db.updateTable('staff').set(change).where('workspace_id', '=', tx.workspaceId).where('id', '=', owner.staffId).execute()
    await emit(tx, 'staff.changed', { staffId: owner.staffId })
  }
  return hoursOf(tx, owner)
}

function requireNoOverlap(weekly: readonly StoredWeeklyBlock[], exceptions: SetHours['exceptions']): void {
  const path = overlappingBlocks(weekly, exceptions)
  if (path === undefined) return
  throw new Refusal('http/invalid-request', {
    detail: `body.${path}: two blocks overlap. Nothing was saved.`,
    faults: [{ path: `body.${path}`, code: 'overlap', message: 'Two blocks overlap.' }],
  })
}

async function ownerRow(tx: WorkspaceTx, owner: HoursOwner): Promise<{ version: number }> {
  if ('resourceId' in owner) return resourceById(tx, owner.resourceId)
  return 'serviceId' in owner ? serviceById(tx, owner.serviceId) : staffById(tx, owner.staffId)
}

async function rowOf(tx: WorkspaceTx, owner: HoursOwner) {
  return tx.db
    .selectFrom('own_hours')
    .select(['weekly', 'exceptions', 'own_week'])
    .where('workspace_id', '=', tx.workspaceId)
    .where((where) => isOf(where, owner))
    .executeTakeFirst()
}

function isOf(where: ExpressionBuilder<Tables, 'own_hours'>, owner: HoursOwner) {
  if ('serviceId' in owner) return where('service_id', '=', owner.serviceId)
  return 'staffId' in owner ? where('staff_id', '=', owner.staffId) : where('resource_id', '=', owner.resourceId)
}
