import { sql } from 'kysely'
import { z } from 'zod'
import { defineJob, defineSchedule } from '../../platform/jobs/index.ts'

const MONTHS_AHEAD = 6

/** Makes the timeline's partitions of the next months. The work is done once for all workspaces; whoever comes later finds them there. */
export const makePartitions = defineJob({
  name: 'contacts.make-timeline-partitions',
  payload: z.strictObject({}),
  fields: {},
  run: (context) =>
    context.inWorkspace(async (tx) => void (await sql`select platform.make_timeline_partitions(${MONTHS_AHEAD})`.execute(tx.db))),
})

/** Every Monday night: six months ahead leave time for a server that was off. */
export const partitionSchedule = defineSchedule({
  name: 'contacts.timeline-partitions',
  cron: '17 3 * * 1',
  zone: 'UTC',
  job: makePartitions,
})
