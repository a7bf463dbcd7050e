import { createHash, createPublicKey, verify } from 'node:crypto'
import type { ContactId, RequestKind } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { testAgent } from '../../apps/server/src/modules/privacy/agents/testing.ts'
import { restrictContact } from '../../apps/server/src/modules/privacy/index.ts'
import { testOffice } from '../../apps/server/src/modules/privacy/requests/testing.ts'
import { testDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { OutboundRefused } from '../../apps/server/src/platform/http/index.ts'
import { testErasure } from './desk.ts'

const test = await testDatabase()
testErasure(test)
const office = await testOffice(test)
const { place, open, cases } = office

let counter = 0
/** Somebody who asked, and has proven who she is. */
async function proven(kind: RequestKind) {
  counter += 1
  const email = `rights${counter}@home.example`
  const contactId = await place.newContact(email, `Rita Rights${counter}`)
  const id = await cases.proven({ kind, contactId, email })
  return { id, contactId, email, whole: await cases.pageOf(id, 'whole') }
}
/** The letters to her left. */
const mailLeaves = (contactId: ContactId) =>
  test.asSuperuser("update mail set state = 'sent', sent_at = now() where contact_id = $1", [contactId])
const state = (id: string) => cases.load(id)

describe('a copy of her data', () => {
  it('is never mailed: she fetches it behind her link, for fifteen minutes each time, and nobody who only typed her address can [E10] [M1]', async () => {
    const { id, contactId, whole, email } = await proven('access')
    const neighbour = await place.newContact('neighbour@home.example', 'Nora Neighbour')
    expect(neighbour).not.toBe(contactId)
    await cases.copy(id)
    expect((await open(whole)).text).toContain('The copy is being made')
    await office.settle()
    expect(await state(id)).toMatchObject({ work: [{ kind: 'copy', state: 'done' }] })
    await cases.answer(id, 'All of it is behind your link')
    expect((await open(whole)).text).toContain('/copy"')
    const typed = await cases.pageOf(id, 'state')
    expect((await open(typed)).text).not.toContain('/copy"')
    expect((await open(`${typed}/copy`, {})).status).toBe(410)

    const { status, location } = await open(`${whole}/copy`, {})
    expect(status).toBe(303)
    expect(location).toMatch(/^\/contact-exports\//)
    const zip = await cases.download(location)
    expect(zip).toContain(email)
    for (const told of ['Where it came from', 'Who receives it', 'How long it stays']) expect(zip).toContain(told)
    expect(zip).not.toContain('neighbour@home.example')
    expect(zip).not.toContain('Nora Neighbour')
    test.clock.advance({ minutes: 25 }) // and the tolerance between clocks
    expect((await cases.fetched(location)).statusCode).toBe(410)
    const letters = await office.lettersOf(contactId)
    expect(letters.map(({ attachments }) => attachments)).toEqual(letters.map(() => 0))
    expect(letters.at(-1)?.text).toContain('Your data is not in this mail')
    test.clock.advance({ hours: 24 * 31 })
    await test.asSuperuser('delete from file where expires_at < $1', [test.clock().toString()])
    expect((await open(`${whole}/copy`, {})).status).toBe(409)
  })
})

describe('an erasure', () => {
  it('goes after the answer has left, and its receipt stays with the case and behind her link', async () => {
    const { id, contactId, whole } = await proven('erasure')
    await cases.erase(id, 'Your data is deleted')
    await office.settle()
    expect(await state(id)).toMatchObject({ state: 'answered', work: [{ kind: 'erasure', state: 'planned' }] })
    expect(await office.rowsOf('select 1 from contact where id = $1', [contactId])).toHaveLength(1)
    await mailLeaves(contactId)
    test.clock.advance({ minutes: 1 })
    await office.settle()
    const after = await state(id)
    expect(after).toMatchObject({ contactId: null, requesterName: null, requesterEmail: null, answer: null })
    expect(after.work).toMatchObject([{ kind: 'erasure', state: 'done', erasure: { mode: 'erase', receipt: { mode: 'erase' } } }])
    expect(await office.rowsOf('select 1 from contact where id = $1', [contactId])).toEqual([])
    expect((await open(whole)).text).toContain('Your data was deleted on')
  })

  it('does not wait longer than a day for a letter that cannot leave', async () => {
    const { id, contactId } = await proven('anonymization')
    await cases.erase(id, 'Nothing leads to you any more')
    await office.settle()
    expect(await office.rowsOf('select 1 from contact where id = $1', [contactId])).toHaveLength(1)
    test.clock.advance({ hours: 25 })
    await office.settle()
    expect(await state(id)).toMatchObject({ contactId: null, work: [{ state: 'done', erasure: { mode: 'anonymize' } }] })
  })
})

describe('an erasure that an agent asked for', () => {
  it('is told to the agent when it is over, names her nowhere, and what was taken back is not carried out [M18]', async () => {
    const agent = await testAgent(office, test.clock)
    await agent.pair()
    const email = 'through.agent@home.example'
    const contactId = await place.newContact(email, 'Tina Through')
    const sent = await agent.ask('deletion', {
      email,
      'agent-request-id': 'tina-through',
      status_callback: 'https://agents.example/update_status',
    })
    await office.settle()
    const [{ request_id: id } = { request_id: '' }] = await office.rowsOf('select request_id from agent_request where id = $1', [
      sent.json.request_id,
    ])
    await cases.confirm(id)
    await cases.erase(id, 'Your data is deleted')
    await office.settle()
    expect((await agent.status(sent.json.request_id)).json).toMatchObject({ status: 'in_progress', agent_request_id: 'tina-through' })
    expect(await agent.revoke(sent.json.request_id)).toMatchObject({ status: 409 })
    office.called.length = 0
    await mailLeaves(contactId)
    test.clock.advance({ minutes: 1 })
    await office.settle()
    const told = office.called.map(({ body }) => JSON.parse(body.toString()))
    expect(told).toEqual([expect.objectContaining({ status: 'fulfilled', request_id: sent.json.request_id })])
    const { json } = await agent.status(sent.json.request_id)
    expect(json).toMatchObject({ status: 'fulfilled' })
    expect(json.agent_request_id).toBeUndefined()
    const left = await office.rowsOf('select t::text as row from agent_request t union all select t::text from request t')
    for (const word of [email, 'tina-through', 'Tina']) expect(JSON.stringify(left)).not.toContain(word)
    office.called.length = 0
  })
})

describe('a hand-over to another provider', () => {
  const endpoint = 'https://other.example/import?from=salon'

  it('leaves only once she has confirmed where to, whole, signed, and once [M3]', async () => {
    const { id, whole, contactId } = await proven('portability')
    await cases.handOver(id, endpoint)
    await office.settle()
    expect(office.called).toEqual([])
    expect((await open(await cases.pageOf(id, 'state'))).text).not.toContain('other.example')
    expect((await open(whole)).text).toContain('Shall we hand your data to other.example?')
    expect((await open(`${whole}/hand-over`, {})).status).toBe(303)
    for (let n = 0; n < 3; n += 1) {
      await office.settle()
      test.clock.advance({ seconds: 6 })
    }
    expect(office.called).toHaveLength(1)
    const [sent] = office.called
    const { keys } = JSON.parse((await open('/.well-known/http-message-signatures-directory')).text)
    const headers = sent?.headers ?? {}
    expect(headers['content-digest']).toBe(
      `sha-256=:${createHash('sha256')
        .update(sent?.body ?? '')
        .digest('base64')}:`,
    )
    const parameters = String(headers['signature-input']).replace(/^sig1=/, '')
    const base = [
      '"@method": POST',
      `"@target-uri": ${endpoint}`,
      `"content-digest": ${headers['content-digest']}`,
      `"content-length": ${sent?.body.length}`,
      '"content-type": application/zip',
      `"@signature-params": ${parameters}`,
    ].join('\n')
    const signature = Buffer.from(String(headers.signature).replace(/^sig1=:|:$/g, ''), 'base64')
    const key = createPublicKey({ key: keys[0], format: 'jwk' })
    expect(verify(null, Buffer.from(base), key, signature)).toBe(true)
    expect(verify(null, Buffer.from(base.replace('salon', 'other')), key, signature)).toBe(false)
    expect(sent?.body.subarray(0, 2).toString()).toBe('PK')
    expect(await state(id)).toMatchObject({ work: [{ kind: 'hand_over', state: 'done', details: 'other.example', outcome: 'http_202' }] })
    expect((await open(whole)).text).toContain('handed over to other.example')
    expect((await office.lettersOf(contactId)).some(({ text }) => text.includes('other.example'))).toBe(true)
  })

  it('does not leave where her data were restricted after she confirmed, before she confirms once more [M9]', async () => {
    office.called.length = 0
    const { id, whole, contactId } = await proven('portability')
    await open(`${whole}/hand-over`, { endpoint })
    await test.database.inWorkspace(place.workspaceId, (tx) =>
      restrictContact(tx, place.as.privacy_officer, { contactId, ground: 'accuracy_contested' }),
    )
    const settle = async () => {
      for (let n = 0; n < 3; n += 1) {
        await office.settle()
        test.clock.advance({ seconds: 6 })
      }
    }
    await settle()
    expect(office.called).toEqual([])
    expect(await state(id)).toMatchObject({ work: [{ kind: 'hand_over', state: 'planned', outcome: null }] })
    expect((await open(whole)).text).toContain('Shall we hand your data to other.example?')
    expect((await office.lettersOf(contactId)).some(({ text }) => text.includes('other.example'))).toBe(true)
    await open(`${whole}/hand-over`, {})
    await settle()
    expect(office.called).toHaveLength(1)
    expect(await state(id)).toMatchObject({ work: [{ kind: 'hand_over', state: 'done' }] })
  })

  it('is tried again where nobody answers, and not where the address may not be asked', async () => {
    office.called.length = 0
    const { id, whole } = await proven('portability')
    expect((await open(`${whole}/hand-over`, { endpoint: 'http://plain.example/' })).location).toContain('fault=endpoint')
    office.outside.answer = async () => ({ status: 503, headers: {}, body: Buffer.alloc(0) })
    await open(`${whole}/hand-over`, { endpoint })
    for (let n = 0; n < 4; n += 1) {
      await office.settle()
      test.clock.advance({ hours: 1 })
    }
    expect(office.called.length).toBeGreaterThan(1)
    expect(new Set(office.called.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    office.outside.answer = async () => {
      throw new OutboundRefused('inside')
    }
    for (let n = 0; n < 4; n += 1) {
      test.clock.advance({ hours: 24 })
      await office.settle()
    }
    expect(await state(id)).toMatchObject({ work: [{ kind: 'hand_over', state: 'failed', outcome: 'inside' }] })
    expect((await open(whole)).text).toContain('did not take your data')
  })
})
