import type { Principal, ResourceDraft, ResourceId, ResourcePatch, ServiceId } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { lockHosts } from '../claim-time.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import { bookingsWith } from './booked-resources.ts'
import { asWritten, type Need, unmeetable } from './needs.rules.ts'
import { writtenNeeds } from './needs.ts'
import type { ResourceRow } from './resource.tables.ts'

export type AddResource = z.output<typeof ResourceDraft>
export type ChangeResource = z.output<typeof ResourcePatch> & { readonly resourceId: ResourceId; readonly version: number }

/** Adds a room or a device; no service needs it until one says so. */
export async function addResource(tx: WorkspaceTx, by: Principal, draft: AddResource): Promise<ResourceRow> {
  schedulingPolicy.require(by, 'resources.manage')
  const id = tx.newId<'resource'>()
  await tx.db
    .insertInto('resource')
    .values({
      workspace_id: tx.workspaceId,
      id,
      name: draft.name,
      kind: draft.kind,
      active: draft.active,
      archived_at: null,
      created_at: tx.now,
      updated_at: tx.now,
      version: 1,
    })
    .execute()
  await emit(tx, 'resource.changed', { resourceId: id })
  await audit(tx, by, { action: 'resource.added', object: { type: 'resource', id }, result: 'done' })
  return resourceById(tx, id)
}

/** Changes a room or a device. Out of use it takes no new bookings and keeps those it has. */
export async function changeResource(
  tx: WorkspaceTx,
  by: Principal,
  { resourceId, version, ...patch }: ChangeResource,
): Promise<ResourceRow> {
  schedulingPolicy.require(by, 'resources.manage')
  await updateAtVersion(tx, resourceId, version, patch)
  await emit(tx, 'resource.changed', { resourceId })
  return resourceById(tx, resourceId)
}

/** Puts a room or a device away. Throws `scheduling/resource-has-bookings`, or `scheduling/resource-needed` with the services that cannot do without it. */
export async function archiveResource(tx: WorkspaceTx, by: Principal, resourceId: ResourceId, version: number): Promise<ResourceRow> {
  schedulingPolicy.require(by, 'resources.manage')
  // Whoever books it at this moment is waited for, and her booking counted.
  await lockHosts(tx, [resourceId])
  await lockRow(tx, resourceId)
  const bookings = (await bookingsWith(tx, resourceId)).length
  if (bookings > 0) {
    throw new Refusal('scheduling/resource-has-bookings', {
      detail: 'Move them into another one first, or set it out of use. Nothing was changed.',
      bookings,
    })
  }
  const services = await servicesThatNeed(tx, resourceId)
  if (services.length > 0) {
    throw new Refusal('scheduling/resource-needed', {
      detail: `Without it nobody could book ${services.join(', ')}. Change what is needed there first. Nothing was changed.`,
      services,
    })
  }
  await updateAtVersion(tx, resourceId, version, { archived_at: tx.now })
  await emit(tx, 'resource.changed', { resourceId })
  await audit(tx, by, { action: 'resource.archived', object: { type: 'resource', id: resourceId }, result: 'done' })
  return resourceById(tx, resourceId)
}

/** Takes a room or a device out of the archive; services that could take it can again. */
export async function restoreResource(tx: WorkspaceTx, by: Principal, resourceId: ResourceId): Promise<ResourceRow> {
  schedulingPolicy.require(by, 'resources.manage')
  const { version } = await resourceById(tx, resourceId)
  await updateAtVersion(tx, resourceId, version, { archived_at: null })
  await emit(tx, 'resource.changed', { resourceId })
  await audit(tx, by, { action: 'resource.restored', object: { type: 'resource', id: resourceId }, result: 'done' })
  return resourceById(tx, resourceId)
}

/** One room or device. Throws `http/not-found`. */
export async function resourceById(tx: WorkspaceTx, resourceId: ResourceId): Promise<ResourceRow> {
  const resource = await tx.db
    .selectFrom('resource')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', resourceId)
    .executeTakeFirst()
  if (!resource) throw new Refusal('http/not-found', { detail: 'There is no such room or device here.' })
  return resource
}

async function lockRow(tx: WorkspaceTx, resourceId: ResourceId): Promise<void> {
  await resourceById(tx, resourceId)
  await tx.db
    .selectFrom('resource')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', resourceId)
    .forUpdate()
    .execute()
}

/** The names of the services that could not be given without it. */
async function servicesThatNeed(tx: WorkspaceTx, resourceId: ResourceId): Promise<string[]> {
  const services = await tx.db
    .selectFrom('service')
    .select(['id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where((where) =>
      where.exists(
        where
          .selectFrom('service_need as need')
          .innerJoin('service_need_member as member', (join) =>
            join.onRef('member.need_id', '=', 'need.id').onRef('member.workspace_id', '=', 'need.workspace_id'),
          )
          .select('need.id')
          .whereRef('need.workspace_id', '=', 'service.workspace_id')
          .whereRef('need.service_id', '=', 'service.id')
          .where('member.resource_id', '=', resourceId),
      ),
    )
    .orderBy('name')
    .orderBy('id')
    .execute()
  const written = await writtenNeeds(
    tx,
    services.map(({ id }) => id),
  )
  const without = (service: ServiceId): Need[] =>
    (written.get(service) ?? []).map((need) => ({ ...asWritten(need), members: need.resourceIds.filter((id) => id !== resourceId) }))
  return services.filter(({ id }) => unmeetable(without(id))).map(({ name }) => name)
}

async function updateAtVersion(tx: WorkspaceTx, resourceId: ResourceId, version: number, columns: Partial<ResourceRow>): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('resource')
    .set({ ...columns, updated_at: tx.now, version: version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', resourceId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 1n) return
  const { version: currentVersion } = await resourceById(tx, resourceId)
  throw new Refusal('http/version-mismatch', {
    detail: 'Nothing was saved. Look at it as it is now and change it again.',
    currentVersion,
  })
}
