import { describe, expect, it } from 'vitest'
import { type Dishonesty, SoftwareAuthenticator } from './software-authenticator.testing.ts'
import { goodPassword, refusal, testRoom } from './testing.ts'

const test = await testRoom()
const { browser, clock, asSuperuser } = test
const dana = await test.ownerBrowser()
const phone = new SoftwareAuthenticator('http://localhost')

const add = async (authenticator: SoftwareAuthenticator, lie?: Dishonesty, name = 'My phone') => {
  const { challengeId, options } = await dana.call('POST /passkeys/options')
  return dana.call('POST /passkeys', { body: { challengeId, response: authenticator.create(options, lie), name } })
}
const signIn = async (authenticator: SoftwareAuthenticator, lie?: Dishonesty) => {
  const one = browser()
  const { challengeId, options } = await one.call('POST /passkeys/sign-in/options')
  const answer = await one.call('POST /passkeys/sign-in', { body: { challengeId, response: authenticator.get(options, lie) } })
  return { one, answer }
}

const lies: [string, Dishonesty][] = [
  ['from another origin', { origin: 'https://evil.example' }],
  ['for another host', { rpId: 'evil.example' }],
  ['with another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ['that did not verify its user', { withoutVerification: true }],
]

describe('adding a passkey', () => {
  it('needs a recent proof', async () => {
    clock.advance({ minutes: 11 })
    expect((await refusal(dana.call('POST /passkeys/options'))).slug).toBe('accounts/reauthentication-required')
    await dana.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
  })

  it.each(lies)('refuses one %s', async (_what, lie) => {
    expect((await refusal(add(new SoftwareAuthenticator('http://localhost'), lie))).slug).toBe('accounts/wrong-credentials')
  })

  it('refuses the answer to a challenge that was used or is older than five minutes', async () => {
    const { challengeId, options } = await dana.call('POST /passkeys/options')
    const response = new SoftwareAuthenticator('http://localhost').create(options)
    clock.advance({ minutes: 5 })
    expect((await refusal(dana.call('POST /passkeys', { body: { challengeId, response, name: 'Late' } }))).slug).toBe(
      'accounts/wrong-credentials',
    )
  })

  it('asks for a discoverable one and names nobody else’s', async () => {
    const passkey = await add(phone)
    expect(passkey).toMatchObject({ name: 'My phone', synced: true, lastUsedAt: null })
    const { options } = await dana.call('POST /passkeys/options')
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Frontdesk' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ type: 'public-key', transports: ['internal', 'hybrid'] }],
    })
  })
})

describe('signing in with a passkey', () => {
  it.each([...lies, ['with a broken signature', { brokenSignature: true }] as [string, Dishonesty]])(
    'refuses one %s',
    async (_what, lie) => {
      expect((await refusal(signIn(phone, lie))).slug).toBe('accounts/wrong-credentials')
    },
  )

  it('refuses one that nobody added', async () => {
    const other = new SoftwareAuthenticator('http://localhost')
    other.create({ challenge: 'x', rp: { id: 'localhost' }, user: { id: 'eA' } })
    expect((await refusal(signIn(other))).slug).toBe('accounts/wrong-credentials')
  })

  it('needs no password and no second factor, and is listed with its last use', async () => {
    const { one, answer } = await signIn(phone, { counter: 10 })
    expect(answer.me.user.name).toBe('Dana Reyes')
    expect((await one.call('GET /sign-in-methods')).passkeys).toMatchObject([{ name: 'My phone', lastUsedAt: clock().toString() }])
  })

  it('refuses a counter that went back: somebody copied the authenticator', async () => {
    expect((await refusal(signIn(phone, { counter: 9 }))).slug).toBe('accounts/wrong-credentials')
    expect((await signIn(phone, { counter: 11 })).answer.state).toBe('signed_in')
  })

  it('accepts one answer a challenge', async () => {
    const one = browser()
    const { challengeId, options } = await one.call('POST /passkeys/sign-in/options')
    const response = phone.get(options)
    await one.call('POST /passkeys/sign-in', { body: { challengeId, response } })
    expect((await refusal(one.call('POST /passkeys/sign-in', { body: { challengeId, response } }))).slug).toBe('accounts/wrong-credentials')
  })
})

describe('a passkey of an account', () => {
  it('proves that it is her, and only her', async () => {
    clock.advance({ minutes: 11 })
    const { challengeId, options } = await dana.call('POST /reauthentication/passkey-options')
    const { authenticatedAt } = await dana.call('POST /reauthentication', {
      body: { method: 'passkey', challengeId, response: phone.get(options) },
    })
    expect(authenticatedAt).toBe(clock().toString())
    const mo = await test.join(dana, 'member', 'mo@example.com')
    const other = await mo.call('POST /reauthentication/passkey-options')
    const body = { method: 'passkey', challengeId: other.challengeId, response: phone.get(other.options) } as const
    expect((await refusal(mo.call('POST /reauthentication', { body }))).slug).toBe('accounts/wrong-credentials')
  })

  it('can be named and removed by its owner alone', async () => {
    const [passkey] = (await dana.call('GET /sign-in-methods')).passkeys
    const params = { passkeyId: passkey?.id ?? '' }
    const mo = await test.join(dana, 'member', 'jo@example.com')
    expect((await refusal(mo.call('PATCH /passkeys/{passkeyId}', { params, body: { name: 'Mine' } }))).slug).toBe('http/not-found')
    expect((await refusal(mo.call('DELETE /passkeys/{passkeyId}', { params }))).slug).toBe('http/not-found')
    expect((await dana.call('PATCH /passkeys/{passkeyId}', { params, body: { name: 'Dana’s phone 📱' } })).name).toBe('Dana’s phone 📱')
    await dana.call('DELETE /passkeys/{passkeyId}', { params })
    expect((await refusal(signIn(phone))).slug).toBe('accounts/wrong-credentials')
    expect((await asSuperuser(`select count(*)::int as n from auth.credential where kind = 'passkey'`)).rows).toEqual([{ n: 0 }])
  })
})
