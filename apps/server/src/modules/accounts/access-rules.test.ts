import { AccessRulesBody } from '@frontdesk/contract'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { type Browser, goodPassword, refusal, testRoom } from './testing.ts'

const test = await testRoom()
const { clock } = test
const dana = await test.ownerBrowser()
const ada = await test.join(dana, 'admin', 'ada@example.com')
const mo = await test.join(dana, 'member', 'mo@example.com')

const none: AccessRulesBody = { secondFactorRequired: false, sessionIdleMinutes: null, sessionHours: null }
async function change(who: Browser, rules: Partial<AccessRulesBody>) {
  const { version } = await dana.call('GET /access-rules')
  return who.call('PUT /access-rules', { body: { ...none, ...rules }, version })
}
const proved = (who: Browser) => who.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock().epochMilliseconds })
/** Signs in by the password; none of these accounts has codes. */
async function signedIn(email: string): Promise<Browser> {
  const one = test.browser()
  expect((await one.call('POST /sessions', { body: { email, password: goodPassword } })).state).toBe('signed_in')
  return one
}
async function setUpCodes(who: Browser): Promise<string> {
  await proved(who)
  const { secret } = await who.call('POST /totp')
  await who.call('POST /totp/confirm', { body: { code: codeOf(secret) } })
  return secret
}
const closed = { slug: 'accounts/second-factor-required' }

describe('a second factor from everybody', () => {
  it('is asked for by owners and admins who proved lately that it is them and have one themselves', async () => {
    await proved(mo)
    expect((await refusal(change(mo, { secondFactorRequired: true }))).slug).toBe('http/not-allowed')
    expect((await refusal(mo.call('GET /access-rules'))).slug).toBe('http/not-allowed')
    await proved(dana)
    expect(await refusal(change(dana, { secondFactorRequired: true }))).toMatchObject(closed)
    clock.advance({ minutes: 11 })
    expect((await refusal(change(dana, { sessionHours: 8 }))).slug).toBe('accounts/reauthentication-required')
    expect(await dana.call('GET /access-rules')).toMatchObject({
      ...none,
      withoutSecondFactor: [{ name: 'A admin' }, { name: 'A member' }, { name: 'Dana Reyes' }],
    })
  })

  it('keeps whoever has none from everything in the workspace, and lets her in once she has set one up; her other sessions stay outside [L11]', async () => {
    const elsewhere = await signedIn('ada@example.com')
    await setUpCodes(dana)
    expect(await change(dana, { secondFactorRequired: true })).toMatchObject({
      secondFactorRequired: true,
      withoutSecondFactor: [{ name: 'A admin' }, { name: 'A member' }],
    })

    for (const one of [ada, elsewhere, mo])
      for (const ask of ['GET /workspace', 'GET /members', 'GET /opening-hours', 'GET /news-choice'] as const)
        expect(await refusal(one.call(ask)), ask).toMatchObject(closed)
    expect((await ada.call('GET /me')).workspaces).toMatchObject([{ asksSecondFactor: true }])
    expect((await dana.call('GET /me')).workspaces).toMatchObject([{ asksSecondFactor: false }])
    expect((await dana.call('GET /workspace')).name).toBe('Salon Nine')

    await setUpCodes(ada)
    expect((await ada.call('GET /workspace')).name).toBe('Salon Nine')
    expect(await refusal(elsewhere.call('GET /workspace'))).toMatchObject(closed)
  })

  it('is proved by signing in with a code, or by showing one in a session that came in without [L11]', async () => {
    const secret = await (async () => {
      const late = await signedIn('mo@example.com')
      const made = await setUpCodes(mo)
      expect(await refusal(late.call('GET /workspace'))).toMatchObject(closed)
      await proved(late) // the password once more is no second factor
      expect(await refusal(late.call('GET /workspace'))).toMatchObject(closed)
      clock.advance({ seconds: 60 })
      await late.call('POST /reauthentication', { body: { method: 'totp', code: codeOf(made) } })
      expect((await late.call('GET /workspace')).name).toBe('Salon Nine')
      return made
    })()
    clock.advance({ seconds: 60 })
    const fresh = test.browser()
    const step = await fresh.call('POST /sessions', { body: { email: 'mo@example.com', password: goodPassword } })
    if (step.state !== 'second_factor') throw new Error('No code was asked for.')
    await fresh.call('POST /sessions/second-factor', { body: { challenge: step.challenge, method: 'totp', code: codeOf(secret) } })
    expect((await fresh.call('GET /workspace')).name).toBe('Salon Nine')

    await proved(mo)
    await mo.call('DELETE /totp')
    for (const one of [mo, fresh]) expect(await refusal(one.call('GET /workspace'))).toMatchObject(closed)
  })

  it('is not asked of API keys, and can be taken back', async () => {
    await proved(dana)
    const { key } = await dana.call('POST /api-keys', { body: { name: 'Reads', scopes: ['workspace.read', 'access_rules.read'] } })
    const program = test.browser({ headers: { authorization: `Bearer ${key}` } })
    expect((await program.call('GET /access-rules')).secondFactorRequired).toBe(true)
    expect((await refusal(dana.call('POST /api-keys', { body: { name: 'x', scopes: ['access_rules.manage'] } }))).slug).toBe(
      'http/invalid-request',
    )
    await change(dana, {})
    expect((await mo.call('GET /workspace')).name).toBe('Salon Nine')
    expect((await refusal(dana.call('PUT /access-rules', { body: none, version: 1 }))).slug).toBe('http/version-mismatch')
  })
})

describe('how long sessions last', () => {
  const gone = 'http/not-signed-in'

  it('is set by the workspace: without use, not counting what a browser asks by itself, and in any case [L11]', async () => {
    await proved(dana)
    await change(dana, { sessionIdleMinutes: 30, sessionHours: 8 })
    const busy = await signedIn('mo@example.com')
    const open = await signedIn('mo@example.com')
    const unattended = () => open.fetch('/api/v1/me', { headers: { 'frontdesk-unattended': '1' } })
    const ends = (await busy.call('GET /sessions')).items.find(({ current }) => current)?.expiresAt
    expect(ends).toBe(clock().add({ minutes: 30 }).toString())
    for (let minutes = 0; minutes < 30; minutes += 10) {
      expect((await unattended()).status).toBe(200)
      clock.advance({ minutes: 10 })
      await busy.call('GET /workspace')
    }
    expect((await unattended()).status).toBe(401)
    for (let minutes = 30; minutes < 8 * 60; minutes += 20) {
      expect((await busy.call('GET /me')).user.email).toBe('mo@example.com')
      clock.advance({ minutes: 20 })
    }
    clock.advance({ minutes: 1 })
    expect((await refusal(busy.call('GET /me'))).slug).toBe(gone)
  })

  it('ends a session for good: a longer time later does not bring it back [L11]', async () => {
    const back = await signedIn('mo@example.com')
    clock.advance({ minutes: 31 })
    expect((await refusal(back.call('GET /me'))).slug).toBe(gone)
    await test.asSuperuser('update workspace set session_idle_minutes = null, session_hours = null')
    expect((await refusal(back.call('GET /me'))).slug).toBe(gone)
  })

  it('is that of the strictest of her workspaces', async () => {
    const two = await signedIn('mo@example.com')
    await two.call('POST /workspaces', { body: { name: 'Her own', zone: 'Europe/Madrid', locale: 'es-ES', currency: 'EUR' } })
    await test.asSuperuser("update workspace set session_idle_minutes = 5 where name = 'Her own'")
    clock.advance({ minutes: 6 })
    expect((await refusal(two.call('GET /me'))).slug).toBe(gone)
  })

  it.each([{ sessionIdleMinutes: 4 }, { sessionIdleMinutes: 20_161 }, { sessionHours: 0 }, { sessionHours: 2161 }])(
    'refuses what is no time: %o',
    (wrong) => {
      expect(AccessRulesBody.safeParse({ ...none, ...wrong }).success).toBe(false)
    },
  )
})
