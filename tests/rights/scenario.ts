import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { ContactId, Principal } from '@frontdesk/contract'
import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import {
  addContactFile,
  addNote,
  contactSurroundings,
  createTask,
  importSurroundings,
} from '../../apps/server/src/modules/contacts/index.ts'
import type { TestWorkspace } from '../../apps/server/src/modules/contacts/testing.ts'
import { conversationSurroundings, provideConversationsPorts, sendEmail } from '../../apps/server/src/modules/conversations/index.ts'
import { leadSurroundings, provideLeadsPorts } from '../../apps/server/src/modules/leads/index.ts'
import {
  type ErasureSurroundings,
  exportContact,
  providePrivacyPorts,
  requestSurroundings,
  suppress,
} from '../../apps/server/src/modules/privacy/index.ts'
import { everyRow, planErasure, readCatalog } from '../../apps/server/src/modules/privacy/testing.ts'
import { bookAppointment, provideSchedulingPorts } from '../../apps/server/src/modules/scheduling/index.ts'
import { type TestBusiness, testBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { type TestDatabase, testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { type Background, backgroundOf } from '../../apps/server/src/platform/events/testing.ts'
import { createHttpServer } from '../../apps/server/src/platform/http/index.ts'
import { enqueue } from '../../apps/server/src/platform/jobs/index.ts'
import { openLog } from '../../apps/server/src/platform/log/index.ts'
import { mailSettings, replyAddress } from '../../apps/server/src/platform/mail/index.ts'
import { storeInbound } from '../../apps/server/src/platform/mail/testing.ts'
import { webhookReach, webhookSurroundings } from '../../apps/server/src/platform/webhooks/index.ts'
import { describeHouse } from '../../apps/server/src/rooms.ts'
import { testErasure } from './desk.ts'
import { fillEverything, type Marked } from './fill-everything.ts'

/** What the API answered. Tests look into it where they expect something. */
// biome-ignore lint/suspicious/noExplicitAny: a test names what it expects
export type Json = any

/** A whole house on one database: its API, its jobs by the test's clock, its log kept. */
export type TestHouse = {
  readonly test: TestDatabase
  readonly around: ErasureSurroundings
  readonly background: Background
  readonly log: { readonly lines: readonly string[]; readonly write: (line: string) => void }
  readonly api: FastifyInstance
  readonly business: () => Promise<TestBusiness>
  readonly call: (
    by: Extract<Principal, { kind: 'member' | 'api_key' }>,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ status: number; json: Json }>
  readonly filesFolder: string
}

const settings = {
  smtpUrl: undefined,
  from: { name: 'Frontdesk', address: 'desk@example.com' },
  replies: { local: 'desk', domain: 'example.com', plus: true },
} as const

/** Opens it. */
export async function testHouse(): Promise<TestHouse> {
  const test = await testDatabase()
  const around = testErasure(test)
  const lines: string[] = []
  const write = (line: string) => void lines.push(line)
  const log = openLog({ level: 'info', role: 'test', strict: true, write })
  const house = describeHouse()
  const subscribed = new Set(house.subscribers.map(({ job }) => job.name))
  const background = await backgroundOf(test, {
    jobs: house.jobs.filter(({ name }) => !subscribed.has(name)),
    subscribers: house.subscribers,
    log,
  })
  mailSettings.provide(settings)
  webhookSurroundings.provide(webhookReach({ loopback: false }))
  providePrivacyPorts()
  importSurroundings.provide({ files: around.files })
  contactSurroundings.provide({ publicUrl: () => 'https://desk.example' })
  provideConversationsPorts()
  conversationSurroundings.provide({ publicUrl: () => 'https://desk.example', files: around.files })
  requestSurroundings.provide({
    database: test.database,
    files: around.files,
    publicUrl: () => 'https://desk.example',
    callOutside: () => Promise.reject(new Error('Nothing outside answers here.')),
  })
  provideSchedulingPorts()
  provideLeadsPorts()
  leadSurroundings.provide({ publicUrl: () => 'https://desk.example' })
  const principals = new Map<string, Principal>()
  const api = await createHttpServer({
    database: test.database,
    log,
    files: around.files,
    routes: house.routes,
    trustedProxies: [],
    authenticate: async ({ headers }) => {
      const principal = principals.get(String(headers['x-test-as']))
      return { byCookie: false, ...(principal ? { principal } : {}) }
    },
  })
  for (const room of house.rooms) if (room.name === 'privacy') await room.pages?.(api)
  afterAll(() => api.close())
  return {
    test,
    around,
    background,
    log: { lines, write },
    api,
    business: () => testBusiness(test),
    filesFolder: path.join(test.folder, 'files'),
    async call(by, method, url, body, headers) {
      const key = JSON.stringify(by)
      principals.set(key, by)
      const answer = await api.inject({
        method,
        url: `/api/v1${url}`,
        headers: {
          'x-test-as': key,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
          ...headers,
        },
        ...(body ? { payload: JSON.stringify(body) } : {}),
      })
      return { status: answer.statusCode, json: answer.body === '' ? undefined : JSON.parse(answer.body) }
    },
  }
}

let people = 0

export type Person = {
  readonly contactId: ContactId
  readonly email: string
  readonly phone: string
  readonly word: string
  readonly name: string
}

/** Somebody with a life at the business: made by the API, with a note, an appointment, mails both ways with a file, a stop, a copy of her data, jobs that wait and one that failed. */
export async function liveHere(house: TestHouse, place: TestBusiness, word: string): Promise<Person> {
  people += 1
  const email = `${word.toLowerCase()}@home.example`
  const phone = `+1212555${String(2000 + people)}`
  const name = `Gerda ${word}`
  const made = await house.call(place.as.owner, 'POST', '/contacts', {
    name,
    company: `${word} Ltd`,
    points: [
      { kind: 'email', value: email },
      { kind: 'phone', value: phone },
      { kind: 'handle', channel: 'instagram', value: `@${word}` },
    ],
    tags: [`${word} tag`],
  })
  if (made.status !== 201 && made.status !== 200) throw new Error(`The contact was not made: ${JSON.stringify(made.json)}`)
  const contactId = made.json.id as ContactId
  const sister = await house.call(place.as.owner, 'POST', '/contacts', { name: `Sister ${people}` })
  await house.call(place.as.owner, 'POST', `/contacts/${contactId}/relations`, {
    otherId: sister.json.id,
    kind: 'sibling',
    words: `as ${word} says, sister of`,
  })
  await place.inside((tx) =>
    addNote(tx, place.owner, { contactId, body: `Her sister ${word} called`, mentions: [place.as.manager.memberId] }),
  )
  await place.inside((tx) =>
    createTask(tx, place.owner, {
      contactId,
      text: `Send ${word} the plan`,
      dueOn: '2027-01-09',
      memberId: place.as.manager.memberId,
      remindMinutes: 60,
    }),
  )
  const plan = await house.around.files.put(Buffer.from(`The plan of ${word}`), {
    workspaceId: place.workspaceId,
    subjects: [],
    purpose: 'attachment',
    name: `Plan of ${word}.txt`,
    maxBytes: 1000,
    now: house.test.clock(),
  })
  await place.inside((tx) => addContactFile(tx, place.owner, { contactId, file: plan }))
  const start = house.test.clock().add({ hours: 24 + people })
  const booking = await place.inside((tx) =>
    bookAppointment(tx, place.owner, {
      serviceId: place.service.id,
      who: { contactId },
      note: `Please, no ${word}`,
      placeDetail: null,
      source: 'member',
      outsideHours: true,
      quiet: false,
      holdMinutes: null,
      start,
    } as never),
  )
  await house.background.settle()
  const sent = await place.inside((tx) =>
    sendEmail(tx, place.owner, {
      contactId,
      about: { type: 'booking', id: booking.id },
      subject: `About ${word}`,
      text: `Dear ${word}, see you soon`,
      html: `<body><p>Dear ${word}</p></body>`,
    } as never),
  )
  if (!sent.sent) throw new Error('The gate should have allowed this mail.')
  await answerWithFile(house, sent.mailId, email, word)
  await place.inside(async (tx) => {
    await suppress(tx, place.owner, { kind: 'email', value: email, scope: 'marketing', cause: 'asked' })
    await exportContact(tx, place.as.privacy_officer, { contactId, reason: 'access' })
  })
  // A hold that has ended: one that lives would rightly hold her erasure back.
  const held = await house.call(place.as.privacy_officer, 'POST', '/legal-holds', { contactId, why: `Letter of ${word}` })
  await house.call(place.as.privacy_officer, 'POST', `/legal-holds/${held.json.id}/release`, { why: `Settled with ${word}` })
  await keepSensitive(house, place, contactId, word)
  await keepOwnFields(house, place, contactId, word)
  await keepKnownFacts(house, place, contactId, word)
  await keepOnLists(house, place, contactId)
  await keepLead(house, place, contactId, word)
  await mergeAnother(house, place, contactId, word)
  await house.background.settle()
  const expire = describeHouse().jobs.find(({ name: job }) => job === 'scheduling.expire-hold')
  if (!expire) throw new Error('There is no job that names a booking.')
  await place.inside((tx) =>
    enqueue(tx, expire as never, { bookingId: booking.id } as never, { startAfter: house.test.clock().add({ hours: 9999 }) }),
  )
  await house.test.asSuperuser(
    `insert into failed_job (workspace_id, id, name, payload, error, attempts, failed_at) values ($1, $2, 'scheduling.tell-contact', $3, 'Error', 6, now())`,
    [place.workspaceId, randomUUID(), JSON.stringify({ bookingId: booking.id })],
  )
  return { contactId, email, phone, word, name }
}

/** A sensitive field, a value of hers in it, and somebody who saw it. */
async function keepSensitive(house: TestHouse, place: TestBusiness, contactId: ContactId, word: string): Promise<void> {
  const { json: known } = await house.call(place.as.owner, 'GET', '/sensitive-fields')
  const declared = { kind: 'insurance_number', label: 'Policy', ground: 'contract', why: 'The insurer pays.', readers: ['owner'] }
  const field =
    known.items.find((each: Json) => each.kind === 'insurance_number' && each.endedAt === null) ??
    (await house.call(place.as.owner, 'POST', '/sensitive-fields', declared)).json
  const at = `/contacts/${contactId}/sensitive-values/${field.id}`
  const saved = await house.call(place.as.owner, 'PUT', at, { value: `${word} 77` })
  const seen = await house.call(place.as.owner, 'POST', `${at}/reveal`, { purpose: 'billing', reason: `The claim of ${word}` })
  if (saved.status !== 200 || seen.json.value !== `${word} 77`)
    throw new Error(`A sensitive value was not kept: ${JSON.stringify([saved, seen])}`)
}

/** Own fields that lists are narrowed by, and what they say about her. */
async function keepOwnFields(house: TestHouse, place: TestBusiness, contactId: ContactId, word: string): Promise<void> {
  const { json: known } = await house.call(place.as.owner, 'GET', '/contact-fields')
  const plain = { category: 'preference', filter: true }
  if (!known.items.some(({ key }: Json) => key === 'nickname')) {
    await house.call(place.as.owner, 'POST', '/contact-fields', { ...plain, label: 'Nickname', type: 'text' })
    await house.call(place.as.owner, 'POST', '/contact-fields', {
      ...plain,
      label: 'Drinks',
      type: 'choices',
      choices: [{ label: 'Tea', hue: 120 }],
    })
  }
  // Not asked of the API, which would remember that the owner looked at her.
  const { rows } = await house.test.asSuperuser('select version from contact where id = $1', [contactId])
  const fields = { nickname: `${word} the first`, drinks: ['tea'] }
  const saved = await house.call(place.as.owner, 'PATCH', `/contacts/${contactId}`, { fields }, { 'if-match': `"${rows[0]?.version}"` })
  if (saved.status !== 200) throw new Error(`Own fields were not kept: ${JSON.stringify(saved.json)}`)
}

async function answerWithFile(house: TestHouse, mailId: string, email: string, word: string): Promise<void> {
  const raw = [
    `From: Gerda <${email}>`,
    `To: ${replyAddress(settings, house.test.keys, mailId as never)}`,
    `Subject: Re: About ${word}`,
    `Message-ID: <${randomUUID()}@home.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    `It is ${word} again`,
    '--b',
    `Content-Type: text/plain; name="${word}.txt"`,
    `Content-Disposition: attachment; filename="${word}.txt"`,
    '',
    `The file of ${word}`,
    '--b--',
    '',
  ].join('\r\n')
  await storeInbound(house.test.database, { source: 'smtp', raw: Buffer.from(raw), mailId: mailId as never, nullSender: false })
  await house.background.settle()
}

export type MarkedPerson = Person & { readonly marked: readonly Marked[] /** Of her rows that go. */; readonly ids: readonly string[] }

/** Somebody with a marker in every field there is. */
export async function markedPerson(house: TestHouse, place: TestBusiness, word: string): Promise<MarkedPerson> {
  const person = await liveHere(house, place, word)
  const marked = await fillEverything(house.test, place.workspaceId, person.contactId, word)
  // A calendar that nobody has ever read would close all times of its person.
  await house.test.asSuperuser(`update calendar_link set if_failing = 'warn' where workspace_id = $1`, [place.workspaceId])
  await house.test.asSuperuser('analyze')
  const ids = await place.inside(async (tx) => {
    const plan = planErasure(house.around.inventory, await readCatalog(tx))
    const rows = await everyRow(tx, plan, [person.contactId])
    return plan.tables.filter(({ goes, alone, ways }) => goes && !alone && ways.length > 0).flatMap(({ table }) => rows.get(table) ?? [])
  })
  return { ...person, marked, ids }
}

/** The owner accepts the processing terms, without which no data come in from elsewhere. */
export async function acceptTerms(house: TestHouse, place: Pick<TestWorkspace, 'as'>): Promise<void> {
  const { json } = await house.call(place.as.owner, 'GET', '/processing-terms')
  await house.call(place.as.owner, 'POST', '/processing-terms/acceptance', { version: json.version, sha256: json.sha256 })
}

/** A lead of hers with all that can be written about it, and what was answered. */
async function keepLead(house: TestHouse, place: TestBusiness, contactId: ContactId, word: string): Promise<void> {
  const lead = await house.call(place.as.owner, 'POST', '/leads', {
    contactId,
    title: `The wish of ${word}`,
    value: { minor: '14000', currency: 'USD' },
    nextStep: { text: `Call ${word} back`, dueOn: '2027-01-08' },
  })
  const { json: contact } = await house.call(place.as.owner, 'GET', `/contacts/${contactId}`)
  const { json: form } = await house.call(place.as.owner, 'POST', '/forms', { name: 'Ask us' })
  const sent = await house.call(place.as.owner, 'POST', `/forms/${form.id}/submissions`, {
    name: contact.name,
    email: contact.points.find(({ kind }: Json) => kind === 'email').value,
    message: `${word} asks by form`,
    cameFrom: `https://${word.toLowerCase()}.example/contact`,
    campaign: `The autumn of ${word}`,
  })
  if (sent.status !== 201) throw new Error(`A form was not taken: ${JSON.stringify(sent)}`)
  const at = `/leads/${lead.json.id}`
  const { json: known } = await house.call(place.as.owner, 'GET', `${at}/qualification`)
  const answered = await house.call(place.as.owner, 'PUT', `${at}/answers/${known.answers[0].question.id}`, {
    answer: 'yes',
    note: `${word} said so`,
  })
  const { json: pipelines } = await house.call(place.as.owner, 'GET', '/pipelines')
  const lost = await house.call(place.as.owner, 'POST', `${at}/lose`, {
    reasonId: pipelines.items.find(({ id }: Json) => id === lead.json.pipelineId).lostReasons[0].id,
    note: `${word} found it dear`,
  })
  if (answered.status !== 200 || lost.status !== 200) throw new Error(`A lead was not kept: ${JSON.stringify([lead, answered, lost])}`)
}

/** What somebody looked up about her number. */
async function keepKnownFacts(house: TestHouse, place: TestBusiness, contactId: ContactId, word: string): Promise<void> {
  const { json: contact } = await house.call(place.as.owner, 'GET', `/contacts/${contactId}`)
  const pointId = contact.points.find(({ kind }: Json) => kind === 'phone').id
  const checkedOn = house.test.clock().toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 }).toString()
  const learned = { kind: 'reassigned', answer: 'no', pointId, checkedOn, checkedWith: `The list of ${word}` }
  const kept = await house.call(place.as.owner, 'POST', `/contacts/${contactId}/known-facts`, learned)
  if (kept.status !== 201) throw new Error(`What was looked up was not kept: ${JSON.stringify(kept.json)}`)
}

/** A list she was put on, alone and with others, and a segment that she meets. */
async function keepOnLists(house: TestHouse, place: TestBusiness, contactId: ContactId): Promise<void> {
  const { json: known } = await house.call(place.as.owner, 'GET', '/lists')
  const list = known.items[0] ?? (await house.call(place.as.owner, 'POST', '/lists', { name: 'Spring fair' })).json
  const filter = { all: [{ on: 'list', listId: list.id }] }
  const what = { act: 'add_to_list', listId: list.id }
  const put = await house.call(place.as.owner, 'POST', '/contacts/bulk', { what, who: { contactIds: [contactId] } })
  const kept = await house.call(place.as.owner, 'POST', '/segments', { name: 'At the fair', filter, shared: true })
  const counted = await house.call(place.as.owner, 'GET', `/segments/${kept.json.id}/count`)
  if (put.json.changed !== 1 || counted.status !== 200)
    throw new Error(`She was not put on a list: ${JSON.stringify([put.json, kept.json, counted.json])}`)
}

/** Another card of hers that was merged into this one, and somebody else of whom it was said that she is not her. */
async function mergeAnother(house: TestHouse, place: TestBusiness, contactId: ContactId, word: string): Promise<void> {
  const add = async (name: string): Promise<ContactId> => (await house.call(place.as.owner, 'POST', '/contacts', { name })).json.id
  const mergedId = await add(`Gerda May ${word}`)
  const { rows } = await house.test.asSuperuser('select version from contact where id = $1', [contactId])
  const body = { mergedId, version: Number(rows[0]?.version), mergedVersion: 1, take: { name: 'survivor' } }
  const merged = await house.call(place.as.owner, 'POST', `/contacts/${contactId}/merge`, body)
  if (merged.status !== 200) throw new Error(`Her cards were not merged: ${JSON.stringify(merged.json)}`)
  const [first, second] = [contactId, await add('Somebody Else')].toSorted()
  await house.test.asSuperuser(
    `insert into duplicate_pair (workspace_id, id, first_id, second_id, likeness, score, reasons, state, found_at, decided_at, decided_by)
      values ($1, $2, $3, $4, 'household', 10, '[]', 'not_same', now(), now(), 'system')`,
    [place.workspaceId, randomUUID(), first, second],
  )
}
