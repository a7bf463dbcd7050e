import { platformRoutes } from '@frontdesk/contract'
import { beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../platform/database/testing.ts'
import { backgroundOf } from '../../platform/events/testing.ts'
import { openFiles } from '../../platform/files/index.ts'
import { createHttpServer, mount } from '../../platform/http/index.ts'
import { openLog } from '../../platform/log/index.ts'
import { mailSettings, outboxHandlers, receiveMailJob, sendMailJob } from '../../platform/mail/index.ts'
import { storeInbound } from '../../platform/mail/testing.ts'
import { type TestWorkspace, testWorkspace } from '../contacts/testing.ts'
import { privacyRoom, providePrivacyPorts, subjectSources } from '../privacy/index.ts'
import { conversationSurroundings, conversationsRoom, provideConversationsPorts, sendEmail } from './index.ts'

const test = await testDatabase()
const background = await backgroundOf(test, {
  jobs: [sendMailJob, receiveMailJob, ...conversationsRoom.jobs],
  subscribers: conversationsRoom.subscribers,
})
let place: TestWorkspace
beforeAll(async () => {
  mailSettings.provide({ smtpUrl: undefined, from: { name: undefined, address: 'desk@frontdesk.invalid' }, replies: undefined })
  providePrivacyPorts()
  provideConversationsPorts()
  conversationSurroundings.provide({
    publicUrl: () => 'https://desk.example',
    files: openFiles({ keys: test.keys, folder: `${test.folder}/files`, keyFolder: `${test.folder}/keys/files` }),
  })
  subjectSources.provide('test', {
    types: ['booking'],
    facts: async () => ({ open: true, startedBy: 'contact' }),
    newest: async () => null,
  })
  place = await testWorkspace(test)
})
const {
  'GET /outbox': list,
  'GET /outbox/{mailId}': one,
  'POST /outbox/{mailId}/retry': retry,
  'POST /outbox/waiting': waiting,
} = platformRoutes
const outbox = {
  'GET /outbox': list,
  'GET /outbox/{mailId}': one,
  'POST /outbox/{mailId}/retry': retry,
  'POST /outbox/waiting': waiting,
} as const
const app = await createHttpServer({
  database: test.database,
  log: openLog({ level: 'silent', role: 'test', strict: true }),
  routes: [...conversationsRoom.routes, ...privacyRoom.routes, ...mount(outbox, outboxHandlers)],
  authenticate: async () => ({ principal: place.as.owner, byCookie: false }),
  trustedProxies: [],
})
const call = async (name: string, body?: object, version?: number) => {
  const [method, path] = name.split(' ') as ['GET', string]
  const response = await app.inject({
    method,
    url: `/api/v1${path}`,
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
    ...(body ? { payload: body } : {}),
  })
  return { status: response.statusCode, json: response.json() }
}

it('answers about conversations, the gate and the outbox as the contract says', async () => {
  const contactId = await place.newContact('ann@routes.example')
  const sent = await test.database.inWorkspace(place.workspaceId, (tx) =>
    sendEmail(
      tx,
      { kind: 'system', workspaceId: place.workspaceId, job: 'test' },
      { contactId, about: { type: 'booking', id: contactId }, subject: 'Confirmed', text: 'See you', html: '<p>See you</p>' },
    ),
  )
  if (!sent.sent) throw new Error('The gate should have allowed this.')
  await background.settle()

  const [mail] = (await call('GET /outbox')).json.items
  expect(mail).toMatchObject({ id: sent.mailId, to: 'ann@routes.example', state: 'not_configured', contactId })
  expect((await call(`GET /outbox/${sent.mailId}`)).json).toMatchObject({
    confidential: false,
    html: expect.stringContaining('See you'),
    headers: expect.arrayContaining([{ name: 'Subject', value: 'Confirmed' }]),
  })
  expect(await call(`POST /outbox/${sent.mailId}/retry`)).toMatchObject({
    status: 409,
    json: { type: expect.stringMatching(/mail\/not-configured$/) },
  })
  expect(await call('POST /outbox/waiting', { choice: 'drop' })).toEqual({ status: 200, json: { mails: 1 } })
  await background.settle()

  const conversation = `/conversations/${sent.conversationId}`
  expect((await call(`GET ${conversation}/messages`)).json.items).toMatchObject([{ delivery: 'failed', mailId: sent.mailId }])
  expect(await call(`POST ${conversation}/reply`, { text: 'Hello?' })).toMatchObject({
    status: 409,
    json: { type: expect.stringMatching(/privacy\/refused$/), remedy: 'reopen_subject', reasons: expect.any(Array) },
  })
  const { rows } = await test.asSuperuser(`select decision from permit where contact_id = $1 and purpose = 'reply'`, [contactId])
  expect(rows).toEqual([{ decision: 'refused' }])

  await storeInbound(test.database, {
    source: 'smtp',
    raw: Buffer.from('From: ann@routes.example\r\nSubject: Re\r\n\r\nHello\r\n'),
    mailId: sent.mailId,
    nullSender: false,
  })
  await background.settle()
  const [open] = (await call('GET /conversations?status=open')).json.items
  expect(open).toMatchObject({ id: sent.conversationId, contactName: 'Ann Lee', waitingSince: expect.any(String) })
  expect((await call(`POST ${conversation}/reply`, { text: 'Hi Ann' })).status).toBe(201)
  const { json: now } = await call(`GET ${conversation}`)
  expect(now.status).toBe('waiting')
  expect(await call(`PATCH ${conversation}`, { status: 'resolved' }, now.version)).toMatchObject({
    status: 200,
    json: { status: 'resolved' },
  })
  expect((await call(`PATCH ${conversation}`, { status: 'open' }, now.version)).status).toBe(412)

  const gate = await call(`GET /contacts/${contactId}/may-contact`)
  expect(gate.json.answers).toContainEqual(expect.objectContaining({ channel: 'email', purpose: 'reply' }))
  const added = await call('POST /suppressions', { kind: 'email', value: 'ann@routes.example' })
  expect(added).toMatchObject({ status: 201, json: { scope: 'all', cause: 'asked', contactId } })
  expect((await call('GET /suppressions')).json.items).toHaveLength(1)
  expect((await call(`POST /suppressions/${added.json.id}/lift`, { because: 'mistake' })).json.liftedAt).not.toBeNull()
})
