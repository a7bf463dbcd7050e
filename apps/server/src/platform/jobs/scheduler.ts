import type pg from 'pg'
import type { Clock } from '../clock/index.ts'
import { isDatabaseAway } from '../database/index.ts'
import { orderedId } from '../ids/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import type { Job } from './define-job.ts'
import { insertJobs } from './job-rows.ts'
import type { ScheduleRow } from './jobs.tables.ts'
import { nextMoment, type Schedule } from './schedule.ts'

export type SchedulerSettings = {
  /** As the relay role. */
  readonly relay: pg.Pool
  readonly clock: Clock
  readonly log: Log
  readonly schedules: readonly Schedule[]
}

const LOOK_MS = 15_000
const CHORE_LEASE = { seconds: 90 }
const RENEW_MS = 30_000
const CHORE_RETRY = { minutes: 5 }
const WORKSPACES_AT_ONCE = 1000

/** Starts what is due by the clock. Any number of workers may run it: each moment is taken by one of them. */
export function startScheduler(settings: SchedulerSettings): { stop(): Promise<void> } {
  const { relay, clock, log, schedules } = settings
  const stopping = new AbortController()
  let known = false
  let turning: Promise<void> = Promise.resolve()

  async function turn(): Promise<void> {
    try {
      if (!known) await rememberSchedules(relay, schedules, clock())
      known = true
      while (!stopping.signal.aborted && (await runOneDue(settings, stopping.signal)));
    } catch (error) {
      if (!isDatabaseAway(error)) log.error('relay.failed', errorFields(error))
    }
  }
  const next = () => {
    turning = turning.then(turn)
  }
  next()
  const timer = setInterval(next, LOOK_MS)
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort(new Error('The server is stopping.'))
      await turning
    },
  }
}

/** Writes down when each schedule is due; one whose times changed begins anew. */
export async function rememberSchedules(relay: pg.Pool, schedules: readonly Schedule[], now: Temporal.Instant): Promise<void> {
  for (const schedule of schedules) {
    await relay.query(
      `insert into platform.schedule as old (name, cron, zone, next_at) values ($1, $2, $3, $4)
       on conflict (name) do update set cron = excluded.cron, zone = excluded.zone, next_at = excluded.next_at
       where old.cron <> excluded.cron or old.zone <> excluded.zone`,
      [schedule.name, schedule.cron, schedule.zone, nextMoment(schedule, now).toString()],
    )
  }
}

/** Takes one schedule that is due and does its work. False when none is. */
export async function runOneDue({ relay, clock, log, schedules }: SchedulerSettings, signal: AbortSignal): Promise<boolean> {
  const now = clock()
  const schedule = await takeDue(relay, schedules, now)
  if (!schedule) return false
  if (schedule.chore) await runChore(relay, schedule, { log, signal, now }, clock)
  return true
}

async function takeDue(relay: pg.Pool, schedules: readonly Schedule[], now: Temporal.Instant): Promise<Schedule | undefined> {
  const client = await relay.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<Pick<ScheduleRow, 'name'>>(
      `select name from platform.schedule where name = any ($1) and next_at <= $2 and (running_until is null or running_until <= $2)
       order by next_at limit 1 for update skip locked`,
      [schedules.map(({ name }) => name), now.toString()],
    )
    const schedule = schedules.find(({ name }) => name === rows[0]?.name)
    if (schedule?.job) {
      await addToEveryWorkspace(client, schedule.name, schedule.job, now)
      await client.query('update platform.schedule set next_at = $2 where name = $1', [schedule.name, nextMoment(schedule, now).toString()])
    } else if (schedule) {
      await client.query('update platform.schedule set running_until = $2 where name = $1', [schedule.name, leaseEnd(now)])
    }
    await client.query('commit')
    return schedule
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

const leaseEnd = (now: Temporal.Instant): string => now.add(CHORE_LEASE).toString()

/** One job per workspace. A workspace whose job of the last time still waits gets no second one. */
async function addToEveryWorkspace(client: pg.ClientBase, schedule: string, job: Job, now: Temporal.Instant): Promise<void> {
  const { rows } = await client.query<{ id: string }>('select id from platform.workspace_ids() as id')
  for (let from = 0; from < rows.length; from += WORKSPACES_AT_ONCE) {
    const jobs = rows.slice(from, from + WORKSPACES_AT_ONCE).map(({ id: workspaceId }) => ({
      envelope: { workspaceId, job: job.name, id: orderedId(now.epochMilliseconds), payload: {} },
      singletonKey: schedule,
    }))
    const { text, values } = insertJobs(job, jobs)
    await client.query(text, [...values])
  }
}

async function runChore(
  relay: pg.Pool,
  schedule: Schedule & { chore: (context: { log: Log; signal: AbortSignal; now: Temporal.Instant }) => Promise<void> },
  context: { log: Log; signal: AbortSignal; now: Temporal.Instant },
  clock: Clock,
): Promise<void> {
  const renewal = setInterval(() => {
    relay
      .query('update platform.schedule set running_until = $2 where name = $1', [schedule.name, leaseEnd(clock())])
      .catch(() => undefined)
  }, RENEW_MS)
  let next = nextMoment(schedule, context.now)
  try {
    await schedule.chore(context)
  } catch (error) {
    context.log.error('job.failed', { queue: schedule.name, ...errorFields(error) })
    next = Temporal.Instant.compare(clock().add(CHORE_RETRY), next) < 0 ? clock().add(CHORE_RETRY) : next
  } finally {
    clearInterval(renewal)
  }
  await relay.query('update platform.schedule set next_at = $2, running_until = null where name = $1', [schedule.name, next.toString()])
}
