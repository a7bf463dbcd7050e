import { describe, expect, it } from 'vitest'
import { deleteClosedAccounts } from './close-account.ts'
import { goodPassword, refusal, testRoom } from './testing.ts'

const test = await testRoom('open')
const { clock, mails, services, asSuperuser, browser } = test
const dana = await test.ownerBrowser()
const mo = await test.join(dana, 'manager', 'mo@example.com')

describe('the profile', () => {
  it('is corrected with the version that was read', async () => {
    const { user } = await mo.call('GET /me')
    expect((await refusal(mo.call('PATCH /me', { body: { name: '  ' }, version: user.version }))).slug).toBe('http/invalid-request')
    expect((await refusal(mo.call('PATCH /me', { body: { name: 'Mo' } }))).slug).toBe('http/version-required')
    const changed = await mo.call('PATCH /me', {
      body: { name: 'Mo Farah', phone: '+44 20 7946 0018', locale: 'en-GB' },
      version: user.version,
    })
    expect(changed).toMatchObject({ name: 'Mo Farah', phone: '+44 20 7946 0018', company: null, version: user.version + 1 })
    const stale = await refusal(mo.call('PATCH /me', { body: { name: 'Late' }, version: user.version }))
    expect(stale).toMatchObject({ slug: 'http/version-mismatch', details: { current: { name: 'Mo Farah' } } })
    expect((await dana.call('GET /members')).items.map(({ name }) => name)).toContain('Mo Farah')
  })

  it('is exported whole, without the secrets', async () => {
    const whole = await mo.call('GET /me/export')
    expect(whole).toMatchObject({
      profile: { name: 'Mo Farah', email: 'mo@example.com' },
      workspaces: [{ workspace: 'Salon Nine', role: 'manager' }],
      sessions: [{ browser: 'Firefox', place: '203.0.113.0/24' }],
      waysToSignIn: [{ kind: 'password' }],
    })
    expect(JSON.stringify(whole)).not.toMatch(/pbkdf2|token|hash/)
  })
})

describe('closing the account', () => {
  it('is refused while a workspace would be left without an owner', async () => {
    const refused = await refusal(dana.call('POST /me/closing'))
    expect(refused).toMatchObject({ slug: 'accounts/last-owner', details: { workspaces: ['Salon Nine'] } })
    await dana.call('POST /workspace/closing')
    expect((await dana.call('POST /me/closing')).closesAt).not.toBeNull()
    await dana.call('DELETE /me/closing')
    await dana.call('DELETE /workspace/closing')
    expect((await refusal(dana.call('DELETE /me/closing'))).slug).toBe('http/conflict')
  })

  it('needs a recent proof, ends her other sessions at once, tells by mail, and leaves 30 days to come back [A9]', async () => {
    clock.advance({ minutes: 11 })
    expect((await refusal(mo.call('POST /me/closing'))).slug).toBe('accounts/reauthentication-required')
    await mo.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
    const elsewhere = browser()
    await elsewhere.call('POST /sessions', { body: { email: 'mo@example.com', password: goodPassword } })
    expect((await elsewhere.call('GET /me')).user.email).toBe('mo@example.com')
    const closing = await mo.call('POST /me/closing')
    expect((await refusal(elsewhere.call('GET /me'))).slug).toBe('http/not-signed-in')
    expect(closing.closesAt).toBe(clock().add({ hours: 720 }).toString())
    expect(mails.at(-1)).toMatchObject({ subject: 'Your account will be deleted', to: { address: 'mo@example.com' } })
    expect(await deleteClosedAccounts(services)).toBe(0)
    expect((await mo.call('GET /me')).user.closesAt).toBe(closing.closesAt)
  })

  it('deletes it then: what she did stays, her name does not', async () => {
    clock.advance({ hours: 721 })
    expect(await deleteClosedAccounts(services)).toBe(1)
    expect((await refusal(mo.call('GET /me'))).slug).toBe('http/not-signed-in')
    const { rows } = await asSuperuser(`select name, email, user_id, removed_at is not null as left from member where role = 'manager'`)
    expect(rows).toEqual([{ name: '', email: '', user_id: null, left: true }])
    const traces = await asSuperuser(`
      select (select count(*)::int from auth.user where email_normalized = 'mo@example.com') as users, (select count(*)::int from auth.session s left join auth.user u on u.id = s.user_id where u.id is null) as sessions`)
    expect(traces.rows).toEqual([{ users: 0, sessions: 0 }])
    const again = browser()
    expect((await refusal(again.call('POST /sessions', { body: { email: 'mo@example.com', password: goodPassword } }))).slug).toBe(
      'accounts/wrong-credentials',
    )
  })

  it('waits where she is still the only owner', async () => {
    await asSuperuser(`update auth.user set closes_at = $1 where email_normalized = 'dana@example.com'`, [clock().toString()])
    expect(await deleteClosedAccounts(services)).toBe(0)
    expect((await asSuperuser('select count(*)::int as n from auth.user')).rows).toEqual([{ n: 1 }])
  })
})
