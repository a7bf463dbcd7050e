import type { Service, ServiceId, StaffId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { businessFacts } from './business.ts'
import { writtenNeeds } from './resources/needs.ts'
import type { ServiceRow } from './service.tables.ts'

/** Services as members see them, in the order given. `origin` begins the address to share. */
export async function presentServices(tx: WorkspaceTx, services: readonly ServiceRow[], origin: string): Promise<Service[]> {
  if (services.length === 0) return []
  const ids = services.map((service) => service.id)
  const { slug } = await businessFacts(tx)
  const links = await tx.db
    .selectFrom('service_staff')
    .select(['service_id', 'staff_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('service_id', 'in', ids)
    .orderBy('id')
    .execute()
  const needs = await writtenNeeds(tx, ids)
  const own = await tx.db
    .selectFrom('own_hours')
    .select('service_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('service_id', 'in', ids)
    .execute()
  const staffOf = Map.groupBy(links, (link) => link.service_id)
  const withOwnHours = new Set<ServiceId | null>(own.map((row) => row.service_id))
  return services.map((row) => ({
    id: row.id,
    name: row.name,
    slug: row.slug,
    afterBookingUrl: row.after_booking_url,
    description: row.description,
    durationMinutes: row.duration_minutes,
    price: row.price_minor === null || row.currency === null ? null : { minor: String(row.price_minor), currency: row.currency },
    bufferBeforeMinutes: row.buffer_before_minutes,
    bufferAfterMinutes: row.buffer_after_minutes,
    noticeMinutes: row.notice_minutes,
    horizonDays: row.horizon_days,
    stepMinutes: row.step_minutes,
    changeNoticeMinutes: row.change_notice_minutes,
    place: { kind: row.place_kind, detail: row.place_detail },
    hue: row.hue,
    phone: row.phone,
    choosePerson: row.choose_person,
    discreet: row.discreet,
    approval: row.approval,
    answerMinutes: row.answer_minutes,
    waitlist: row.waitlist,
    offerMinutes: row.offer_minutes,
    active: row.active,
    staffIds: (staffOf.get(row.id) ?? []).map((link): StaffId => link.staff_id),
    needs: needs.get(row.id) ?? [],
    position: row.position,
    ownHours: withOwnHours.has(row.id),
    bookingUrl: `${origin}/b/${slug}/${row.slug}`,
    archivedAt: row.archived_at?.toString() ?? null,
    createdAt: row.created_at.toString(),
    version: row.version,
  }))
}

/** One service as members see it. */
export async function presentService(tx: WorkspaceTx, service: ServiceRow, origin: string): Promise<Service> {
  const [presented] = await presentServices(tx, [service], origin)
  if (!presented) throw new Error('A service was presented as none.')
  return presented
}
