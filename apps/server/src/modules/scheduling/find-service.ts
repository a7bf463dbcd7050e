import type { ServiceId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { businessFacts } from './business.ts'
import type { ServiceRow } from './service.tables.ts'

/** One service, archived or not. Throws `http/not-found`. */
export async function serviceById(tx: WorkspaceTx, serviceId: ServiceId): Promise<ServiceRow> {
  const service = await tx.db
    .selectFrom('service')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', serviceId)
    .executeTakeFirst()
  if (!service) throw new Refusal('http/not-found', { detail: 'There is no such service here.' })
  return service
}

/** The service behind a public address, an earlier one included. Throws `http/not-found`, or `scheduling/service-closed` while it is paused or put away. */
export async function serviceBySlug(tx: WorkspaceTx, slug: string): Promise<ServiceRow> {
  const address = await tx.db
    .selectFrom('service_address')
    .select('service_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (!address) throw new Refusal('http/not-found', { detail: 'There is no such service here. Look at the list of services.' })
  const service = await serviceById(tx, address.service_id)
  requireOpen(service)
  await requireOpenBusiness(tx)
  return service
}

/** Throws `scheduling/service-closed` where strangers cannot book a service now. */
export function requireOpen(service: ServiceRow): void {
  if (service.active && service.archived_at === null) return
  throw new Refusal('scheduling/service-closed', { detail: 'Nothing was booked. Choose another service, or call.' })
}

/** Throws `scheduling/service-closed` while the business is being closed for good. */
export async function requireOpenBusiness(tx: WorkspaceTx): Promise<void> {
  const { closesAt } = await businessFacts(tx)
  if (closesAt === null) return
  throw new Refusal('scheduling/service-closed', { detail: 'This business takes no bookings any more. Nothing was booked.' })
}
