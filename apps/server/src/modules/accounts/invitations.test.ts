import { describe, expect, it } from 'vitest'
import { joinRules } from './admit-to-join.ts'
import { goodPassword, refusal, testRoom } from './testing.ts'

const test = await testRoom('invitation')
const { browser, clock, mails, asSuperuser, linkIn } = test
const dana = await test.ownerBrowser()
const mel = await test.join(dana, 'manager', 'mel@example.com')

const tokenOf = (link: string) => link.split('/').at(-1) ?? ''
const account = (email: string) => ({ name: 'Mo Farah', email, password: goodPassword })
const signedIn = async (email: string) => {
  const one = browser()
  await one.call('POST /sessions', { body: { email, password: goodPassword } })
  return one
}

describe('inviting', () => {
  it('gives no role above one’s own', async () => {
    expect((await refusal(mel.call('POST /invitations', { body: { role: 'manager' } }))).slug).toBe('accounts/role-too-high')
    const { invitation } = await mel.call('POST /invitations', { body: { role: 'member' } })
    expect(invitation).toMatchObject({ role: 'member', invitedBy: 'A manager', state: 'open', email: null })
  })

  it('refuses an end of access for an owner, and one in the past', async () => {
    const later = clock().add({ hours: 1 }).toString()
    expect((await refusal(dana.call('POST /invitations', { body: { role: 'owner', memberUntil: later } }))).slug).toBe(
      'http/invalid-request',
    )
    const past = clock().subtract({ hours: 1 }).toString()
    expect((await refusal(dana.call('POST /invitations', { body: { role: 'auditor', memberUntil: past } }))).slug).toBe(
      'http/invalid-request',
    )
  })

  it('mails the link to an address; the mail’s link is another than the one shown', async () => {
    const { link } = await dana.call('POST /invitations', { body: { role: 'member', email: 'mo@example.com' } })
    await test.background.settle()
    expect(mails.at(-1)).toMatchObject({ subject: 'Salon Nine invites you', to: { address: 'mo@example.com' } })
    expect(mails.at(-1)?.text).toContain('Dana Reyes invites you to work in Salon Nine. The link works until Monday, January 11, 2027.')
    expect(linkIn('/join/', 'mo@example.com')).not.toBe(tokenOf(link))
  })

  it('stores no link', async () => {
    const { rows } = await asSuperuser('select json_agg(i) as all from invitation i')
    expect(JSON.stringify(rows)).not.toContain(linkIn('/join/', 'mo@example.com').slice(-20))
  })
})

describe('an invitation link', () => {
  it('shows the workspace and nothing of its members', async () => {
    const { link } = await dana.call('POST /invitations', { body: { role: 'representative', days: 1 } })
    expect(await browser().call('GET /join/{token}', { params: { token: tokenOf(link) } })).toEqual({
      workspaceName: 'Salon Nine',
      brandColour: '#1f6f5c',
      role: 'representative',
      invitedBy: 'Dana Reyes',
      email: null,
      expiresAt: clock().add({ hours: 24 }).toString(),
      asks: { age: false, transfer: null },
    })
  })

  it('is refused when forged, expired, revoked, renewed or used', async () => {
    const refusedAt = async (token: string) => (await refusal(browser().call('GET /join/{token}', { params: { token } }))).slug
    const invite = () => dana.call('POST /invitations', { body: { role: 'member', days: 1 } })
    expect(await refusedAt('B'.repeat(83))).toBe('accounts/link-invalid')

    const revoked = await invite()
    await dana.call('DELETE /invitations/{invitationId}', { params: { invitationId: revoked.invitation.id } })
    expect(await refusedAt(tokenOf(revoked.link))).toBe('accounts/link-invalid')
    expect(
      (await refusal(dana.call('POST /invitations/{invitationId}/renew', { params: { invitationId: revoked.invitation.id } }))).slug,
    ).toBe('http/conflict')

    const renewed = await invite()
    const { link } = await dana.call('POST /invitations/{invitationId}/renew', { params: { invitationId: renewed.invitation.id } })
    expect(await refusedAt(tokenOf(renewed.link))).toBe('accounts/link-invalid')

    const used = browser()
    await used.call('POST /join/{token}', { params: { token: tokenOf(link) }, body: account('used@example.com') })
    expect(await refusedAt(tokenOf(link))).toBe('accounts/link-invalid')

    const expired = await invite()
    clock.advance({ hours: 26 })
    expect(await refusedAt(tokenOf(expired.link))).toBe('accounts/link-invalid')
    expect((await dana.call('GET /invitations', { query: { limit: 1 } })).items).toMatchObject([{ state: 'expired' }])
  })

  it('makes one member of two who use it at once', async () => {
    const { link } = await dana.call('POST /invitations', { body: { role: 'member' } })
    const params = { token: tokenOf(link) }
    const both = await Promise.allSettled(
      ['first@example.com', 'second@example.com'].map((email) => browser().call('POST /join/{token}', { params, body: account(email) })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('confirms the address only where it was read in a mail to it', async () => {
    const shown = await dana.call('POST /invitations', { body: { role: 'member', email: 'shown@example.com' } })
    const byShown = browser()
    await byShown.call('POST /join/{token}', { params: { token: tokenOf(shown.link) }, body: account('shown@example.com') })
    expect((await byShown.call('GET /me')).user.emailVerified).toBe(false)

    await dana.call('POST /invitations', { body: { role: 'member', email: 'read@example.com' } })
    await test.background.settle()
    const byMail = browser()
    await byMail.call('POST /join/{token}', { params: { token: linkIn('/join/', 'read@example.com') }, body: account('Read@Example.com') })
    expect((await byMail.call('GET /me')).user.emailVerified).toBe(true)
  })

  it('says that an address is taken to nobody but the holder of a link', async () => {
    const { link } = await dana.call('POST /invitations', { body: { role: 'member' } })
    const refused = await refusal(
      browser().call('POST /join/{token}', { params: { token: tokenOf(link) }, body: account('mel@example.com') }),
    )
    expect(refused.slug).toBe('accounts/email-taken')
    expect((await browser().call('GET /join/{token}', { params: { token: tokenOf(link) } })).role).toBe('member')
  })

  it('asks for the age where the workspace does: the same point as whoever signs up herself passes', async () => {
    joinRules.provide('test', { asks: async () => ({ ageLimit: 18, transferTo: null }) })
    const { link } = await dana.call('POST /invitations', { body: { role: 'member' } })
    const params = { token: tokenOf(link) }
    expect((await browser().call('GET /join/{token}', { params })).asks).toEqual({ age: true, transfer: null })
    const silent = await refusal(browser().call('POST /join/{token}', { params, body: account('young@example.com') }))
    expect(silent.slug).toBe('accounts/age-not-confirmed')
    const young = browser()
    for (const age of [17, 40]) {
      const refused = await refusal(young.call('POST /join/{token}', { params, body: { ...account('young@example.com'), age } }))
      expect(refused.slug).toBe('accounts/too-young')
    }
    expect((await asSuperuser(`select from auth.user where email = 'young@example.com'`)).rows).toEqual([])
    await browser().call('POST /join/{token}', { params, body: { ...account('young@example.com'), age: 34 } })
    const { rows } = await asSuperuser(
      `select m.age_confirmed_at is not null as confirmed, u.age_limit from member m join auth.user u on u.id = m.user_id where u.email = 'young@example.com'`,
    )
    expect(rows).toEqual([{ confirmed: true, age_limit: 18 }])
  })

  it('asks an account once: whoever said it before joins without another word, whoever did not is asked', async () => {
    const invite = async () => ({ token: tokenOf((await dana.call('POST /invitations', { body: { role: 'member' } })).link) })
    const old = await signedIn('young@example.com')
    await asSuperuser(`update member set removed_at = $1 where email = 'young@example.com'`, [clock().toString()])
    await old.call('POST /join/{token}/accept', { params: await invite(), body: {} })
    await asSuperuser(`update auth.user set age_limit = 16 where email = 'young@example.com'`)
    await asSuperuser(`update member set removed_at = $1 where email = 'young@example.com'`, [clock().toString()])
    const params = await invite()
    expect((await refusal(old.call('POST /join/{token}/accept', { params, body: {} }))).slug).toBe('accounts/age-not-confirmed')
    await old.call('POST /join/{token}/accept', { params, body: { age: 20 } })
    expect((await old.call('GET /me')).user).toMatchObject({ ageLimit: 18, ageConfirmedAt: clock().toString() })
    joinRules.provide('test', { asks: async () => ({ ageLimit: null, transferTo: null }) })
  })
})

it('joins a second workspace with the account one has, and works in the one that is chosen', async () => {
  const me = await dana.call('POST /workspaces', { body: { name: 'Other Place', zone: 'Europe/Madrid', locale: 'es-ES', currency: 'EUR' } })
  const other = me.workspaces.find(({ name }) => name === 'Other Place')
  expect(me.currentWorkspaceId).toBe(other?.id)
  expect((await dana.call('GET /workspace')).name).toBe('Other Place')
  const header = { headers: { 'frontdesk-workspace': dana.workspaceId } }
  expect(await (await dana.fetch('/api/v1/workspace', header)).json()).toMatchObject({ name: 'Salon Nine' })
  expect((await mel.fetch('/api/v1/workspace', { headers: { 'frontdesk-workspace': other?.id ?? '' } })).status).toBe(403)
  expect((await mel.fetch('/api/v1/workspace', { headers: { 'frontdesk-workspace': 'x' } })).status).toBe(403)
  expect((await refusal(mel.call('PUT /current-workspace', { body: { workspaceId: other?.id ?? '' } }))).slug).toBe('http/not-found')
  expect((await refusal(mel.call('POST /workspaces', { body: { name: 'Mine', zone: 'UTC', locale: 'en', currency: 'USD' } }))).slug).toBe(
    'accounts/sign-up-closed',
  )
  await dana.call('PUT /current-workspace', { body: { workspaceId: dana.workspaceId } })
  expect((await dana.call('GET /workspace')).name).toBe('Salon Nine')
})
