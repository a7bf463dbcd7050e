import type { Log } from '../log/index.ts'
import type { Job } from './define-job.ts'

/** What a chore is given: work of the whole server, such as the nightly backup, in no workspace. */
export type ChoreContext = { readonly log: Log; readonly signal: AbortSignal; readonly now: Temporal.Instant }

/**
 * Work that starts by the clock. With `job` (whose payload is `{}`) one job per workspace is enqueued; with `chore` one worker runs it once. A moment that passed
 * while no worker was running is made up for once.
 */
export type Schedule = {
  readonly name: string
  /** Five fields: minute, hour, day of month, month, day of week. */
  readonly cron: string
  /** IANA zone the fields are read in. */
  readonly zone: string
} & (
  | { readonly job: Job<Record<string, never>>; readonly chore?: undefined }
  | { readonly chore: (context: ChoreContext) => Promise<void>; readonly job?: undefined }
)

/** Describes a schedule. */
export const defineSchedule = (schedule: Schedule): Schedule => schedule
