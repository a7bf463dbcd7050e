import { beforeEach, describe, expect, it } from 'vitest'
import type { AuthorizationValue } from '../messages/header-values.ts'
import { isRequest, noBody, type SipRequest, type SipResponse } from '../messages/message.ts'
import { parseMessage } from '../messages/parse-message.ts'
import { writeMessage } from '../messages/write-message.ts'
import { type Algorithm, digestResponse, secretHash } from './digest.ts'
import { authorize, type DigestMemory, takeChallenges } from './digest-client.ts'
import { DigestServer } from './digest-server.ts'

function read(bytes: Uint8Array): SipRequest {
  const parsed = parseMessage(bytes)
  if (!parsed.ok || !isRequest(parsed.message)) throw new Error('refused')
  return parsed.message
}
const register = read(
  Buffer.from(
    'REGISTER sip:registrar.biloxi.com SIP/2.0\r\nVia: SIP/2.0/UDP bobspc.biloxi.com:5060;branch=z9hG4bKnashds7\r\nTo: <sip:bob@biloxi.com>\r\nFrom: <sip:bob@biloxi.com>;tag=456248\r\nCall-ID: 843817637684230@998sdasdh09\r\nCSeq: 1826 REGISTER\r\n\r\n',
  ),
)
const bob = { username: 'bob', password: 'zanzibar' }
const clientNonce = () => '0a4f113b'

describe('a digest', () => {
  const first = { nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v', method: 'GET', uri: '/dir/index.html' }
  const qop = { kind: 'auth', count: '00000001', clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ', body: noBody } as const
  it.each<[Algorithm, string]>([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('is that of RFC 7616 §3.9.1 with %s', (algorithm, response) => {
    const secret = secretHash(algorithm, 'Mufasa', 'http-auth@example.org', 'Circle of Life')
    expect(digestResponse({ ...first, algorithm, secret, qop })).toBe(response)
  })

  it('is that of RFC 7616 §3.9.2 with SHA-512-256, as its erratum 4897 corrects it', () => {
    const secret = secretHash('SHA-512-256', 'J\u00e4s\u00f8n Doe', 'api@example.org', 'Secret, or not?')
    const ours = { kind: 'auth', count: '00000001', clientNonce: 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v', body: noBody } as const
    expect(
      digestResponse({
        algorithm: 'SHA-512-256',
        secret,
        nonce: '5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK',
        method: 'GET',
        uri: '/doe.json',
        qop: ours,
      }),
    ).toBe('3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5')
  })

  it('without qop is that of RFC 2617, which old servers ask for', () => {
    const secret = secretHash('MD5', 'bob', 'biloxi.com', 'zanzibar')
    expect(
      digestResponse({
        algorithm: 'MD5',
        secret,
        nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093',
        method: 'INVITE',
        uri: 'sip:bob@biloxi.com',
      }),
    ).toBe('bf57e4e0d0bffc0fbaedce64d59add5e') // the example of draft-smith-sipping-auth-examples-01 §3.1
  })
})

const challenge = (status: number, ...values: readonly (readonly [string, string])[][]): SipResponse => {
  const challenges = values.map((one) => ({ scheme: 'Digest', values: new Map(one) }))
  return {
    status,
    reason: '',
    headers: { ...register.headers, ...(status === 407 ? { proxyAuthenticate: challenges } : { wwwAuthenticate: challenges }) },
    body: noBody,
  }
}
const of = (realm: string, nonce: string, ...more: readonly (readonly [string, string])[]): (readonly [string, string])[] => [
  ['realm', realm],
  ['nonce', nonce],
  ...more,
]

describe('a client', () => {
  function retried(memory: DigestMemory, request: SipRequest, response: SipResponse) {
    const step = takeChallenges(memory, request, response, clientNonce)
    if (!step.retry) throw new Error(step.why)
    return authorize(step.memory, request, bob)
  }
  const refusal = (memory: DigestMemory, request: SipRequest, response: SipResponse) => {
    const step = takeChallenges(memory, request, response, clientNonce)
    return step.retry ? undefined : step.why
  }

  it('gives up when it knows no algorithm, no qop, or no challenge at all', () => {
    expect(refusal([], register, challenge(401))).toBe('unsupported')
    expect(refusal([], register, challenge(401, of('r', 'n', ['algorithm', 'SHA-3'])))).toBe('unsupported')
    expect(refusal([], register, challenge(401, of('r', 'n', ['qop', 'auth-conf'])))).toBe('unsupported')
  })

  it('gives up when the same credentials are refused once more', () => {
    const { request, memory } = retried([], register, challenge(401, of('r', 'n1', ['qop', 'auth'])))
    expect(refusal(memory, request, challenge(401, of('r', 'n2', ['qop', 'auth'])))).toBe('refused')
    expect(refusal(memory, request, challenge(401, of('r', 'n1', ['qop', 'auth'], ['stale', 'true'])))).toBe('refused')
  })

  it('answers again when the nonce was stale', () => {
    const { request, memory } = retried([], register, challenge(401, of('r', 'n1', ['qop', 'auth'])))
    const again = retried(memory, request, challenge(401, of('r', 'n2', ['qop', 'auth'], ['stale', 'TRUE'])))
    expect(again.request.headers.authorization?.map(({ values }) => [values.get('nonce'), values.get('nc')])).toEqual([['n2', '00000001']])
  })

  it('takes the first algorithm that it knows, RFC 8760 §2.4', () => {
    const { request } = retried(
      [],
      register,
      challenge(401, of('r', 'a', ['algorithm', 'SHA-3']), of('r', 'b', ['algorithm', 'SHA-256']), of('r', 'c')),
    )
    expect(request.headers.authorization?.[0]?.values.get('nonce')).toBe('b')
  })

  it('counts each request under one nonce, and answers server and proxies side by side', () => {
    const one = retried([], register, challenge(407, of('proxy', 'p', ['qop', 'auth'])))
    const two = retried(one.memory, one.request, challenge(401, of('server', 's', ['qop', 'auth'], ['opaque', 'o'])))
    const counts = (values: readonly AuthorizationValue[] | undefined) => values?.map(({ values: each }) => each.get('nc'))
    expect([counts(two.request.headers.proxyAuthorization), counts(two.request.headers.authorization)]).toEqual([
      ['00000002'],
      ['00000001'],
    ])
    const three = authorize(two.memory, register, bob)
    expect([counts(three.request.headers.proxyAuthorization), counts(three.request.headers.authorization)]).toEqual([
      ['00000003'],
      ['00000002'],
    ])
    expect(writeMessage(two.request).toString()).toContain('qop=auth, nc=00000001, cnonce="0a4f113b", opaque="o"')
  })
})

describe('a server', () => {
  const realm = { realm: 'biloxi.com', algorithms: ['SHA-256', 'SHA-512-256', 'MD5'] as const, key: Buffer.alloc(32, 7), nonceMs: 60_000 }
  let server: DigestServer
  beforeEach(() => {
    server = new DigestServer(realm)
  })

  const signed = (at: number, only: Algorithm, credentials = bob, edit: (request: SipRequest) => SipRequest = (request) => request) => {
    const offered = server.challenges(at).filter(({ values }) => values.get('algorithm') === only)
    const step = takeChallenges(
      [],
      register,
      { ...challenge(401), headers: { ...register.headers, wwwAuthenticate: offered } },
      clientNonce,
    )
    if (!step.retry) throw new Error(step.why)
    return edit(read(writeMessage(authorize(step.memory, register, credentials).request)))
  }
  const verdict = (request: SipRequest, now: number) =>
    server.verify(request, request.headers.authorization, (name) => (name === 'bob' ? { password: 'zanzibar' } : undefined), now)

  it('refuses who says nothing, who is unknown, and who has another password', () => {
    expect(verdict(register, 0)).toEqual({ ok: false, why: 'missing' })
    expect(verdict(signed(0, 'MD5', { username: 'eve', password: 'zanzibar' }), 0)).toEqual({ ok: false, why: 'unknown user' })
    expect(verdict(signed(0, 'SHA-256', { username: 'bob', password: 'wrong' }), 0)).toEqual({ ok: false, why: 'wrong password' })
  })

  it('refuses credentials for another method or address, for an algorithm that it did not offer, and without qop', () => {
    const to = (values: readonly (readonly [string, string])[]) =>
      signed(0, 'SHA-256', bob, (request) => ({
        ...request,
        headers: {
          ...request.headers,
          authorization: request.headers.authorization?.map((one) => ({ ...one, values: new Map([...one.values, ...values]) })) ?? [],
        },
      }))
    expect(verdict({ ...signed(0, 'SHA-256'), method: 'INVITE' }, 0)).toEqual({ ok: false, why: 'wrong password' })
    expect(verdict(to([['uri', 'sip:elsewhere.com']]), 0)).toEqual({ ok: false, why: 'malformed' })
    expect(verdict(to([['algorithm', 'MD5-sess']]), 0)).toEqual({ ok: false, why: 'malformed' })
    expect(verdict(to([['qop', '']]), 0)).toEqual({ ok: false, why: 'malformed' })
  })

  it('calls a nonce stale that is too old, not its own, or whose count does not grow', () => {
    const request = signed(0, 'SHA-256')
    expect(verdict(request, 60_000)).toEqual({ ok: false, why: 'stale' })
    expect(verdict(request, 59_999)).toEqual({ ok: true, username: 'bob' })
    expect(verdict(request, 59_999)).toEqual({ ok: false, why: 'stale' })
    expect(
      new DigestServer({ ...realm, key: Buffer.alloc(32, 8) }).verify(
        signed(0, 'MD5'),
        signed(0, 'MD5').headers.authorization,
        () => ({ password: 'zanzibar' }),
        0,
      ),
    ).toEqual({
      ok: false,
      why: 'stale',
    })
    expect(server.challenges(0, true)[0]?.values.get('stale')).toBe('true')
  })

  it.each<Algorithm>(['MD5', 'SHA-256', 'SHA-512-256'])('knows bob by %s, with his password or its hash', (algorithm) => {
    expect(verdict(signed(5, algorithm), 10)).toEqual({ ok: true, username: 'bob' })
    const hashes = { [algorithm]: secretHash(algorithm, 'bob', 'biloxi.com', 'zanzibar') }
    const request = signed(6, algorithm)
    expect(server.verify(request, request.headers.authorization, () => ({ hashes }), 10)).toEqual({ ok: true, username: 'bob' })
  })
})
