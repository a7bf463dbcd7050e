import type { AuthorizationValue } from '../messages/header-values.ts'
import type { SipRequest, SipResponse } from '../messages/message.ts'
import { writeUri } from '../messages/uri.ts'
import { type Algorithm, algorithmOf, digestResponse, secretHash } from './digest.ts'

/** Who we are to a server. */
export type Credentials = { readonly username: string; readonly password: string }

/** A challenge that was answered, and how often, §22.1 and RFC 7616 §3.4.5. */
export type Answered = {
  readonly challenge: AuthorizationValue
  /** Of a proxy: its answer goes into Proxy-Authorization. */
  readonly proxy: boolean
  readonly count: number
  readonly clientNonce: string
}

/** Challenges that were answered, at most one for each realm of a server or proxy. */
export type DigestMemory = readonly Answered[]

/** What to do with a 401 or 407. */
export type DigestStep =
  | { readonly retry: true; readonly memory: DigestMemory }
  /** `refused`: the same credentials were refused already. `unsupported`: no challenge that we can answer. */
  | { readonly retry: false; readonly why: 'refused' | 'unsupported' }

const most = 8

/**
 * Takes the challenges of a 401 or 407. Of several for one realm the first that we know is taken: the server lists them as it prefers, RFC 8760 §2.4. A nonce that is stale
 * is answered with the same credentials (RFC 7616 §3.3); the same realm once more without it means that they are wrong.
 */
export function takeChallenges(memory: DigestMemory, request: SipRequest, response: SipResponse, clientNonce: () => string): DigestStep {
  const proxy = response.status === 407
  const offered = (proxy ? response.headers.proxyAuthenticate : response.headers.wwwAuthenticate) ?? []
  const chosen = new Map<string, AuthorizationValue>()
  for (const challenge of offered) {
    const realm = challenge.values.get('realm')
    if (realm !== undefined && challenge.values.has('nonce') && canAnswer(challenge) && !chosen.has(realm)) chosen.set(realm, challenge)
  }
  if (chosen.size === 0 || chosen.size > most) return { retry: false, why: 'unsupported' }
  const sent = (proxy ? request.headers.proxyAuthorization : request.headers.authorization) ?? []
  for (const [realm, challenge] of chosen) {
    const tried = sent.find(({ values }) => values.get('realm') === realm)
    const isStale = challenge.values.get('stale')?.toLowerCase() === 'true'
    // A server that changes its nonce with every request says so by `stale`; without it, what we sent was wrong.
    if (tried && (!isStale || tried.values.get('nonce') === challenge.values.get('nonce'))) return { retry: false, why: 'refused' }
  }
  const kept = memory.filter((one) => one.proxy !== proxy || !chosen.has(one.challenge.values.get('realm') ?? ''))
  const added = [...chosen.values()].map((challenge) => ({ challenge, proxy, count: 0, clientNonce: clientNonce() }))
  return { retry: true, memory: [...kept, ...added].slice(-most) }
}

function canAnswer(challenge: AuthorizationValue): boolean {
  const kinds = qopsOf(challenge)
  return algorithmOf(challenge) !== undefined && (kinds.length === 0 || kinds.includes('auth') || kinds.includes('auth-int'))
}

const qopsOf = ({ values }: AuthorizationValue): readonly string[] =>
  (values.get('qop') ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '')

/** The request with an answer to each challenge that is known, and the memory with their counts, each one higher, RFC 7616 §3.4. */
export function authorize(
  memory: DigestMemory,
  request: SipRequest,
  credentials: Credentials,
): { readonly request: SipRequest; readonly memory: DigestMemory } {
  if (memory.length === 0) return { request, memory }
  const counted = memory.map((one) => ({ ...one, count: one.count + 1 }))
  const answers = (proxy: boolean) => counted.filter((one) => one.proxy === proxy).map((one) => answer(one, request, credentials))
  const toServer = answers(false)
  const toProxy = answers(true)
  return {
    memory: counted,
    request: {
      ...request,
      headers: {
        ...request.headers,
        ...(toServer.length > 0 && { authorization: toServer }),
        ...(toProxy.length > 0 && { proxyAuthorization: toProxy }),
      },
    },
  }
}

function answer({ challenge, count, clientNonce }: Answered, request: SipRequest, { username, password }: Credentials): AuthorizationValue {
  const algorithm: Algorithm = algorithmOf(challenge) ?? 'MD5'
  const { values } = challenge
  const realm = values.get('realm') ?? ''
  const nonce = values.get('nonce') ?? ''
  const opaque = values.get('opaque')
  const uri = writeUri(request.uri)
  const kinds = qopsOf(challenge)
  const kind: 'auth' | 'auth-int' | undefined = kinds.includes('auth') ? 'auth' : kinds.includes('auth-int') ? 'auth-int' : undefined
  const counted = count.toString(16).padStart(8, '0')
  const response = digestResponse({
    algorithm,
    secret: secretHash(algorithm, username, realm, password),
    nonce,
    method: request.method,
    uri,
    clientNonce,
    ...(kind && { qop: { kind, count: counted, clientNonce, body: request.body } }),
  })
  return {
    scheme: 'Digest',
    values: new Map([
      ['username', username],
      ['realm', realm],
      ['nonce', nonce],
      ['uri', uri],
      ['response', response],
      // Old servers do not expect the name of what they did not name.
      ...(values.has('algorithm') ? [['algorithm', algorithm] as const] : []),
      ...(kind
        ? ([
            ['qop', kind],
            ['nc', counted],
          ] as const)
        : []),
      ...(kind || algorithm.endsWith('-sess') ? [['cnonce', clientNonce] as const] : []),
      ...(opaque === undefined ? [] : [['opaque', opaque] as const]),
    ]),
  }
}
