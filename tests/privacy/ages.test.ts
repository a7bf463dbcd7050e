import type { ContactId } from '@frontdesk/contract'
import { catalogProblems } from '@frontdesk/i18n'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ageWords } from '../../apps/server/src/modules/privacy/ages/age.words.ts'
import { guardianUrl } from '../../apps/server/src/modules/privacy/ages/guardian.ts'
import { reportChild } from '../../apps/server/src/modules/privacy/ages/report-child.ts'
import { noteUnderAge } from '../../apps/server/src/modules/privacy/ages/under-age.ts'
import { restrictionOf } from '../../apps/server/src/modules/privacy/erasure/restriction-of.ts'
import { dueFlags, eraseFlagged } from '../../apps/server/src/modules/privacy/geography/erase-flagged.ts'
import { releaseFlag } from '../../apps/server/src/modules/privacy/geography/flag-contact.ts'
import { requestPermit } from '../../apps/server/src/modules/privacy/index.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { type TestSite, testSite } from './site.ts'

const test = await testDatabase()
let site: TestSite
let age: string
beforeAll(async () => {
  site = await testSite(test)
  age = `/age/${site.slug}`
})
afterAll(() => site.stop())

/** Starts what is due, and lets it run to its end. */
async function hourly(): Promise<void> {
  const by = { kind: 'system', workspaceId: site.shop.workspaceId, job: 'privacy.erase-flagged' } as const
  for (const id of await site.shop.inside(dueFlags)) await site.shop.inside((tx) => eraseFlagged(tx, by, id))
  await site.settle()
}
const isHere = async (id: ContactId) => (await site.rowsOf('select id from contact where id = $1', [id])).length === 1
const restricted = (id: ContactId) => site.shop.inside(async (tx) => (await restrictionOf(tx, id)) !== undefined)

describe('with the whole site behind an age screen', () => {
  beforeAll(() => site.choose({ 'age.scope': 'site', 'age.min': 18 }))

  it('asks before any page, without saying what has to be answered, and leads back', async () => {
    const { open } = site.browser()
    const first = await open(site.service)
    expect([first.status, first.location]).toEqual([303, `${age}?back=${encodeURIComponent(site.service)}`])
    const screen = await open(first.location)
    expect(screen.status).toBe(200)
    expect(screen.text).toContain('How old are you?')
    expect(screen.text.replace(/<head>.*<\/head>/s, '')).not.toMatch(/\b(13|16|18)\b/)
    const passed = await open(age, { form: { age: '34', back: site.service } })
    expect([passed.status, passed.location]).toEqual([303, site.service])
    expect((await open(site.service)).status).toBe(200)
    const form = `/f/${site.slug}/ask-us`
    expect((await open(age, { form: { age: '34', back: form } })).location).toBe(form)
  })

  it('stays closed for who was too young, whatever she answers next in the same session [P2]', async () => {
    const { open, jar } = site.browser()
    const refused = await open(age, { form: { age: '17', back: site.book } })
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('This is not for you to book alone')
    const again = await open(age, { form: { age: '19', back: site.book } })
    expect(again.status).toBe(403)
    expect((await open(site.book)).location).toContain('/age/')
    expect((await open(age)).status).toBe(403)
    expect(
      (await open(`${site.service}/details`, { form: { start: '2027-01-05T14:00:00Z', name: 'Tim', email: 'tim@home.example' } })).location,
    ).toContain('/age/')
    // A cookie of one's own making opens nothing either.
    jar.set('frontdesk-age', '18.0.forged')
    expect((await open(site.book)).location).toContain('/age/')
  })

  it.each(['', 'old enough', '-3', '1000'])('asks again where “%s” was answered, and takes it for nothing', async (typed) => {
    const { open, jar } = site.browser()
    expect((await open(age, { form: { age: typed } })).status).toBe(422)
    expect(jar.size).toBe(0)
  })

  it.each([
    [13, '12', 403],
    [13, '13', 303],
    [16, '15', 403],
    [16, '16', 303],
    [18, '17', 403],
    [18, '18', 303],
  ] as const)('gates at the limit of the setting, %s: %s gives %s', async (limit, typed, status) => {
    await site.choose({ 'age.min': limit })
    expect((await site.browser().open(age, { form: { age: typed } })).status).toBe(status)
    await site.choose({ 'age.min': 18 })
  })
})

describe('on the booking page', () => {
  const who = { name: 'Ann Lee', email: 'ann@home.example' }
  beforeAll(() => site.choose({ 'age.scope': 'signup+booking', 'age.min': 16 }))

  it('stands who may book, and nobody else is asked: adults book for their children', async () => {
    const { open, jar } = site.browser()
    const { text } = await open(`${site.service}/details?start=2027-01-05T15:00:00Z`)
    expect(text).toContain('Who books here is 16 or older, for herself or for somebody else.')
    expect(text).toContain(`href="${age}?back=`)
    const booked = await open(`${site.service}/details`, { form: { ...who, start: '2027-01-05T15:00:00Z', once: 'age-0001' } })
    expect(booked.location).toMatch(/^\/m\//)
    expect(jar.size).toBe(0)
  })

  it('goes with the setting: without it nobody is told or asked anything', async () => {
    await site.choose({ 'age.scope': 'voice' })
    const { text } = await site.browser().open(`${site.service}/details?start=2027-01-05T16:00:00Z`)
    expect(text).not.toContain('or older')
    await site.choose({ 'age.scope': 'signup+booking' })
  })

  it('is closed for who is too young, or leads over a parent or guardian [I5]', async () => {
    const { open } = site.browser()
    const refused = await open(age, { form: { age: '15' } })
    expect(refused.text).not.toContain('Ask a parent or guardian</h2>')
    const form = { name: 'Tim', email: 'tim@school.example', start: '2027-01-05T17:00:00Z', once: 'age-0002' }
    const blocked = await open(`${site.service}/details`, { form })
    expect(blocked.location).toContain('/age/')
    expect(await site.rowsOf("select id from contact_point where value_normalized = 'tim@school.example'")).toEqual([])
    expect((await open(`${age}/guardian`, { form: { name: 'Mia Ray', email: 'mia@home.example' } })).status).toBe(403)
    await site.choose({ 'age.guardian': 'allowed' })
    expect((await open(age)).text).toContain('Ask a parent or guardian</h2>')
    await site.choose({ 'age.guardian': 'none' })
  })

  it('opens for a parent or guardian who proved her address and agreed, with the proof of it [P3]', async () => {
    await site.choose({ 'age.guardian': 'allowed' })
    const child = site.browser()
    await child.open(age, { form: { age: '12' } })
    expect((await child.open(`${age}/guardian`, { form: { name: '', email: 'x' } })).status).toBe(422)
    const sent = await child.open(`${age}/guardian`, { form: { name: 'Mia Ray', email: 'mia@home.example' } })
    expect([sent.status, sent.text.includes('the question is on its way')]).toEqual([200, true])
    const [row] = await site.rowsOf('select * from guardian_consent order by id desc limit 1')
    expect(row).toMatchObject({ age_limit: 16, agreed_at: null, words_hash: null })
    const mails = await site.rowsOf('select subject from mail where contact_id = $1', [row.contact_id])
    expect(mails).toHaveLength(1)

    const link = await site.shop.inside(async (tx) => new URL(guardianUrl(tx, row)).pathname)
    const guardian = site.browser()
    const page = await guardian.open(link)
    expect(page.text).toContain('I am an adult and the parent or legal guardian')
    expect((await site.rowsOf('select agreed_at from guardian_consent where id = $1', [row.id]))[0].agreed_at).toBeNull()
    expect((await guardian.open(link, { form: {} })).text).toContain('Your agreement is kept.')
    const [agreed] = await site.rowsOf('select agreed_at, words_hash from guardian_consent where id = $1', [row.id])
    expect(agreed.agreed_at).not.toBeNull()
    expect(agreed.words_hash).toMatch(/^[0-9a-f]{64}$/)
    const form = { name: 'Mia Ray', email: 'mia@home.example', start: '2027-01-06T15:00:00Z', once: 'age-0003' }
    expect((await guardian.open(`${site.service}/details`, { form })).location).toMatch(/^\/m\//)
    expect((await child.open(`${site.service}/details`, { form: { ...form, once: 'age-0004' } })).location).toContain('/age/')
    expect((await site.browser().open(link)).status).toBe(410)
    expect((await site.browser().open('/guardian/made-up')).status).toBe(410)
    await site.choose({ 'age.guardian': 'none' })
  })
})

describe('a child whose data is here', () => {
  it('is not used from the moment of a report, and gone within 24 hours [P4]', async () => {
    const kid = await site.shop.newContact('kid@home.example', 'Kim Ray')
    await site.shop.inside((tx) => reportChild(tx, site.shop.owner, { contactId: kid }))
    expect(await restricted(kid)).toBe(true)
    test.clock.advance({ hours: 21 })
    await hourly()
    expect(await isHere(kid)).toBe(true)
    test.clock.advance({ hours: 2 })
    await hourly()
    expect(await isHere(kid)).toBe(false)
    const [erasure] = await site.rowsOf('select ground, state from erasure order by requested_at desc limit 1')
    expect(erasure).toEqual({ ground: 'child', state: 'done' })
  })

  it('is reported by anybody, who learns nothing of who is known here', async () => {
    const kid = await site.shop.newContact('tom@home.example', 'Tom Ray')
    const form = { name: 'Mia Ray', email: 'mia@home.example', relation: 'parent' }
    const child = `/child/${site.slug}`
    const known = await site.browser().open(child, { form: { ...form, value: 'Tom@home.example' } })
    const unknown = await site.browser().open(child, { form: { ...form, value: 'nobody@home.example' } })
    expect([known.status, unknown.text]).toEqual([200, known.text])
    for (const page of [`/rights/${site.slug}`, site.book]) expect((await site.browser().open(page)).text).toContain(`href="${child}?lang=`)
    expect(await restricted(kid)).toBe(true)
    const [request] = await site.rowsOf("select kind, for_whom, requester_email from request where details = 'Tom@home.example'")
    expect(request).toEqual({ kind: 'erasure', for_whom: 'child', requester_email: 'mia@home.example' })
    expect((await site.browser().open(child, { form: { ...form, value: 'nonsense' } })).status).toBe(422)
    const [flag] = await site.rowsOf('select id from flagged_contact where contact_id = $1', [kid])
    await expect(site.shop.inside((tx) => releaseFlag(tx, site.shop.as.member, { flagId: flag.id, because: 'x' }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    await site.shop.inside((tx) => releaseFlag(tx, site.shop.owner, { flagId: flag.id, because: 'He is 34.' }))
    expect(await restricted(kid)).toBe(false)
    test.clock.advance({ hours: 30 })
    await hourly()
    expect(await isHere(kid)).toBe(true)
  })

  it('is not erased by a guess where several share a number', async () => {
    const form = { name: 'Mia Ray', email: 'mia@home.example', relation: 'other', value: '+12075550190' }
    for (const name of ['one', 'two']) {
      const id = await site.shop.newContact(`${name}@shared.example`, name)
      await test.asSuperuser(
        `insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, preferred, shared, created_at)
         values ($1, gen_random_uuid(), $2, 'phone', '+12075550190', '+12075550190', true, true, $3)`,
        [site.shop.workspaceId, id, test.clock().toString()],
      )
    }
    test.clock.advance({ hours: 2 })
    expect((await site.browser().open(`/child/${site.slug}`, { form })).status).toBe(200)
    expect(
      await site.rowsOf(
        "select id from flagged_contact where contact_id in (select contact_id from contact_point where value_normalized = '+12075550190')",
      ),
    ).toEqual([])
  })
})

it('sends no marketing to who is noted as under age, whatever was agreed to [P7]', async () => {
  const kid = await site.shop.newContact('lea@home.example', 'Lea Ray')
  const asked = (tx: Parameters<Parameters<TestSite['shop']['inside']>[0]>[0]) =>
    requestPermit(tx, { contactId: kid, channel: 'email', purpose: 'marketing', about: { type: 'campaign', id: tx.newId() as never } })
  const codes = async () => {
    const answer = await site.shop.inside(asked)
    return answer.allowed ? [] : answer.reasons.map(({ code }) => code)
  }
  expect(await codes()).not.toContain('under_age')
  await site.shop.inside((tx) => noteUnderAge(tx, site.shop.owner, { contactId: kid, underAge: true }))
  expect(await codes()).toContain('under_age')
  await site.shop.inside((tx) => noteUnderAge(tx, site.shop.owner, { contactId: kid, underAge: false }))
  expect(await codes()).not.toContain('under_age')
})

it('keeps that somebody is old enough, the limit and the time, and nowhere an age or a birthday [P6]', async () => {
  const { rows } = await test.asSuperuser(
    "select table_name, column_name from information_schema.columns where table_schema in ('public', 'auth', 'platform') and column_name ~ '(birth|dob|(^|_)age$|years_old)'",
  )
  expect(rows).toEqual([])
  const { rows: kept } = await test.asSuperuser(
    "select table_name || '.' || column_name as place from information_schema.columns where table_schema in ('public', 'auth') and column_name ~ '^age_' order by 1",
  )
  expect(kept.map(({ place }) => place)).toEqual([
    'guardian_consent.age_limit',
    'member.age_confirmed_at',
    'sign_up.age_confirmed',
    'sign_up.age_limit',
    'under_age.age_limit',
    'user.age_confirmed_at',
    'user.age_limit',
  ])
  const [one, other] = [site.browser(), site.browser()]
  await one.open(age, { form: { age: '41' } })
  await other.open(age, { form: { age: '67' } })
  // Whoever is old enough holds the same as everybody who is.
  expect(one.jar.get('frontdesk-age')).toEqual(expect.any(String))
  expect(one.jar.get('frontdesk-age')).toBe(other.jar.get('frontdesk-age'))
})

it('says the same in every language', () => {
  expect(catalogProblems(ageWords)).toEqual([])
})
