import { describe, expect, it } from 'vitest'
import { authInventory } from './auth.tables.ts'
import { goodPassword, refusal, tablesWith, testRoom } from './testing.ts'

const test = await testRoom('open')
const { browser, mails, linkIn, asSuperuser } = test
const dana = await test.ownerBrowser()

const people = async () => Number((await asSuperuser('select count(*) as n from auth.user')).rows[0].n)
const lettersTo = (address: string) => mails.filter(({ to }) => to.address === address).map(({ subject }) => subject)

/** Somebody who asked for an account and opened the link of her mail. */
async function register(wish: Readonly<Record<string, string>>) {
  const one = browser()
  await one.call('POST /sign-up', { body: { password: goodPassword, age: 34, country: 'US', ...wish } as never })
  await test.settled()
  const token = linkIn('/verify/', wish.email)
  await one.call('POST /email-verification', { body: { token } })
  return { ...one, token }
}

describe('registering', () => {
  it('needs a name, an address and a password, and takes nothing that is not declared; whoever makes a workspace owns it [A1]', async () => {
    const before = await people()
    const least = { name: 'Ada Byron', email: 'ada@example.com', password: goodPassword, age: 34, country: 'US' }
    for (const missing of ['name', 'email', 'password'] as const) {
      const { [missing]: _, ...rest } = least
      expect((await refusal(browser().call('POST /sign-up', { body: rest as never }))).details.faults).toMatchObject([
        { path: `body.${missing}` },
      ])
    }
    const more = { ...least, mothersName: 'Annabella' }
    expect((await refusal(browser().call('POST /sign-up', { body: more as never }))).slug).toBe('http/invalid-request')
    expect(await people()).toBe(before)

    const ada = await register({ name: least.name, email: least.email })
    expect((await ada.call('GET /me')).user).toMatchObject({
      name: 'Ada Byron',
      email: 'ada@example.com',
      phone: null,
      company: null,
      industry: null,
    })
    const { workspaces } = await ada.call('POST /workspaces', {
      body: { name: 'Analytical Engines', zone: 'Europe/London', locale: 'en-GB', currency: 'GBP' },
    })
    expect(workspaces).toMatchObject([{ name: 'Analytical Engines', role: 'owner' }])
  })

  it.each([
    [
      'a sign-up',
      () => register({ name: 'Wim', email: 'wim@example.com' }),
      'wim@example.com',
      ['Confirm your address', 'Welcome to Frontdesk'],
    ],
    ['an invitation', () => test.join(dana, 'member', 'ivy@example.com'), 'ivy@example.com', ['Welcome to Frontdesk']],
  ])('is welcomed by one letter, whatever is opened again: %s [D7]', async (_, come, address, letters) => {
    const one = await come()
    await test.settled()
    expect(lettersTo(address)).toEqual(letters)
    if ('token' in one) await refusal(browser().call('POST /email-verification', { body: { token: String(one.token) } }))
    for (let time = 0; time < 2; time++) await browser().call('POST /sessions', { body: { email: address, password: goodPassword } })
    await test.settled()
    expect(lettersTo(address)).toEqual(letters)
  })

  it('whose address is known already is welcomed by nobody', async () => {
    const before = lettersTo('wim@example.com').length
    await browser().call('POST /sign-up', {
      body: { name: 'Wim', email: 'wim@example.com', password: goodPassword, age: 34, country: 'US' },
    })
    await test.settled()
    expect(lettersTo('wim@example.com').slice(before)).toEqual(['You already have an account'])
  })
})

describe('a profile', () => {
  const whole = {
    name: 'Grace Zqhopper',
    phone: '+12125550188',
    company: 'Zq Compilers Ltd',
    industry: 'Zq Shipbuilding',
    locale: 'fr-FR',
    zone: 'Europe/Paris',
  }

  it('has the declared fields and no other, and shows each of them to its owner, on the screen and in her copy [A2]', async () => {
    const grace = await register({ name: 'Grace', email: 'grace@example.com' })
    const { user } = await grace.call('GET /me')
    const unknown = { title: 'Rear Admiral' }
    expect((await refusal(grace.call('PATCH /me', { body: unknown as never, version: user.version }))).slug).toBe('http/invalid-request')
    await grace.call('PATCH /me', { body: whole, version: user.version })
    expect((await grace.call('GET /me')).user).toMatchObject({ ...whole, email: 'grace@example.com' })
    const { profile } = (await grace.call('GET /me/export')) as { profile: Record<string, unknown> }
    expect(profile).toMatchObject({ ...whole, email: 'grace@example.com' })

    const columns = Object.keys(authInventory.find(({ table }) => table === 'user')?.columns ?? {})
    // The second spelling of the address is there to find it by.
    const declared = columns
      .filter((column) => column !== 'email_normalized')
      .map((column) => column.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()))
    expect(Object.keys(profile).sort()).toEqual([...declared, 'emailVerified'].sort())
  })

  it.each(['industry', 'company', 'phone'] as const)('does without %s, and forgets it alone [A3]', async (field) => {
    const asked = { industry: 'Zq Lighthouses', company: 'Zq Beacons', phone: '+12125550177' }
    const { [field]: skipped, ...others } = asked
    const without = await register({ name: 'Una', email: `una-${field}@example.com` })
    expect((await without.call('GET /me')).user[field]).toBeNull()

    const told = await register({ name: 'Tilda', email: `tilda-${field}@example.com`, ...asked })
    const { user } = await told.call('GET /me')
    expect(await tablesWith(test, skipped)).toEqual(['auth."user"'])
    await told.call('PATCH /me', { body: { [field]: null }, version: user.version })
    expect(await tablesWith(test, skipped)).toEqual([])
    expect((await told.call('GET /me')).user).toMatchObject({ name: 'Tilda', [field]: null, ...others })
    await told.call('PATCH /me', { body: { industry: null, company: null, phone: null }, version: user.version + 1 })
  })

  it('is seen, changed, taken away and emptied by its owner, and by nobody else [A8]', async () => {
    const lin = await register({ name: 'Lin', email: 'lin@example.com' })
    const first = (await lin.call('GET /me')).user
    await lin.call('PATCH /me', { body: whole, version: first.version })
    const other = await register({ name: 'Mal', email: 'mal@example.com' })
    expect(JSON.stringify(await other.call('GET /me/export'))).not.toContain(whole.company)
    expect((await refusal(browser().call('GET /me/export'))).slug).toBe('http/not-signed-in')

    const file = await lin.fetch('/api/v1/me/export')
    expect([file.status, await file.text()]).toEqual([200, expect.stringContaining(whole.company)])
    for (const field of ['phone', 'company', 'industry', 'locale', 'zone'] as const) {
      const { version } = (await lin.call('GET /me')).user
      expect((await lin.call('PATCH /me', { body: { [field]: null }, version }))[field]).toBeNull()
    }
    expect((await lin.call('GET /me')).user).toMatchObject({
      name: whole.name,
      phone: null,
      company: null,
      industry: null,
      locale: null,
      zone: null,
    })
    expect(JSON.stringify(await lin.call('GET /me/export'))).not.toContain(whole.company)
  })
})
