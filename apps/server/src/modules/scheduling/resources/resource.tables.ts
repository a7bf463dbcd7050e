import type { ResourceId, ResourceKind, ServiceId } from '@frontdesk/contract'
import { inventoryOf, system } from '../../../platform/inventory/index.ts'

/** A room, or a device that only one can use at a time. */
export type ResourceRow = {
  workspace_id: string
  id: ResourceId
  name: string
  kind: ResourceKind
  active: boolean
  archived_at: Temporal.Instant | null
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

/** Something a service takes: `required` of its members at once, null for all of them. */
export type ServiceNeedRow = { workspace_id: string; id: string; service_id: ServiceId; position: number; required: number | null }

/** A room or a device that can fill a need. */
export type ServiceNeedMemberRow = { workspace_id: string; id: string; need_id: string; resource_id: ResourceId }

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    resource: ResourceRow
    service_need: ServiceNeedRow
    service_need_member: ServiceNeedMemberRow
  }
}

const house = [{ root: 'workspace' }] as const

export const resourceInventory = [
  inventoryOf<ResourceRow>('resource', {
    subjects: house,
    columns: {
      workspace_id: system,
      id: system,
      name: system,
      kind: system,
      active: system,
      archived_at: system,
      created_at: system,
      updated_at: system,
      version: system,
    },
  }),
  inventoryOf<ServiceNeedRow>('service_need', {
    subjects: house,
    columns: { workspace_id: system, id: system, service_id: system, position: system, required: system },
  }),
  inventoryOf<ServiceNeedMemberRow>('service_need_member', {
    subjects: house,
    columns: { workspace_id: system, id: system, need_id: system, resource_id: system },
  }),
]
