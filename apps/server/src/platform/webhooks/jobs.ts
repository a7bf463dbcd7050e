import type pg from 'pg'
import { defineSchedule, type Job, type Schedule } from '../jobs/index.ts'
import { deliverJob, deliverSlowJob } from './lanes.ts'
import { wakeLeftDeliveries } from './plan-deliveries.ts'
import { replayJob } from './replay.ts'

export const webhookJobs: readonly Job[] = [deliverJob, deliverSlowJob, replayJob]

/** What webhooks do by the clock. */
export const webhookSchedules = (relay: pg.Pool): readonly Schedule[] => [
  defineSchedule({
    name: 'webhooks.wake-left',
    cron: '*/5 * * * *',
    zone: 'UTC',
    chore: async ({ now }) => void (await wakeLeftDeliveries(relay, now)),
  }),
]
