import type { Principal, StaffId } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { findTime } from '../claim-time.ts'
import { schedulingPolicy } from '../scheduling.policy.ts'
import type { ServiceRow } from '../service.tables.ts'
import { holdMinutes } from './page-hold.rules.ts'
import type { PageHoldRow } from './page-hold.tables.ts'

export type KeepTime = {
  readonly service: ServiceRow
  readonly start: Temporal.Instant
  readonly staffId?: StaffId | undefined
  /** What was kept before on the same way; it is let go. */
  readonly instead?: string | undefined
}

/**
 * Keeps a time while somebody fills in the page. Throws `scheduling/slot-taken` or `scheduling/slot-not-offered`. It is chosen under the locks under which bookings are
 * made; what was kept before is let go, and so is what has run out.
 */
export async function keepTime(tx: WorkspaceTx, by: Principal, { service, start, staffId, instead }: KeepTime): Promise<string> {
  schedulingPolicy.require(by, 'page.book')
  await tx.db
    .deleteFrom('page_hold')
    .where('workspace_id', '=', tx.workspaceId)
    .where((where) => where.or([where('expires_at', '<=', tx.now), ...(instead === undefined ? [] : [where('id', '=', instead)])]))
    .execute()
  const [time] = await findTime(tx, { service, start, staffId, outsideHours: false })
  if (!time) throw new Error('A time was found without anybody who has it.')
  const id = tx.newId()
  await tx.db
    .insertInto('page_hold')
    .values({
      workspace_id: tx.workspaceId,
      id,
      service_id: service.id,
      staff_id: time.staffId,
      host_ids: JSON.stringify([time.staffId, ...time.resourceIds]),
      starts_at: time.start,
      busy_from: time.busyFrom,
      busy_until: time.busyUntil,
      expires_at: tx.now.add({ minutes: holdMinutes.first }),
      extensions: 0,
      created_at: tx.now,
    })
    .execute()
  return id
}

/** The hold that a page names; with a start only for this very time. */
export async function pageHold(
  tx: WorkspaceTx,
  { service, start, id }: { readonly service: Pick<ServiceRow, 'id'>; readonly start?: Temporal.Instant; readonly id: string | undefined },
): Promise<Selectable<PageHoldRow> | undefined> {
  if (id === undefined || !isId(id)) return undefined
  const found = await tx.db
    .selectFrom('page_hold')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('service_id', '=', service.id)
    .executeTakeFirst()
  return found && (start === undefined || Temporal.Instant.compare(found.starts_at, start) === 0) ? found : undefined
}

/** Keeps it longer, from its end on. What ran out, or was extended as often as may be, stays as it is. */
export async function extendHold(tx: WorkspaceTx, by: Principal, id: string): Promise<void> {
  schedulingPolicy.require(by, 'page.book')
  const hold = await tx.db
    .selectFrom('page_hold')
    .select(['expires_at', 'extensions'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!hold || hold.extensions >= holdMinutes.extensions || Temporal.Instant.compare(hold.expires_at, tx.now) <= 0) return
  await tx.db
    .updateTable('page_hold')
    .set({ expires_at: hold.expires_at.add({ minutes: holdMinutes.more }), extensions: hold.extensions + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

/** Lets a kept time go, in the transaction that books it. */
export async function letGo(tx: WorkspaceTx, id: string): Promise<void> {
  await tx.db.deleteFrom('page_hold').where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
