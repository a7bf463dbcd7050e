import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { arriveFrom, departTo } from '../../apps/server/src/modules/accounts/provider-identity.ts'
import { testProviders, tokens } from '../../apps/server/src/modules/accounts/providers.testing.ts'
import { connections } from '../../apps/server/src/modules/privacy/testing.ts'
import { googleServer } from '../../apps/server/src/modules/scheduling/calendars/providers/google.testing.ts'
import { googleApi } from '../../apps/server/src/modules/scheduling/calendars/providers/google.ts'
import { microsoftServer } from '../../apps/server/src/modules/scheduling/calendars/providers/microsoft.testing.ts'
import { microsoftApi } from '../../apps/server/src/modules/scheduling/calendars/providers/microsoft.ts'
import { client } from '../../apps/server/src/modules/scheduling/calendars/providers/oauth.testing.ts'
import { fetchTokens, permissionPage } from '../../apps/server/src/modules/scheduling/calendars/providers/permission.ts'
import type { AskApi } from '../../apps/server/src/modules/scheduling/calendars/providers/provider.ts'
import { calendarReach } from '../../apps/server/src/modules/scheduling/index.ts'
import { openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import { openPool } from '../../apps/server/src/platform/database/index.ts'
import { openFiles } from '../../apps/server/src/platform/files/index.ts'
import { fixtureServer } from '../../apps/server/src/platform/http/testing.ts'
import { openLog } from '../../apps/server/src/platform/log/index.ts'
import { mailSettings, startImapMailbox } from '../../apps/server/src/platform/mail/index.ts'
import { testImap, testSmtp } from '../../apps/server/src/platform/mail/testing.ts'
import { obtainCertificate } from '../../apps/server/src/platform/public-address/obtain-certificate.ts'
import { startTracing } from '../../apps/server/src/platform/traces/index.ts'
import { liveHere, testHouse } from '../rights/scenario.ts'

/** Stands in everything of a person that must not go along. */
const WORD = 'Zqtaxfieldal'
const house = await testHouse()
const log = openLog({ level: 'silent', role: 'test', strict: true })
const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-egress-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Sent = { readonly method: string; readonly url: URL; readonly headers: IncomingMessage['headers']; readonly body: Buffer }

/** Somebody outside who writes down all that arrives. */
async function outside(answer: (sent: Sent, base: string) => { status?: number; headers?: Record<string, string>; body?: string }) {
  const sent: Sent[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const one = {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', base),
      headers: request.headers,
      body: Buffer.concat(chunks),
    }
    sent.push(one)
    const { status = 200, headers = {}, body = '' } = answer(one, base)
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  afterAll(() => new Promise((done) => server.close(done)))
  return { base, sent }
}

/** What was sent and is not listed. */
const unlisted = (seen: Iterable<string>, ...lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(seen)].filter((name) => !lists.some((list) => list.includes(name))).sort()
/** Headers that carry a request, and nothing of anybody. */
const carriers = [
  'host',
  'connection',
  'content-type',
  'content-length',
  'transfer-encoding',
  'accept',
  'accept-language',
  'accept-encoding',
  'user-agent',
  'sec-fetch-mode',
  'date',
  'expect',
]

describe('whatever leaves this server', () => {
  it('leaves by a connection of the register: no file of ours opens another way out [K4]', () => {
    const root = path.resolve(import.meta.dirname, '../../apps/server/src')
    const opens =
      /\bfetch\(|\b(?:https?|tls|net)\.(?:request|connect|get)\(|\)\.request\(|createTransport\(|new (?:ImapFlow|AwsClient|OAuth2Client|WebSocket|pg\.\w+)\(|acme\.Client\(|sendNotification\(|dgram/
    const found = globSync('**/*.ts', { cwd: root })
      .filter((name) => !/\.test\.ts$|testing\.ts$/.test(name))
      .filter((name) => opens.test(readFileSync(path.join(root, name), 'utf8')))
      .map((name) => [name.replaceAll('\\', '/'), ways.find(([place]) => name.replaceAll('\\', '/').startsWith(place))?.[1] ?? 'unknown'])
    expect(found.filter(([, way]) => way === 'unknown')).toEqual([])
    const named = new Set(found.flatMap(([, way = '']) => way.split(', ')))
    for (const name of Object.keys(connections)) expect(named, name).toContain(name)
  })

  it('goes to the mail server as the listed headers and parts, with nothing of her that the letter does not say [K4]', async () => {
    const smtp = await testSmtp()
    mailSettings.provide({
      smtpUrl: smtp.url,
      from: { name: 'Frontdesk', address: 'desk@example.com' },
      replies: { local: 'desk', domain: 'example.com', plus: true },
    })
    const place = await house.business()
    await liveHere(house, place, WORD)
    await house.background.settle()
    expect(smtp.received.length).toBeGreaterThan(1)
    const technical = [
      'mime-version',
      'content-type',
      'content-transfer-encoding',
      'auto-submitted',
      'x-auto-response-suppress',
      'received',
      'return-path',
    ]
    expect(
      unlisted(
        smtp.received.flatMap(({ parsed }) => parsed.headers.map(({ key }) => key)),
        connections.smtp.fields,
        technical,
      ),
    ).toEqual([])
    expect(
      unlisted(
        smtp.received.flatMap(({ parsed }) => parsed.attachments.map(({ mimeType }) => mimeType)),
        ['text/calendar', 'application/ics'],
      ),
    ).toEqual([])
    for (const { parsed, to } of smtp.received) {
      const said = `${parsed.subject} ${parsed.text} ${parsed.html}`
      for (const kept of [`Her sister ${WORD}`, `${WORD} 77`, `${WORD} tag`, `Letter of ${WORD}`, `${WORD} Ltd`, `The claim of ${WORD}`])
        expect(said, `to ${to}`).not.toContain(kept)
    }
    await smtp.close()
  }, 60_000)

  it('goes to a mailbox as commands that name who reads, where and which mails, and nothing of anybody [K4]', async () => {
    const imap = await testImap()
    const there = new URL(imap.url)
    const said: string[] = []
    const recorder = createTcpServer((client) => {
      const server = connect(Number(there.port), there.hostname)
      client.on('data', (chunk) => said.push(chunk.toString('latin1')))
      client.pipe(server).pipe(client)
      for (const socket of [client, server]) socket.on('error', () => socket.destroy())
    })
    await new Promise<void>((done) => recorder.listen(0, '127.0.0.1', done))
    const relay = openPool(house.test.urls.relay, 1)
    const url = new URL(imap.url)
    url.port = String((recorder.address() as AddressInfo).port)
    await imap.deliver(`From: ${WORD} <a@home.example>\nTo: desk@example.com\nSubject: ${WORD}\n\n${WORD}`)
    const mailbox = startImapMailbox({ url: url.href, database: house.test.database, relay, log, lookSeconds: 1 })
    await expect.poll(() => said.join(''), { timeout: 15_000 }).toMatch(/ FETCH /i)
    await mailbox.stop()
    recorder.close()
    await relay.end()
    const lines = said
      .join('')
      .split('\r\n')
      .filter((line) => line !== '')
    const verbs = lines.flatMap((line) => /^[A-Z0-9]+ (?:UID )?([A-Z]+)/i.exec(line)?.[1]?.toUpperCase() ?? [])
    expect(
      unlisted(verbs, [
        'CAPABILITY',
        'ID',
        'LOGIN',
        'AUTHENTICATE',
        'NAMESPACE',
        'ENABLE',
        'COMPRESS',
        'LIST',
        'LSUB',
        'SELECT',
        'EXAMINE',
        'SEARCH',
        'FETCH',
        'STORE',
        'STATUS',
        'IDLE',
        'NOOP',
        'CLOSE',
        'LOGOUT',
      ]),
    ).toEqual([])
    expect(said.join('')).not.toContain(WORD)
    expect(connections.imap.fields).toEqual(['user', 'password', 'mailbox', 'uid', 'flags', 'program'])
  }, 60_000)

  it('goes to the file store as an address and encrypted bytes: no name, no word of the file, no header of ours [K4]', async () => {
    const store = await outside(({ method }) => ({ status: method === 'DELETE' ? 204 : 200 }))
    const keys = openKeys(path.join(folder, 'keys'), house.test.clock())
    const files = openFiles({
      keys,
      keyFolder: path.join(folder, 'keys/files'),
      folder: path.join(folder, 'files'),
      s3: { endpoint: store.base, bucket: 'desk', region: 'eu-central-1', accessKeyId: 'AKID', secretAccessKey: 'only-for-tests' },
    })
    const kept = await files.put(Buffer.from(`The file of ${WORD}`), {
      workspaceId: house.test.newWorkspaceId(),
      subjects: [],
      purpose: 'attachment',
      name: `${WORD}.txt`,
      maxBytes: 1000,
      now: house.test.clock(),
    } as never)
    await files.erase(kept)
    expect(store.sent.map(({ method }) => method)).toEqual(expect.arrayContaining(['PUT', 'DELETE']))
    for (const { url, headers, body } of store.sent) {
      expect(url.pathname).toMatch(/^\/desk\/([0-9a-f]{2})\/\1[0-9a-f]+$/)
      expect([...url.searchParams.keys()]).toEqual([])
      expect(unlisted(Object.keys(headers), carriers, ['authorization', 'x-amz-date', 'x-amz-content-sha256'])).toEqual([])
      expect(`${url.href} ${JSON.stringify(headers)} ${body.toString('latin1')}`).not.toContain(WORD)
    }
  })

  it.each(['google', 'facebook'] as const)('goes to %s as the listed parameters, each of them and no other [K4]', async (name) => {
    const { play, providers } = await testProviders()
    const settings = providers[name]
    if (!settings?.endpoints) throw new Error('This provider is not set up.')
    const { endpoints } = settings
    const fields = new Set<string>()
    const asked: { url: string; init: RequestInit | undefined }[] = []
    const real = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init)
      asked.push({ url: request.url, init: { headers: Object.fromEntries(request.headers), body: await request.clone().text() } })
      return real(request)
    }
    try {
      const departure = { state: 'state-1', verifier: 'v'.repeat(43), nonce: 'nonce-1', redirectUri: 'https://desk.example/auth/back' }
      const leave = departTo(name, settings, departure)
      for (const key of leave.searchParams.keys()) fields.add(key)
      play.account = { sub: '1', email: 'ann@home.example', name: 'Ann' }
      play.departures.set('code-1', {
        challenge: leave.searchParams.get('code_challenge') ?? undefined,
        nonce: departure.nonce,
        redirectUri: departure.redirectUri,
      })
      await arriveFrom(name, { ...settings, endpoints }, departure, 'code-1', house.test.clock())
    } finally {
      globalThis.fetch = real
    }
    expect(asked.length).toBeGreaterThan(0)
    for (const { url, init } of asked) {
      for (const key of new URL(url).searchParams.keys()) fields.add(key)
      for (const key of new URLSearchParams(String(init?.body ?? '')).keys()) fields.add(key)
      const { authorization, ...others } = (init?.headers ?? {}) as Record<string, string>
      if (authorization?.startsWith('Basic ')) for (const key of ['client_id', 'client_secret']) fields.add(key)
      if (authorization === `Bearer ${tokens[name]}`) fields.add('access_token')
      expect(unlisted(Object.keys(others), carriers)).toEqual([])
    }
    expect([...fields].sort()).toEqual([...connections[name].fields].sort())
    expect(play.wrong).toEqual([])
  })

  it.each(['google', 'microsoft'] as const)(
    'goes to the calendars of %s as the listed fields, each of them and no other [K4]',
    async (name) => {
      const server = name === 'google' ? await googleServer() : await microsoftServer()
      const settings = { clientId: client.id, clientSecret: client.secret, endpoints: server.endpoints }
      const now = house.test.clock()
      const reach = calendarReach(['127.0.0.0/8'])
      const fields = new Set<string>()
      const note = (names: Iterable<string>) => {
        for (const one of names) fields.add(one)
      }
      const ask: typeof reach.ask = (address, call) => {
        note(new URL(address).searchParams.keys())
        const { authorization: _token, prefer: _prefer, ...others } = call.headers ?? {}
        expect(unlisted(Object.keys(others), carriers)).toEqual([])
        const body = String(call.body ?? '')
        if (body !== '') note(body.startsWith('{') ? Object.keys(JSON.parse(body)) : new URLSearchParams(body).keys())
        return reach.ask(address, call)
      }
      const leaving = { state: 'state-1', verifier: 'v'.repeat(43), redirectUri: 'https://desk.example/calendars/arrive', writes: true }
      const page = permissionPage(name, settings, leaving)
      note(new URL(page).searchParams.keys())
      const first = await fetchTokens({ ...reach, ask }, name, settings, { ...server.allow(page), ...leaving }, now)
      const tokens = await fetchTokens({ ...reach, ask }, name, settings, first, now)
      const call: AskApi = async (url, { method = 'GET', body, headers } = {}) => {
        const json = { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) }
        const answer = await ask(url.href, {
          method,
          headers: { ...json, ...headers, authorization: `Bearer ${tokens.access}` },
          ...(body ? { body: JSON.stringify(body) } : {}),
        })
        return { status: answer.status, body: answer.body.length === 0 ? undefined : JSON.parse(answer.body.toString()) }
      }
      const api = (name === 'google' ? googleApi : microsoftApi)(call, server.endpoints.api)
      const calendarId = (await api.calendars())[0]?.url ?? ''
      const entry = (threadId: string) => ({
        threadId,
        sequence: 0,
        start: Temporal.Instant.from('2027-01-12T14:00:00Z'),
        end: Temporal.Instant.from('2027-01-12T14:30:00Z'),
        changedAt: now,
        summary: 'Visit',
        location: 'Main Street',
        url: 'https://desk.example/w/x',
        tentative: false,
      })
      for (let n = 1; n <= 3; n += 1) await api.write(calendarId, entry(`00000000-0000-7000-8000-00000000000${n}`), null)
      const wish = { calendarId, from: now, to: now.add({ hours: 24 * 30 }), zone: 'UTC' }
      const { mark } = await api.changes({ ...wish, since: null })
      await api.changes({ ...wish, since: mark })
      expect(server.wrong).toEqual([])
      expect([...fields].sort()).toEqual([...connections[`${name}_calendar`].fields].sort())
    },
  )

  it('goes to whoever gathers traces as routes, states and times, never as an address, a body or a person [K4]', async () => {
    const collector = await outside(() => ({ headers: { 'content-type': 'application/json' }, body: '{}' }))
    const app = await fixtureServer(house.test, house.test.newWorkspaceId())
    const tracing = startTracing({
      endpoint: collector.base,
      source: { service: 'frontdesk', version: '1', role: 'web' },
      log,
      everyMs: 20,
    })
    await app.inject({ method: 'GET', url: `/api/v1/fixture/public?q=${WORD}`, headers: { 'user-agent': WORD } })
    await app.inject({ method: 'POST', url: '/api/v1/fixture/public', payload: { text: WORD } })
    await app.inject({ method: 'GET', url: `/api/v1/fixture/notes/${crypto.randomUUID()}?${WORD}` })
    await tracing.stop()
    await app.close()
    const batches = collector.sent.map(({ body }) => JSON.parse(body.toString()))
    type Attribute = { readonly key: string }
    const spans = batches.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap((one: { resource: { attributes: Attribute[] }; scopeSpans: { spans: { attributes: Attribute[] }[] }[] }) => [
        ...one.resource.attributes,
        ...one.scopeSpans.flatMap((scope) => scope.spans.flatMap(({ attributes }) => attributes)),
      ]),
    )
    expect(spans.length).toBeGreaterThan(5)
    expect(
      unlisted(
        spans.map(({ key }: Attribute) => key),
        connections.traces.fields,
      ),
    ).toEqual([])
    expect(collector.sent.map(({ body, url }) => `${url} ${body}`).join('')).not.toContain(WORD)
    for (const { headers } of collector.sent) expect(unlisted(Object.keys(headers), carriers)).toEqual([])
  })

  it('goes to the certificate authority as the name of the server, the operator’s address and keys, and no other field [K4]', async () => {
    const made = certificate()
    let settled = false
    const authority = await outside(({ method, url }, base) => {
      const json = (body: object, status = 200, location?: string) => ({
        status,
        headers: { 'content-type': 'application/json', 'replay-nonce': crypto.randomUUID(), ...(location ? { location } : {}) },
        body: method === 'HEAD' ? '' : JSON.stringify(body),
      })
      const order = {
        identifiers: [{ type: 'dns', value: 'desk.example.com' }],
        authorizations: [`${base}/authz`],
        finalize: `${base}/finalize`,
      }
      const challenge = { type: 'http-01', url: `${base}/challenge`, token: 'token-1', status: settled ? 'valid' : 'pending' }
      switch (url.pathname) {
        case '/directory':
          return json({ newNonce: `${base}/nonce`, newAccount: `${base}/account`, newOrder: `${base}/order`, meta: {} })
        case '/account':
          return json({ status: 'valid' }, 201, `${base}/account/1`)
        case '/order':
          return json({ ...order, status: 'pending' }, 201, `${base}/order/1`)
        case '/authz':
          return json({ identifier: order.identifiers[0], status: challenge.status, challenges: [challenge] })
        case '/challenge':
          settled = true
          return json({ ...challenge, status: 'valid' })
        case '/finalize':
        case '/order/1':
          return json({ ...order, status: 'valid', certificate: `${base}/certificate` }, 200, `${base}/order/1`)
        case '/certificate':
          return { headers: { 'content-type': 'application/pem-certificate-chain', 'replay-nonce': crypto.randomUUID() }, body: made }
        default:
          return json({})
      }
    })
    const domain = {
      name: 'desk.example.com',
      httpPort: 80,
      httpsPort: 443,
      acmeDirectoryUrl: `${authority.base}/directory`,
      acmeEmail: 'operator@example.com',
      publicUrl: 'https://desk.example.com',
    }
    await obtainCertificate(domain, path.join(folder, 'acme-keys'), new Map())
    const fields = new Set<string>()
    for (const { body, headers } of authority.sent) {
      expect(unlisted(Object.keys(headers), carriers)).toEqual([])
      if (body.length === 0) continue
      const { protected: guarded, payload } = JSON.parse(body.toString())
      for (const part of [guarded, payload])
        for (const key of Object.keys(part === '' ? {} : JSON.parse(Buffer.from(part, 'base64url').toString()))) fields.add(key)
    }
    expect([...fields].sort()).toEqual([...connections.acme.fields].sort())
  }, 30_000)
})

/** Which file opens which way out. */
const ways = [
  ['platform/mail/smtp.ts', 'smtp'],
  ['platform/mail/imap-mailbox.ts', 'imap'],
  ['platform/files/s3-store.ts', 's3'],
  ['modules/accounts/provider-identity.ts', 'google, facebook'],
  ['platform/traces/exporter.ts', 'traces'],
  ['platform/public-address/obtain-certificate.ts', 'acme'],
  // Its own address, asked for its own token.
  ['platform/public-address/public-address.ts', 'itself'],
  // Hand-overs to an address that the person herself named, each in the account of disclosures; and calendars, of which the providers' own are asked for by account.ts alone.
  ['platform/http/call-outside.ts', 'hand-over, google_calendar, microsoft_calendar'],
  ['platform/database/', 'database'],
  ['platform/backup/', 'database'],
  ['platform/postgres-server/', 'database'],
  ['modules/privacy/erasure/vacuum-tables.ts', 'database'],
] as const

/** A certificate, signed by nobody. */
function certificate(): string {
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=desk.example.com']
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert], { stdio: 'pipe' })
  return readFileSync(cert, 'utf8')
}
