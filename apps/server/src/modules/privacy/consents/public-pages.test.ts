import type { KitKey } from '@frontdesk/contract'
import { catalogProblems } from '@frontdesk/i18n'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { prepareJobs } from '../../../platform/jobs/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../../platform/mail/index.ts'
import { contactFacts } from '../../contacts/index.ts'
import { type TestWorkspace, testWorkspace } from '../../contacts/testing.ts'
import { privacyRoom, providePrivacyPorts, stopPageSurroundings } from '../index.ts'
import { confirmWords } from './confirm.words.ts'
import { arrangeKit, consentKit, renewCounter } from './consent-kit.ts'
import { counterWords } from './counter.words.ts'
import { invite } from './invite.ts'
import { listConsents } from './list-consents.ts'
import { adoptWording, returnToReady } from './own-wordings.ts'
import { consentSurroundings } from './surroundings.ts'

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
  publicUrl: () => '',
})
mailSettings.provide({ from: { name: 'Frontdesk', address: 'desk@example.com' } } as never)
providePrivacyPorts()
await privacyRoom.pages?.(app)
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test, 'Salón <Ana>')
  await arrange(['mail_offers', 'texts_bookings', 'ai_calls_bookings'])
})
beforeEach(() => test.clock.advance({ minutes: 11 })) // the counter takes a few a minute from one address

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const arrange = (counter: readonly KitKey[]) =>
  inside(async (tx) => {
    const { settings } = await consentKit(tx, place.as.owner, 'en')
    return arrangeKit(tx, place.as.owner, { bookingPage: [], counter, keyword: 'JOIN', version: settings.version })
  })
const counterPath = async () => (await inside((tx) => consentKit(tx, place.as.owner, 'en'))).counterUrl
const get = (url: string, language = 'en') => app.inject({ url, headers: { accept: 'text/html', 'accept-language': language } })
const post = (url: string, form: Readonly<Record<string, string>> = {}) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams(form).toString(),
  })
const called = async (name: string) => {
  const { rows } = await test.asSuperuser('select id from contact where name = $1', [name])
  return rows.length === 0 ? [] : inside((tx) => listConsents(tx, place.as.owner, rows[0].id))
}
/** The links of the mails that were queued for an address, oldest first: their tokens are made anew, as nothing else can read a sealed mail. */
const invitationsOf = async (name: string) =>
  (
    await test.asSuperuser(
      'select i.id, i.expires_at from consent_invitation i join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id where c.name = $1 order by i.id',
      [name],
    )
  ).rows
const confirmPath = (id: string, expiresAt = test.clock().add({ hours: 24 })) =>
  `/confirm/${test.keys.signLink({ purpose: 'confirm-consent', workspaceId: place.workspaceId, subjectId: id, expiresAt, allows: [] }, test.clock())}`

describe('the counter page', () => {
  it('has nothing ticked, needs no script, and names the business and what is asked [N14]', async () => {
    const page = await get(await counterPath())
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('May Salón &lt;Ana&gt; stay in touch?')
    expect(page.body.match(/type="checkbox"/g)).toHaveLength(3)
    expect(page.body).not.toContain('checked')
    expect(page.body).not.toContain('<script')
    expect((await get(await counterPath(), 'es')).body).toContain('Tu nombre')
  })

  it.each([
    ['nothing ticked', { name: 'Nobody One', phone: '(212) 555-0170' }, 'You ticked nothing'],
    ['no name', { agree_texts_bookings: 'on', phone: '(212) 555-0170' }, 'Write your name'],
    ['no number', { agree_texts_bookings: 'on', name: 'Nobody Two' }, 'Write your phone number'],
    ['no address for mail', { agree_mail_offers: 'on', name: 'Nobody Three' }, 'Write your mail address'],
  ])('with %s says what is missing and saves nothing', async (_what, form, said) => {
    const answer = await post(await counterPath(), form)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(said)
    if ('name' in form) expect(await called(form.name)).toEqual([])
  })

  it('records number, words and the typed name as a signature', async () => {
    const answer = await post(await counterPath(), { agree_ai_calls_bookings: 'on', name: 'Cora Vance', phone: '(212) 555-0171' })
    expect(answer.body).toContain('Saved.')
    expect(await called('Cora Vance')).toMatchObject([
      {
        channel: 'call',
        purpose: 'service',
        level: 'pewc',
        automated: true,
        how: 'counter',
        signedName: 'Cora Vance',
        recordedBy: { kind: 'visitor' },
        stands: true,
        wording: { key: 'ai_calls_bookings', edition: '2026-11-29' },
      },
    ])
  })

  it('that shows words which were changed meanwhile records nothing, and shows the new ones [N14]', async () => {
    const page = (await get(await counterPath())).body
    const seal = /name="agree_texts_bookings" value="([0-9a-f]{16})"/.exec(page)?.[1] ?? ''
    const own = {
      written: '{business} may text me about bookings, automatically. Rates apply. STOP ends it. I do not have to agree.',
      spoken: 'May {business} text you about bookings, automatically? Rates apply. STOP ends it. You do not have to agree.',
    }
    await inside((tx) => adoptWording(tx, place.as.owner, { key: 'texts_bookings', locale: 'en', version: 0, ...own }))
    const form = { name: 'Gil Hart', phone: '(212) 555-0175' }
    const answer = await post(await counterPath(), { ...form, agree_texts_bookings: seal })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('The words were changed')
    expect(answer.body).toContain('Rates apply.')
    expect(answer.body).not.toContain('checked')
    expect(await called('Gil Hart')).toEqual([])
    const fresh = /name="agree_texts_bookings" value="([0-9a-f]{16})"/.exec(answer.body)?.[1] ?? ''
    expect((await post(await counterPath(), { ...form, agree_texts_bookings: fresh })).statusCode).toBe(200)
    expect(await called('Gil Hart')).toMatchObject([{ wording: { edition: 'own-1' } }])
    await inside((tx) => returnToReady(tx, place.as.owner, { key: 'texts_bookings', locale: 'en', version: 1 }))
  })

  it('takes no mail address on trust: it stands once the link in a mail is pressed [D8]', async () => {
    const answer = await post(await counterPath(), { agree_mail_offers: 'on', name: 'Dora Lane', email: 'dora@home.example' })
    expect(answer.body).toContain('we send you a mail')
    expect(await called('Dora Lane')).toEqual([])
    const [invitation] = await invitationsOf('Dora Lane')
    const path = confirmPath(invitation.id)
    expect((await get(path)).body).toContain('Do you agree?')
    expect(await called('Dora Lane')).toEqual([]) // looking is not agreeing
    expect((await post(path)).body).toContain('it holds')
    await post(path)
    expect(await called('Dora Lane')).toMatchObject([{ channel: 'email', purpose: 'marketing', level: 'pec', how: 'mail', stands: true }])
    expect((await get(path)).body).toContain('/preferences/')
  })

  it('asks only what is switched on, and ends with its address', async () => {
    await post(await counterPath(), { agree_calls_offers: 'on', name: 'Eve Moss', phone: '(212) 555-0172' })
    expect(await called('Eve Moss')).toEqual([])
    const old = await counterPath()
    await inside((tx) => renewCounter(tx, place.as.owner))
    expect((await get(old)).statusCode).toBe(410)
    expect((await post(old, { agree_texts_bookings: 'on', name: 'Eve Moss', phone: '(212) 555-0172' })).statusCode).toBe(410)
    expect((await get(`${await counterPath()}x`)).statusCode).toBe(410)
    expect(await called('Eve Moss')).toEqual([])
  })
})

describe('an invitation by mail', () => {
  async function invited(key: KitKey = 'mail_offers') {
    const name = `Finn ${test.clock().epochMilliseconds}`
    const contactId = await place.newContact(`finn${test.clock().epochMilliseconds}@home.example`, name)
    const [point] = (await inside((tx) => contactFacts(tx, contactId))).points
    if (!point) throw new Error('The contact should have an address.')
    const by = { kind: 'visitor', workspaceId: place.workspaceId } as const
    await inside((tx) => invite(tx, by, { contactId, pointId: point.id, key, locale: 'en', origin: 'booking_page' }))
    const [row] = await invitationsOf(name)
    return { name, id: row.id as string }
  }

  it('says how to stop such mail, and leads to her page [D15]', async () => {
    const { name } = await invited()
    const { rows } = await test.asSuperuser('select m.id, m.raw from mail m join contact c on c.id = m.contact_id where c.name = $1', [
      name,
    ])
    const raw = test.keys.decrypt(rows[0].raw, { workspaceId: place.workspaceId, table: 'mail', column: 'raw', rowId: rows[0].id })
    const text = raw.replaceAll(/=\r?\n/g, '')
    expect(text).toMatch(/Stop mail from us:\s+\/stop\//)
    expect(text).toMatch(/Choose what you get from us:\s+\/preferences\//)
  })

  it('that is forged or gone agrees to nothing and says what to do', async () => {
    const { name, id } = await invited()
    const path = confirmPath(id)
    const bad = `${path.slice(0, -2)}${path.endsWith('aa') ? 'bb' : 'aa'}`
    expect((await post(bad)).statusCode).toBe(410)
    expect((await get(confirmPath(place.workspaceId))).statusCode).toBe(410)
    expect(await called(name)).toEqual([])
  })

  it('that ran out offers a new one by mail, and holds once that is pressed', async () => {
    const { name, id } = await invited()
    const path = confirmPath(id, test.clock().add({ hours: 1 }))
    test.clock.advance({ hours: 2 })
    expect((await post(path)).statusCode).toBe(410)
    expect((await get(path)).body).toContain('Send me a new link')
    expect((await post(`${path}/new-link`)).body).toContain('Look into your mail')
    const { rows } = await test.asSuperuser(
      'select count(*)::int as n from mail m join contact c on c.id = m.contact_id where c.name = $1',
      [name],
    )
    expect(rows).toEqual([{ n: 2 }])
    await post(confirmPath(id))
    expect(await called(name)).toMatchObject([{ how: 'mail', stands: true }])
  })
})

it('says the counter and the question in every language', () => {
  expect(catalogProblems(counterWords)).toEqual([])
  expect(catalogProblems(confirmWords)).toEqual([])
})
