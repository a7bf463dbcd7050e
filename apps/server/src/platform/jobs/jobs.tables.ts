import { inventoryOf, inventoryOutside, reference, system } from '../inventory/index.ts'

/** A job that used up its tries. Payloads hold ids and states only. */
export type FailedJobRow = {
  workspace_id: string
  id: string
  name: string
  payload: unknown
  error: string
  attempts: number
  failed_at: Temporal.Instant
}

/** When a schedule is due next. */
export type ScheduleRow = {
  name: string
  cron: string
  zone: string
  next_at: Temporal.Instant
  running_until: Temporal.Instant | null
}

declare module '../database/tables.ts' {
  interface Tables {
    failed_job: FailedJobRow
  }
}

export const jobsInventory = [
  inventoryOf<FailedJobRow>('failed_job', {
    // Ids, states and error codes, until the job is run again or for 90 days.
    subjects: [{ root: 'contact', mentionedIn: 'payload' }],
    columns: {
      workspace_id: system,
      id: system,
      name: system,
      payload: reference('contact'),
      error: system,
      attempts: system,
      failed_at: system,
    },
  }),
  inventoryOutside<ScheduleRow>('platform', 'schedule', {
    subjects: [{ root: 'none', why: 'Names of schedules and moments.' }],
    columns: { name: system, cron: system, zone: system, next_at: system, running_until: system },
  }),
]
