/**
 * Permits with PostgreSQL: asked with every fact gathered, stored with their reasons and used by one send, each in a transaction of its own, by several callers at once.
 * Among 20,000 contacts with addresses, numbers and opt-outs, and registers of 200,000 numbers; PostgreSQL as the desk runs it, durable.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ContactId } from '@frontdesk/contract'
import pg from 'pg'
import { migrationFolders } from '../../apps/server/src/migration-order.ts'
import { testWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { requestPermit, subjectSources, usePermit } from '../../apps/server/src/modules/privacy/index.ts'
import { openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import { type Database, onDatabase, openDatabase, prepareDatabase } from '../../apps/server/src/platform/database/index.ts'
import { orderedId } from '../../apps/server/src/platform/ids/index.ts'
import { startPostgresServer } from '../../apps/server/src/platform/postgres-server/index.ts'

const CONTACTS = 20_000
const CALLERS = 8
const PERMITS = 6_000
const WARM_UP = 1_000

/** Permits a second, and how many of those asked for were given. */
export async function measurePermits(): Promise<{ readonly permitsPerSecond: number; readonly given: number; readonly asked: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-bench-'))
  chmodSync(folder, 0o711) // the account that runs PostgreSQL when we are root has to enter it
  const server = await startPostgresServer(folder)
  try {
    const urls = await prepareDatabase({
      administratorUrl: server.superuserUrl,
      database: 'bench',
      dataFolder: folder,
      migrations: migrationFolders,
    })
    const clock = () => Temporal.Instant.fromEpochMilliseconds(Date.now())
    const keys = openKeys(path.join(folder, 'keys'), clock())
    const database = openDatabase({ url: urls.app, keys, clock, connections: CALLERS })
    const superuser = new pg.Client({ connectionString: onDatabase(server.superuserUrl, 'bench') })
    await superuser.connect()
    try {
      const { workspaceId } = await testWorkspace({ database })
      const contacts = await fill(superuser, workspaceId)
      subjectSources.provide('bench', {
        types: ['booking'],
        facts: async () => ({ open: true, startedBy: 'contact' }),
        newest: async () => null,
      })
      await ask(database, workspaceId, contacts, WARM_UP)
      const began = performance.now()
      const given = await ask(database, workspaceId, contacts, PERMITS)
      const seconds = (performance.now() - began) / 1000
      return { permitsPerSecond: Math.round(PERMITS / seconds), given, asked: PERMITS }
    } finally {
      await superuser.end()
      await database.close()
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Asks for so many permits from several callers at once, uses each, and answers how many were given. */
async function ask(database: Database, workspaceId: Parameters<Database['inWorkspace']>[0], contacts: readonly ContactId[], count: number) {
  let next = 0
  let given = 0
  const caller = async (): Promise<void> => {
    while (next < count) {
      const contactId = contacts[(next * 7919) % contacts.length] as ContactId
      next += 1
      await database.inWorkspace(workspaceId, async (tx) => {
        const answer = await requestPermit(tx, {
          contactId,
          channel: 'email',
          purpose: 'service',
          about: { type: 'booking', id: contactId },
        })
        if (!answer.allowed) return
        await usePermit(tx, answer.permit, { sendId: orderedId(tx.now.epochMilliseconds), contactId, channel: 'email' })
        given += 1
      })
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  return given
}

async function fill(superuser: pg.Client, workspaceId: string): Promise<ContactId[]> {
  await superuser.query(
    `insert into contact (workspace_id, id, version, name, name_sort, source, search_text, last_activity_at, created_at, updated_at)
    select $1, gen_random_uuid(), 1, 'Person ' || n, 'person ' || n, 'booking', 'person ' || n, now(), now(), now() from generate_series(1, $2::int) n`,
    [workspaceId, CONTACTS],
  )
  for (const [kind, value] of [
    ['email', `'p' || row_number() over () || '@home.example'`],
    ['phone', `'+1212' || (5000000 + row_number() over ())`],
  ]) {
    await superuser.query(
      `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
      select workspace_id, gen_random_uuid(), id, '${kind}', ${value}, ${value}, true, false, created_at from contact where workspace_id = $1`,
      [workspaceId],
    )
  }
  await superuser.query(
    `insert into suppression (workspace_id, id, kind, value_hash, scope, cause, contact_id, added_by, created_at)
    select workspace_id, gen_random_uuid(), 'email', 'bench.' || id, 'marketing', 'asked', id, 'bench', now() from contact where workspace_id = $1 limit ${CONTACTS / 10}`,
    [workspaceId],
  )
  await superuser.query(
    `with copy as (insert into registry_snapshot (workspace_id, id, registry, as_of, area_codes, status, lines_seen, lines_kept, lines_known, lines_bad, loaded_by, created_at, finished_at)
      values ($1, gen_random_uuid(), 'us.national', now(), '212', 'ready', 200000, 200000, 0, 0, 'bench', now(), now()) returning workspace_id, id)
    insert into registry_number (workspace_id, id, snapshot_id) select workspace_id, gen_random_uuid(), id from copy, generate_series(1, 200000)`,
    [workspaceId],
  )
  await superuser.query('analyze')
  const { rows } = await superuser.query<{ id: ContactId }>('select id from contact where workspace_id = $1', [workspaceId])
  return rows.map(({ id }) => id)
}
