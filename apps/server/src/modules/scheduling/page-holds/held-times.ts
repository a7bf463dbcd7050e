import type { Busy } from '@frontdesk/availability'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** What is kept on booking pages at this moment, by whom or what it takes. */
export async function heldTimes(
  tx: WorkspaceTx,
  since: Temporal.Instant,
  until: Temporal.Instant,
): Promise<readonly (readonly [string, Busy])[]> {
  const rows = await tx.db
    .selectFrom('page_hold')
    .select(['id', 'host_ids', 'busy_from', 'busy_until'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('expires_at', '>', tx.now)
    .where('busy_until', '>', since)
    .where('busy_from', '<', until)
    .execute()
  return rows.flatMap(({ id, host_ids, busy_from, busy_until }) =>
    host_ids.map(
      (hostId) => [hostId, { startMs: busy_from.epochMilliseconds, endMs: busy_until.epochMilliseconds, ref: pageHoldRef(id) }] as const,
    ),
  )
}

const pageHoldRef = (id: string): string => `page_hold:${id}`
/** Whether a busy time is one that somebody is about to book on a page. */
export const isPageHoldRef = (ref: string | undefined): boolean => ref?.startsWith('page_hold:') ?? false

/** Lets go what was kept where a booking stands now. */
export async function letGoOver(
  tx: WorkspaceTx,
  hostIds: readonly string[],
  { busyFrom, busyUntil }: { readonly busyFrom: Temporal.Instant; readonly busyUntil: Temporal.Instant },
): Promise<void> {
  await tx.db
    .deleteFrom('page_hold')
    .where('workspace_id', '=', tx.workspaceId)
    .where('busy_until', '>', busyFrom)
    .where('busy_from', '<', busyUntil)
    .where(sql<boolean>`host_ids ?| ${[...hostIds]}::text[]`)
    .execute()
}
