import { createHash } from 'node:crypto'
import { catalogProblems } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { joinRules } from '../../apps/server/src/modules/accounts/index.ts'
import { signInWithProvider } from '../../apps/server/src/modules/accounts/sign-in-with-provider.ts'
import { arrival, goodPassword, refusal, testRoom } from '../../apps/server/src/modules/accounts/testing.ts'
import { transferWords } from '../../apps/server/src/modules/accounts/transfer.words.ts'
import { asksOfJoining } from '../../apps/server/src/modules/privacy/ages/asks-of-joining.ts'
import { changePrivacySettings } from '../../apps/server/src/modules/privacy/settings/change-privacy-settings.ts'
import { showPrivacySettings } from '../../apps/server/src/modules/privacy/settings/read-privacy-settings.ts'
import { backedUp } from '../rights/haystacks.ts'

const test = await testRoom('open', { transferTo: 'US' })
const { browser, asSuperuser, linkIn, services, clock } = test
const dana = await test.ownerBrowser()

type Agreement = { destination: string; edition: number; locale: 'en' | 'es' | 'fr' }
const yes: Agreement = { destination: 'US', edition: 1, locale: 'fr' }
const wish = (country: string, email: string, transfer?: Agreement) => ({
  name: 'Marie Curie',
  email,
  password: goodPassword,
  age: 34,
  country,
  ...(transfer ? { transfer } : {}),
})
const agreements = async (email: string) =>
  (
    await asSuperuser(
      `select version, sha256, locale, destination, method, accepted_at from auth.acceptance
       where document = 'transfer' and user_id = (select id from auth.user where email = $1)`,
      [email],
    )
  ).rows
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const asked = async (policy = browser()) => (await policy.call('GET /sign-up')).transfer

describe('where the host keeps data in another country', () => {
  it.each([
    ['without a yes', undefined],
    ['to other words than those that count now', { ...yes, edition: 2 }],
    ['to another country', { ...yes, destination: 'CA' }],
  ])('nobody from elsewhere signs up %s, and nothing of her is kept [N9]', async (_what, transfer) => {
    const marker = 'Zibulkamarker'
    for (const country of ['FR', 'MX']) {
      const refused = await refusal(
        browser().call('POST /sign-up', { body: { ...wish(country, 'x@example.com', transfer), name: marker } }),
      )
      expect(refused).toMatchObject({ slug: 'accounts/transfer-not-agreed', details: { status: 422, destination: 'US' } })
      expect(refused.details.detail).toContain('my personal data go to another country and are processed there: United States')
    }
    const places = (await backedUp(test)).filter(({ content }) => content.includes(marker)).map(({ place }) => place)
    expect(places).toEqual([])
  })

  it('a yes is recorded apart from the documents: where to, which words in which language, how and when [N9]', async () => {
    const ask = await asked()
    expect(ask).toMatchObject({ destination: 'US', home: ['US'], edition: 1 })
    const one = browser()
    const at = clock()
    await one.call('POST /sign-up', { body: wish('FR', 'marie@example.com', yes) })
    await test.settled()
    clock.advance({ minutes: 3 })
    await one.call('POST /email-verification', { body: { token: linkIn('/verify/', 'marie@example.com') } })
    const [row, ...more] = await agreements('marie@example.com')
    expect(more).toEqual([])
    expect(row).toMatchObject({ version: 1, sha256: hashOf(ask?.words.fr ?? ''), locale: 'fr', destination: 'US', method: 'sign_up' })
    expect(new Date(String(row?.accepted_at)).getTime()).toBe(at.epochMilliseconds)
    const whole = JSON.stringify(await one.call('GET /me/export'))
    expect(whole).toContain('"document":"transfer","destination":"US"')
    await asSuperuser("delete from auth.user where email = 'marie@example.com'")
    expect((await asSuperuser("select from auth.acceptance where document = 'transfer'")).rows).toEqual([])
  })

  it('whoever lives there is asked nothing, unless a named proxy sees her elsewhere', async () => {
    await browser().call('POST /sign-up', { body: wish('US', 'joe@example.com') })
    const seen = browser({ headers: { 'x-forwarded-for': '198.51.100.9', 'cf-ipcountry': 'DE' } })
    expect((await refusal(seen.call('POST /sign-up', { body: wish('US', 'dora@example.com') }))).slug).toBe('accounts/transfer-not-agreed')
    await test.settled()
    expect((await asSuperuser('select email, accepted::text from auth.sign_up where used_at is null')).rows).toEqual([
      { email: 'joe@example.com', accepted: expect.not.stringContaining('transfer') },
    ])
  })

  it('whoever comes from another service is asked before there is an account', async () => {
    const identity = { provider: 'google', subject: 'g-9', email: 'lupe@example.com', authoritative: true, name: 'Lupe' } as const
    const first = await signInWithProvider({ ...services, transferTo: 'US' }, identity, arrival, 'es')
    expect(first.state).toBe('asked_first')
    const one = browser()
    one.cookies.set('frontdesk-elsewhere', 'token' in first ? first.token : '')
    await one.call('POST /sign-up/elsewhere', { body: { age: 40, country: 'MX', transfer: { ...yes, locale: 'es' } } })
    expect(await agreements('lupe@example.com')).toMatchObject([{ locale: 'es', destination: 'US', method: 'google' }])
  })

  it('whoever was invited is asked too, once for an account; the owner of the setup link chose the place herself', async () => {
    const invite = async () => {
      const { link } = await dana.call('POST /invitations', { body: { role: 'member' } })
      return { token: link.split('/').at(-1) ?? '' }
    }
    const params = await invite()
    expect((await browser().call('GET /join/{token}', { params })).asks.transfer).toEqual(await asked())
    const account = { name: 'Ida', email: 'ida@example.com', password: goodPassword }
    for (const body of [account, { ...account, country: 'NO' }])
      expect((await refusal(browser().call('POST /join/{token}', { params, body }))).slug).toBe('accounts/transfer-not-agreed')
    expect((await asSuperuser("select from auth.user where email = 'ida@example.com'")).rows).toEqual([])
    const ida = browser()
    await ida.call('POST /join/{token}', { params, body: { ...account, country: 'NO', transfer: { ...yes, locale: 'en' } } })
    expect(await agreements('ida@example.com')).toMatchObject([{ destination: 'US', method: 'invitation', locale: 'en' }])
    await asSuperuser("update member set removed_at = $1 where email = 'ida@example.com'", [clock().toString()])
    const me = await ida.call('POST /join/{token}/accept', { params: await invite(), body: {} })
    expect(me.workspaces).toHaveLength(1)
    expect(await agreements('Dana@example.com')).toEqual([])
  })
})

it('within the European Economic Area nobody is asked, from outside everybody is', async () => {
  const inEurope = await testRoom('open', { transferTo: 'DE' })
  await inEurope.browser().call('POST /sign-up', { body: wish('FR', 'fr@example.com') })
  for (const country of ['US', 'GB', 'CH']) {
    const refused = await refusal(inEurope.browser().call('POST /sign-up', { body: wish(country, 'us@example.com') }))
    expect(refused.slug).toBe('accounts/transfer-not-agreed')
  }
  expect((await asked(inEurope.browser()))?.words.es).toContain('Alemania')
})

it('where the host asks nothing, a workspace may ask whoever joins it, by its own settings', async () => {
  const plain = await testRoom('invitation')
  const owner = await plain.ownerBrowser()
  joinRules.provide('privacy.settings', { asks: asksOfJoining })
  const { link } = await owner.call('POST /invitations', { body: { role: 'member' } })
  const asks = async () => (await plain.browser().call('GET /join/{token}', { params: { token: link.split('/').at(-1) ?? '' } })).asks
  expect(await asks()).toEqual({ age: true, transfer: null })
  const change = (changes: Parameters<typeof changePrivacySettings>[2]['changes']) =>
    plain.as(owner, async (tx, by) => {
      await changePrivacySettings(tx, by, { changes, version: (await showPrivacySettings(tx, by)).version })
    })
  await change({ 'age.scope': 'voice', 'transfer.consent_required': true, 'geo.region': 'EU' })
  expect(await asks()).toMatchObject({
    age: false,
    transfer: { destination: 'EU', words: { en: expect.stringContaining('European Union') } },
  })
  joinRules.provide('privacy.settings', { asks: async () => ({ ageLimit: null, transferTo: null }) })
})

it('says the same in every language', () => {
  expect(catalogProblems(transferWords)).toEqual([])
})
