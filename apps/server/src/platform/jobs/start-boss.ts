import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import PgBoss from 'pg-boss'
import { isDatabaseAway } from '../database/index.ts'
import { errorFields, type Log } from '../log/index.ts'

const AGAIN_MS = 500

/**
 * Starts pg-boss for a worker, as soon as the database is there. Each try has a new instance: one whose start failed answers the next call as if it had started. And a start
 * that could not read the queues says nothing, so that every outcome would fail until pg-boss looks again, a minute later: hence the look at each statement.
 */
export async function startBoss(relay: pg.Pool, log: Log): Promise<PgBoss> {
  for (;;) {
    let failure: unknown
    const boss = new PgBoss({
      db: {
        executeSql: (text, values) =>
          relay.query(text, values).catch((error: unknown) => {
            failure = error
            throw error
          }),
      },
      schema: 'pgboss',
      migrate: false,
      supervise: false,
      schedule: false,
      maintenanceIntervalSeconds: 3600,
    })
    boss.on('error', () => undefined) // of its cache's timer, while the database is away; the next one succeeds
    try {
      await boss.start()
      if (failure === undefined) return boss
    } catch (error) {
      failure = error
    }
    await boss.stop({ graceful: false, close: false })
    if (!isDatabaseAway(failure)) throw failure
    log.warn('database.connection_lost', { pool: 'relay', code: errorFields(failure).code })
    await delay(AGAIN_MS)
  }
}
