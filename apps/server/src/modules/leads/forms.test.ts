import type { Form, FormSubmission, Principal, PrivacySettings, Role } from '@frontdesk/contract'
import { catalogProblems } from '@frontdesk/i18n'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { createHttpServer } from '../../platform/http/index.ts'
import { prepareJobs } from '../../platform/jobs/index.ts'
import { openLog } from '../../platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../platform/mail/index.ts'
import { loadContact } from '../contacts/index.ts'
import { createField, timelinePage } from '../contacts/testing.ts'
import { changePrivacySettings, consentSurroundings, providePrivacyPorts } from '../privacy/index.ts'
import { type TestBusiness, testBusiness } from '../scheduling/testing.ts'
import { clearHeld, discardSubmission, releaseSubmission } from './decide-submission.ts'
import { escalateLeadJob } from './escalate-lead.ts'
import { formSnippets } from './form-snippets.ts'
import { linkHeld } from './link-held.ts'
import { formWords } from './public/form.words.ts'
import { formPages } from './public/form-pages.ts'
import { listForms, loadForm } from './read-forms.ts'
import { listLeads } from './read-leads.ts'
import { loadPipeline } from './read-pipelines.ts'
import { listSubmissions } from './read-submissions.ts'
import { writeRouting } from './route-lead.ts'
import { type SubmitAsProgram, submitAsProgram } from './submit-as-program.ts'
import { leadSurroundings } from './surroundings.ts'
import { archiveForm, createForm, type EditForm, editForm, restoreForm } from './write-form.ts'

const test = await testDatabase()
let app: Awaited<ReturnType<typeof createHttpServer>>
let shop: TestBusiness
let owner: Principal
let form: Form
let slug: string
let path: string

beforeAll(async () => {
  mailSettings.provide({
    smtpUrl: 'smtp://mail.example:2525',
    from: { name: 'Frontdesk', address: 'desk@example.com' },
    replies: { local: 'desk', domain: 'example.com', plus: true },
  })
  providePrivacyPorts()
  consentSurroundings.provide({ database: test.database, files: {} as never, publicUrl: () => 'https://desk.example.com' })
  leadSurroundings.provide({ publicUrl: () => 'https://desk.example.com' })
  await prepareJobs(test.urls.owner, [escalateLeadJob, sendMailJob])
  app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: [],
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: [],
  })
  await formPages(app)
})
beforeEach(async () => {
  shop = await testBusiness(test)
  owner = shop.owner
  slug = (await test.asSuperuser('select slug from workspace where id = $1', [shop.workspaceId])).rows[0].slug
  form = await shop.inside((tx) => createForm(tx, owner, { name: 'Ask for an offer' }))
  path = `/f/${slug}/ask-for-an-offer`
})

type Opened = { readonly status: number; readonly text: string; readonly location: string; readonly headers: Record<string, unknown> }
type Look = { readonly form?: Record<string, string>; readonly headers?: Record<string, string> }

async function open(url: string, { form: sent, headers = {} }: Look = {}): Promise<Opened> {
  const answer = await app.inject({
    url,
    ...(sent ? { method: 'POST' as const, payload: new URLSearchParams(sent).toString() } : {}),
    headers: {
      'accept-language': 'en-US',
      ...headers,
      ...(sent ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
  })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers, location: String(answer.headers.location ?? '') }
}
const hidden = (text: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
const ann = { name: 'Ann Archer', email: 'ann@example.com', message: 'Balayage on Friday?' }

/** Opens the page, waits as long as somebody types, and sends it. */
async function send(
  more: Record<string, string> = {},
  { seconds = 20, at = path, headers = {} as Record<string, string> } = {},
): Promise<Opened> {
  const page = await open(at, { headers })
  test.clock.advance({ seconds })
  return open(path, {
    form: { ...ann, token: hidden(page.text, 'token'), came: hidden(page.text, 'came'), campaign: hidden(page.text, 'campaign'), ...more },
  })
}
const edit = async (wish: Partial<EditForm>): Promise<Form> =>
  shop.inside(async (tx) => editForm(tx, owner, { ...wish, formId: form.id, version: (await loadForm(tx, owner, form.id)).version }))
const came = (by: Principal = owner, state: 'taken' | 'held' | 'all' = 'all'): Promise<FormSubmission[]> =>
  shop.inside(async (tx) => (await listSubmissions(tx, by, { state, limit: 50 })).items)
const leads = () => shop.inside(async (tx) => (await listLeads(tx, owner, { state: 'open', sort: 'recent', limit: 50 })).items)
const rows = async (query: string) => (await test.asSuperuser(query, [shop.workspaceId])).rows
const program = (wish: Partial<SubmitAsProgram> = {}, by?: Principal) =>
  shop.inside((tx) => submitAsProgram(tx, by ?? owner, { formId: form.id, name: ann.name, email: ann.email, ...wish }))

describe('making a form', () => {
  it('has its address at once, asks for what can be answered to, and is made by those who lead', async () => {
    expect(form).toMatchObject({ slug: 'ask-for-an-offer', pageUrl: `https://desk.example.com${path}`, version: 1, taken: 0, held: 0 })
    expect(form.fields.map(({ key, required }) => [key, required])).toEqual([
      ['name', true],
      ['email', true],
      ['phone', false],
      ['message', false],
    ])
    expect((await shop.inside((tx) => createForm(tx, owner, { name: 'Ask for an offer' }))).slug).toBe('ask-for-an-offer-2')
    for (const role of ['member', 'representative', 'read_only'] satisfies Role[])
      await expect(shop.inside((tx) => createForm(tx, shop.as[role], { name: 'No' }))).rejects.toMatchObject({ type: 'http/not-allowed' })
    expect(await shop.inside((tx) => listForms(tx, shop.as.member))).toHaveLength(2)
  })

  it.each([
    ['nobody to answer to', { fields: [{ kind: 'name', required: true }] }],
    ['no name', { fields: [{ kind: 'email', required: true }] }],
    ['one thing twice', { fields: [{ kind: 'name' }, { kind: 'email' }, { kind: 'email' }] }],
    ['a field that is not there', { fields: [{ kind: 'name' }, { kind: 'email' }, { kind: 'own', key: 'nothing' }] }],
    ['a question without words', { fields: [{ kind: 'name' }, { kind: 'email' }, { kind: 'question' }] }],
    ['consent for texts without a number', { consents: ['texts_offers'], fields: [{ kind: 'name' }, { kind: 'email' }] }],
    [
      'confirming by mail without a required address',
      { consents: ['texts_offers'], doubleOptIn: true, fields: [{ kind: 'name' }, { kind: 'email' }, { kind: 'phone' }] },
    ],
  ] as const)('refuses %s and saves nothing', async (_name, wish) => {
    await expect(edit(wish as never)).rejects.toMatchObject({ type: 'http/invalid-request' })
    expect((await shop.inside((tx) => loadForm(tx, owner, form.id))).version).toBe(1)
  })

  it('is written over the version that was read, and put away and back', async () => {
    const stale = shop.inside((tx) => editForm(tx, owner, { formId: form.id, version: 7, name: 'Late' }))
    await expect(stale).rejects.toMatchObject({ type: 'http/version-mismatch', facts: { current: { name: 'Ask for an offer' } } })
    await shop.inside((tx) => archiveForm(tx, owner, form.id))
    expect((await open(path)).status).toBe(410)
    expect((await open(path, { form: ann })).status).toBe(410)
    await expect(program()).rejects.toMatchObject({ type: 'leads/form-closed' })
    await shop.inside((tx) => restoreForm(tx, owner, form.id))
    expect((await open(path)).status).toBe(200)
  })
})

describe('the page of a form', () => {
  it('says the same in every language', () => {
    expect(catalogProblems(formWords)).toEqual([])
  })

  it('speaks the reader’s language or the form’s own, may be framed, and nothing else of the desk may', async () => {
    const page = await open(`${path}?embed=1`, { headers: { 'accept-language': 'fr-CA' } })
    expect(page.text).toContain('Votre nom')
    expect(page.text).toContain('class="embedded"')
    expect(page.headers['content-security-policy']).toContain('frame-ancestors *')
    expect(page.headers['x-frame-options']).toBeUndefined()
    await edit({ locale: 'es', title: 'Pide un presupuesto', fields: [{ kind: 'name' }, { kind: 'phone', required: true }] as never })
    const spanish = await open(path)
    expect(spanish.text).toContain('Pide un presupuesto')
    expect(spanish.text).toContain('Teléfono')
    expect((await open(`${path}?lang=en`)).text).toContain('Your name')
    expect((await open(`/f/${slug}/nothing-here`)).status).toBe(404)
  })

  it('shows everything that was typed again, with what is wrong, and keeps ticks and questions', async () => {
    await edit({
      fields: [
        { kind: 'name' },
        { kind: 'email' },
        { kind: 'phone' },
        { kind: 'question', label: 'How many people?', required: true },
      ] as never,
      consents: ['mail_offers'],
    })
    const seal = hidden((await open(path)).text, 'agree_mail_offers')
    const again = await send({ email: 'nonsense', phone: '12', agree_mail_offers: seal })
    expect(again.status).toBe(422)
    for (const text of [
      'Enter your email address',
      'Enter a phone number',
      'How many people?: fill this in.',
      'value="Ann Archer"',
      `value="${seal}" checked`,
    ])
      expect(again.text).toContain(text)
    expect((await send({ email: '', phone: '', how_many_people: '4' })).text).toContain('Give an email address or a phone number')
    expect(await came()).toEqual([])
  })
})

describe('what was sent', () => {
  it('makes contact, lead and timeline, starts the clock, and says where it came from', async () => {
    const pipeline = await shop.inside((tx) => loadPipeline(tx, owner))
    const member = shop.as.member.memberId
    await shop.inside((tx) =>
      writeRouting(tx, owner, {
        pipelineId: pipeline.id,
        version: pipeline.version,
        way: 'rotation',
        previousFirst: true,
        members: [{ memberId: member, regions: [], languages: [], tags: [] }],
        answerMinutes: 5,
        fromMail: false,
      }),
    )
    const done = await send(
      {},
      { at: `${path}?utm_source=maps&utm_campaign=autumn`, headers: { referer: 'https://ana.example/contact?secret=1' } },
    )
    expect([done.status, done.location]).toEqual([303, `${path}?done=1`])
    expect((await open(done.location)).text).toContain('Thank you')
    const [lead] = await leads()
    expect(lead).toMatchObject({ source: 'form', title: 'Ask for an offer', ownerMemberId: member, contact: { name: 'Ann Archer' } })
    expect(await came()).toMatchObject([
      {
        state: 'taken',
        contact: { id: lead?.contact.id },
        leadId: lead?.id,
        joined: false,
        answers: [{ key: 'message', text: ann.message }],
        cameFrom: 'https://ana.example/contact',
        campaign: 'maps / autumn',
        via: 'page',
      },
    ])
    const timeline = await shop.inside((tx) => timelinePage(tx, owner, { contactId: lead?.contact.id as never, limit: 20 }))
    expect(timeline.items.find(({ kind }) => kind === 'form.submitted')?.summary.values).toMatchObject({
      form: 'Ask for an offer',
      answers: expect.stringContaining('Balayage on Friday?'),
    })
    expect(await rows(`select kind, source_type from dealing where workspace_id = $1`)).toEqual([{ kind: 'inquiry', source_type: 'form' }])
    expect(await rows(`select payload->>'leadId' as id from outbox where workspace_id = $1 and type = 'form.submitted'`)).toEqual([
      { id: lead?.id },
    ])
    expect(
      Number((await rows(`select count(*) from pgboss.job where name = 'leads.escalate' and data::text like '%' || $1 || '%'`))[0]?.count),
    ).toBe(1)
  })

  it('is one submission however often the button is pressed, also at once', async () => {
    const page = await open(path)
    test.clock.advance({ seconds: 20 })
    const sent = { ...ann, token: hidden(page.text, 'token') }
    const answers = await Promise.all([1, 2, 3, 4].map(() => open(path, { form: sent })))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303])
    expect(await came()).toHaveLength(1)
    expect(await leads()).toHaveLength(1)
  })

  it('is added to the open lead of the same person, and a stranger’s words change neither name nor preferred address', async () => {
    await send()
    await send({ name: 'Somebody Else', message: 'And my sister?', phone: '(207) 555-0172' })
    const [lead, ...others] = await leads()
    expect(others).toEqual([])
    expect((await came()).map(({ joined, leadId }) => [joined, leadId])).toEqual([
      [true, lead?.id],
      [false, lead?.id],
    ])
    const contact = await shop.inside((tx) => loadContact(tx, owner, lead?.contact.id as never))
    expect(contact.name).toBe('Ann Archer')
    expect(contact.points.map(({ value, preferred }) => [value, preferred])).toEqual([
      ['ann@example.com', true],
      ['+12075550172', true],
    ])
  })

  it('two forms of one person at the same moment are one open lead', async () => {
    const page = await open(path)
    test.clock.advance({ seconds: 20 })
    const token = hidden(page.text, 'token')
    await Promise.all(['One', 'Two', 'Three'].map((message) => open(path, { form: { ...ann, message, token } })))
    expect(await came()).toHaveLength(3)
    expect(await leads()).toHaveLength(1)
  })

  it('fills own fields that are empty and replaces none, and masks card numbers before anything is kept', async () => {
    const field = await shop.inside((tx) =>
      createField(tx, owner, {
        label: 'Hair',
        type: 'choice',
        category: 'preference',
        group: null,
        required: false,
        filter: false,
        choices: [
          { label: 'Long', hue: 1 },
          { label: 'Short', hue: 2 },
        ],
        currency: null,
        notSensitive: false,
      }),
    )
    await edit({ fields: [{ kind: 'name' }, { kind: 'email' }, { kind: 'message' }, { kind: 'own', key: field.key }] as never })
    await send({ hair: 'long', message: 'My card is 4111 1111 1111 1111' })
    await send({ hair: 'short', message: 'Or short?' })
    const [lead] = await leads()
    const contact = await shop.inside((tx) => loadContact(tx, owner, lead?.contact.id as never))
    expect(contact.fields).toEqual({ hair: 'long' })
    const everything = JSON.stringify(
      await rows(
        `select s.answers, t.summary_values from form_submission s join timeline_event t on t.subject_id = s.id where s.workspace_id = $1`,
      ),
    )
    expect(everything).toContain('My card is')
    expect(everything).not.toContain('4111 1111')
    expect(await rows('select kind, source from masked_number where workspace_id = $1')).toEqual([{ kind: 'card', source: 'form' }])
    expect((await send({ hair: 'green' })).status).toBe(422)
  })
})

describe('spam', () => {
  it('whoever is too fast, has an old page or none is asked once more and loses nothing', async () => {
    const fast = await send({}, { seconds: 0 })
    expect(fast.status).toBe(422)
    expect(fast.text).toContain('press Send')
    expect(fast.text).toContain('value="ann@example.com"')
    test.clock.advance({ seconds: 5 })
    expect((await open(path, { form: { ...ann, token: hidden(fast.text, 'token') } })).status).toBe(303)
    const old = await send({ message: 'Later' }, { seconds: 25 * 3600 })
    expect([old.status, old.text.includes('Later')]).toEqual([422, true])
    test.clock.advance({ seconds: 5 })
    expect((await open(path, { form: { ...ann, message: 'Later', token: hidden(old.text, 'token') } })).status).toBe(303)
    const forged = await open(path, { form: { ...ann, message: 'Forged', token: 'x'.repeat(60) } })
    expect(forged.status).toBe(422)
    expect(await came()).toHaveLength(2)
  })

  it('a form of plain HTML may send without a page where its owner allows it', async () => {
    expect((await open(path, { form: ann })).status).toBe(422)
    await edit({ plainHtml: true })
    expect((await open(path, { form: ann, headers: { referer: 'https://ana.example/' } })).status).toBe(303)
    await open(path, { form: ann })
    expect(await came()).toMatchObject([{ via: 'plain', cameFrom: 'https://ana.example/' }])
    const { frame, plain } = await shop.inside((tx) => formSnippets(tx, shop.as.member, form.id))
    expect(frame).toContain(`<iframe data-frontdesk src="https://desk.example.com${path}?embed=1"`)
    for (const part of [`action="https://desk.example.com${path}?lang=en"`, 'name="email"', 'name="website"', '/privacy'])
      expect(plain).toContain(part)
  })

  it('what looks like it is held where it can be seen, makes nobody a contact, and is let in or deleted by a person', async () => {
    const thanks = await send({ website: 'https://spam.example' })
    expect(thanks.location).toContain('done=1')
    await send({ name: 'Bob', email: 'bob@example.com', message: 'www.a.example www.b.example www.c.example' })
    expect(await came()).toMatchObject([
      { state: 'held', reasons: ['links'], contact: null, leadId: null },
      { state: 'held', reasons: ['trap'], contact: null },
    ])
    expect(await rows('select id from contact where workspace_id = $1')).toEqual([])
    const [bob, first] = await came()
    await expect(shop.inside((tx) => releaseSubmission(tx, shop.as.representative, first?.id ?? ''))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    expect(await came(shop.as.representative)).toEqual([])
    const released = await shop.inside((tx) => releaseSubmission(tx, shop.as.member, first?.id ?? ''))
    expect(released).toMatchObject({ state: 'taken', contact: { name: 'Ann Archer' }, heldUntil: null })
    expect(await leads()).toMatchObject([{ id: released.leadId, source: 'form' }])
    await expect(shop.inside((tx) => releaseSubmission(tx, owner, first?.id ?? ''))).rejects.toMatchObject({ type: 'leads/not-held' })
    await expect(shop.inside((tx) => discardSubmission(tx, owner, first?.id ?? ''))).rejects.toMatchObject({ type: 'leads/not-held' })
    await shop.inside((tx) => discardSubmission(tx, owner, bob?.id ?? ''))
    expect((await came()).map(({ state }) => state)).toEqual(['taken'])
    expect(await rows(`select action from audit_entry where workspace_id = $1 and action like 'form_submission.%' order by id`)).toEqual([
      { action: 'form_submission.released' },
      { action: 'form_submission.discarded' },
    ])
  })

  it('what is held goes with the person whose address it names, and after thirty days', async () => {
    await send({ website: 'x' })
    const contactId = await shop.newContact('ANN@example.com', 'Ann')
    await shop.inside((tx) => linkHeld(tx, contactId))
    expect(await came()).toMatchObject([{ state: 'held', contact: { id: contactId } }])
    test.clock.advance({ hours: 24 * 29 })
    await shop.inside(clearHeld)
    expect(await came()).toHaveLength(1)
    test.clock.advance({ hours: 48 })
    await shop.inside(clearHeld)
    expect(await came()).toEqual([])
  })

  it('many from one network are held, and more than that are asked to wait, with what they typed', async () => {
    for (let number = 0; number < 11; number += 1) await send({ message: `Number ${number}` }, { seconds: 3 })
    expect((await came(owner, 'held')).map(({ reasons }) => reasons)).toEqual([['flood']])
    const page = await open(path)
    test.clock.advance({ seconds: 3 })
    let last: Opened | undefined
    for (let number = 0; number < 32; number += 1) last = await open(path, { form: { ...ann, token: hidden(page.text, 'token') } })
    expect([last?.status, last?.text.includes('value="ann@example.com"')]).toEqual([429, true])
  }, 60_000)
})

describe('what somebody agrees to beside a form', () => {
  const given = () =>
    rows(
      `select c.channel, c.how, c.signed_name, w.words from consent c join consent_wording w on w.workspace_id = c.workspace_id and w.id = c.wording_id where c.workspace_id = $1`,
    )

  it('is asked unticked; a number stands with her signature and the words she saw, and mail waits for her click [N14]', async () => {
    await edit({ consents: ['mail_offers', 'texts_offers'] })
    const page = await open(path)
    expect(page.text.match(/name="agree_/g)).toHaveLength(2)
    expect(page.text).not.toContain(' checked')
    const [mail, texts] = ['agree_mail_offers', 'agree_texts_offers'].map((name) => hidden(page.text, name))
    const stale = await send({ agree_mail_offers: '0123456789abcdef' })
    expect([stale.status, stale.text.includes('were changed since you read them')]).toEqual([422, true])
    await send({ phone: '(207) 555-0172', agree_mail_offers: mail ?? '', agree_texts_offers: texts ?? '' })
    expect(await given()).toEqual([
      { channel: 'sms', how: 'form', signed_name: 'Ann Archer', words: expect.stringMatching(/^Yes, Salon Ana/) },
    ])
    expect(await rows('select wording, origin from consent_invitation where workspace_id = $1')).toEqual([
      { wording: 'mail_offers', origin: 'form' },
    ])
  })

  it('counts from the moment she ticked it, once what was held is let in', async () => {
    await edit({ consents: ['texts_offers'] })
    const texts = hidden((await open(path)).text, 'agree_texts_offers')
    await send({ phone: '(207) 555-0172', agree_texts_offers: texts, website: 'x' })
    const [held] = await came()
    expect([held?.consents, await given()]).toEqual([['texts_offers'], []])
    test.clock.advance({ hours: 5 })
    await shop.inside((tx) => releaseSubmission(tx, owner, held?.id ?? ''))
    expect(
      await rows(
        'select happened_at = (select created_at from form_submission s where s.workspace_id = $1) as ticked from consent where workspace_id = $1',
      ),
    ).toEqual([{ ticked: true }])
  })

  it('waits for a click in a mail altogether where the form says so', async () => {
    await edit({ consents: ['texts_offers'], doubleOptIn: true })
    const texts = hidden((await open(path)).text, 'agree_texts_offers')
    await send({ phone: '(207) 555-0172', agree_texts_offers: texts })
    expect(await given()).toEqual([])
    expect(await rows('select wording, origin from consent_invitation where workspace_id = $1')).toEqual([
      { wording: 'texts_offers', origin: 'form' },
    ])
  })
})

describe('what the business settled elsewhere', () => {
  const settle = (changes: Partial<PrivacySettings>) =>
    shop.inside(async (tx) => {
      const [row] = await rows('select max(version)::int as version from privacy_settings where workspace_id = $1')
      return changePrivacySettings(tx, owner, { changes, version: row?.version ?? 1 })
    })

  it('holds here as on the booking page: who is old enough, and where people may live', async () => {
    await settle({ 'age.min': 16, 'age.scope': 'site' })
    const asked = await open(path)
    expect([asked.status, asked.location]).toEqual([303, `/age/${slug}?back=${encodeURIComponent(path)}`])
    expect((await open(path, { form: ann })).status).toBe(303)
    expect(await came()).toEqual([])
    await settle({ 'age.scope': 'signup+booking' })
    expect((await open(path)).text).toContain('Who writes here is 16 or older')
    await settle({ 'geo.mode': 'custom_list', 'geo.signup_allow': ['DE'], 'geo.contact_screening': 'reject' })
    const elsewhere = await send({ phone: '(207) 555-0172' })
    expect([elsewhere.status, elsewhere.text.includes('value="Ann Archer"')]).toEqual([451, true])
    expect(await came()).toEqual([])
  })

  it('leads on to the address of the business after sending, and in a frame by a press', async () => {
    await edit({ thanksUrl: 'https://ana.example/thanks' })
    const { location } = await send()
    expect((await open(location)).text).toContain('<meta http-equiv="refresh" content="0; url=https://ana.example/thanks">')
    const framed = (await open(`${location}&embed=1`)).text
    expect(framed).not.toContain('http-equiv="refresh"')
    expect(framed).toContain('target="_top"')
  })
})

describe('programs', () => {
  it('send a form by its keys, are told of each field that does not fit, and agree to nothing', async () => {
    await expect(program({ email: undefined })).rejects.toMatchObject({
      type: 'http/invalid-request',
      facts: { faults: [{ path: 'body.email' }] },
    })
    await expect(program({ answers: { shoe: 'x' } })).rejects.toMatchObject({ facts: { faults: [{ path: 'body.answers.shoe' }] } })
    const sent = await program({ message: 'From our shop', cameFrom: 'https://shop.example/x', campaign: 'autumn' })
    expect(sent).toMatchObject({ state: 'taken', via: 'api', contact: { name: 'Ann Archer' }, consents: [], joined: false })
    expect((await program({ message: 'From our shop', cameFrom: 'https://shop.example/x' })).id).toBe(sent.id)
    await expect(program({}, shop.as.member)).rejects.toMatchObject({ type: 'http/not-allowed' })
  })
})
