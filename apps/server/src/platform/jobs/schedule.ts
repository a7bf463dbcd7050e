import { CronExpressionParser } from 'cron-parser'
import type { Log } from '../log/index.ts'
import type { Job } from './define-job.ts'

/** What a chore is given: work of the whole server, such as the nightly backup, in no workspace. */
export type ChoreContext = { readonly log: Log; readonly signal: AbortSignal; readonly now: Temporal.Instant }

/** When work starts by the clock. */
export type ScheduleTimes = {
  readonly name: string
  /** Five fields: minute, hour, day of month, month, day of week. */
  readonly cron: string
  /** IANA zone the fields are read in. */
  readonly zone: string
}

/**
 * Work that starts by the clock. With `job` (whose payload is `{}`) one job per workspace is enqueued; with `chore` one worker runs it once. A moment that passed
 * while no worker was running is made up for once.
 */
export type Schedule = ScheduleTimes &
  (
    | { readonly job: Job<Record<string, never>>; readonly chore?: undefined }
    | { readonly chore: (context: ChoreContext) => Promise<void>; readonly job?: undefined }
  )

/** Describes a schedule. Throws when its times cannot be read. */
export function defineSchedule(schedule: Schedule): Schedule {
  if (schedule.cron.trim().split(/\s+/).length !== 5)
    throw new TypeError(`The schedule ${schedule.name} needs five fields: minute, hour, day of month, month, day of week.`)
  nextMoment(schedule, Temporal.Instant.fromEpochMilliseconds(0))
  return schedule
}

/** The first moment of a schedule after `after`. A local time that daylight saving skips happens when the clocks have moved on; one that comes twice happens once. */
export function nextMoment({ cron, zone }: Pick<ScheduleTimes, 'cron' | 'zone'>, after: Temporal.Instant): Temporal.Instant {
  const next = CronExpressionParser.parse(cron, { tz: zone, currentDate: after.epochMilliseconds }).next()
  return Temporal.Instant.fromEpochMilliseconds(next.getTime())
}
