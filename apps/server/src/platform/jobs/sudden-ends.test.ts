import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { WorkspaceId } from '@frontdesk/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { migrationFolders } from '../../migration-order.ts'
import { systemClock } from '../clock/index.ts'
import { openKeys } from '../crypto/index.ts'
import { type DatabaseUrls, isDatabaseAway, openDatabase, openListener, openPool, prepareDatabase } from '../database/index.ts'
import { emit, startRelay, subscribe } from '../events/index.ts'
import { orderedId } from '../ids/index.ts'
import { system } from '../inventory/index.ts'
import { openLog } from '../log/index.ts'
import { type PostgresServer, startPostgresServer } from '../postgres-server/index.ts'
import { defineJob, enqueue, prepareJobs, startWorker } from './index.ts'

const kills = process.env.FRONTDESK_PROVE ? 30 : 2
const log = openLog({ level: 'silent', role: 'test', strict: true })
const runs = new Map<string, number>()
const running = new Set<string>()
let overlaps = 0

/** A try that takes a moment, so that kills fall into the middle of some. */
async function count(key: string): Promise<void> {
  if (running.has(key)) overlaps += 1
  running.add(key)
  await delay(15)
  running.delete(key)
  runs.set(key, (runs.get(key) ?? 0) + 1)
}

const job = defineJob({
  name: 'test.count',
  payload: z.strictObject({ number: z.int() }),
  fields: { number: system },
  retries: { limit: 20, delaySeconds: 0, backoff: 'fixed' },
  run: (context, { number }) => context.inWorkspace(() => count(`job ${number}`)),
})
const heard = subscribe('contact.created', {
  name: 'test.hear',
  retries: { limit: 20, delaySeconds: 0, backoff: 'fixed' },
  run: async (context, { payload }) => void (await context.inWorkspace(() => count(`event ${payload.contactId}`))),
})

let folder: string
let server: PostgresServer
let urls: DatabaseUrls
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-sudden-'))
  chmodSync(folder, 0o711) // the account that runs PostgreSQL when we are root has to enter it
  server = await startPostgresServer(folder)
  urls = await prepareDatabase({
    administratorUrl: server.superuserUrl,
    database: 'frontdesk',
    dataFolder: folder,
    migrations: migrationFolders,
  })
  await prepareJobs(urls.owner, [job, heard.job])
}, 60_000)
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

it(`keeps every job and event that was committed through ${kills} kills of PostgreSQL, and runs none twice at once`, {
  timeout: 60_000 + kills * 10_000,
}, async () => {
  const database = openDatabase({
    url: urls.app,
    keys: openKeys(path.join(folder, 'keys'), systemClock()),
    clock: systemClock,
    connections: 10,
  })
  const relay = openPool(urls.relay, 6)
  const listener = openListener({ url: urls.relay })
  const worker = await startWorker({ database, relay, listener, log, jobs: [job, heard.job] })
  const relaying = startRelay({ relay, listener, log, subscribers: [heard] })
  const workspaceId = orderedId<'workspace'>(systemClock().epochMilliseconds) satisfies WorkspaceId

  const acknowledged: string[] = []
  let over = false
  let next = 0
  const write = async (): Promise<void> => {
    while (!over) {
      const number = next++
      const contactId = orderedId<'contact'>(systemClock().epochMilliseconds)
      try {
        await database.inWorkspace(workspaceId, async (tx) => {
          await enqueue(tx, job, { number })
          await emit(tx, 'contact.created', { contactId })
        })
        acknowledged.push(`job ${number}`, `event ${contactId}`)
      } catch (error) {
        if (!isDatabaseAway(error)) throw error
      }
      await delay(5)
    }
  }
  const writing = Promise.all([write(), write(), write()])
  for (let kill = 0; kill < kills; kill++) {
    await delay(300)
    process.kill(server.pid, 'SIGKILL')
    await server.gone
    server = await startPostgresServer(folder)
  }
  await delay(200)
  over = true
  await writing

  await expect.poll(() => acknowledged.filter((key) => !runs.has(key)).length, { timeout: 40_000, interval: 100 }).toBe(0)
  expect(acknowledged.length).toBeGreaterThan(kills * 20)
  expect(overlaps).toBe(0)
  await Promise.all([worker.stop(), relaying.stop()])
  await listener.close()
  await relay.end()
  await database.close()
})
