import { roles } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { answerRequest, refuseRequest } from '../requests/answer-request.ts'
import { loadRequest } from '../requests/find-request.ts'
import { refileRequest } from '../requests/refile-request.ts'
import { requestFigures } from '../requests/request-figures.ts'
import { testOffice } from '../requests/testing.ts'
import { confirmByLink, verifyRequest } from '../requests/verify-request.ts'
import { addAgent, changeAgent, listAgents, revokeAgent } from './agents.ts'
import { forgetMessages } from './forget-messages.ts'
import { agentKey, signed, testAgent } from './testing.ts'

const test = await testDatabase()
const elsewhere = await testOffice(test)
const office = await testOffice(test)
const { place, inside, settle, rowsOf, called } = office
const { owner } = place.as
const agent = await testAgent(office, test.clock)

let counter = 0
/** Somebody whom the business knows. */
async function ann() {
  counter += 1
  const email = `ann${counter}@home.example`
  return { email, contactId: await place.newContact(email, `Ann Lee${counter}`) }
}
const requestOf = async (id: unknown): Promise<string> =>
  (await rowsOf('select request_id from agent_request where id = $1', [id]))[0]?.request_id
const cases = async () => (await rowsOf('select count(*)::int as n from request where workspace_id = $1', [place.workspaceId]))[0]?.n
const load = async (id: unknown) => inside(async (tx) => loadRequest(tx, owner, await requestOf(id)))
/** Limits are counted by the hour of the test's clock. */
const later = () => test.clock.advance({ minutes: 11 })

beforeAll(async () => {
  expect(await agent.pair()).toMatchObject({ status: 200, json: { 'agent-id': agent.agentId, token: expect.any(String) } })
})

describe('an agent gets its token', () => {
  it('for a message that it signed, once; the token before ends', async () => {
    const other = await testAgent(office, test.clock)
    const message = other.sign(other.envelope())
    const first = await other.send('POST', `/agent/${other.agentId}`, message)
    expect(first).toMatchObject({ status: 200, json: { 'agent-id': other.agentId } })
    const token = String(first.json.token)
    expect(await other.send('GET', `/agent/${other.agentId}`, undefined, token)).toMatchObject({ status: 200, json: {} })
    expect(await other.send('GET', `/agent/${agent.agentId}`, undefined, token)).toMatchObject({ status: 403 })
    expect(await other.send('POST', `/agent/${other.agentId}`, message)).toMatchObject({ status: 403 })
    test.clock.advance({ seconds: 1 })
    expect((await other.pair()).status).toBe(200)
    expect((await other.send('GET', `/agent/${other.agentId}`, undefined, token)).status).toBe(401)
    expect((await other.send('GET', `/agent/${other.agentId}`)).status).toBe(200)
    const kept = await rowsOf('select token_hash from rights_agent where id = $1', [other.registered.id])
    expect(JSON.stringify(kept)).not.toContain(other.token)
  })

  it('and none for another signature, another agent, another business, or one that nobody registered: 403, no body, and why in a header', async () => {
    later()
    const other = await testAgent(office, test.clock)
    const refused = async (agentId: string, body: string) => {
      const answer = await other.send('POST', `/agent/${agentId}`, body)
      expect(answer).toMatchObject({ status: 403, json: {} })
      return String(answer.headers['www-authenticate'])
    }
    expect(await refused(other.agentId, signed(agentKey().key, other.envelope()))).toContain('signature')
    expect(await refused(other.agentId, other.sign(other.envelope({ 'agent-id': agent.agentId })))).toContain('agent-id')
    expect(await refused(other.agentId, other.sign(other.envelope({ 'business-id': 'SOMEBODY_ELSE' })))).toContain('business-id')
    expect(await refused('NOBODY', other.sign(other.envelope({ 'agent-id': 'NOBODY' })))).toContain('Ask it to register your key')
    expect(await refused(other.agentId, 'not base64!')).toContain('base64')
    const seen = await rowsOf(
      `select count(*)::int as n from audit_entry where action = 'rights_agent.message_refused' and object_id = $1`,
      [other.registered.id],
    )
    expect(seen[0]?.n).toBe(3)
    later()
  })
})

describe('a request is refused, and nothing is kept,', () => {
  const email = 'nobody@home.example'
  const wish = () => agent.envelope({ exercise: 'deletion', regime: 'ccpa', email })
  const sent = (body: string, token = agent.token) => agent.send('POST', '/data-rights-request', body, token)
  const at = (moment: string, add: Temporal.DurationLike) => ({ [moment]: test.clock().add(add).toString() })

  it.each<[what: string, body: () => string, status: number, says: string]>([
    ['signed with another key', () => signed(agentKey().key, wish()), 403, 'signature'],
    ['of another agent', () => agent.sign({ ...wish(), 'agent-id': 'OTHER' }), 403, 'agent-id'],
    ['for another business', () => agent.sign({ ...wish(), 'business-id': 'SALON_EVA' }), 403, 'business-id'],
    ['from the future', () => agent.sign({ ...wish(), ...at('issued-at', { minutes: 1 }) }), 403, 'future'],
    [
      'that has expired',
      () => agent.sign({ ...wish(), ...at('issued-at', { minutes: -11 }), ...at('expires-at', { seconds: 0 }) }),
      403,
      'expired',
    ],
    ['that is valid too long', () => agent.sign({ ...wish(), ...at('expires-at', { minutes: 16 }) }), 403, '15 minutes'],
    ['without a moment', () => agent.sign({ ...wish(), 'expires-at': 'soon' }), 400, 'expires-at'],
    ['of an unknown version', () => agent.sign({ ...wish(), 'drp.version': '2.0' }), 400, 'drp.version'],
    ['for a right that there is not', () => agent.sign({ ...wish(), exercise: 'sale:opt-in' }), 400, 'Unsupported rights action'],
    ['under a law that the protocol does not know', () => agent.sign({ ...wish(), regime: 'lex-x' }), 400, 'regime'],
    ['for nobody', () => agent.sign({ ...wish(), email: null }), 400, 'Say who asks'],
    ['with an address inside our network', () => agent.sign({ ...wish(), status_callback: 'http://10.0.0.1/x' }), 400, 'https://'],
    ['that is no JSON', () => agent.sign('{"agent-id":'), 400, 'JSON'],
    ['that is not base64', () => '{"agent-id":"x"}', 400, 'base64'],
    ['that is empty', () => '', 400, 'base64'],
    ['that is too long', () => agent.sign({ ...wish(), more: 'x'.repeat(64_000) }), 413, 'bytes'],
  ])('%s', async (_what, body, status, says) => {
    const before = await cases()
    const answer = await sent(body())
    expect(answer).toMatchObject({ status, json: { code: String(status), fatal: true } })
    expect(answer.json.message).toContain(says)
    expect(await cases()).toBe(before)
  })

  it('whose bytes were changed on the way', async () => {
    const bytes = Buffer.from(agent.sign(wish()), 'base64')
    const changed = Buffer.from(bytes.toString('latin1').replace(email, 'somebody@home.examp'), 'latin1')
    expect(changed.equals(bytes)).toBe(false)
    expect(await sent(changed.toString('base64'))).toMatchObject({ status: 403, json: { fatal: true } })
  })

  it('without a token, or with one that nobody gave', async () => {
    later()
    for (const token of ['', 'x'.repeat(43)]) {
      const answer = await agent.ask('deletion', { email }, token)
      expect(answer).toMatchObject({ status: 401, json: { code: '401', message: expect.stringContaining('POST /v1/agent/{agent-id}') } })
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    }
  })

  it('that was taken before, while a message signed anew under the same name answers how far the first one is', async () => {
    const { email: hers } = await ann()
    const message = agent.sign(agent.envelope({ exercise: 'access', regime: 'ccpa', email: hers, 'agent-request-id': 'r-1' }))
    const first = await sent(message)
    expect(first).toMatchObject({ status: 200, json: { agent_request_id: 'r-1' } })
    const before = await cases()
    expect(await sent(message)).toMatchObject({ status: 409, json: { message: expect.stringContaining('taken before') } })
    test.clock.advance({ seconds: 1 })
    const again = await agent.ask('access', { email: hers, 'agent-request-id': 'r-1' })
    expect(again).toMatchObject({ status: 200, json: { request_id: first.json.request_id } })
    expect(await agent.ask('deletion', { email: hers, 'agent-request-id': 'r-1' })).toMatchObject({ status: 409 })
    expect(await cases()).toBe(before)
    test.clock.advance({ minutes: 16 })
    await inside(forgetMessages)
    expect(await rowsOf('select id from agent_message where agent_id = $1', [agent.registered.id])).toEqual([])
    expect(await sent(message)).toMatchObject({ status: 403, json: { message: expect.stringContaining('expired') } })
  })

  it('at another business, whose address, token and id are its own', async () => {
    later()
    const there = await testAgent(elsewhere, test.clock, agent.agentId)
    await there.pair()
    const { email: hers } = await ann()
    const mine = await agent.ask('access', { email: hers })
    const foreign = await agent.app(there.base, 'GET', `/data-rights-request/${String(mine.json.request_id)}`, there.token)
    expect(foreign).toBe(403)
    expect(await agent.app(there.base, 'GET', `/agent/${agent.agentId}`, agent.token)).toBe(401)
    expect(await agent.app('/drp/no-such-business/v1', 'GET', `/agent/${agent.agentId}`, agent.token)).toBe(404)
  })

  it('of an agent that sends more than a person could want', async () => {
    later()
    const many = await testAgent(office, test.clock)
    await many.pair()
    let last = await many.ask('sale:opt-in', { email })
    for (let sends = 1; sends < 130 && last.status === 400; sends += 1) {
      if (sends === 100) test.clock.advance({ seconds: 61 })
      last = await many.ask('sale:opt-in', { email })
    }
    expect(last).toMatchObject({ status: 429, json: { code: '429' }, headers: { 'retry-after': expect.any(String) } })
    expect(last.json.fatal).toBeUndefined()
    later()
  })
})

describe('a request of an agent', () => {
  it('is an ordinary case, with what the agent signed for as the mandate; she confirms it by her own link [M18]', async () => {
    const { email, contactId } = await ann()
    const sent = await agent.ask('deletion', {
      name: 'Lee, Ann',
      email,
      email_verified: true,
      phone_number: '+12125550199',
      address: { street_address: '1 Pier', locality: 'Oakland' },
      power_of_attorney: 'https://agents.example/poa/77',
      relationships: ['customer'],
      'drp.version': '0.9.4',
    })
    expect(sent).toMatchObject({
      status: 200,
      json: { status: 'in_progress', request_id: expect.any(String), received_at: expect.any(String), expected_by: expect.any(String) },
    })
    const id = sent.json.request_id
    await settle()
    expect(await load(id)).toMatchObject({
      kind: 'erasure',
      receivedBy: 'agent',
      forWhom: 'agent',
      contactId,
      requesterName: 'Lee, Ann',
      region: 'us_california',
      regime: 'ccpa.request',
      agentName: 'Permission Slip',
      agentEmail: 'slip@agents.example',
      agentAuthority: expect.stringMatching(
        /Data Rights Protocol 0\.9\.4.*AGENT_.*\nPower of attorney: https:\/\/agents\.example\/poa\/77/s,
      ),
      details: expect.stringMatching(
        /deletion\nEmail: .* \(checked by the agent\)\nTelephone: \+12125550199\nAddress: 1 Pier, Oakland\nKnown as: customer/,
      ),
      state: 'verifying',
    })
    const waiting = await agent.status(id)
    expect(waiting.json).toMatchObject({ status: 'in_progress', reason: 'need_user_verification', processing_details: expect.any(String) })
    // The page that the agent may show her confirms nothing, and tells nothing about her.
    const page = await office.open(new URL(String(waiting.json.user_verification_url)).pathname)
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('<form')
    const [letter] = await office.lettersOf(contactId)
    expect(letter?.text.replaceAll(/\s+/g, ' ')).toContain('asked for you by Permission Slip')
    expect((await rowsOf('select distinct to_address from mail where contact_id = $1', [contactId]))[0]).toEqual({ to_address: email })
    const requestId = await requestOf(id)
    await inside((tx) => confirmByLink(tx, place.visitor, { requestId }))
    expect((await agent.status(id)).json).toMatchObject({ status: 'in_progress' })
  })

  it('answers the same whether or not the person is known here, and keeps the rules of proof [M16]', async () => {
    const { email } = await ann()
    const known = await agent.ask('access', { email })
    const unknown = await agent.ask('access', { email: 'stranger@home.example' })
    await settle()
    const shape = async (id: unknown) => {
      const { request_id, user_verification_url, ...rest } = (await agent.status(id)).json
      return { ...rest, hasPage: typeof user_verification_url === 'string' }
    }
    expect(await shape(known.json.request_id)).toEqual(await shape(unknown.json.request_id))
    const requestId = await requestOf(known.json.request_id)
    const verify = (matched: readonly ('name' | 'phone')[]) =>
      inside((tx) => verifyRequest(tx, owner, { requestId, how: 'details_matched', matched }))
    await expect(verify(['name'])).rejects.toMatchObject({ type: 'http/conflict' })
    await verify(['name', 'phone'])
    expect(await load(known.json.request_id)).toMatchObject({ state: 'in_progress', verifiedHow: 'details_matched' })
  })

  it('for no sale is honoured at once, without proof', async () => {
    const { email, contactId } = await ann()
    const sent = await agent.ask('sale:opt-out', { email, regime: 'voluntary' })
    await settle()
    expect(await load(sent.json.request_id)).toMatchObject({ kind: 'opt_out', state: 'in_progress', region: 'us', regime: 'ccpa.opt_out' })
    expect(await rowsOf('select scope from suppression where contact_id = $1', [contactId])).toEqual([{ scope: 'marketing' }])
  })

  it('is told to the agent at its own address each time that it moves, and no more once it is over; what she is told is not in it', async () => {
    const { email } = await ann()
    const callback = 'https://agents.example/update_status'
    const sent = await agent.ask('access', { email, status_callback: callback })
    const id = sent.json.request_id
    const requestId = await requestOf(id)
    called.length = 0
    office.outside.answer = async () => ({ status: 503, headers: {}, body: Buffer.alloc(0) })
    await settle()
    office.outside.answer = async () => ({ status: 200, headers: {}, body: Buffer.alloc(0) })
    test.clock.advance({ minutes: 5 })
    await settle()
    await inside((tx) => confirmByLink(tx, place.visitor, { requestId }))
    await settle()
    await inside((tx) => answerRequest(tx, owner, { requestId, text: 'Your locker is number 12' }))
    await settle()
    const told = called.map(({ address, body }) => ({ address, ...JSON.parse(body.toString()) }))
    expect(told.map(({ status, reason }) => [status, reason])).toEqual([
      ['in_progress', 'need_user_verification'],
      ['in_progress', 'need_user_verification'],
      ['in_progress', undefined],
      ['fulfilled', undefined],
    ])
    for (const one of told) expect(one).toMatchObject({ address: callback, request_id: id })
    expect(JSON.stringify(told)).not.toContain('locker')
    expect(await rowsOf('select status_callback from agent_request where id = $1', [id])).toEqual([{ status_callback: null }])
  })

  it('is taken back through the agent while nothing was answered, and no more afterwards', async () => {
    const { email, contactId } = await ann()
    const sent = await agent.ask('access', { email, 'agent-request-id': 'r-9' })
    const id = sent.json.request_id
    await settle()
    const other = await testAgent(office, test.clock)
    await other.pair()
    expect(await other.revoke(id)).toMatchObject({ status: 403 })
    expect(await other.status(id)).toMatchObject({ status: 403 })
    expect(await agent.send('DELETE', `/data-rights-request/${String(id)}`, signed(agentKey().key, { reason: 'x' }))).toMatchObject({
      status: 403,
    })
    const late = agent.envelope({ reason: 'x', 'expires-at': test.clock().toString() })
    expect(await agent.send('DELETE', `/data-rights-request/${String(id)}`, agent.sign(late))).toMatchObject({ status: 403 })
    expect(await agent.revoke(id)).toMatchObject({ status: 200, json: { status: 'revoked', request_id: id, agent_request_id: 'r-9' } })
    expect(await agent.revoke(id)).toMatchObject({ status: 200, json: { status: 'revoked' } })
    expect(await load(id)).toMatchObject({ state: 'closed', outcome: 'I changed my mind', acts: [] })
    expect((await office.lettersOf(contactId)).length).toBe(2)
    const { kinds } = await inside((tx) => requestFigures(tx, owner, {}))
    const { received = 0, complied = 0, refused = 0, open = 0 } = kinds.find(({ kind }) => kind === 'access') ?? {}
    expect(received - complied - refused - open).toBe(1)

    const answered = await agent.ask('access', { email })
    await settle()
    const requestId = await requestOf(answered.json.request_id)
    await inside((tx) => refuseRequest(tx, owner, { requestId, ground: 'identity_not_proven', text: 'Sorry' }))
    expect(await agent.revoke(answered.json.request_id)).toMatchObject({
      status: 409,
      json: { message: expect.stringContaining('answered') },
    })
    expect((await agent.status(answered.json.request_id)).json).toMatchObject({ status: 'denied', reason: 'insuf_verification' })
  })

  it('that is filed as another kind goes on under the id that the agent has', async () => {
    const { email } = await ann()
    const sent = await agent.ask('access', { email })
    await settle()
    const requestId = await requestOf(sent.json.request_id)
    const taken = await inside((tx) => refileRequest(tx, owner, { requestId, kind: 'portability' }))
    expect(await requestOf(sent.json.request_id)).toBe(taken.id)
    expect((await agent.status(sent.json.request_id)).json).toMatchObject({ status: 'in_progress' })
  })
})

describe('the keys of agents', () => {
  it('are managed by owners alone, and shown to those who see requests', async () => {
    const { verifyKey } = agentKey()
    const body = { agentId: 'ROLES', businessId: 'B', name: 'R', contactEmail: null, verifyKey }
    for (const role of roles) {
      const by = place.as[role]
      const seen = await inside((tx) => listAgents(tx, by)).then(
        () => true,
        () => false,
      )
      expect([role, seen]).toEqual([role, ['owner', 'admin', 'privacy_officer'].includes(role)])
      if (role !== 'owner') await expect(inside((tx) => addAgent(tx, by, body))).rejects.toMatchObject({ type: 'http/not-allowed' })
    }
    const shown = await inside((tx) => listAgents(tx, owner))
    expect(shown.address).toBe(`https://desk.example/drp/ws-${place.workspaceId}`)
  })

  it('are one for each id, are keys, and keep who changed them when', async () => {
    const { verifyKey } = agentKey()
    const body = { agentId: 'TWICE', businessId: 'B', name: 'Twice', contactEmail: null, verifyKey }
    const first = await inside((tx) => addAgent(tx, owner, body))
    await expect(inside((tx) => addAgent(tx, owner, body))).rejects.toMatchObject({ type: 'http/conflict' })
    await expect(
      inside((tx) => addAgent(tx, owner, { ...body, agentId: 'WEAK', verifyKey: `AQ${'A'.repeat(41)}=` })),
    ).rejects.toMatchObject({ type: 'http/invalid-request' })
    const change = { ...body, name: 'Thrice', rightsAgentId: first.id, version: 1 }
    expect(await inside((tx) => changeAgent(tx, owner, change))).toMatchObject({ name: 'Thrice', version: 2, since: first.since })
    await expect(inside((tx) => changeAgent(tx, owner, change))).rejects.toMatchObject({ type: 'http/version-mismatch' })
    const acts = await rowsOf("select action from audit_entry where object_type = 'rights_agent' and object_id = $1 order by id", [
      first.id,
    ])
    expect(acts.map(({ action }) => action)).toEqual(['rights_agent.added', 'rights_agent.changed'])
  })

  it('that are replaced or revoked open nothing any more, and what came before stays in the queue', async () => {
    later()
    const old = await testAgent(office, test.clock)
    await old.pair()
    const { email } = await ann()
    const sent = await old.ask('access', { email })
    const renewed = agentKey()
    await inside((tx) =>
      changeAgent(tx, owner, {
        rightsAgentId: old.registered.id,
        version: 1,
        agentId: old.agentId,
        businessId: 'SALON_ANA',
        name: 'New key',
        contactEmail: null,
        verifyKey: renewed.verifyKey,
      }),
    )
    expect(await old.status(sent.json.request_id)).toMatchObject({ status: 401 })
    expect((await old.pair()).status).toBe(403)
    const paired = await old.send('POST', `/agent/${old.agentId}`, signed(renewed.key, old.envelope()))
    const token = String(paired.json.token)
    expect((await old.status(sent.json.request_id, token)).json).toMatchObject({ request_id: sent.json.request_id })

    await inside((tx) => revokeAgent(tx, owner, old.registered.id))
    expect(await old.status(sent.json.request_id, token)).toMatchObject({ status: 401 })
    expect((await old.send('POST', `/agent/${old.agentId}`, signed(renewed.key, old.envelope()))).status).toBe(403)
    const body = signed(renewed.key, old.envelope({ exercise: 'access', email }))
    expect(await old.send('POST', '/data-rights-request', body, token)).toMatchObject({ status: 401 })
    await expect(inside((tx) => revokeAgent(tx, owner, old.registered.id))).rejects.toMatchObject({ type: 'http/conflict' })
    expect(await load(sent.json.request_id)).toMatchObject({ receivedBy: 'agent' })
    const again = await testAgent(office, test.clock, old.agentId)
    expect((await again.pair()).status).toBe(200)
    expect(await again.status(sent.json.request_id)).toMatchObject({ status: 403 })
  })
})
