import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { defineJob, defineSchedule } from '../../../platform/jobs/index.ts'

/** How long single visits stay. What is left of older ones is a number for each page and day. */
export const webLogDays = 30

/** Folds old visits into the counts of their days, and deletes them. */
export const foldWebLogJob = defineJob({
  name: 'privacy.fold-web-log',
  payload: z.strictObject({}),
  fields: {},
  run: (context) => context.inWorkspace(foldWebLog),
})

export const foldWebLogSchedule = defineSchedule({ name: 'privacy.fold-web-log', cron: '41 1 * * *', zone: 'UTC', job: foldWebLogJob })

/** In one statement, so that no visit is counted twice or lost. */
export async function foldWebLog(tx: WorkspaceTx): Promise<void> {
  const before = tx.now.subtract({ hours: 24 * webLogDays })
  await sql`
    with old as (delete from web_visit where workspace_id = ${tx.workspaceId} and at < ${before} returning (at at time zone 'UTC')::date as day, page),
      counted as (select day, page, count(*) as views from old group by day, page)
    insert into web_day (workspace_id, id, day, page, views)
    select ${tx.workspaceId}, gen_random_uuid(), day, page, views from counted
    on conflict (workspace_id, day, page) do update set views = web_day.views + excluded.views`.execute(tx.db)
}
