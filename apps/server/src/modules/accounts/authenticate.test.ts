import { describe, expect, it } from 'vitest'
import { openListener } from '../../platform/database/index.ts'
import { sqlState } from '../../platform/errors/index.ts'
import { sessionChannel } from './end-sessions.ts'
import { type Found, sessionCache } from './session-cache.ts'
import { owner, refusal, testRoom } from './testing.ts'

const test = await testRoom('invitation')
const { browser, asSuperuser, database, services, urls } = test
const dana = await test.ownerBrowser()

/** Waits until `look` is true; every look is a round trip to the server, so nothing sleeps. */
async function until(look: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 5000; n++) if (await look()) return
  throw new Error('It did not come true.')
}

describe('a request by cookie', () => {
  it('is refused when another site sent it, for whatever changes something', async () => {
    const { version } = await dana.call('GET /workspace')
    const send = (headers: Record<string, string>) =>
      dana.fetch('/api/v1/workspace', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'if-match': `"${version}"`, ...headers },
        body: '{"name":"Hacked"}',
      })
    expect((await send({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status).toBe(403)
    expect((await send({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await dana.call('GET /workspace')).name).toBe(owner.businessName)
  })

  it('is nobody’s with a forged, empty or foreign cookie', async () => {
    for (const value of ['x'.repeat(43), 'a', '../../etc']) {
      const one = browser()
      one.cookies.set('frontdesk', value)
      expect((await refusal(one.call('GET /me'))).slug).toBe('http/not-signed-in')
    }
  })

  it('over https takes the cookie that the browser guards, and no other', async () => {
    const one = browser({ origin: 'https://desk.example.com' })
    one.cookies.set('frontdesk', dana.cookies.get('frontdesk') ?? '')
    expect((await refusal(one.call('GET /me'))).slug).toBe('http/not-signed-in')
    one.cookies.set('__Host-frontdesk', dana.cookies.get('frontdesk') ?? '')
    expect((await one.call('GET /me')).user.name).toBe(owner.name)
  })
})

describe('the memory of sessions', () => {
  const found = (subject: string): Found => ({ subject })

  it('remembers nothing while it cannot hear what ends', async () => {
    const cache = sessionCache()
    let looked = 0
    const find = async () => {
      looked += 1
      return found('dana')
    }
    await cache.through('cookie', 0, find)
    await cache.through('cookie', 1, find)
    expect(looked).toBe(2)
  })

  it('asks again after five seconds, after a word from any process, and never keeps what was read before a change', async () => {
    const listener = openListener({ url: urls.app })
    const cache = sessionCache(listener)
    let looked = 0
    const find = async () => {
      looked += 1
      return found('dana')
    }
    const isRemembered = async () => {
      const before = looked
      await cache.through('cookie', 0, find)
      return looked === before
    }
    try {
      await until(async () => {
        await database.pool.query('select 1')
        return listener.connectedSince !== undefined
      })
      expect(await isRemembered()).toBe(false)
      expect(await isRemembered()).toBe(true)
      await cache.through('cookie', 5000, find)
      expect(looked).toBe(2)
      await database.pool.query('select pg_notify($1, $2)', [sessionChannel, 'somebody else'])
      await database.pool.query('select pg_notify($1, $2)', [sessionChannel, 'dana'])
      await until(async () => {
        await database.pool.query('select 1')
        return !(await isRemembered())
      })
      await cache.through('slow', 0, async () => {
        await database.pool.query('select pg_notify($1, $2)', [sessionChannel, 'dana'])
        await until(async () => {
          await database.pool.query('select 1')
          return !(await isRemembered())
        })
        return found('dana')
      })
      const before = looked
      await cache.through('slow', 1, find)
      expect(looked).toBe(before + 1)
    } finally {
      await listener.close()
    }
  })
})

it('every process hears of each key when the workspace closes, and when it is reopened [A9]', async () => {
  const { apiKey } = await dana.call('POST /api-keys', { body: { name: 'Till', scopes: ['workspace.read'] } })
  const listener = openListener({ url: urls.app })
  let heard = 0
  listener.on(sessionChannel, (subject) => {
    if (subject === apiKey.id) heard += 1
  })
  const hears = (times: number) =>
    until(async () => {
      await database.pool.query('select 1')
      return listener.connectedSince !== undefined && heard === times
    })
  try {
    await hears(0)
    await dana.call('POST /workspace/closing')
    await hears(1)
    await dana.call('DELETE /workspace/closing')
    await hears(2)
  } finally {
    await listener.close()
  }
})

describe('the roles of the database', () => {
  it('keep people and their secrets from the app role', async () => {
    for (const table of [
      'user',
      'session',
      'credential',
      'recovery_code',
      'sign_up',
      'mail_link',
      'challenge',
      'failed_try',
      'setup_link',
    ]) {
      expect([table, await database.pool.query(`select * from auth.${table} limit 1`).catch(sqlState)]).toEqual([table, '42501'])
    }
  })

  it('keep workspaces from the role that guards people', async () => {
    for (const table of ['workspace', 'member', 'api_key', 'invitation', 'operator_grant', 'audit_entry']) {
      const refused = await services.auth.db
        .withSchema('public')
        .selectFrom(table as never)
        .selectAll()
        .execute()
        .catch(sqlState)
      expect([table, refused]).toEqual([table, '42501'])
    }
  })

  it('show no row of any workspace without one', async () => {
    await test.join(dana, 'member', 'mo@example.com')
    for (const table of [
      'workspace',
      'workspace_slug',
      'member',
      'api_key',
      'invitation',
      'operator_grant',
      'location',
      'hours_rule',
      'hours_override',
    ]) {
      expect([table, (await database.pool.query(`select * from ${table}`)).rowCount]).toEqual([table, 0])
    }
    expect((await asSuperuser('select count(*)::int as n from member')).rows).toEqual([{ n: 2 }])
  })
})
