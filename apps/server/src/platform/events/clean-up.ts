import type pg from 'pg'
import { z } from 'zod'
import type { WorkspaceTx } from '../database/index.ts'
import { removeOldWindows } from '../http/index.ts'
import { defineJob, defineSchedule, type Job, type Schedule } from '../jobs/index.ts'
import '../jobs/jobs.tables.ts'

const KEEP_EVENTS = { hours: 30 * 24 }
const KEEP_ANSWERS = { hours: 24 }
const KEEP_FAILED_JOBS = { hours: 90 * 24 }
const ROWS_AT_ONCE = 5000

/** Removes what the platform keeps for a while only: stored answers of idempotent writes, records of handled events, failed jobs nobody ran again. */
export const cleanUp: Job<Record<string, never>> = defineJob({
  name: 'platform.clean-up',
  payload: z.strictObject({}),
  fields: {},
  run: (context) => context.inWorkspace(removeOldRows),
})

async function removeOldRows(tx: WorkspaceTx): Promise<void> {
  const { db, workspaceId, now } = tx
  await db
    .deleteFrom('idempotency_key')
    .where('workspace_id', '=', workspaceId)
    .where('created_at', '<', now.subtract(KEEP_ANSWERS))
    .execute()
  await db.deleteFrom('handled_event').where('workspace_id', '=', workspaceId).where('handled_at', '<', now.subtract(KEEP_EVENTS)).execute()
  await db
    .deleteFrom('failed_job')
    .where('workspace_id', '=', workspaceId)
    .where('failed_at', '<', now.subtract(KEEP_FAILED_JOBS))
    .execute()
}

/** Removes events that were sent 30 days ago. Returns their number. */
export async function removeOldEvents(relay: pg.Pool, now: Temporal.Instant): Promise<number> {
  const before = now.subtract(KEEP_EVENTS).toString()
  let removed = 0
  for (;;) {
    const { rowCount } = await relay.query(
      `delete from outbox where ctid in (select ctid from outbox where sent_at < $1 limit ${ROWS_AT_ONCE})`,
      [before],
    )
    removed += rowCount ?? 0
    if ((rowCount ?? 0) < ROWS_AT_ONCE) return removed
  }
}

/** The platform's own schedules. */
export const platformSchedules = (relay: pg.Pool): readonly Schedule[] => [
  defineSchedule({ name: 'platform.clean-up', cron: '17 * * * *', zone: 'UTC', job: cleanUp }),
  defineSchedule({
    name: 'events.remove-old',
    cron: '42 * * * *',
    zone: 'UTC',
    chore: async ({ now }) => void (await removeOldEvents(relay, now)),
  }),
  defineSchedule({
    name: 'http.remove-old-windows',
    cron: '*/10 * * * *',
    zone: 'UTC',
    chore: async ({ now }) => void (await removeOldWindows(relay, now)),
  }),
]
