import { describe, expect, it } from 'vitest'
import { openPasswords } from '../../platform/crypto/index.ts'
import { mostTries } from './failed-tries.ts'
import { signIn } from './sign-in.ts'
import { arrival, goodPassword, owner, refusal, testRoom } from './testing.ts'

const test = await testRoom()
const { browser, clock, services, asSuperuser } = test
const dana = await test.ownerBrowser()

const credentials = { email: owner.email, password: goodPassword }
const signedIn = async () => {
  const one = browser()
  await one.call('POST /sessions', { body: credentials })
  return one
}

describe('signing in with address and password', () => {
  it('says the same for a wrong password and for an unknown address [L6]', async () => {
    const wrong = await refusal(browser().call('POST /sessions', { body: { ...credentials, password: 'something else entirely' } }))
    const unknown = await refusal(browser().call('POST /sessions', { body: { ...credentials, email: 'nobody@example.com' } }))
    expect(wrong.slug).toBe('accounts/wrong-credentials')
    expect(wrong.details).toEqual(unknown.details)
  })

  it('does the same work for an unknown address [L6]', async () => {
    const verified: (string | null)[] = []
    const passwords = {
      ...services.passwords,
      verify: (password: string, stored: string | null) => {
        verified.push(stored === null ? 'as long as a real one' : 'a real one')
        return services.passwords.verify(password, stored)
      },
    }
    await signIn({ ...services, passwords }, { email: 'nobody@example.com', password: 'x'.repeat(20) }, arrival).catch(() => undefined)
    expect(verified).toEqual(['as long as a real one'])
  })

  it('refuses when too many sign in at once, and says to try again', async () => {
    const passwords = openPasswords(test.keys, { iterations: 3_000_000, atOnce: 1, waiting: 0 })
    const somebodyElse = passwords.hash('takes a second, and the only place')
    await expect(signIn({ ...services, passwords }, { ...credentials, email: 'crowd@example.com' }, arrival)).rejects.toMatchObject({
      type: 'accounts/busy',
    })
    await somebodyElse
  })

  it('refuses a browser that another site sent', async () => {
    const sent = browser({ headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } })
    expect((await refusal(sent.call('POST /sessions', { body: credentials }))).slug).toBe('http/wrong-origin')
    expect(sent.cookies.size).toBe(0)
  })

  it('sets a cookie that scripts cannot read and other sites cannot use', async () => {
    const one = browser()
    const plain = await one.fetch('/api/v1/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    })
    expect(plain.headers.getSetCookie()[0]).toMatch(/^frontdesk=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/)
    const safe = await browser({ origin: 'https://desk.example.com' }).fetch('/api/v1/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    })
    expect(safe.headers.getSetCookie()[0]).toMatch(/^__Host-frontdesk=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  it('stores only a hash of the token', async () => {
    const one = await signedIn()
    const token = one.cookies.get('frontdesk') ?? ''
    const { rows } = await asSuperuser('select * from auth.session')
    expect(token).toHaveLength(43)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('takes the address in any spelling', async () => {
    const { state } = await browser().call('POST /sessions', { body: { ...credentials, email: ' DANA@Example.COM ' } })
    expect(state).toBe('signed_in')
  })

  it('hashes anew when the rounds were raised, to 600,000 by default [A6]', async () => {
    const stored = async (): Promise<string> =>
      (await asSuperuser(`select secret from auth.credential where kind = 'password'`)).rows[0].secret
    const before = await stored()
    expect(before).toMatch(/^\$pbkdf2-sha256\$i=1000,/)
    await signIn({ ...services, passwords: openPasswords(test.keys) }, credentials, arrival)
    expect(await stored()).toMatch(/^\$pbkdf2-sha256\$i=600000,/)
    expect((await signIn(services, credentials, arrival)).state).toBe('signed_in')
    await asSuperuser(`update auth.credential set secret = $1 where kind = 'password'`, [before])
  })

  it('stops comparing after too many wrong tries, for known and unknown addresses alike, until half an hour has passed [L6]', async () => {
    for (const email of [owner.email, 'stranger@example.com']) {
      for (let n = 0; n < mostTries; n++) await signIn(services, { email, password: `wrong password ${n}` }, arrival).catch(() => undefined)
      await expect(signIn(services, { email, password: goodPassword }, arrival)).rejects.toMatchObject({ type: 'http/too-many-requests' })
    }
    clock.advance({ minutes: 31 })
    expect((await signIn(services, credentials, arrival)).state).toBe('signed_in')
  })

  it('is audited: that it happened, and each failure as no more than a failure [L6]', async () => {
    await test.settled()
    const { rows } = await asSuperuser(
      `select action, result, actor_type, object_type, count(*)::int as n from audit_entry where action like 'session.%' group by 1, 2, 3, 4 order by 1`,
    )
    expect(rows).toEqual([
      { action: 'session.refused', result: 'failed', actor_type: 'system', object_type: 'member', n: expect.any(Number) },
      { action: 'session.started', result: 'done', actor_type: 'member', object_type: 'session', n: expect.any(Number) },
    ])
  })
})

describe('sessions', () => {
  it('are listed with device and network, and end one by one [L11]', async () => {
    const one = await signedIn()
    const other = await signedIn()
    const { items } = await one.call('GET /sessions')
    const current = items.find((session) => session.current)
    expect(current).toMatchObject({ device: { browser: 'Firefox', system: 'Windows', kind: 'computer' }, place: '203.0.113.0/24' })
    const theirs = (await other.call('GET /sessions')).items.find((session) => session.current)
    await one.call('DELETE /sessions/{sessionId}', { params: { sessionId: theirs?.id ?? '' } })
    expect((await refusal(other.call('GET /me'))).slug).toBe('http/not-signed-in')
    expect((await one.call('GET /me')).user.name).toBe('Dana Reyes')
  })

  it('of somebody else cannot be ended', async () => {
    const stranger = await test.join(dana, 'member', 'mo@example.com')
    const mine = (await dana.call('GET /sessions')).items[0]
    const refused = await refusal(stranger.call('DELETE /sessions/{sessionId}', { params: { sessionId: mine?.id ?? '' } }))
    expect(refused.slug).toBe('http/not-found')
  })

  it('end everywhere else at once', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    await one.call('DELETE /sessions/others')
    expect((await one.call('GET /sessions')).items).toHaveLength(1)
    expect((await refusal(other.call('GET /me'))).slug).toBe('http/not-signed-in')
  })

  it('end with signing out, which takes the cookie away', async () => {
    const one = await signedIn()
    const token = one.cookies.get('frontdesk') ?? ''
    await one.call('DELETE /sessions/current')
    expect(one.cookies.has('frontdesk')).toBe(false)
    one.cookies.set('frontdesk', token)
    expect((await refusal(one.call('GET /me'))).slug).toBe('http/not-signed-in')
  })

  it('end after 14 days without use, and after 90 days in any case [L11]', async () => {
    const idle = await signedIn()
    clock.advance({ hours: 14 * 24 })
    expect((await refusal(idle.call('GET /me'))).slug).toBe('http/not-signed-in')
    const busy = await signedIn()
    for (let day = 0; day < 89; day += 10) {
      clock.advance({ hours: 10 * 24 })
      if (day < 80) await busy.call('GET /me')
    }
    expect((await refusal(busy.call('GET /me'))).slug).toBe('http/not-signed-in')
  })

  it('write their last use at most once a minute', async () => {
    const one = await signedIn()
    const lastUse = async () => (await one.call('GET /sessions')).items[0]?.lastUsedAt
    const first = await lastUse()
    clock.advance({ seconds: 59 })
    expect(await lastUse()).toBe(first)
    clock.advance({ seconds: 1 })
    await lastUse()
    expect(await lastUse()).toBe(clock().toString())
  })
})
