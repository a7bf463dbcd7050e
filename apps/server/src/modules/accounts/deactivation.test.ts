import { describe, expect, it } from 'vitest'
import { memberMailGates } from '../../platform/mail/index.ts'
import { deleteClosedAccounts } from './close-account.ts'
import { mayReachMember } from './member-news.ts'
import { type Browser, goodPassword, refusal, testRoom } from './testing.ts'

const test = await testRoom('invitation')
const { browser, clock, mails, services, asSuperuser, database } = test
memberMailGates.provide('accounts', { mayReach: mayReachMember })
const dana = await test.ownerBrowser()
const ada = await test.join(dana, 'admin', 'ada@example.com')
const mo = await test.join(dana, 'manager', 'mo@example.com')

const memberId = async (name: string) => {
  const found = (await dana.call('GET /members')).items.find((member) => member.name === name)
  if (!found) throw new Error(`Nobody is called ${name}.`)
  return found.id
}
const prove = (one: Browser) => one.call('POST /reauthentication', { body: { method: 'password', password: goodPassword } })
const signIn = async (email: string) => {
  const one = browser()
  await one.call('POST /sessions', { body: { email, password: goodPassword } })
  return one
}
const withKey = (key: string) => browser({ headers: { authorization: `Bearer ${key}`, cookie: '' } })
const told = async (name: string, news: 'bookings_mine' | 'requests_overdue') => {
  const id = await memberId(name)
  return database.inWorkspace(dana.workspaceId, (tx) => mayReachMember(tx, { memberId: id, news }))
}

describe('deactivating one’s own account', () => {
  it('is refused without a recent proof, and to the only owner who can act, even while the workspace closes', async () => {
    clock.advance({ minutes: 11 })
    expect((await refusal(mo.call('POST /me/deactivation'))).slug).toBe('accounts/reauthentication-required')
    await prove(dana)
    await prove(ada)
    await prove(mo)
    expect(await refusal(dana.call('POST /me/deactivation'))).toMatchObject({
      slug: 'accounts/last-owner',
      details: { workspaces: ['Salon Nine'] },
    })
    await dana.call('POST /workspace/closing')
    expect((await refusal(dana.call('POST /me/deactivation'))).slug).toBe('accounts/last-owner')
    await dana.call('DELETE /workspace/closing')
  })

  it('signs her out everywhere, ends what she offered and her keys, mails her one last letter, and deletes nothing [A9]', async () => {
    const { key } = await ada.call('POST /api-keys', { body: { name: 'Till', scopes: ['workspace.read'] } })
    expect((await withKey(key).call('GET /workspace')).name).toBe('Salon Nine')
    const { link } = await ada.call('POST /invitations', { body: { role: 'member' } })
    const elsewhere = await signIn('ada@example.com')
    expect(await told('A admin', 'bookings_mine')).toEqual({ allowed: true })

    const profile = await ada.call('POST /me/deactivation')
    expect(profile.deactivatedAt).toBe(clock().toString())
    for (const one of [ada, elsewhere]) expect((await refusal(one.call('GET /me'))).slug).toBe('http/not-signed-in')
    const refusedKey = await refusal(withKey(key).call('GET /workspace'))
    expect(refusedKey).toMatchObject({ slug: 'http/not-signed-in', details: { detail: expect.stringContaining('her keys are refused') } })
    const join = browser().call('GET /join/{token}', { params: { token: link.split('/').at(-1) ?? '' } })
    expect((await refusal(join)).slug).toBe('accounts/link-invalid')
    expect(mails.at(-1)).toMatchObject({ subject: 'Your account is deactivated', to: { address: 'ada@example.com' } })
    const gone = { allowed: false, why: 'Not sent, because her account is deactivated.', closing: false }
    for (const news of ['bookings_mine', 'requests_overdue'] as const) expect(await told('A admin', news)).toEqual(gone)
    const { rows } = await asSuperuser(
      `select (select count(*)::int from auth.credential c join auth.user u on u.id = c.user_id where u.email = 'ada@example.com') as ways,
         (select name from member where email = 'ada@example.com') as name,
         (select count(*)::int from audit_entry where action = 'member.deactivated') as audited,
         (select count(*)::int from outbox where type = 'member.deactivated') as told`,
    )
    expect(rows).toEqual([{ ways: 1, name: 'A admin', audited: 1, told: 1 }])
    expect((await dana.call('GET /members')).items.find(({ name }) => name === 'A admin')?.deactivated).toEqual({
      at: clock().toString(),
      by: 'self',
    })
  })

  it('lets her sign in, see and take out what is hers, and nothing else, until she takes it back [A9]', async () => {
    const back = await signIn('ada@example.com')
    const me = await back.call('GET /me')
    expect(me.workspaces).toEqual([])
    expect(me.user.deactivatedAt).not.toBeNull()
    expect((await refusal(back.call('GET /workspace'))).slug).toBe('http/not-allowed')
    expect(await back.call('GET /me/export')).toMatchObject({ workspaces: [{ workspace: 'Salon Nine', role: 'admin' }] })
    const wish = { name: 'Mine', zone: 'UTC', locale: 'en', currency: 'USD' }
    expect((await refusal(back.call('POST /workspaces', { body: wish }))).slug).toBe('http/conflict')
    expect(
      await refusal(dana.call('DELETE /members/{memberId}/deactivation', { params: { memberId: await memberId('A admin') } })),
    ).toMatchObject({
      slug: 'http/conflict',
      details: { detail: expect.stringContaining('herself') },
    })
    expect((await back.call('DELETE /me/deactivation')).deactivatedAt).toBeNull()
    expect((await back.call('GET /workspace')).name).toBe('Salon Nine')
    expect(await told('A admin', 'bookings_mine')).toEqual({ allowed: true })
    expect((await refusal(back.call('DELETE /me/deactivation'))).slug).toBe('http/conflict')
    const { items } = await back.call('GET /api-keys')
    expect(items.map(({ name, revokedAt }) => [name, revokedAt])).toEqual([['Till', null]])
  })

  it('ends after a year in which she did not come back: then it is deleted like one that was closed', async () => {
    const back = await signIn('ada@example.com')
    await back.call('POST /me/deactivation')
    clock.advance({ hours: 364 * 24 })
    expect(await deleteClosedAccounts(services)).toBe(0)
    clock.advance({ hours: 25 })
    expect(await deleteClosedAccounts(services)).toBe(1)
    expect((await asSuperuser("select from auth.user where email_normalized = 'ada@example.com'")).rows).toEqual([])
  })
})

describe('coming back because she asked an owner to', () => {
  const today = () => clock().toZonedDateTimeISO('America/New_York').toPlainDate().toString()
  const asked = () => ({ askedHow: 'mail', askedOn: today(), proof: 'Her mail' }) as const
  const idOf = async (by: Browser) => (await by.call('GET /me')).workspaces[0]?.memberId as never
  const bring = (by: Browser, who: never, body: Partial<{ askedOn: string }> = {}) =>
    by.call('POST /members/{memberId}/return', { params: { memberId: who }, body: { ...asked(), ...body } })

  it('is for owners with a recent proof, for nobody who did not deactivate herself, and never from before she did', async () => {
    const [one, boss] = [await signIn('dana@example.com'), await signIn('mo@example.com')]
    const [danas, mos] = [await idOf(one), await idOf(boss)]
    expect(await refusal(bring(one, mos))).toMatchObject({ slug: 'http/conflict', details: { detail: expect.stringContaining('herself') } })
    const head = await test.join(one, 'admin', 'head@example.com')
    await boss.call('POST /me/deactivation')
    expect((await refusal(bring(head, mos))).slug).toBe('http/not-allowed')
    for (const askedOn of ['2020-01-01', '2099-01-01'])
      expect(await refusal(bring(one, mos, { askedOn }))).toMatchObject({
        slug: 'http/conflict',
        details: { detail: expect.stringContaining('until today') },
      })
    clock.advance({ minutes: 11 })
    expect((await refusal(bring(one, mos))).slug).toBe('accounts/reauthentication-required')
    await prove(one)
    const before = mails.length
    expect((await bring(one, mos)).deactivated).toBeNull()
    expect((await refusal(bring(one, mos))).slug).toBe('http/conflict')
    await test.background.settle()
    expect(mails.slice(before)).toMatchObject([{ subject: 'You are back at Salon Nine', to: { address: 'mo@example.com' } }])
    const again = await signIn('mo@example.com')
    expect(await again.call('GET /me')).toMatchObject({ user: { deactivatedAt: null }, restsIn: 0 })
    expect((await again.call('GET /workspace')).name).toBe('Salon Nine')
    expect((await again.call('GET /me/export')).workspaces).toMatchObject([
      { broughtBack: [{ askedHow: 'mail', askedOn: today(), proof: 'Her mail' }] },
    ])
    const { rows } = await asSuperuser(
      "select count(*)::int as n from audit_entry where action = 'member.reactivated' and object_id = $1 and actor_id = $2",
      [mos, danas],
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  it('leaves her access elsewhere at rest until she takes that back herself', async () => {
    const one = await signIn('dana@example.com')
    const pat = await test.join(one, 'member', 'pat@example.com')
    const pats = await idOf(pat)
    await one.call('POST /workspaces', { body: { name: 'Other Place', zone: 'UTC', locale: 'en', currency: 'USD' } })
    const { link } = await one.call('POST /invitations', { body: { role: 'member' } })
    await pat.call('POST /join/{token}/accept', { params: { token: link.split('/').at(-1) ?? '' }, body: {} })
    await one.call('PUT /current-workspace', { body: { workspaceId: dana.workspaceId } })
    await pat.call('POST /me/deactivation')
    await bring(one, pats)
    await test.background.settle()
    const again = await signIn('pat@example.com')
    const me = await again.call('GET /me')
    expect(me.workspaces.map(({ name }) => name)).toEqual(['Salon Nine'])
    expect(me.restsIn).toBe(1)
    expect((await again.call('DELETE /me/deactivation')).deactivatedAt).toBeNull()
    expect(await again.call('GET /me')).toMatchObject({ restsIn: 0, workspaces: [{ name: 'Salon Nine' }, { name: 'Other Place' }] })
  })
})

describe('deactivating a member', () => {
  it('is for those who manage members, with a recent proof, and never for oneself or the last owner', async () => {
    const [one, owner] = [await signIn('dana@example.com'), await signIn('mo@example.com')]
    const mosId = (await owner.call('GET /me')).workspaces[0]?.memberId as never
    const danas = (await one.call('GET /me')).workspaces[0]?.memberId as never
    const deactivate = (by: typeof one, who: never) => by.call('POST /members/{memberId}/deactivation', { params: { memberId: who } })
    expect((await refusal(deactivate(owner, danas))).slug).toBe('http/not-allowed')
    expect((await refusal(deactivate(one, danas))).slug).toBe('http/conflict')
    clock.advance({ minutes: 11 })
    expect((await refusal(deactivate(one, mosId))).slug).toBe('accounts/reauthentication-required')
  })

  it('keeps her out of this workspace at once, until it is taken back by them and not by her [A9]', async () => {
    const one = await signIn('dana@example.com')
    const worker = await signIn('mo@example.com')
    const params = { memberId: (await worker.call('GET /me')).workspaces[0]?.memberId as never }
    expect((await worker.call('GET /workspace')).name).toBe('Salon Nine')
    const rested = await one.call('POST /members/{memberId}/deactivation', { params })
    expect(rested.deactivated).toEqual({ at: clock().toString(), by: 'workspace' })
    expect((await refusal(worker.call('GET /workspace'))).slug).toBe('http/not-allowed')
    expect((await worker.call('GET /me')).workspaces).toEqual([])
    await prove(worker)
    await worker.call('POST /me/deactivation')
    const again = await signIn('mo@example.com')
    await again.call('DELETE /me/deactivation')
    expect((await again.call('GET /me')).workspaces).toEqual([])
    await one.call('DELETE /members/{memberId}/deactivation', { params })
    expect((await again.call('GET /workspace')).name).toBe('Salon Nine')
    expect((await refusal(one.call('DELETE /members/{memberId}/deactivation', { params }))).slug).toBe('http/conflict')
  })
})

it('of an account that is being closed only what the law asks for is mailed, and its keys are refused, until it is kept [A9]', async () => {
  const owner = await signIn('dana@example.com')
  const boss = await test.join(owner, 'admin', 'boss@example.com')
  const { key } = await boss.call('POST /api-keys', { body: { name: 'Door', scopes: ['workspace.read'] } })
  await boss.call('POST /me/closing')
  const reach = async (news: 'bookings_mine' | 'requests_overdue') => {
    const { memberId: id } = (await boss.call('GET /me')).workspaces[0] ?? {}
    return (await database.inWorkspace(dana.workspaceId, (tx) => mayReachMember(tx, { memberId: id ?? '', news }))).allowed
  }
  expect([await reach('bookings_mine'), await reach('requests_overdue')]).toEqual([false, true])
  expect((await refusal(withKey(key).call('GET /workspace'))).slug).toBe('http/not-signed-in')
  await boss.call('DELETE /me/closing')
  expect(await reach('bookings_mine')).toBe(true)
  expect((await withKey(key).call('GET /workspace')).name).toBe('Salon Nine')
})

describe('deactivating the workspace', () => {
  it('ends all that closing ends, keeps the data for three years, and is taken back at any time [A9]', async () => {
    const owner = await signIn('dana@example.com')
    const { key } = await owner.call('POST /api-keys', { body: { name: 'Site', scopes: ['workspace.read'] } })
    const rested = await owner.call('POST /workspace/deactivation')
    expect(rested).toMatchObject({
      rests: true,
      closesAt: clock()
        .add({ hours: 3 * 365 * 24 })
        .toString(),
    })
    expect((await refusal(withKey(key).call('GET /workspace'))).slug).toBe('http/not-signed-in')
    expect(await owner.call('POST /workspace/closing')).toMatchObject({ rests: false, closesAt: clock().add({ hours: 720 }).toString() })
    expect((await owner.call('POST /workspace/deactivation')).rests).toBe(true)
    expect(await owner.call('DELETE /workspace/closing')).toMatchObject({ rests: false, closesAt: null })
    expect((await withKey(key).call('GET /workspace')).name).toBe('Salon Nine')
  })

  it('cancels what waits to be done for the business alone, and does the rest [A9]', async () => {
    const owner = await signIn('dana@example.com')
    await test.background.settle()
    const before = mails.length
    await owner.call('POST /invitations', { body: { role: 'member', email: 'late@example.com' } })
    await owner.call('POST /workspace/deactivation')
    const done = await test.background.settle()
    expect(done.filter(({ name }) => name === 'accounts.mail-invitation').map(({ outcome }) => outcome)).toEqual(['done'])
    expect(mails).toHaveLength(before)
    await owner.call('DELETE /workspace/closing')
    const { items } = await owner.call('GET /invitations')
    const late = items.find(({ email }) => email === 'late@example.com')
    await owner.call('POST /invitations/{invitationId}/renew', { params: { invitationId: late?.id as never } })
    await test.background.settle()
    expect(mails.at(-1)).toMatchObject({ to: { address: 'late@example.com' } })
  })
})
