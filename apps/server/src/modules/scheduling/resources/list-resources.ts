import type { Principal, Resource, ResourceId } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import type { ResourceRow } from './resource.tables.ts'
import { resourceById } from './write-resource.ts'

export type ListResources = { readonly limit: number; readonly cursor?: string | undefined; readonly archived: boolean }

/** Rooms and devices by name, or the archive. */
export async function listResources(
  tx: WorkspaceTx,
  by: Principal,
  wish: ListResources,
): Promise<{ items: Resource[]; next: string | null }> {
  schedulingPolicy.require(by, 'resources.read')
  const after = readCursor(wish.cursor, [z.string(), z.uuid()])
  let query = tx.db
    .selectFrom('resource')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('archived_at', wish.archived ? 'is not' : 'is', null)
    .orderBy('name')
    .orderBy('id')
    .limit(wish.limit + 1)
  if (after)
    query = query.where((where) =>
      where.or([where('name', '>', after[0]), where.and([where('name', '=', after[0]), where('id', '>', after[1] as ResourceId)])]),
    )
  const page = pageFrom(
    await query.execute(),
    wish.limit,
    (row) => row,
    (row) => [row.name, row.id],
  )
  return { items: await presentResources(tx, page.items), next: page.next }
}

/** One room or device as members see it. */
export async function readResource(tx: WorkspaceTx, by: Principal, resourceId: ResourceId): Promise<Resource> {
  schedulingPolicy.require(by, 'resources.read')
  return presentResource(tx, await resourceById(tx, resourceId))
}

/** The same of a row that was just read or written. */
export async function presentResource(tx: WorkspaceTx, row: ResourceRow): Promise<Resource> {
  const [presented] = await presentResources(tx, [row])
  if (!presented) throw new Error('A resource was presented as none.')
  return presented
}

async function presentResources(tx: WorkspaceTx, rows: readonly ResourceRow[]): Promise<Resource[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const needs = await tx.db
    .selectFrom('service_need_member as member')
    .innerJoin('service_need as need', (join) => join.onRef('need.id', '=', 'member.need_id').on('need.workspace_id', '=', tx.workspaceId))
    .select(['member.resource_id', 'need.service_id'])
    .distinct()
    .where('member.workspace_id', '=', tx.workspaceId)
    .where('member.resource_id', 'in', ids)
    .orderBy('need.service_id')
    .execute()
  const own = await tx.db
    .selectFrom('own_hours')
    .select('resource_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('resource_id', 'in', ids)
    .execute()
  const servicesOf = Map.groupBy(needs, ({ resource_id }) => resource_id)
  const withOwnHours = new Set<ResourceId | null>(own.map((row) => row.resource_id))
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    kind: row.kind,
    active: row.active,
    ownHours: withOwnHours.has(row.id),
    serviceIds: (servicesOf.get(row.id) ?? []).map(({ service_id }) => service_id),
    archivedAt: row.archived_at?.toString() ?? null,
    createdAt: row.created_at.toString(),
    version: row.version,
  }))
}
