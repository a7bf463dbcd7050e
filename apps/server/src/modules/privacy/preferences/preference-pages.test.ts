import type { ContactId } from '@frontdesk/contract'
import { catalogProblems } from '@frontdesk/i18n'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { prepareJobs } from '../../../platform/jobs/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { contactFacts, loadContact } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { standingOf } from '../consents/standing.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { privacyRoom, providePrivacyPorts, stopPageSurroundings } from '../index.ts'
import { suppressionsInForce } from '../suppression/suppress.ts'
import { preferenceWords } from './preference.words.ts'
import { preferencePath } from './preference-link.ts'

const test = await testDatabase()
await prepareJobs(test.urls.owner, [sendMailJob])
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: privacyRoom.routes,
  authenticate: async () => ({ byCookie: false }),
  trustedProxies: [],
})
stopPageSurroundings.provide({ database: test.database })
consentSurroundings.provide({
  database: test.database,
  files: { put: () => Promise.reject(new Error('no files here')), get: () => Promise.reject(new Error('no files here')) },
  publicUrl: () => 'https://desk.example',
})
mailSettings.provide({ from: { name: 'Frontdesk', address: 'desk@example.com' } } as never)
providePrivacyPorts()
await privacyRoom.pages?.(app)
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test, 'Salón <Ana>')
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
let counter = 0
async function someone(): Promise<{ contactId: ContactId; email: string; path: string }> {
  counter += 1
  const email = `wish${counter}@home.example`
  const contactId = await place.newContact(email)
  return { contactId, email, path: await inside(async (tx) => preferencePath(tx, contactId)) }
}
const get = (url: string, language = 'en') => app.inject({ url, headers: { accept: 'text/html', 'accept-language': language } })
const post = (url: string, form: Readonly<Record<string, string>> = {}) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams(form).toString(),
  })
const standing = async ({ contactId }: { contactId: ContactId }) =>
  inside(async (tx) => standingOf(tx, contactId, (await contactFacts(tx, contactId)).points[0] ?? null))
const everyDay = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`day_${day}`, 'on']))
const form = { way_email: 'on', locale: 'en', zone: 'America/New_York', often: 'any', from: '', until: '', ...everyDay }
const mailsOf = async (contactId: ContactId) => (await test.asSuperuser('select subject from mail where contact_id = $1', [contactId])).rows

describe('a link to the preference page', () => {
  it('that was changed by one sign opens nothing and says what to do [D15]', async () => {
    const { path } = await someone()
    const bad = `${path.slice(0, -2)}${path.endsWith('aa') ? 'bb' : 'aa'}`
    const answer = await get(bad)
    expect(answer.statusCode).toBe(410)
    expect(answer.body).toContain('Open the newest mail from the business')
    expect((await post(bad, form)).statusCode).toBe(410)
    expect((await post(`${bad}/new-link`)).statusCode).toBe(410)
  })

  it('that ran out offers a new one, which goes to the address on file and nowhere else', async () => {
    const { contactId, path } = await someone()
    const now = test.clock()
    test.clock.advance({ years: 4 })
    const answer = await get(path)
    expect(answer.statusCode).toBe(410)
    expect(answer.body).toContain('Send me a new link')
    expect((await post(path, form)).statusCode).toBe(410)
    for (let times = 0; times < 5; times++) expect((await post(`${path}/new-link`)).body).toContain('Look into your mail')
    expect(await mailsOf(contactId)).toHaveLength(3)
    test.clock.set(now.toString())
  })

  it('of somebody who is gone says the same as one that is none', async () => {
    const token = test.keys.signLink(
      {
        purpose: 'preferences',
        workspaceId: place.workspaceId,
        subjectId: place.workspaceId,
        expiresAt: test.clock().add({ hours: 1 }),
        allows: [],
      },
      test.clock(),
    )
    expect((await get(`/preferences/${token}`)).statusCode).toBe(410)
    expect((await post(`/preferences/${token}`, form)).statusCode).toBe(410)
  })
})

describe('the preference page', () => {
  it('is in her language, names her address masked, needs no script, and changes nothing when it is opened [D15]', async () => {
    const who = await someone()
    const rows = async () =>
      (await test.asSuperuser('select count(*)::int as n from timeline_event where contact_id = $1', [who.contactId])).rows
    const before = await rows()
    const page = await get(who.path, 'fr')
    expect(page.statusCode).toBe(200)
    expect(page.headers['cache-control']).toBe('no-store')
    expect(page.body).toContain('Comment Salón &lt;Ana&gt; peut vous joindre')
    expect(page.body).toContain('w••@home.example')
    expect(page.body).not.toContain(who.email)
    expect(page.body).not.toContain('<script')
    expect((await get(`${who.path}?lang=es`, 'fr')).body).toContain('Cómo puede contactarte')
    expect(await rows()).toEqual(before)
  })

  it('keeps her wishes, which the gate is given at once [D9] [D15]', async () => {
    const who = await someone()
    const { way_email: _off, ...rest } = form
    const saved = await post(who.path, {
      ...rest,
      from: '09:00',
      until: '17:30',
      often: 'week',
      locale: 'es',
      zone: 'America/Chicago',
      day_6: '',
      day_7: '',
    })
    expect(saved.statusCode).toBe(303)
    expect((await standing(who)).preferences).toEqual({
      channelsOff: ['email'],
      hours: [{ weekdays: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1050 }],
      languages: ['es'],
      atMost: { count: 1, hours: 168 },
    })
    expect(await inside((tx) => loadContact(tx, place.as.owner, who.contactId))).toMatchObject({ locale: 'es', zone: 'America/Chicago' })
    const page = (await get(`${who.path}?said=saved`)).body
    expect(page).toContain('value="17:30"')
    expect(page).toContain('Guardado.')
  })

  it('says so where the end comes before the beginning, and saves nothing', async () => {
    const who = await someone()
    const answer = await post(who.path, { ...form, from: '17:00', until: '09:00', often: 'day' })
    expect(answer.headers.location).toContain('said=times')
    expect((await standing(who)).preferences).toEqual({})
  })

  it('gives and takes back consent with one tick, in the words that were shown [M11] [D1]', async () => {
    const who = await someone()
    await post(who.path, { ...form, agree_mail_offers: 'on' })
    expect((await standing(who)).consents).toMatchObject([{ channel: 'email', purpose: 'marketing', level: 'pec' }])
    await post(who.path, { ...form, agree_mail_offers: 'on' })
    test.clock.advance({ minutes: 1 })
    await post(who.path, form)
    expect((await standing(who)).consents).toEqual([])
    const { rows } = await test.asSuperuser(
      `select c.action, c.how, c.recorded_by, w.wording, w.locale from consent c left join consent_wording w on w.workspace_id = c.workspace_id and w.id = c.wording_id
       where c.contact_id = $1 order by c.id`,
      [who.contactId],
    )
    expect(rows).toEqual([
      { action: 'given', how: 'preference_page', recorded_by: `contact_link:${who.contactId}`, wording: 'mail_offers', locale: 'en' },
      { action: 'withdrawn', how: 'preference_page', recorded_by: `contact_link:${who.contactId}`, wording: null, locale: null },
    ])
  })

  it('stops offers on every way, and takes back what she stopped herself, not what a complaint stopped', async () => {
    const who = await someone()
    const scopes = async () =>
      (await inside((tx) => suppressionsInForce(tx, { kind: 'email', value: who.email }))).map(({ scope }) => scope)
    await post(who.path, { ...form, no_offers: 'on' })
    expect(await scopes()).toEqual(['marketing'])
    await post(who.path, form)
    expect(await scopes()).toEqual([])
  })

  it('leaves her alone, says so, and lets her come back', async () => {
    const who = await someone()
    expect((await post(`${who.path}/alone`)).statusCode).toBe(303)
    await post(`${who.path}/alone`)
    const page = (await get(who.path)).body
    expect(page).toContain('leaves you alone')
    expect(await inside((tx) => suppressionsInForce(tx, { kind: 'email', value: who.email }))).toMatchObject([
      { scope: 'all', cause: 'link' },
    ])
    await post(`${who.path}/again`)
    expect(await inside((tx) => suppressionsInForce(tx, { kind: 'email', value: who.email }))).toEqual([])
  })

  it('is said in every language', () => {
    expect(catalogProblems(preferenceWords)).toEqual([])
  })
})
