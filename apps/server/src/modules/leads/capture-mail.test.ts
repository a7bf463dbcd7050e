import { expect, it } from 'vitest'
import { storeInbound } from '../../platform/mail/testing.ts'
import { testDesk } from '../conversations/testing.ts'
import { captureMailSubscribers } from './capture-mail.ts'
import { winLead } from './close-lead.ts'
import { loadPipeline } from './read-pipelines.ts'
import { loadRouting, writeRouting } from './route-lead.ts'
import { createPipeline } from './write-pipeline.ts'

const { test, background, place, inside, someone, confirmed, answer } = await testDesk(captureMailSubscribers)
const owner = place.as.owner

const send = async (from: string, subject: string, headers: readonly string[] = []) => {
  const raw = [
    `From: ${from}`,
    'To: info@salon.example',
    `Subject: ${subject}`,
    `Message-ID: <${crypto.randomUUID()}@x.example>`,
    ...headers,
  ]
  const door = { kind: 'inbox', workspaceId: place.workspaceId } as const
  await storeInbound(test.database, {
    source: 'smtp',
    raw: Buffer.from([...raw, '', 'Hello', ''].join('\r\n')),
    mailId: null,
    door,
    nullSender: false,
  })
  await background.settle()
}
const leads = async () => {
  const { rows } = await test.asSuperuser('select id, pipeline_id, contact_id, title, source, state, owner_member_id from lead order by id')
  return rows
}
const take = async (pipelineId: string, fromMail: boolean) => {
  const before = await inside((tx) => loadRouting(tx, owner, pipelineId))
  return inside((tx) => writeRouting(tx, owner, { ...before, fromMail }))
}

it('somebody new who writes becomes a lead where a pipeline takes such mail: once, and nobody else does', async () => {
  const first = (await inside((tx) => loadPipeline(tx, owner))).id
  const { id: other } = await inside((tx) => createPipeline(tx, owner, { name: 'Weddings' }))
  await send('Early <early@mail.example>', 'Before it was wanted')
  expect(await leads()).toEqual([])

  expect((await take(first, true)).inboxAddress).toMatch(/^desk\+.+@example\.com$/)
  await take(other, true)
  expect((await inside((tx) => loadRouting(tx, owner, first))).fromMail).toBe(false)
  await send('New <new@mail.example>', 'A cake for twelve')
  const [lead, ...more] = await leads()
  expect([lead, more]).toMatchObject([{ pipeline_id: other, title: 'A cake for twelve', source: 'message', state: 'open' }, []])

  await send('New <new@mail.example>', 'And candles')
  await inside((tx) => winLead(tx, owner, lead.id))
  await send('New <new@mail.example>', 'Thanks')
  await send('Early <early@mail.example>', 'Again')
  await send('News <news@mail.example>', 'Offers', ['List-Id: <news>'])
  const known = await someone()
  await answer(known, (await confirmed(known)).mailId)
  expect(await leads()).toHaveLength(1)

  await take(other, false)
  await send('Late <late@mail.example>', 'After it was wanted')
  expect(await leads()).toHaveLength(1)
})
