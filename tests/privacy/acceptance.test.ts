import { describe, expect, it } from 'vitest'
import type { SignUpDocuments } from '../../apps/server/src/modules/accounts/index.ts'
import { forgetEnded } from '../../apps/server/src/modules/accounts/jobs.ts'
import { signInWithProvider } from '../../apps/server/src/modules/accounts/sign-in-with-provider.ts'
import { acceptsOf, arrival, goodPassword, refusal, testRoom } from '../../apps/server/src/modules/accounts/testing.ts'
import { signUpDocuments } from '../../apps/server/src/modules/privacy/index.ts'
import { sha256Of } from '../../apps/server/src/modules/privacy/policies/policy-text.rules.ts'
import { publishPolicy } from '../../apps/server/src/modules/privacy/policies/publish-policy.ts'
import { draftOf, showDraft } from '../../apps/server/src/modules/privacy/policies/read-policies.ts'
import { testPublisher } from '../../apps/server/src/modules/privacy/policies/testing.ts'
import { writeParagraphs } from '../../apps/server/src/modules/privacy/policies/write-paragraphs.ts'
import { backedUp } from '../rights/haystacks.ts'

// The database is there once the room is; nobody knocks before.
const documents: SignUpDocuments = {
  served: (locale) => signUpDocuments(test.database).served(locale),
}
const test = await testRoom('open', { ageLimit: 16, documents })
const { browser, asSuperuser, linkIn, services, clock } = test
const owner = await test.ownerBrowser()
const { open } = await testPublisher(test)

const wish = (more: { age?: number; email?: string; name?: string; locale?: string } = {}) => ({
  name: 'Mo Farah',
  email: 'mo@example.com',
  password: goodPassword,
  age: 34,
  country: 'US',
  ...more,
})
const accepted = async (email: string) =>
  (
    await asSuperuser(
      `select document, version, sha256, locale, method, accepted_at from auth.acceptance
       where user_id = (select id from auth.user where email = $1) order by document`,
      [email],
    )
  ).rows
const records = async () =>
  Number(
    (await asSuperuser("select (select count(*) from auth.acceptance) + (select count(*) from auth.sign_up where accepted <> '[]') as n"))
      .rows[0].n,
  )
async function signUp(more: { email: string; locale?: string }): Promise<void> {
  const one = browser()
  await one.call('POST /sign-up', { body: { ...wish(more), ...(await acceptsOf(one, more.locale)) } })
  await test.settled()
  await one.call('POST /email-verification', { body: { token: linkIn('/verify/', more.email) } })
}
const places = async (locale = 'en') => (await browser().call('GET /sign-up', { query: { locale } })).accepts
const servedHash = async (document: string, locale: string): Promise<string> => {
  const place = (await places()).find((one) => one.document === document)
  const page = await open(`${place?.path}/text?lang=${locale}`)
  expect(page.status).toBe(200)
  return sha256Of(page.text)
}

describe('what is accepted with a new account', () => {
  it('is recorded by the hash of the text that is served, with its version, language, way and time; looking around records nothing [A15]', async () => {
    for (const { path } of await places()) expect((await open(`${path}?lang=en`)).status).toBe(200)
    expect(await records()).toBe(0)

    const asked = clock()
    await signUp({ email: 'mo@example.com' })
    const row = { version: null, locale: 'en', method: 'sign_up' }
    const [privacy, terms] = await accepted('mo@example.com')
    expect(privacy).toMatchObject({ ...row, document: 'privacy', sha256: await servedHash('privacy', 'en') })
    expect(terms).toMatchObject({ ...row, document: 'terms', sha256: await servedHash('terms', 'en') })
    expect(new Date(String(terms?.accepted_at)).getTime()).toBe(asked.epochMilliseconds)

    await test.as(owner, async (tx, by) => {
      await publishPolicy(tx, by, { kind: 'terms', weight: 'minor', seal: (await draftOf(tx, 'terms')).seal })
    })
    await signUp({ email: 'marie@example.com', locale: 'fr-CA' })
    const [, french] = await accepted('marie@example.com')
    expect(french).toMatchObject({ version: 1, locale: 'fr', sha256: await servedHash('terms', 'fr') })
    expect(french?.sha256).not.toBe(terms?.sha256)
    expect((await accepted('mo@example.com'))[1]).toEqual(terms)
  })

  it('is the text that was opened: where it changed since, she is shown the new one and nothing is kept until she sends that', async () => {
    const anna = browser()
    const opened = await acceptsOf(anna, 'en')
    await test.as(owner, async (tx, by) => {
      const { version } = await showDraft(tx, by, { kind: 'privacy', locale: 'en' })
      const paragraphs = [{ section: 'privacy/who', locale: 'en', text: 'Our clinic moved upstairs.' }] as const
      await writeParagraphs(tx, by, { kind: 'privacy', paragraphs: [...paragraphs], version })
    })
    const before = await records()
    const body = { ...wish({ email: 'anna@example.com' }), ...opened }
    const refused = await refusal(anna.call('POST /sign-up', { body }))
    const now = await places()
    expect(refused).toMatchObject({ slug: 'accounts/documents-changed', details: { status: 409, accepts: now } })
    expect(await records()).toBe(before)
    expect((await refusal(anna.call('POST /sign-up', { body: wish({ email: 'anna@example.com' }) }))).slug).toBe(
      'accounts/documents-changed',
    )

    await anna.call('POST /sign-up', { body: { ...body, ...(await acceptsOf(anna, 'en')) } })
    await test.settled()
    await anna.call('POST /email-verification', { body: { token: linkIn('/verify/', 'anna@example.com') } })
    expect((await accepted('anna@example.com')).map(({ sha256 }) => sha256)).toEqual(
      now
        .map(({ sha256 }) => sha256)
        .toSorted((a, b) => now.findIndex((one) => one.sha256 === b) - now.findIndex((one) => one.sha256 === a)),
    )
  })

  it('leads to its words for good, published or not', async () => {
    const { rows } = await asSuperuser('select distinct document, sha256, version from auth.acceptance')
    expect(new Set(rows.map(({ version }) => version))).toEqual(new Set([null, 1]))
    const paths = new Map((await places()).map(({ document, path }) => [document, path]))
    for (const { document, sha256 } of rows) {
      const page = await open(`${paths.get(document)}/text/${sha256}`)
      expect([page.status, sha256Of(page.text)]).toEqual([200, sha256])
    }
    expect((await open(`${paths.get('terms')}/text/${'0'.repeat(64)}`)).status).toBe(404)
    expect((await open(`${paths.get('terms')}/text/x`)).status).toBe(404)
  })

  it('is recorded for whoever joins by invitation, is in her export, and goes with her account', async () => {
    const guest = await test.join(owner, 'member', 'guest@example.com')
    expect(await accepted(guest.email)).toMatchObject([
      { document: 'privacy', method: 'invitation' },
      { document: 'terms', method: 'invitation' },
    ])
    const mine = await guest.fetch('/api/v1/me/export')
    expect(await mine.text()).toContain('"method":"invitation"')
    await asSuperuser('delete from auth.user where email = $1', [guest.email])
    const { rows } = await asSuperuser("select from auth.acceptance where method = 'invitation'")
    expect(rows).toEqual([])
  })

  it('is recorded for whoever comes from another service', async () => {
    const identity = { provider: 'google', subject: 'g-1', email: 'lupe@example.com', authoritative: true, name: 'Lupe' } as const
    // What she accepts she has to have before her: nobody gets an account on the way back from there.
    const all = { ...services, documents }
    const asked = await signInWithProvider(all, identity, arrival, 'es')
    if (asked.state !== 'asked_first') throw new Error('Nobody asked her.')
    expect(await accepted('lupe@example.com')).toEqual([])
    const lupe = browser()
    lupe.cookies.set('frontdesk-elsewhere', asked.token)
    const body = { age: 34, country: 'US', locale: 'es' }
    expect((await refusal(lupe.call('POST /sign-up/elsewhere', { body }))).slug).toBe('accounts/documents-changed')
    await lupe.call('POST /sign-up/elsewhere', { body: { ...body, ...(await acceptsOf(lupe, 'es')) } })
    expect(await accepted('lupe@example.com')).toMatchObject([
      { document: 'privacy', method: 'google', locale: 'es', sha256: await servedHash('privacy', 'es') },
      { document: 'terms', method: 'google', version: 1 },
    ])
  })

  it('leaves nothing of whoever is refused, or leaves before the account is made [N13]', async () => {
    const marker = 'Quimbymarker'
    const found = async () => (await backedUp(test)).filter(({ content }) => content.includes(marker)).map(({ place }) => place)
    const before = await records()
    const young = await refusal(browser().call('POST /sign-up', { body: wish({ name: marker, age: 12, email: `${marker}@example.com` }) }))
    expect(young).toMatchObject({ slug: 'accounts/too-young' })
    expect(await found()).toEqual([])

    const opened = await acceptsOf(browser())
    await browser().call('POST /sign-up', { body: { ...wish({ name: marker, email: `${marker}@example.com` }), ...opened } })
    await test.settled()
    expect(await found()).toContain('auth.sign_up')
    clock.advance({ hours: 73 })
    await forgetEnded(services)
    expect(await found()).toEqual([])
    expect(await records()).toBe(before)
  })
})
