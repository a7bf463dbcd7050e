import { beforeEach, describe, expect, it } from 'vitest'
import { egressGuards } from '../../platform/egress/index.ts'
import { type Account, testProviders, tokens, unasked } from './providers.testing.ts'
import { goodPassword, owner, refusal, tablesWith, testRoom } from './testing.ts'

const { play, providers } = await testProviders()
const test = await testRoom('open', { providers })
const { browser, asSuperuser, clock } = test
const dana = await test.ownerBrowser()

type Visitor = ReturnType<typeof browser>
const locationOf = (response: Response) => response.headers.get('location') ?? ''

/** Leaves for the provider, says yes there, and comes back. */
async function visit(
  one: Visitor,
  name: 'google' | 'facebook',
  query = '',
  tamper: (back: URLSearchParams) => void = () => undefined,
): Promise<Response> {
  const left = await one.fetch(`/auth/${name}${query}`)
  if (!locationOf(left).startsWith('https://')) return left
  const asked = new URL(locationOf(left))
  const code = `code-${play.departures.size}`
  play.departures.set(code, {
    challenge: asked.searchParams.get('code_challenge') ?? undefined,
    nonce: asked.searchParams.get('nonce') ?? undefined,
    redirectUri: asked.searchParams.get('redirect_uri') ?? '',
  })
  const back = new URLSearchParams({ code, state: asked.searchParams.get('state') ?? '' })
  tamper(back)
  return one.fetch(`/auth/${name}/callback?${back}`)
}

beforeEach(() => {
  play.lies = {}
  play.wrong.length = 0
})

describe('leaving for the provider', () => {
  it('does not happen while the register of recipients stops it, nor does coming back', async () => {
    const stop = (why: string | null) =>
      egressGuards.provide('test', { ask: async () => (why === null ? { allowed: true } : { allowed: false, why }) })
    stop('The contract was taken back.')
    try {
      expect(locationOf(await browser().fetch('/auth/google'))).toBe('/sign-in?problem=privacy%2Frecipient-stopped')
      stop(null)
      const one = browser()
      const back = await visit(one, 'google', '', () => stop('The contract was taken back.'))
      expect(locationOf(back)).toBe('/sign-in?problem=privacy%2Frecipient-stopped')
    } finally {
      stop(null)
    }
  })

  it('goes to Google with state, nonce and a challenge (RFC 7636)', async () => {
    const asked = new URL(locationOf(await browser().fetch('/auth/google')))
    expect(`${asked.origin}${asked.pathname}`).toBe('https://accounts.google.com/o/oauth2/v2/auth')
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'google-id',
      redirect_uri: 'http://localhost/auth/google/callback',
      scope: 'openid email profile',
      prompt: 'select_account',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
  })

  it('goes nowhere when it is not set up, and back to no other site', async () => {
    const bare = await testRoomWithout()
    expect(locationOf(await bare.browser().fetch('/auth/google'))).toBe('/sign-in?problem=accounts%2Fprovider-not-configured')
    play.account = { sub: 'back', email: 'back@gmail.com', email_verified: true }
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      expect(locationOf(await visit(browser(), 'google', `?back=${encodeURIComponent(back)}`))).toBe('/')
    }
  })
})
const testRoomWithout = () => testRoom('open')

describe('coming back', () => {
  it.each([
    ['another state', (back: URLSearchParams) => back.set('state', 'x'.repeat(43)), 'accounts/link-invalid'],
    ['no code', (back: URLSearchParams) => back.delete('code'), 'accounts/wrong-credentials'],
    ['a refusal', (back: URLSearchParams) => back.set('error', 'access_denied'), 'accounts/wrong-credentials'],
    ['a code of somebody else', (back: URLSearchParams) => back.set('code', 'code-0'), 'accounts/wrong-credentials'],
  ])('is refused with %s', async (_what, tamper, problem) => {
    const one = browser()
    expect(locationOf(await visit(one, 'google', '', tamper))).toBe(`/sign-in?problem=${encodeURIComponent(problem)}`)
    expect(one.cookies.has('frontdesk')).toBe(false)
  })

  it.each([
    ['for another client', { aud: 'somebody-else' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['of another sign-in', { nonce: 'replayed' }],
    ['that has expired', { exp: 1 }],
  ])('is refused with a token %s', async (_what, claims) => {
    play.lies = claims
    play.account = { sub: 'liar', email: 'liar@gmail.com', email_verified: true }
    expect(locationOf(await visit(browser(), 'google'))).toBe('/sign-in?problem=accounts%2Fwrong-credentials')
  })

  it('is refused in another browser than the one that left', async () => {
    const [victim, attacker] = [browser(), browser()]
    play.account = { sub: 'attacker', email: 'attacker@gmail.com', email_verified: true }
    const asked = new URL(locationOf(await attacker.fetch('/auth/google')))
    const answer = await victim.fetch(`/auth/google/callback?code=x&state=${asked.searchParams.get('state')}`)
    expect(locationOf(answer)).toBe('/sign-in?problem=accounts%2Flink-invalid')
  })
})

describe('whose account it opens', () => {
  it('makes a new one where sign-up is open and welcomes its owner once; an address that Google speaks for counts as confirmed [D7]', async () => {
    play.account = { sub: 'g-zoe', email: 'zoe@gmail.com', email_verified: true, name: 'Zoë' }
    const one = browser()
    expect(locationOf(await visit(one, 'google', '?back=/welcome'))).toBe('/welcome')
    expect(play.wrong).toEqual([])
    expect((await one.call('GET /me')).user).toMatchObject({ name: 'Zoë', email: 'zoe@gmail.com', emailVerified: true })
    const again = browser()
    await visit(again, 'google')
    expect((await again.call('GET /me')).user.id).toBe((await one.call('GET /me')).user.id)
    // Coming back is no registration: she was welcomed once.
    await test.settled()
    expect(test.mails.filter(({ to }) => to.address === 'zoe@gmail.com').map(({ subject }) => subject)).toEqual(['Welcome to Frontdesk'])
  })

  it('never takes over an account by its address: neither an unconfirmed one nor on the word of who does not run the address', async () => {
    play.account = { sub: 'g-dana', email: owner.email, email_verified: true, hd: 'example.com' }
    expect(locationOf(await visit(browser(), 'google'))).toBe('/sign-in?problem=accounts%2Femail-taken')
    await asSuperuser(`update auth.user set email_verified_at = created_at where email_normalized = 'dana@example.com'`)
    play.account = { sub: 'g-dana', email: owner.email, email_verified: true }
    expect(locationOf(await visit(browser(), 'google'))).toBe('/sign-in?problem=accounts%2Femail-taken')
    play.account = { sub: 'g-dana', email: owner.email, email_verified: false, hd: 'example.com' }
    expect(locationOf(await visit(browser(), 'google'))).toBe('/sign-in?problem=accounts%2Femail-taken')
    play.account = { sub: 'f-dana', email: owner.email, name: 'Dana' }
    expect(locationOf(await visit(browser(), 'facebook'))).toBe('/sign-in?problem=accounts%2Femail-taken')
    expect(play.wrong).toEqual([])
  })

  it('links by itself where both sides prove the address', async () => {
    play.account = { sub: 'g-dana', email: owner.email, email_verified: true, hd: 'example.com' }
    const one = browser()
    expect(locationOf(await visit(one, 'google'))).toBe('/')
    expect((await one.call('GET /me')).user.email).toBe(owner.email)
  })

  it('asks for the second factor all the same', async () => {
    const { rows } = await asSuperuser(`select id from auth.user where email_normalized = 'zoe@gmail.com'`)
    await asSuperuser(
      `insert into auth.credential (id, user_id, kind, secret, created_at, confirmed_at) values (gen_random_uuid(), $1, 'totp', 'x', now(), now())`,
      [rows[0].id],
    )
    play.account = { sub: 'g-zoe', email: 'zoe@gmail.com', email_verified: true }
    const one = browser()
    expect(locationOf(await visit(one, 'google'))).toMatch(/^\/sign-in#challenge=[\w-]{43}$/)
    expect(one.cookies.has('frontdesk')).toBe(false)
  })

  it('makes an account from Facebook with an address to be confirmed first', async () => {
    play.account = { sub: 'f-mo', email: 'mo@example.com', name: 'Mo' }
    const one = browser()
    expect(locationOf(await visit(one, 'facebook'))).toBe('/')
    expect((await one.call('GET /me')).user).toMatchObject({ email: 'mo@example.com', emailVerified: false })
    await test.settled()
    expect(test.mails.at(-1)).toMatchObject({ subject: 'Confirm your address', to: { address: 'mo@example.com' } })
    play.account = { sub: 'f-nobody' }
    expect(locationOf(await visit(browser(), 'facebook'))).toBe('/sign-in?problem=http%2Fconflict')
  })
})

describe('linking from within the account', () => {
  it('needs a recent proof, and refuses what belongs to somebody else', async () => {
    clock.advance({ minutes: 11 })
    play.account = { sub: 'f-dana', name: 'Dana' }
    expect(locationOf(await visit(dana, 'facebook', '?intent=link&back=/account'))).toBe(
      '/account?problem=accounts%2Freauthentication-required',
    )
    await dana.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
    play.account = { sub: 'f-mo' }
    expect(locationOf(await visit(dana, 'facebook', '?intent=link&back=/account'))).toBe('/account?problem=http%2Fconflict')
    expect(locationOf(await visit(browser(), 'facebook', '?intent=link'))).toBe('/sign-in?problem=http%2Fnot-signed-in')
  })

  it('links, proves who she is later, and unlinks', async () => {
    play.account = { sub: 'f-dana', name: 'Dana', email: 'dana@elsewhere.example' }
    expect(locationOf(await visit(dana, 'facebook', '?intent=link&back=/account'))).toBe('/account')
    const { providers: linked } = await dana.call('GET /sign-in-methods')
    expect(linked).toMatchObject([{ provider: 'google' }, { provider: 'facebook', email: 'dana@elsewhere.example' }])

    clock.advance({ minutes: 11 })
    play.account = { sub: 'f-mo' }
    expect(locationOf(await visit(dana, 'facebook', '?intent=confirm&back=/account'))).toBe('/account?problem=accounts%2Fwrong-credentials')
    play.account = { sub: 'f-dana' }
    expect(locationOf(await visit(dana, 'facebook', '?intent=confirm&back=/account'))).toBe('/account')
    await dana.call('DELETE /identities/{provider}', { params: { provider: 'facebook' } })
    expect((await dana.call('GET /sign-in-methods')).providers).toMatchObject([{ provider: 'google' }])
  })

  it.each(['google', 'facebook'] as const)(
    'keeps of %s who it is and the address, and nothing of either once it is unlinked: no token, no picture, no date of birth [A4]',
    async (provider) => {
      play.account = { sub: `subject-${provider}-9931`, name: 'Robin', email: `robin-${provider}-9931@elsewhere.example` }
      await dana.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
      if ((await dana.call('GET /sign-in-methods')).providers.some((one) => one.provider === provider))
        await dana.call('DELETE /identities/{provider}', { params: { provider } })
      expect(locationOf(await visit(dana, provider, '?intent=link&back=/account'))).toBe('/account')
      expect(await tablesWith(test, play.account.sub)).toEqual(['auth.credential'])
      for (const more of [...Object.values(unasked), ...Object.values(tokens)])
        expect([more, await tablesWith(test, more)]).toEqual([more, []])
      await dana.call('DELETE /identities/{provider}', { params: { provider } })
      for (const gone of [play.account.sub, play.account.email ?? '']) expect([gone, await tablesWith(test, gone)]).toEqual([gone, []])
    },
  )

  it('lists each with what it was asked for, since when and when it was last used, and ends it [A5]', async () => {
    play.account = { sub: 'subject-listed', name: 'Dana', email: 'dana@elsewhere.example' }
    await visit(dana, 'facebook', '?intent=link&back=/account')
    const linkedAt = clock().toString()
    clock.advance({ minutes: 3 })
    const elsewhere = browser()
    expect(locationOf(await visit(elsewhere, 'facebook'))).toBe('/')
    const listed = async () => (await dana.call('GET /sign-in-methods')).providers.filter(({ provider }) => provider === 'facebook')
    expect(await listed()).toEqual([
      {
        provider: 'facebook',
        email: 'dana@elsewhere.example',
        scopes: ['public_profile', 'email'],
        linkedAt,
        lastUsedAt: clock().toString(),
      },
    ])
    await dana.call('DELETE /identities/{provider}', { params: { provider: 'facebook' } })
    expect(await listed()).toEqual([])
    expect(await tablesWith(test, tokens.facebook)).toEqual([])
    // It leads to her account no more: whoever comes with it is somebody new.
    const later = browser()
    await visit(later, 'facebook')
    expect((await later.call('GET /me')).user.id).not.toBe((await dana.call('GET /me')).user.id)
  })

  it('keeps the only way in', async () => {
    play.account = { sub: 'f-mo' }
    const mo = browser()
    await visit(mo, 'facebook')
    expect((await refusal(mo.call('DELETE /identities/{provider}', { params: { provider: 'facebook' } }))).slug).toBe('http/conflict')
  })
})

describe('somebody new where accounts are for some ages and countries', async () => {
  const gated = await testRoom('open', { providers, ageLimit: 16, signUpCountries: ['US', 'CA'] })
  const everywhere = (value: string) => tablesWith(gated, value)
  const people = async () => Number((await gated.asSuperuser('select count(*) as n from auth.user')).rows[0].n)
  const waiting = async () =>
    Number((await gated.asSuperuser("select count(*) as n from auth.challenge where kind = 'newcomer'")).rows[0].n)
  const answer = (one: Visitor, body: { age: number; country: string }) => one.call('POST /sign-up/elsewhere', { body })
  const cameFrom = async (name: 'google' | 'facebook', who: Account) => {
    play.account = who
    const one = gated.browser()
    return { one, to: locationOf(await visit(one, name, '?back=/welcome')) }
  }

  it.each(['google', 'facebook'] as const)(
    'is asked first when she comes from %s, and gets her account then, once [P1] [Q1]',
    async (name) => {
      const who = { sub: `new-${name}-7712`, email: `new-${name}-7712@gmail.com`, email_verified: true, name: 'Nia' }
      const before = await people()
      const { one, to } = await cameFrom(name, who)
      expect(to).toBe(`/sign-up?elsewhere=${name}&back=%2Fwelcome`)
      expect([await people(), one.cookies.has('frontdesk')]).toEqual([before, false])
      // What waits is readable nowhere: neither who she is there nor her address.
      for (const value of [who.sub, who.email]) expect([value, await everywhere(value)]).toEqual([value, []])
      expect(await one.call('GET /sign-up/elsewhere')).toEqual({ provider: name, name: 'Nia', email: who.email })
      const token = one.cookies.get('frontdesk-elsewhere') ?? ''
      await answer(one, { age: 16, country: 'CA' })
      expect((await one.call('GET /me')).user).toMatchObject({ email: who.email, emailVerified: name === 'google' })
      const { rows } = await gated.asSuperuser('select age_limit, age_confirmed_at is not null as at from auth.user where email = $1', [
        who.email,
      ])
      expect(rows).toEqual([{ age_limit: 16, at: true }])
      expect(await waiting()).toBe(0)
      one.cookies.set('frontdesk-elsewhere', token)
      expect((await refusal(answer(one, { age: 16, country: 'CA' }))).slug).toBe('accounts/link-invalid')
      expect((await cameFrom(name, who)).to).toBe('/welcome')
    },
  )

  it.each([
    ['too young', { age: 15, country: 'US' }, 'accounts/too-young'],
    ['of another country', { age: 40, country: 'FR' }, 'accounts/country-not-served'],
  ])('leaves nothing behind who is %s', async (_what, said, slug) => {
    const who = { sub: `refused-${said.age}`, email: `refused-${said.age}@gmail.com`, email_verified: true }
    const before = await people()
    const { one } = await cameFrom('google', who)
    expect((await refusal(answer(one, said))).slug).toBe(slug)
    expect([await people(), await waiting(), one.cookies.has('frontdesk')]).toEqual([before, 0, false])
    expect((await refusal(answer(one, { age: 40, country: 'US' }))).slug).toBe('accounts/link-invalid')
    for (const value of [who.sub, who.email]) expect([value, await everywhere(value)]).toEqual([value, []])
  })

  it('has ten minutes, in the browser that came back, and is asked again after an answer that cannot be read', async () => {
    const who = { sub: 'slow', email: 'slow@gmail.com', email_verified: true }
    const { one } = await cameFrom('google', who)
    expect((await refusal(answer(gated.browser(), { age: 40, country: 'US' }))).slug).toBe('accounts/link-invalid')
    expect((await refusal(answer(one, { age: 400, country: 'US' }))).slug).toBe('http/invalid-request')
    expect((await one.call('GET /sign-up/elsewhere')).email).toBe(who.email)
    gated.clock.advance({ minutes: 10 })
    expect((await refusal(answer(one, { age: 40, country: 'US' }))).slug).toBe('accounts/link-invalid')
    expect((await refusal(one.call('GET /sign-up/elsewhere'))).slug).toBe('accounts/link-invalid')
  })
})
