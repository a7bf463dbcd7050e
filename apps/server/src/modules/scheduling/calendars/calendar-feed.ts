import type { CalendarFeed, Principal, StaffId, WorkspaceId } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { surroundings } from '../surroundings.ts'
import type { CalendarFeedRow } from './calendar.tables.ts'
import { requireOwnCalendars } from './own-calendars.ts'

type Presented = { feed: z.input<typeof CalendarFeed> | null }

const purpose = 'calendar-feed'
/** Other calendars ask the same address for years; what ends it is that its row is renewed. */
const yearsOpen = 30

/** The address under which a person's bookings can be read, for whoever may keep it. */
export async function readFeed(tx: WorkspaceTx, by: Principal, staffId: StaffId): Promise<Presented> {
  await requireOwnCalendars(tx, by, 'calendar_feeds.manage', staffId)
  return present(tx, await feedOf(tx, staffId))
}

/** Makes the address, or changes what it shows; the address stays. */
export async function changeFeed(
  tx: WorkspaceTx,
  by: Principal,
  { staffId, shows }: { readonly staffId: StaffId; readonly shows: CalendarFeedRow['shows'] },
): Promise<Presented> {
  await requireOwnCalendars(tx, by, 'calendar_feeds.manage', staffId)
  await tx.db
    .insertInto('calendar_feed')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), staff_id: staffId, shows, created_at: tx.now })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'staff_id']).doUpdateSet({ shows }))
    .execute()
  await audit(tx, by, { action: 'calendar_feed.changed', object: { type: 'staff', id: staffId }, result: 'done' })
  return present(tx, await feedOf(tx, staffId))
}

/** Makes a new address. The one before leads nowhere from this moment on. Throws `http/not-found` where there is none. */
export async function renewFeed(tx: WorkspaceTx, by: Principal, staffId: StaffId): Promise<Presented> {
  await requireOwnCalendars(tx, by, 'calendar_feeds.manage', staffId)
  const { numUpdatedRows } = await tx.db
    .updateTable('calendar_feed')
    .set({ id: tx.newId(), created_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new Refusal('http/not-found', { detail: 'There is no such address yet. Nothing was changed.' })
  await audit(tx, by, { action: 'calendar_feed.renewed', object: { type: 'staff', id: staffId }, result: 'done' })
  return present(tx, await feedOf(tx, staffId))
}

/** Takes the address away. */
export async function removeFeed(tx: WorkspaceTx, by: Principal, staffId: StaffId): Promise<void> {
  await requireOwnCalendars(tx, by, 'calendar_feeds.manage', staffId)
  await tx.db.deleteFrom('calendar_feed').where('workspace_id', '=', tx.workspaceId).where('staff_id', '=', staffId).execute()
  await audit(tx, by, { action: 'calendar_feed.removed', object: { type: 'staff', id: staffId }, result: 'done' })
}

/** The feed that a token leads to. Throws `scheduling/link-invalid` for one that was renewed or taken away, or never was. */
export async function openFeed(
  database: Database,
  token: string,
): Promise<{ readonly workspaceId: WorkspaceId; readonly feed: CalendarFeedRow }> {
  const check = database.keys.verifyLink(token, purpose, database.clock())
  const workspaceId = check.valid ? (check.link.workspaceId as WorkspaceId | null) : null
  const feed =
    check.valid && workspaceId !== null
      ? await database.inWorkspace(workspaceId, (tx) => feedById(tx, check.link.subjectId), { readOnly: true })
      : undefined
  if (workspaceId === null || !feed)
    throw new Refusal('scheduling/link-invalid', { detail: 'Ask whoever gave you this address for the new one.', expired: false })
  return { workspaceId, feed }
}

const feedById = (tx: WorkspaceTx, id: string) =>
  tx.db
    .selectFrom('calendar_feed')
    .innerJoin('staff', (join) =>
      join.onRef('staff.id', '=', 'calendar_feed.staff_id').onRef('staff.workspace_id', '=', 'calendar_feed.workspace_id'),
    )
    .selectAll('calendar_feed')
    .where('calendar_feed.workspace_id', '=', tx.workspaceId)
    .where('calendar_feed.id', '=', id)
    .where('staff.archived_at', 'is', null)
    .executeTakeFirst()

const feedOf = (tx: WorkspaceTx, staffId: StaffId): Promise<CalendarFeedRow | undefined> =>
  tx.db
    .selectFrom('calendar_feed')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', '=', staffId)
    .executeTakeFirst()

function present(tx: WorkspaceTx, feed: CalendarFeedRow | undefined): Presented {
  if (!feed) return { feed: null }
  const expiresAt = feed.created_at.toZonedDateTimeISO('UTC').add({ years: yearsOpen }).toInstant()
  const token = tx.keys.signLink({ purpose, workspaceId: tx.workspaceId, subjectId: feed.id, expiresAt, allows: ['view'] }, tx.now)
  return {
    feed: {
      url: `${surroundings.get().publicUrl()}/feeds/${token}/calendar.ics`,
      shows: feed.shows,
      createdAt: feed.created_at.toString(),
    },
  }
}
