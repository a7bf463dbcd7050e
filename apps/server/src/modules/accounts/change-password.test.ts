import { describe, expect, it } from 'vitest'
import { goodPassword, owner, refusal, testRoom } from './testing.ts'

const test = await testRoom('invitation')
const { browser, clock, mails, asSuperuser, linkIn } = test
await test.ownerBrowser()

const another = 'a hundred quiet lanterns'
const signIn = async (password: string, email = owner.email) => {
  const one = browser()
  await one.call('POST /sessions', { body: { email, password } })
  return one
}
const askReset = async (email: string) => {
  const answer = await browser().call('POST /password-reset', { body: { email } })
  await test.settled()
  return answer
}

describe('choosing a new password by mail', () => {
  it('answers the same for an unknown address, and sends nothing there', async () => {
    const before = mails.length
    const unknown = await askReset('nobody@example.com')
    expect(mails.length).toBe(before)
    expect(unknown).toEqual(await askReset(owner.email))
    expect(mails.at(-1)).toMatchObject({ subject: 'Choose a new password', to: { address: owner.email } })
  })

  it('never takes the link’s host from the request', async () => {
    const evil = browser({ origin: 'http://evil.example' })
    await evil.call('POST /password-reset', { body: { email: owner.email } })
    await test.settled()
    expect(mails.at(-1)?.text).toContain('http://localhost:4600/reset/')
    expect(mails.at(-1)?.text).not.toContain('evil')
  })

  it('refuses an expired link and a weak password [A7]', async () => {
    await askReset(owner.email)
    const token = linkIn('/reset/')
    const weak = await refusal(browser().call('POST /password-reset/{token}', { params: { token }, body: { password: 'salon' } }))
    expect(weak.slug).toBe('accounts/password-too-weak')
    clock.advance({ minutes: 62 })
    const late = await refusal(browser().call('POST /password-reset/{token}', { params: { token }, body: { password: another } }))
    expect(late.slug).toBe('accounts/link-invalid')
  })

  it('works once, ends every session, and tells the owner [A7]', async () => {
    const old = await signIn(goodPassword)
    await askReset(owner.email)
    const token = linkIn('/reset/')
    await browser().call('POST /password-reset/{token}', { params: { token }, body: { password: another } })
    expect(mails.at(-1)).toMatchObject({ subject: 'Your password was changed' })
    expect((await refusal(old.call('GET /me'))).slug).toBe('http/not-signed-in')
    expect(
      (await refusal(browser().call('POST /password-reset/{token}', { params: { token }, body: { password: goodPassword } }))).slug,
    ).toBe('accounts/link-invalid')
    await refusal(signIn(goodPassword))
    expect((await (await signIn(another)).call('GET /me')).user.emailVerified).toBe(true)
  })

  it('takes away what somebody else set up on an address that was never confirmed', async () => {
    const again = await signIn(another)
    const mo = await test.join(again, 'member', 'mo@example.com')
    const { user } = await mo.call('GET /me')
    expect(user.emailVerified).toBe(false)
    await asSuperuser(
      `insert into auth.credential (id, user_id, kind, external_id, secret, created_at, confirmed_at) values (gen_random_uuid(), $1, 'passkey', 'planted', 'x', now(), now())`,
      [user.id],
    )
    await askReset('mo@example.com')
    await browser().call('POST /password-reset/{token}', {
      params: { token: linkIn('/reset/', 'mo@example.com') },
      body: { password: another },
    })
    const { rows } = await asSuperuser('select kind from auth.credential where user_id = $1', [user.id])
    expect(rows).toEqual([{ kind: 'password' }])
  })
})

describe('choosing a new password while signed in', () => {
  it('asks for a proof that is not older than ten minutes', async () => {
    const one = await signIn(another)
    clock.advance({ minutes: 11 })
    const refused = await refusal(one.call('PUT /me/password', { body: { password: goodPassword } }))
    expect(refused.slug).toBe('accounts/reauthentication-required')
    const wrong = await refusal(one.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } }))
    expect(wrong.slug).toBe('accounts/wrong-credentials')
    const { authenticatedAt } = await one.call('POST /reauthentication', { body: { method: 'password', password: another } })
    expect(authenticatedAt).toBe(clock().toString())
    await one.call('PUT /me/password', { body: { password: goodPassword } })
  })

  it('keeps this session and ends the others', async () => {
    const [one, other] = [await signIn(goodPassword), await signIn(goodPassword)]
    await one.call('PUT /me/password', { body: { password: another } })
    expect((await one.call('GET /me')).user.name).toBe('Dana Reyes')
    expect((await refusal(other.call('GET /me'))).slug).toBe('http/not-signed-in')
  })
})

describe('changing the mail address', () => {
  it('does not tell whether the new one is taken', async () => {
    const one = await signIn(another)
    await one.call('POST /me/email', { body: { email: 'mo@example.com' } })
    await test.settled()
    expect(mails.at(-1)).toMatchObject({ subject: 'You already have an account', to: { address: 'mo@example.com' } })
  })

  it('holds once the link was opened by the account’s own person, and tells the old address', async () => {
    const one = await signIn(another)
    await one.call('POST /me/email', { body: { email: 'dana@salon.example' } })
    await test.settled()
    const token = linkIn('/verify/', 'dana@salon.example')
    expect(await browser().call('POST /email-verification', { body: { token } })).toEqual({ state: 'password_needed' })
    expect((await one.call('GET /me')).user.email).toBe(owner.email)
    expect(await one.call('POST /email-verification', { body: { token } })).toEqual({ state: 'confirmed' })
    expect((await one.call('GET /me')).user).toMatchObject({ email: 'dana@salon.example', emailVerified: true })
    expect(mails.at(-1)).toMatchObject({ subject: 'Your address was changed', to: { address: owner.email } })
    expect((await one.call('GET /members')).items.find(({ you }) => you)?.email).toBe('dana@salon.example')
  })
})
