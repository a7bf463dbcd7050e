import { describe, expect, it } from 'vitest'
import { goodPassword, refusal, testRoom } from './testing.ts'

const test = await testRoom('open', { ageLimit: 16, signUpCountries: ['US', 'CA'] })
const { browser, asSuperuser, linkIn } = test
await test.ownerBrowser()

const wish = (more: { age?: number; country?: string; email?: string } = {}) => ({
  name: 'Mo Farah',
  email: 'mo@example.com',
  password: goodPassword,
  age: 34,
  country: 'US',
  ...more,
})
const asked = async () => Number((await asSuperuser('select count(*) as n from auth.sign_up')).rows[0].n)

describe('who may open an account herself', () => {
  it('is somebody of the age of the setting, and no cookie holds how old she is [P1]', async () => {
    const one = browser()
    expect(await refusal(one.call('POST /sign-up', { body: wish({ age: 15 }) }))).toMatchObject({ slug: 'accounts/too-young' })
    expect(await refusal(one.call('POST /sign-up', { body: wish({ age: 40 }) }))).toMatchObject({ slug: 'accounts/too-young' })
    expect(await asked()).toBe(0)
    const two = browser()
    await two.call('POST /sign-up', { body: wish({ age: 16 }) })
    expect(two.cookies.get('frontdesk-age')).toMatch(/^16\.0\./)
    await test.settled()
    const { rows } = await asSuperuser('select age_confirmed, age_limit from auth.sign_up')
    expect(rows).toEqual([{ age_confirmed: true, age_limit: 16 }])
    await two.call('POST /email-verification', { body: { token: linkIn('/verify/', 'mo@example.com') } })
    const { rows: people } = await asSuperuser(
      "select age_limit, age_confirmed_at is not null as at from auth.user where email = 'mo@example.com'",
    )
    expect(people).toEqual([{ age_limit: 16, at: true }])
  })

  it('is somebody of a country that is served, by her word and by what a named proxy sees; 451 says why [Q1]', async () => {
    const before = await asked()
    const refused = await refusal(browser().call('POST /sign-up', { body: wish({ country: 'FR', email: 'fr@example.com' }) }))
    expect(refused).toMatchObject({ slug: 'accounts/country-not-served', details: { status: 451 } })
    expect(refused.details.detail).toContain('people in US, CA only')
    const seen = browser({ headers: { 'x-forwarded-for': '198.51.100.9', 'cf-ipcountry': 'DE' } })
    expect(await refusal(seen.call('POST /sign-up', { body: wish({ email: 'de@example.com' }) }))).toMatchObject({
      details: { status: 451 },
    })
    expect(await asked()).toBe(before)
    await browser().call('POST /sign-up', { body: wish({ country: 'CA', email: 'ca@example.com' }) })
    expect(await asked()).toBe(before + 1)
    expect((await browser().call('GET /sign-up')).countries).toEqual(['US', 'CA'])
  })
})

it('is anybody where the server is open to all countries [Q4]', async () => {
  const everywhere = await testRoom('open', { ageLimit: 16, signUpCountries: null })
  await everywhere.browser().call('POST /sign-up', { body: wish({ country: 'FR', email: 'marie@example.com' }) })
  expect((await everywhere.browser().call('GET /sign-up')).countries).toBeNull()
})
