import { Secret, TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { mostTries } from './failed-tries.ts'
import { goodPassword, owner, refusal, testRoom } from './testing.ts'

const test = await testRoom()
const { browser, clock, asSuperuser } = test
const dana = await test.ownerBrowser()
const credentials = { email: owner.email, password: goodPassword }

/** The code an authenticator app shows at the test's moment, some steps off. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock().epochMilliseconds + steps * 30_000 })

let secret = ''
let recoveryCodes: readonly string[] = []

const challenge = async () => {
  const one = browser()
  const answer = await one.call('POST /sessions', { body: credentials })
  if (answer.state !== 'second_factor') throw new Error('No second factor was asked for.')
  expect(one.cookies.size).toBe(0)
  return { one, challenge: answer.challenge, methods: answer.methods }
}
const finish = async (method: 'totp' | 'recovery_code', code: string) => {
  const { one, challenge: token } = await challenge()
  return one.call('POST /sessions/second-factor', { body: { challenge: token, method, code } })
}

describe('turning one-time codes on', () => {
  it('needs a recent proof, and the first code [L11]', async () => {
    clock.advance({ minutes: 11 })
    expect((await refusal(dana.call('POST /totp'))).slug).toBe('accounts/reauthentication-required')
    await dana.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
    const begun = await dana.call('POST /totp')
    expect(begun.uri).toMatch(
      /^otpauth:\/\/totp\/Frontdesk:Dana%40example\.com\?issuer=Frontdesk&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/,
    )
    expect((await refusal(dana.call('POST /totp/confirm', { body: { code: '000000' } }))).slug).toBe('accounts/wrong-code')
    expect((await dana.call('POST /sessions', { body: credentials })).state).toBe('signed_in')
    secret = (await dana.call('POST /totp')).secret
    expect(secret).not.toBe(begun.secret)
    recoveryCodes = (await dana.call('POST /totp/confirm', { body: { code: codeOf(secret) } })).recoveryCodes
    expect(recoveryCodes).toHaveLength(10)
    expect(await dana.call('GET /sign-in-methods')).toMatchObject({ totp: { since: clock().toString() }, recoveryCodesLeft: 10 })
  })

  it('keeps the seed encrypted and the recovery codes hashed', async () => {
    const { rows } = await asSuperuser(
      'select (select json_agg(c) from auth.credential c) as credentials, (select json_agg(r) from auth.recovery_code r) as codes',
    )
    const stored = JSON.stringify(rows)
    expect(stored).not.toContain(secret)
    for (const code of recoveryCodes) expect(stored).not.toContain(code.replace('-', ''))
  })
})

describe('signing in with codes on', () => {
  it('refuses a wrong code, and after six of them the whole sign-in', async () => {
    const { one, challenge: token } = await challenge()
    const attempt = (code: string) =>
      refusal(one.call('POST /sessions/second-factor', { body: { challenge: token, method: 'totp', code } }))
    for (let n = 0; n < 6; n++) expect((await attempt('123456')).slug).toBe('accounts/wrong-code')
    clock.advance({ seconds: 60 })
    expect((await attempt(codeOf(secret))).details).toMatchObject({ startAgain: true })
    expect(one.cookies.size).toBe(0)
  })

  it('refuses the code that was used, also one watched by somebody else', async () => {
    clock.advance({ seconds: 60 })
    const code = codeOf(secret)
    expect((await finish('totp', code)).state).toBe('signed_in')
    expect((await refusal(finish('totp', code))).slug).toBe('accounts/wrong-code')
  })

  it('accepts one of two who send the same code at once', async () => {
    clock.advance({ seconds: 60 })
    const code = codeOf(secret)
    const both = await Promise.allSettled([finish('totp', code), finish('totp', code)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('takes the code of the step before or after, no further', async () => {
    clock.advance({ minutes: 5 })
    expect((await refusal(finish('totp', codeOf(secret, -2)))).slug).toBe('accounts/wrong-code')
    expect((await refusal(finish('totp', codeOf(secret, 2)))).slug).toBe('accounts/wrong-code')
    expect((await finish('totp', codeOf(secret, -1))).state).toBe('signed_in')
    expect((await finish('totp', codeOf(secret, 1))).state).toBe('signed_in')
  })

  it('takes each recovery code once, however it is typed', async () => {
    const [first = ''] = recoveryCodes
    expect((await finish('recovery_code', ` ${first.toUpperCase().replace('-', ' ')} `)).state).toBe('signed_in')
    expect((await refusal(finish('recovery_code', first))).slug).toBe('accounts/wrong-code')
    expect((await dana.call('GET /sign-in-methods')).recoveryCodesLeft).toBe(9)
  })

  it('ends a challenge after ten minutes', async () => {
    const { one, challenge: token } = await challenge()
    clock.advance({ minutes: 10 })
    const late = await refusal(
      one.call('POST /sessions/second-factor', { body: { challenge: token, method: 'totp', code: codeOf(secret) } }),
    )
    expect(late.details).toMatchObject({ startAgain: true })
  })

  it('allows a shorter password beside the codes', async () => {
    await dana.call('POST /reauthentication', { body: { method: 'totp', code: codeOf(secret) } })
    expect((await refusal(dana.call('PUT /me/password', { body: { password: 'v7kL!m' } }))).slug).toBe('accounts/password-too-weak')
    await dana.call('PUT /me/password', { body: { password: 'v7kL!mqz' } })
    await dana.call('PUT /me/password', { body: { password: goodPassword } })
  })

  it('stops comparing after too many wrong codes, whatever the sign-in [L6]', async () => {
    clock.advance({ minutes: 1 })
    for (let n = 0; n < mostTries; n++) {
      const { one, challenge: token } = await challenge()
      await refusal(one.call('POST /sessions/second-factor', { body: { challenge: token, method: 'totp', code: '111111' } }))
      clock.advance({ seconds: 5 })
    }
    expect((await refusal(finish('totp', codeOf(secret)))).slug).toBe('http/too-many-requests')
    clock.advance({ minutes: 31 })
    expect((await finish('totp', codeOf(secret))).state).toBe('signed_in')
  })
})

describe('recovery codes and turning codes off', () => {
  it('makes new recovery codes in place of the old', async () => {
    const { recoveryCodes: fresh } = await dana.call('POST /recovery-codes').catch(async () => {
      clock.advance({ minutes: 1 })
      await dana.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
      return dana.call('POST /recovery-codes')
    })
    expect((await refusal(finish('recovery_code', recoveryCodes[1] ?? ''))).slug).toBe('accounts/wrong-code')
    expect((await finish('recovery_code', fresh[0] ?? '')).state).toBe('signed_in')
  })

  it('asks for the password alone once codes are off', async () => {
    await dana.call('DELETE /totp')
    expect((await browser().call('POST /sessions', { body: credentials })).state).toBe('signed_in')
    expect(await dana.call('GET /sign-in-methods')).toMatchObject({ totp: null, recoveryCodesLeft: 0 })
  })
})
