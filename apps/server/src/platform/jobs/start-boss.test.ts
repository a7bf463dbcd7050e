import type pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { openPool } from '../database/index.ts'
import { testDatabase } from '../database/testing.ts'
import { openLog } from '../log/index.ts'
import { prepareJobs } from './prepare-jobs.ts'
import { startBoss } from './start-boss.ts'

const test = await testDatabase()
await prepareJobs(test.urls.owner, [])
const pool = openPool(test.urls.relay, 1)
afterAll(() => pool.end())
const log = openLog({ level: 'silent', role: 'test', strict: true })

/** A relay whose database is away at the statements of these numbers, the first being 1. */
function relayThatFails(at: readonly number[], error: Error): { readonly relay: pg.Pool; readonly asked: () => number } {
  let asked = 0
  const query = async (text: string, values: unknown[]) => {
    asked++
    if (at.includes(asked)) throw error
    return pool.query(text, values)
  }
  return { relay: { query } as unknown as pg.Pool, asked: () => asked }
}
const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })

it.each([
  ['at its first statement', [1]],
  ['when it reads its queues', [2]],
  ['at both, one after the other', [1, 3]],
])('is whole after a start during which the database was away %s', async (_when, at) => {
  const { relay, asked } = relayThatFails(at, away)
  const boss = await startBoss(relay, log)
  expect(asked()).toBeGreaterThan(Math.max(...at))
  const before = asked()
  await boss.complete('jobs.dead', '01890000-0000-7000-8000-000000000000')
  expect(asked()).toBe(before + 1) // it knew the queue
  await boss.stop({ graceful: false, close: false })
})

it('does not hide another fault', async () => {
  const { relay } = relayThatFails([2], new Error('no such column'))
  await expect(startBoss(relay, log)).rejects.toThrow('no such column')
})
