import type { WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { sqlState } from '../errors/index.ts'
import { untilDatabaseAnswers, type WorkspaceTx } from './index.ts'
import { testDatabase } from './testing.ts'

const { database, newWorkspaceId, clock, asSuperuser } = await testDatabase()

const remember = (tx: WorkspaceTx, workspaceId: WorkspaceId, key: string) =>
  tx.db
    .insertInto('idempotency_key')
    .values({
      workspace_id: workspaceId,
      id: tx.newId(),
      principal: 'test',
      key,
      request_hash: 'x',
      status: 200,
      answer: null,
      created_at: tx.now,
    })
    .execute()

const keys = (tx: WorkspaceTx) => tx.db.selectFrom('idempotency_key').select(['key', 'created_at']).orderBy('key').execute()

describe('a workspace-bound transaction', () => {
  it('refuses a row of another workspace', async () => {
    const [mine, other] = [newWorkspaceId(), newWorkspaceId()]
    const refused = await database.inWorkspace(mine, (tx) => remember(tx, other, 'a')).catch(sqlState)
    expect(refused).toBe('42501')
  })

  it('shows nothing without a workspace, also on a connection that was bound before', async () => {
    const mine = newWorkspaceId()
    await database.inWorkspace(mine, (tx) => remember(tx, mine, 'a'))
    expect(await database.outside.selectFrom('idempotency_key').selectAll().execute()).toEqual([])
  })

  it('sees its own rows only, under concurrency', async () => {
    const spaces = [newWorkspaceId(), newWorkspaceId()] as const
    for (const space of spaces) await database.inWorkspace(space, (tx) => remember(tx, space, space))
    const seen = await Promise.all(Array.from({ length: 100 }, (_, n) => database.inWorkspace(spaces[n % 2 ? 0 : 1], keys)))
    expect(seen.every((rows, n) => rows.length === 1 && rows[0]?.key === spaces[n % 2 ? 0 : 1])).toBe(true)
  })

  it('rolls back as a whole', async () => {
    const mine = newWorkspaceId()
    await expect(
      database.inWorkspace(mine, async (tx) => {
        await remember(tx, mine, 'a')
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await database.inWorkspace(mine, keys)).toEqual([])
  })

  it('gives times back as instants, to the millisecond', async () => {
    const mine = newWorkspaceId()
    clock.set('2027-01-04T14:00:00.123Z')
    await database.inWorkspace(mine, (tx) => remember(tx, mine, 'a'))
    const [row] = await database.inWorkspace(mine, keys)
    expect(row?.created_at).toBeInstanceOf(Temporal.Instant)
    expect(String(row?.created_at)).toBe('2027-01-04T14:00:00.123Z')
  })

  it('repeats work that lost to a deadlock', async () => {
    const mine = newWorkspaceId()
    let attempts = 0
    await database.inWorkspace(mine, async (tx) => {
      attempts += 1
      if (attempts === 1) await sql`do $$ begin raise exception using errcode = '40P01'; end $$`.execute(tx.db)
    })
    expect(attempts).toBe(2)
  })

  it('cannot write when it was opened for reading', async () => {
    const mine = newWorkspaceId()
    const refused = await database.inWorkspace(mine, (tx) => remember(tx, mine, 'a'), { readOnly: true }).catch(sqlState)
    expect(refused).toBe('25006')
  })
})

it('gives the app role nothing: no ownership, no bypass, no schema but its own', async () => {
  const { rows } = await asSuperuser(`
    select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname like 'frontdesk%' and (rolsuper or rolbypassrls or rolcreaterole)`)
  expect(rows).toEqual([])
  const owned = await asSuperuser(
    `select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('frontdesk_app', 'frontdesk_search')`,
  )
  expect(owned.rows).toEqual([])
})

describe('a process that starts while the database comes back', () => {
  /** A pool whose first queries fail in these ways. */
  const poolThatFails = (...failures: Error[]) => {
    const query = async () => {
      const failure = failures.shift()
      if (failure) throw failure
    }
    return { query } as unknown as typeof database.pool
  }

  it('waits for it', async () => {
    const left = [Object.assign(new Error('starting up'), { code: '57P03' }), new Error('Connection terminated unexpectedly')]
    await untilDatabaseAnswers(poolThatFails(...left))
  })

  it('does not wait for what will not come', async () => {
    const wrong = Object.assign(new Error('password authentication failed'), { code: '28P01' })
    await expect(untilDatabaseAnswers(poolThatFails(wrong))).rejects.toThrow('password')
  })
})
