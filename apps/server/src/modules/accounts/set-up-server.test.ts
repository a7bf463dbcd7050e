import { describe, expect, it } from 'vitest'
import { membershipsOf } from './memberships.ts'
import { isSetupLinkValid, setUpServer, setupLink } from './set-up-server.ts'
import { arrival, owner, testAccounts } from './testing.ts'

const { services, asSuperuser, database } = await testAccounts()
const { auth } = services

const count = async (table: string) => Number((await asSuperuser(`select count(*) as n from ${table}`)).rows[0].n)
const tokenOf = (link: string | undefined) => link?.split('/').at(-1) ?? ''

describe('the setup link', () => {
  it('is the same at every start, and only its hash is stored', async () => {
    const first = await setupLink(services, 'http://localhost:4600')
    expect(await setupLink(services, 'http://localhost:4600')).toBe(first)
    expect(first).toMatch(/^http:\/\/localhost:4600\/setup\/[\w-]{22}$/)
    const stored = await auth.db.selectFrom('setup_link').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(tokenOf(first))
  })

  it('refuses a forged token', async () => {
    expect(await isSetupLinkValid(services, 'x'.repeat(22))).toBe(false)
    await expect(setUpServer(services, 'x'.repeat(22), owner, arrival)).rejects.toMatchObject({ type: 'accounts/setup-link-used' })
  })

  it('refuses a password that is tried first, and stays valid', async () => {
    const token = tokenOf(await setupLink(services, ''))
    await expect(setUpServer(services, token, { ...owner, password: 'passwordpassword' }, arrival)).rejects.toMatchObject({
      type: 'accounts/password-too-weak',
      facts: { objections: [{ reason: 'common' }] },
    })
    expect(await isSetupLinkValid(services, token)).toBe(true)
    expect(await count('auth.user')).toBe(0)
  })

  it('takes over the account of a start that broke off before the workspace was made', async () => {
    const token = tokenOf(await setupLink(services, ''))
    const broken = { ...services, database: { ...database, inWorkspace: () => Promise.reject(new Error('the power went')) } }
    await expect(setUpServer(broken, token, owner, arrival)).rejects.toThrow('the power went')
    expect(await count('auth.user')).toBe(1)
    expect(await isSetupLinkValid(services, token)).toBe(true)
  })

  it('makes exactly one owner when many open it at once', async () => {
    const token = tokenOf(await setupLink(services, ''))
    const guests = Array.from({ length: 12 }, (_, n) => ({ ...owner, name: `Guest ${n}`, email: `guest${n}@example.com` }))
    const results = await Promise.allSettled(guests.map((guest) => setUpServer(services, token, guest, arrival)))
    const winners = results.filter((result) => result.status === 'fulfilled')
    expect(winners).toHaveLength(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ type: 'accounts/setup-link-used' })
    }
    expect(await count('auth.user')).toBe(1)
    expect(await count('workspace')).toBe(1)
    expect(await count("member where role = 'owner'")).toBe(1)
    const [winner] = winners
    expect(await membershipsOf(database, winner?.value.userId ?? ('' as never))).toHaveLength(1)
  })

  it('is gone once there is an owner', async () => {
    expect(await setupLink(services, 'http://localhost')).toBeUndefined()
    const { rows } = await asSuperuser('select name, slug, zone, currency from workspace')
    expect(rows).toEqual([{ name: 'Salon Nine', slug: 'salon-nine', zone: 'America/New_York', currency: 'USD' }])
  })
})
