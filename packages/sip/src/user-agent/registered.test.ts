import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { virtualClock } from '../clock.testing.ts'
import { responseTo } from '../dialogs/responses.ts'
import { DigestServer } from '../digest/digest-server.ts'
import { isSipUri, parseUri } from '../messages/uri.ts'
import { type Binding, register } from '../registration/registrar.ts'
import { closeDesks, desk, token, uriOf } from './desk.testing.ts'
import { Registered } from './registered.ts'

afterEach(closeDesks)

describe('a registration, §10', () => {
  /** A registrar that knows bob, and bob. */
  async function both(password: string) {
    const clock = virtualClock()
    const server = new DigestServer({ realm: 'biloxi.com', algorithms: ['SHA-256'], key: randomBytes(32), nonceMs: 60_000 })
    const kept: { bindings: readonly Binding[] } = { bindings: [] }
    const registrar = await desk(clock, 'UDP', {
      onRegister({ request, serve }) {
        const verdict = server.verify(request, request.headers.authorization, () => ({ password: 'zanzibar' }), clock.now())
        const wwwAuthenticate = server.challenges(clock.now(), !verdict.ok && verdict.why === 'stale')
        if (!verdict.ok) return serve().respond(responseTo(request, 401, { toTag: token(), headers: { wwwAuthenticate } }))
        const { bindings, status, headers } = register(kept.bindings, request, clock.now())
        kept.bindings = bindings
        serve().respond(responseTo(request, status, { toTag: token(), headers }))
      },
    })
    const { agent, at } = await desk(clock)
    const contact = uriOf(at)
    if (!isSipUri(contact)) throw new Error('no SIP URI')
    const registered = new Registered({
      endpoint: agent.endpoint,
      clock,
      token,
      chance: () => 0.5,
      credentials: { username: 'bob', password },
      registrar: parseUri(`sip:127.0.0.1:${registrar.at.port}`, 'URI'),
      address: { uri: parseUri('sip:bob@biloxi.com', 'To'), parameters: [] },
      contact,
    })
    return { clock, kept, registered }
  }

  it('with a wrong password stops, because a repeat might lock the account', async () => {
    const { registered, kept } = await both('wrong')
    registered.start()
    await expect.poll(() => registered.state.state).toBe('refused')
    expect([registered.state.problem?.status, kept.bindings]).toEqual([401, []])
  })

  it('is kept with the registrar, renewed before it ends, and taken away at the end', async () => {
    const { clock, registered, kept } = await both('zanzibar')
    registered.start()
    await expect.poll(() => registered.state.state).toBe('registered')
    expect(kept.bindings.map(({ expiresAt }) => expiresAt)).toEqual([600_000])
    clock.moveTo(540_000)
    await expect.poll(() => kept.bindings[0]?.expiresAt).toBe(1_140_000)
    await expect.poll(() => registered.state.state).toBe('registered')
    registered.stop()
    await expect.poll(() => [registered.state.state, kept.bindings.length]).toEqual(['left', 0])
  })
})
