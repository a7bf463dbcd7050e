import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { Clock } from '../clock/index.ts'
import type { Domain } from '../config/index.ts'
import { httpsRequired, isApiAddress, LONGEST_REQUEST_MS, problemDetails } from '../http/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import { listenOn } from '../supervisor/listen-on.ts'
import { type Certificate, readCertificate, renewalOf, writeCertificate } from './certificate-file.ts'
import { type ConnectionLimits, limitConnections } from './limit-connections.ts'
import { type Challenges, obtainCertificate } from './obtain-certificate.ts'

const RETRY_MINUTES = [1, 5, 30, 120, 360] as const
/** Looked after at least this often, so that a clock that jumped or a machine that slept misses no renewal. */
const LONGEST_WAIT_MS = 6 * 60 * 60_000
/** Two years (RFC 6797): browsers that have been here once never try HTTP again. */
const STRICT_TRANSPORT = 'max-age=63072000'
const CLOSE_MS = 3_000
const CHALLENGE_PATH = '/.well-known/acme-challenge/'

/**
 * How long a stranger may hold a place at the door without being served. Slow and silent ones are cut off, so that nobody fills it by writing a byte a second: ten
 * seconds for the handshake, ten for the headers, twenty of silence between two requests. How long a body may take is bounded behind the door, where it is known
 * whether a file comes; here only the longest of all is.
 */
const patience = {
  headersTimeout: 10_000,
  requestTimeout: LONGEST_REQUEST_MS,
  keepAliveTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 16_384,
}
const HANDSHAKE_MS = 10_000
/** HTTP only proves the domain and leads on: a short request and a short answer. */
const plainPatience = { ...patience, requestTimeout: 10_000, keepAliveTimeout: 2_000 }

export type PublicDoorSettings = {
  readonly domain: Domain
  /** `<data>/keys` */
  readonly keysFolder: string
  /** Answers every request that comes over HTTPS. */
  readonly answer: RequestListener
  readonly clock: Clock
  readonly log: Log
  /** Shorter waits, for tests. */
  readonly patience?: Partial<typeof patience> & { readonly handshakeTimeout?: number }
  readonly connections?: ConnectionLimits
}

/** Whether the world is served, and if not, what has to change. */
export type CertificateState =
  | { readonly state: 'valid'; readonly until: Temporal.Instant }
  | { readonly state: 'missing'; readonly why: string }

/** The ports on which the world knocks. */
export type PublicDoor = {
  readonly certificate: () => CertificateState
  readonly close: () => Promise<void>
}

/**
 * Serves a domain to the world: HTTPS with a certificate that is obtained and renewed by itself and swapped without a restart; HTTP that only proves the domain, leads pages
 * to HTTPS and refuses the API. Opens at once; what cannot be served yet is answered with a sentence.
 */
export async function openPublicDoor(settings: PublicDoorSettings): Promise<PublicDoor> {
  const door = new Door(settings)
  await door.open()
  return { certificate: () => door.state, close: () => door.close() }
}

class Door {
  readonly #settings: PublicDoorSettings
  readonly #challenges: Challenges = new Map()
  readonly #plain: Server
  readonly #secure: Server
  #certificate: Certificate | undefined
  #context: SecureContext | undefined
  #why = 'The certificate is being obtained. This takes about a minute.'
  #failures = 0
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(settings: PublicDoorSettings) {
    this.#settings = settings
    this.#plain = createServer({ ...plainPatience, ...settings.patience }, (request, response) => this.#lead(request, response))
    this.#secure = createSecureServer(
      {
        ...patience,
        handshakeTimeout: HANDSHAKE_MS,
        ...settings.patience,
        SNICallback: (name, answer) => this.#choose(name, answer),
        minVersion: 'TLSv1.2',
      },
      (request, response) => {
        response.setHeader('strict-transport-security', STRICT_TRANSPORT)
        settings.answer(request, response)
      },
    )
    for (const server of [this.#plain, this.#secure]) limitConnections(server, settings.connections)
    this.#secure.on('tlsClientError', () => undefined) // scanners, and visitors before there is a certificate
  }

  get state(): CertificateState {
    return this.#certificate ? { state: 'valid', until: this.#certificate.until } : { state: 'missing', why: this.#why }
  }

  async open(): Promise<void> {
    const { domain, keysFolder, clock } = this.#settings
    this.#show(readCertificate(keysFolder, domain.name, clock()))
    await bind(this.#plain, domain.httpPort, 'HTTP_PORT')
    await bind(this.#secure, domain.httpsPort, 'HTTPS_PORT')
    void this.#lookAfter()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await Promise.all([this.#plain, this.#secure].map(closeServer))
  }

  /** Obtains what is missing or due, and looks again in time. */
  async #lookAfter(): Promise<void> {
    if (this.#closed) return
    const wait = this.#isDue() ? await this.#renew() : 0
    if (this.#closed) return
    const due = this.#certificate ? renewalOf(this.#certificate).epochMilliseconds - this.#settings.clock().epochMilliseconds : 0
    this.#timer = setTimeout(() => void this.#lookAfter(), Math.min(Math.max(wait, due, 0), LONGEST_WAIT_MS))
    this.#timer.unref()
  }

  #isDue(): boolean {
    return !this.#certificate || Temporal.Instant.compare(renewalOf(this.#certificate), this.#settings.clock()) <= 0
  }

  /** Answers how long to wait before another attempt, in milliseconds; nothing after a success. */
  async #renew(): Promise<number> {
    const { domain, keysFolder, log, clock } = this.#settings
    const began = clock().epochMilliseconds
    try {
      const certificate = await obtainCertificate(domain, keysFolder, this.#challenges)
      writeCertificate(keysFolder, domain.name, certificate)
      this.#show(certificate)
      // Otherwise a wrong clock would make us order without end.
      if (this.#isDue())
        throw new Error(`The new certificate seems to be old already: the clock of this machine is wrong. It says ${clock()}.`)
      this.#failures = 0
      log.info('certificate.obtained', { until: String(certificate.until), ms: clock().epochMilliseconds - began })
      return 0
    } catch (error) {
      this.#why = error instanceof Error ? error.message : String(error)
      const minutes = RETRY_MINUTES[Math.min(this.#failures, RETRY_MINUTES.length - 1)] ?? 360
      this.#failures += 1
      log.warn('certificate.failed', { code: errorFields(error).code, retryMinutes: minutes })
      return minutes * 60_000
    }
  }

  #show(certificate: Certificate | undefined): void {
    if (!certificate) return
    this.#context = createSecureContext({ key: certificate.key, cert: certificate.chain, minVersion: 'TLSv1.2' })
    this.#certificate = certificate
  }

  #choose(name: string, answer: (error: Error | null, context?: SecureContext) => void): void {
    if (name.toLowerCase() === this.#settings.domain.name && this.#context) answer(null, this.#context)
    else answer(new Error('no certificate for this name'))
  }

  #lead({ url = '/' }: IncomingMessage, response: ServerResponse): void {
    const { name, publicUrl } = this.#settings.domain
    const proof = url.startsWith(CHALLENGE_PATH) ? this.#challenges.get(url.slice(CHALLENGE_PATH.length)) : undefined
    if (proof !== undefined) {
      response.writeHead(200, { 'content-type': 'text/plain' }).end(proof)
    } else if (isApiAddress(url)) {
      const body = JSON.stringify(problemDetails('http/https-required', httpsRequired(publicUrl)))
      response.writeHead(403, { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' }).end(body)
    } else if (this.#certificate) {
      const place = url.startsWith('/') ? url : '/' // a proxy request names a whole address; nobody is led to a foreign one
      response.writeHead(308, { location: `${publicUrl}${place}` }).end()
    } else {
      response
        .writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '60' })
        .end(`${name} is not ready yet. ${this.#why.split(' (It said')[0]}\n`)
    }
  }
}

/** On every address, IPv6 and IPv4, since a public name may lead to either. */
async function bind(server: Server, port: number, setting: string): Promise<void> {
  const wish = { host: '', port, orNextFree: false }
  await listenOn(
    wish,
    () => new Promise<number>((resolve, reject) => server.once('error', reject).listen(port, () => resolve(port))),
    setting,
  )
  server.on('error', () => undefined) // a single connection that broke
}

/** Lets answers that are under way finish, but not streams that never end by themselves. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), CLOSE_MS)
    server.close(() => {
      clearTimeout(patience)
      resolve()
    })
    server.closeIdleConnections()
  })
}
