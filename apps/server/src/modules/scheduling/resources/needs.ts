import type { ResourceId, ServiceId, ServiceNeed } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { asWritten, type Need, unmeetable } from './needs.rules.ts'
import type { ResourceRow } from './resource.tables.ts'

/** What a service takes beside a person. */
export type ServiceNeeds = {
  readonly needs: readonly Need[]
  /** Every room and device in use that could fill one of them, by name. */
  readonly resources: readonly ResourceRow[]
}

/** What a service takes, as it can be filled now; `held` counts whether it is in use or not. */
export async function needsOf(tx: WorkspaceTx, serviceId: ServiceId, held: readonly ResourceId[] = []): Promise<ServiceNeeds> {
  const written = (await writtenNeeds(tx, [serviceId])).get(serviceId) ?? []
  if (written.length === 0) return { needs: [], resources: [] }
  const resources = await tx.db
    .selectFrom('resource')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', [...new Set(written.flatMap(({ resourceIds }) => resourceIds))])
    .where((where) => where.or([where('active', '=', true), ...(held.length > 0 ? [where('id', 'in', held)] : [])]))
    .orderBy('name')
    .orderBy('id')
    .execute()
  const inUse = new Set(resources.map(({ id }) => id))
  return {
    needs: written.map((need) => ({ ...asWritten(need), members: need.resourceIds.filter((id) => inUse.has(id)) })),
    resources,
  }
}

/** What services take, as it is written down, by service. */
export async function writtenNeeds(tx: WorkspaceTx, serviceIds: readonly ServiceId[]): Promise<Map<ServiceId, ServiceNeed[]>> {
  if (serviceIds.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('service_need')
    .innerJoin('service_need_member', (join) =>
      join.onRef('service_need_member.need_id', '=', 'service_need.id').on('service_need_member.workspace_id', '=', tx.workspaceId),
    )
    .innerJoin('resource', (join) =>
      join.onRef('resource.id', '=', 'service_need_member.resource_id').on('resource.workspace_id', '=', tx.workspaceId),
    )
    .select(['service_need.id', 'service_need.service_id', 'service_need.required', 'service_need_member.resource_id'])
    .where('service_need.workspace_id', '=', tx.workspaceId)
    .where('service_need.service_id', 'in', serviceIds)
    // What is put away waits in its place until it is back.
    .where('resource.archived_at', 'is', null)
    .orderBy('service_need.service_id')
    .orderBy('service_need.position')
    .orderBy('service_need_member.id')
    .execute()
  const needs = new Map<ServiceId, ServiceNeed[]>()
  for (const members of Map.groupBy(rows, ({ id }) => id).values()) {
    const [first] = members
    if (!first) continue
    const need = { resourceIds: members.map(({ resource_id }) => resource_id), required: first.required ?? ('all' as const) }
    needs.set(first.service_id, [...(needs.get(first.service_id) ?? []), need])
  }
  return needs
}

/** Writes down what a service takes, whole. Bookings keep what they have. */
export async function setNeeds(tx: WorkspaceTx, serviceId: ServiceId, needs: readonly ServiceNeed[]): Promise<void> {
  await requireKnown(tx, [...new Set(needs.flatMap(({ resourceIds }) => resourceIds))])
  if (unmeetable(needs.map(asWritten))) {
    throw new Refusal('http/invalid-request', {
      detail: 'body.needs: they name too few different rooms or devices to have all at once. Nothing was saved.',
      faults: [{ path: 'body.needs', code: 'too_few', message: 'They name too few different ones to have all at once.' }],
    })
  }
  await tx.db.deleteFrom('service_need').where('workspace_id', '=', tx.workspaceId).where('service_id', '=', serviceId).execute()
  if (needs.length === 0) return
  const rows = needs.map((need, position) => ({ ...need, id: tx.newId(), position }))
  await tx.db
    .insertInto('service_need')
    .values(
      rows.map(({ id, position, required }) => ({
        workspace_id: tx.workspaceId,
        id,
        service_id: serviceId,
        position,
        required: required === 'all' ? null : required,
      })),
    )
    .execute()
  await tx.db
    .insertInto('service_need_member')
    .values(
      rows.flatMap(({ id, resourceIds }) =>
        resourceIds.map((resourceId) => ({ workspace_id: tx.workspaceId, id: tx.newId(), need_id: id, resource_id: resourceId })),
      ),
    )
    .execute()
}

async function requireKnown(tx: WorkspaceTx, resourceIds: readonly ResourceId[]): Promise<void> {
  if (resourceIds.length === 0) return
  const known = await tx.db
    .selectFrom('resource')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', resourceIds)
    .where('archived_at', 'is', null)
    // Whoever puts one away at this moment waits, and then sees that it is needed.
    .forShare()
    .execute()
  if (known.length === resourceIds.length) return
  throw new Refusal('http/invalid-request', {
    detail: 'body.needs: one of these rooms or devices does not exist here. Nothing was saved.',
    faults: [{ path: 'body.needs', code: 'unknown', message: 'One of these rooms or devices does not exist here.' }],
  })
}
