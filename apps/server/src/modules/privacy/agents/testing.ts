/** An agent that signs as libsodium does, for tests. */
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { RightsAgent } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { testOffice } from '../requests/testing.ts'
import { addAgent } from './agents.ts'

type Office = Awaited<ReturnType<typeof testOffice>>
type Answer = { readonly status: number; readonly json: Record<string, unknown>; readonly headers: Record<string, unknown> }

/** A key pair, the public one as it stands in the directory. */
export function agentKey(): { readonly key: KeyObject; readonly verifyKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { key: privateKey, verifyKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64') }
}

/** `crypto_sign` in combined mode, base64. */
export function signed(key: KeyObject, message: object | string): string {
  const bytes = Buffer.from(typeof message === 'string' ? message : JSON.stringify(message))
  return Buffer.concat([sign(null, bytes, key), bytes]).toString('base64')
}

/** An agent that is registered at the office, and how it speaks there. */
export async function testAgent(
  office: Office,
  clock: () => Temporal.Instant,
  agentId = `AGENT_${randomUUID().slice(0, 8).toUpperCase()}`,
) {
  const { place, inside, app } = office
  const { key, verifyKey } = agentKey()
  const businessId = 'SALON_ANA'
  const registered: z.input<typeof RightsAgent> = await inside((tx: WorkspaceTx) =>
    addAgent(tx, place.as.owner, { agentId, businessId, name: 'Permission Slip', contactEmail: 'slip@agents.example', verifyKey }),
  )
  const base = `/drp/ws-${place.workspaceId}/v1`
  const state: { token: string | undefined } = { token: undefined }
  const envelope = (more: object = {}) => ({
    'agent-id': agentId,
    'business-id': businessId,
    'issued-at': clock().toString(),
    'expires-at': clock().add({ minutes: 10 }).toString(),
    'drp.version': '1.0',
    ...more,
  })
  const send = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: string, token = state.token): Promise<Answer> => {
    const answer = await app.inject({
      method,
      url: `${base}${path}`,
      headers: { ...(body === undefined ? {} : { 'content-type': 'text/plain' }), ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: answer.statusCode, json: answer.body === '' ? {} : answer.json(), headers: answer.headers }
  }
  return {
    key,
    verifyKey,
    agentId,
    registered,
    base,
    envelope,
    send,
    /** The status with which another address answers. */
    app: async (at: string, method: 'GET', path: string, token = state.token): Promise<number> =>
      (await app.inject({ method, url: `${at}${path}`, headers: { authorization: `Bearer ${token}` } })).statusCode,
    sign: (message: object | string) => signed(key, message),
    get token() {
      return state.token
    },
    async pair(): Promise<Answer> {
      const answer = await send('POST', `/agent/${agentId}`, signed(key, envelope()))
      if (typeof answer.json.token === 'string') state.token = answer.json.token
      return answer
    },
    /** Asks for something for somebody. */
    ask: (exercise: string, more: object = {}, token = state.token) =>
      send('POST', '/data-rights-request', signed(key, envelope({ exercise, regime: 'ccpa', ...more })), token),
    status: (id: unknown, token = state.token) => send('GET', `/data-rights-request/${String(id)}`, undefined, token),
    revoke: (id: unknown, reason = 'I changed my mind') => send('DELETE', `/data-rights-request/${String(id)}`, signed(key, { reason })),
  }
}
