import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openPool } from '../database/index.ts'
import { type TestDatabase, testDatabase } from '../database/testing.ts'
import { openLog } from '../log/index.ts'
import { type ChoreContext, defineJob, defineSchedule, prepareJobs, type Schedule } from './index.ts'
import { nextMoment } from './schedule.ts'
import { rememberSchedules, runOneDue, startScheduler } from './scheduler.ts'

const look = defineJob({ name: 'test.look', payload: z.strictObject({}), fields: {}, run: async () => undefined })
const everywhere = defineSchedule({ name: 'test.everywhere', cron: '0 3 * * *', zone: 'UTC', job: look })
let chore: (context: ChoreContext) => Promise<void> = async () => undefined
const nightly = defineSchedule({ name: 'test.nightly', cron: '30 2 * * *', zone: 'Europe/Madrid', chore: (context) => chore(context) })
const log = openLog({ level: 'silent', role: 'test', strict: true })
const neverStops = new AbortController().signal

let test: TestDatabase
let relay: pg.Pool
beforeAll(async () => {
  test = await testDatabase()
  await prepareJobs(test.urls.owner, [look])
  relay = openPool(test.urls.relay, 6)
  expect((await relay.query('select platform.workspace_ids()')).rows).toEqual([]) // the real look-up; below it answers with three
  await test.asSuperuser(
    `create or replace function platform.workspace_ids() returns setof uuid language sql
     as $$ select ('00000000-0000-7000-8000-00000000000' || n)::uuid from generate_series(1, 3) as n $$`,
  )
})
afterAll(() => relay.end())
beforeEach(() => test.asSuperuser('truncate platform.schedule, pgboss.job'))

const at = (text: string) => Temporal.Instant.from(text)
const run = (schedules: readonly Schedule[], now: string) => runOneDue({ relay, clock: () => at(now), log, schedules }, neverStops)
const nextOf = async (name: string) =>
  (await test.asSuperuser('select next_at::text, running_until from platform.schedule where name = $1', [name])).rows[0]

describe('the times of a schedule', () => {
  it.each(['* * * *', '0 0 0 1 1 *', '61 * * * *', 'every day'])('cannot be %s', (cron) => {
    expect(() => defineSchedule({ name: 'test.x', cron, zone: 'UTC', job: look })).toThrow()
  })

  it('cannot be in a zone that does not exist', () => {
    expect(() => defineSchedule({ name: 'test.x', cron: '0 0 * * *', zone: 'Mars/Olympus', job: look })).toThrow()
  })

  it.each([
    ['in summer', '2027-07-01T00:00:00Z', '2027-07-01T00:30:00Z'],
    ['in winter', '2027-01-01T02:00:00Z', '2027-01-02T01:30:00Z'],
    ['after the hour that daylight saving skips', '2027-03-28T00:00:00Z', '2027-03-28T01:30:00Z'],
    ['in the first of the two hours in autumn', '2027-10-30T23:00:00Z', '2027-10-31T00:30:00Z'],
    ['not again in the second one', '2027-10-31T00:30:00Z', '2027-11-01T01:30:00Z'],
  ])('are wall-clock times: half past two in Madrid %s', (_what, after, next) => {
    expect(nextMoment(nightly, at(after)).toString()).toBe(next)
  })
})

describe('a schedule', () => {
  it('does nothing before its time', async () => {
    await rememberSchedules(relay, [everywhere], at('2027-01-01T00:00:00Z'))
    expect(await run([everywhere], '2027-01-01T02:59:59Z')).toBe(false)
  })

  it('adds one job to every workspace when it is due, and knows its next time', async () => {
    await rememberSchedules(relay, [everywhere], at('2027-01-01T00:00:00Z'))
    expect(await run([everywhere], '2027-01-01T03:00:00Z')).toBe(true)
    expect(await run([everywhere], '2027-01-01T03:00:00Z')).toBe(false)
    const { rows } = await test.asSuperuser(
      "select count(distinct data->>'workspaceId')::int as workspaces, count(*)::int as jobs from pgboss.job",
    )
    expect(rows).toEqual([{ workspaces: 3, jobs: 3 }])
    expect(await nextOf('test.everywhere')).toMatchObject({ next_at: '2027-01-02 03:00:00+00' })
  })

  it('makes up once for the nights in which no worker ran', async () => {
    await rememberSchedules(relay, [everywhere], at('2027-01-01T00:00:00Z'))
    expect(await run([everywhere], '2027-01-09T12:00:00Z')).toBe(true)
    expect(await run([everywhere], '2027-01-09T12:00:00Z')).toBe(false)
    expect((await test.asSuperuser('select from pgboss.job')).rowCount).toBe(3)
  })

  it('does not pile up jobs where the last ones still wait', async () => {
    await rememberSchedules(relay, [everywhere], at('2027-01-01T00:00:00Z'))
    await run([everywhere], '2027-01-01T03:00:00Z')
    await run([everywhere], '2027-01-02T03:00:00Z')
    expect((await test.asSuperuser('select from pgboss.job')).rowCount).toBe(3)
  })

  it('is taken by one of many workers', async () => {
    await rememberSchedules(relay, [everywhere], at('2027-01-01T00:00:00Z'))
    const taken = await Promise.all(Array.from({ length: 6 }, () => run([everywhere], '2027-01-01T03:00:00Z')))
    expect(taken.filter(Boolean)).toHaveLength(1)
  })

  it('begins anew when its times change', async () => {
    await rememberSchedules(relay, [everywhere], at('2027-01-01T00:00:00Z'))
    const later = defineSchedule({ name: 'test.everywhere', cron: '0 5 * * *', zone: 'UTC', job: look })
    await rememberSchedules(relay, [later], at('2027-01-01T00:00:00Z'))
    expect(await nextOf('test.everywhere')).toMatchObject({ next_at: '2027-01-01 05:00:00+00' })
  })
})

describe('a chore', () => {
  it('that failed is tried again in five minutes', async () => {
    chore = async () => {
      throw new Error('the disk is full')
    }
    await rememberSchedules(relay, [nightly], at('2027-01-01T00:00:00Z'))
    await run([nightly], '2027-01-01T01:30:00Z')
    expect(await nextOf('test.nightly')).toEqual({ next_at: '2027-01-01 01:35:00+00', running_until: null })
  })

  it('runs in one worker only, even while it takes long', async () => {
    let finish: () => void = () => undefined
    let runs = 0
    chore = () =>
      new Promise((resolve) => {
        runs += 1
        finish = resolve
      })
    await rememberSchedules(relay, [nightly], at('2027-01-01T00:00:00Z'))
    const first = run([nightly], '2027-01-01T01:30:00Z')
    await expect.poll(() => runs).toBe(1)
    expect(await run([nightly], '2027-01-01T01:30:20Z')).toBe(false)
    finish()
    await first
    expect(await nextOf('test.nightly')).toEqual({ next_at: '2027-01-02 01:30:00+00', running_until: null })
  })

  it('whose worker died is taken over when its lease ends', async () => {
    let runs = 0
    chore = async () => {
      runs += 1
    }
    await rememberSchedules(relay, [nightly], at('2027-01-01T00:00:00Z'))
    await test.asSuperuser("update platform.schedule set running_until = '2027-01-01T01:31:30Z'")
    expect(await run([nightly], '2027-01-01T01:31:00Z')).toBe(false)
    expect(await run([nightly], '2027-01-01T01:31:30Z')).toBe(true)
    expect(runs).toBe(1)
  })
})

it('a scheduler looks by itself, and its stop waits for what runs', async () => {
  let ended = false
  chore = async ({ signal }) => {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    ended = true
  }
  await rememberSchedules(relay, [nightly], at('2027-01-01T00:00:00Z'))
  const scheduler = startScheduler({ relay, clock: () => at('2027-01-01T01:30:00Z'), log, schedules: [nightly] })
  await expect.poll(async () => (await nextOf('test.nightly')).running_until).not.toBe(null)
  await scheduler.stop()
  expect(ended).toBe(true)
})
