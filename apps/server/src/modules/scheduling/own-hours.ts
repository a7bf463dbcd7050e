import type { OwnHours, OwnHoursDraft, Principal, ServiceId, StaffId } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { businessFacts } from './business.ts'
import { serviceById } from './find-service.ts'
import { overlappingBlocks } from './hours.rules.ts'
import { schedulingPolicy } from './scheduling.policy.ts'
import type { StoredException, StoredWeeklyBlock } from './staff.tables.ts'
import { staffById } from './write-staff.ts'

/** Whose hours. */
export type HoursOwner = { readonly serviceId: ServiceId } | { readonly staffId: StaffId }
type Hours = z.output<typeof OwnHours>
export type SetHours = z.output<typeof OwnHoursDraft> & { readonly owner: HoursOwner; readonly version: number }

/** The own hours of a service or a person. Without any, `own` is false and the business's hours hold. */
export async function readHours(tx: WorkspaceTx, by: Principal, owner: HoursOwner): Promise<Hours> {
  schedulingPolicy.require(by, 'serviceId' in owner ? 'services.read' : 'staff.read')
  return hoursOf(tx, owner)
}

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

/** Sets the own hours of a service or a person, all at once. Bookings that stand outside of them stay. */
export async function setHours(tx: WorkspaceTx, by: Principal, { owner, version, own, weekly, exceptions }: SetHours): Promise<Hours> {
  schedulingPolicy.require(by, 'serviceId' in owner ? 'services.manage' : 'staff.manage')
  requireNoOverlap(weekly, exceptions)
  const { version: current } = await ownerRow(tx, owner)
  if (current !== version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Nothing was saved. Look at the hours as they are now and change them again.',
      currentVersion: current,
    })

  const before = tx.db.deleteFrom('own_hours').where('workspace_id', '=', tx.workspaceId)
  await ('serviceId' in owner ? before.where('service_id', '=', owner.serviceId) : before.where('staff_id', '=', owner.staffId)).execute()
  if (own || exceptions.length > 0) {
    await tx.db
      .insertInto('own_hours')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        service_id: 'serviceId' in owner ? owner.serviceId : null,
        staff_id: 'staffId' in owner ? owner.staffId : null,
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
  return 'serviceId' in owner ? serviceById(tx, owner.serviceId) : staffById(tx, owner.staffId)
}

async function rowOf(tx: WorkspaceTx, owner: HoursOwner) {
  const query = tx.db.selectFrom('own_hours').select(['weekly', 'exceptions', 'own_week']).where('workspace_id', '=', tx.workspaceId)
  return 'serviceId' in owner
    ? query.where('service_id', '=', owner.serviceId).executeTakeFirst()
    : query.where('staff_id', '=', owner.staffId).executeTakeFirst()
}
