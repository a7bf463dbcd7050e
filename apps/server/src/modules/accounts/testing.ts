/** What the tests of this room share: a real database, fast password hashing, the mails that were queued, and browsers that keep their cookies. */

import path from 'node:path'
import type { OpenedDocuments, Principal, Role, WorkspaceId } from '@frontdesk/contract'
import { apiClient } from '@frontdesk/contract/client'
import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import { openPasswords } from '../../platform/crypto/index.ts'
import { openDatabase, type WorkspaceTx } from '../../platform/database/index.ts'
import { type TestDatabase, testDatabase } from '../../platform/database/testing.ts'
import { type Background, backgroundOf } from '../../platform/events/testing.ts'
import { type Files, openFiles } from '../../platform/files/index.ts'
import { createHttpServer } from '../../platform/http/index.ts'
import { openLog } from '../../platform/log/index.ts'
import { noDocuments } from './acceptance.ts'
import { accountsPolicy } from './accounts.policy.ts'
import { openAuthDatabase } from './auth-database.ts'
import { type AccountsDeps, type AccountsRoom, accountsRoom } from './index.ts'
import { activeMember, membershipsOf, principalOf } from './memberships.ts'
import { type AccountMail, type AccountServices, openAfterwards, type SignUpMode } from './services.ts'
import { setUpServer, setupLink } from './set-up-server.ts'

export const goodPassword = 'nine wobbling teapots sing'
export const arrival = { ip: '203.0.113.77', userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' }
export const owner = {
  name: 'Dana Reyes',
  email: 'Dana@example.com',
  password: goodPassword,
  businessName: 'Salon Nine',
  zone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
}

export type TestAccounts = TestDatabase & {
  readonly services: AccountServices
  /** Every mail that was queued, oldest first. */
  readonly mails: readonly AccountMail[]
  /** Waits for what happens after an answer. */
  readonly settled: () => Promise<void>
  /** The token of the link to a page, in the newest mail to somebody, or to anybody. */
  readonly linkIn: (page: string, to?: string) => string
}

/** A database and the services of this room on it. */
export async function testAccounts(signUp: SignUpMode = 'open'): Promise<TestAccounts> {
  const made = await testDatabase()
  const auth = openAuthDatabase({ url: made.urls.auth, keys: made.keys, clock: made.clock, connections: 8 })
  afterAll(() => auth.close())
  const mails: AccountMail[] = []
  const failures: unknown[] = []
  const afterwards = openAfterwards((_task, error) => void failures.push(error))
  const services: AccountServices = {
    auth,
    database: made.database,
    passwords: openPasswords(made.keys, { iterations: 1000, waiting: 400 }),
    signUp,
    ageLimit: null,
    signUpCountries: null,
    transferTo: null,
    documents: noDocuments,
    linkBase: () => 'http://localhost:4600',
    mail: async (_auth, mail) => void mails.push(mail),
    afterwards: afterwards.run,
  }
  return {
    ...made,
    services,
    mails,
    async settled() {
      await afterwards.settled()
      if (failures.length > 0) throw failures[0]
    },
    linkIn(page, to) {
      const mail = mails.findLast((one) => to === undefined || one.to.address === to)
      const found = new RegExp(`${page}([\\w-]+)`).exec(mail?.text ?? '')?.[1]
      if (found === undefined)
        throw new Error(`No mail${to ? ` to ${to}` : ''} has a link to ${page}; the newest says: ${mail?.text ?? 'nothing'}`)
      return found
    },
  }
}

/** The owner's first session, made with the setup link. */
export async function setUp(services: AccountServices) {
  const link = await setupLink(services, 'http://localhost')
  if (link === undefined) throw new Error('This server has an owner already.')
  return setUpServer(services, link.split('/').at(-1) ?? '', owner, arrival)
}

export type TestRoom = TestAccounts & {
  readonly room: AccountsRoom
  readonly app: FastifyInstance
  readonly background: Background
  readonly files: Files
  /** A browser that nobody signed in with yet. */
  readonly browser: (settings?: { readonly headers?: Readonly<Record<string, string>>; readonly origin?: string }) => Browser
  /** The owner's browser, and her workspace. */
  readonly ownerBrowser: () => Promise<Browser & { readonly workspaceId: WorkspaceId }>
  /** Somebody with a new account who joined by invitation. */
  readonly join: (inviter: Browser, role: Role, email: string) => Promise<Browser & { readonly email: string }>
  /** A transaction of somebody in her workspace, as the one who acts. */
  readonly as: <T>(browser: Browser, work: (tx: WorkspaceTx, by: Extract<Principal, { kind: 'member' }>) => Promise<T>) => Promise<T>
}

export type Browser = {
  readonly call: ReturnType<typeof apiClient>
  readonly cookies: Map<string, string>
  readonly fetch: typeof fetch
}

/** The room behind a real HTTP server, with its jobs. */
export async function testRoom(signUp: SignUpMode = 'open', more: Partial<AccountsDeps> = {}): Promise<TestRoom> {
  const test = await testAccounts(signUp)
  const eraser = openDatabase({ url: test.urls.eraser, keys: test.keys, clock: test.clock, connections: 2 })
  const log = more.log ?? openLog({ level: 'silent', role: 'test', strict: true })
  const deps: AccountsDeps = {
    ...test.services,
    log,
    providers: {},
    publicUrl: () => undefined,
    policies: () => [accountsPolicy],
    eraser,
    auditFolders: () => ({ certificates: path.join(test.folder, 'keys', 'deletions'), heads: path.join(test.folder, 'audit', 'heads') }),
    vacuum: async () => undefined,
    ...more,
  }
  const room = accountsRoom(deps)
  const background = await backgroundOf(test, room)
  const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
  const app = await createHttpServer({
    files,
    database: test.database,
    log,
    routes: room.routes,
    authenticate: room.authenticate,
    trustedProxies: ['127.0.0.1'],
  })
  await room.pages?.(app)
  afterAll(async () => {
    await app.close()
    await eraser.close()
  })

  const browser: TestRoom['browser'] = ({ headers: always = {}, origin = 'http://localhost' } = {}) => {
    const cookies = new Map<string, string>()
    const send: typeof fetch = async (input, init) => {
      const url = new URL(String(input), origin)
      // A form gets its boundary, and with it the content type, when it is written out, as in a browser.
      const form = init?.body instanceof FormData ? new Response(init.body) : undefined
      const headers = Object.fromEntries([...new Headers(form?.headers), ...new Headers(init?.headers)])
      const response = await app.inject({
        method: (init?.method ?? 'GET') as 'GET',
        url: `${url.pathname}${url.search}`,
        headers: {
          host: url.host,
          'x-forwarded-proto': url.protocol.slice(0, -1),
          'x-forwarded-host': url.host,
          'x-forwarded-for': arrival.ip,
          'user-agent': arrival.userAgent,
          'sec-fetch-site': 'same-origin',
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...always,
          ...headers,
        },
        ...(typeof init?.body === 'string' ? { payload: init.body } : {}),
        ...(form ? { payload: Buffer.from(await form.arrayBuffer()) } : {}),
      })
      for (const cookie of response.cookies) {
        if (cookie.value === '') cookies.delete(cookie.name)
        else cookies.set(cookie.name, cookie.value)
      }
      const answer = new Headers(
        Object.entries(response.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])) as [
          string,
          string,
        ][],
      )
      for (const line of [response.headers['set-cookie'] ?? []].flat()) answer.append('set-cookie', String(line))
      return new Response(response.statusCode === 204 || response.statusCode === 303 ? null : response.body, {
        status: response.statusCode,
        headers: answer,
      })
    }
    return { call: apiClient({ origin, fetch: send }), cookies, fetch: send }
  }

  return {
    ...test,
    async settled() {
      await test.settled()
      await room.settled()
    },
    room,
    app,
    files,
    background,
    browser,
    async ownerBrowser() {
      const link = (await room.setupLink('http://localhost')) ?? ''
      const dana = browser()
      const { me } = await dana.call('POST /setup/{token}', { params: { token: link.split('/').at(-1) ?? '' }, body: owner })
      return { ...dana, workspaceId: me.currentWorkspaceId as WorkspaceId }
    },
    async join(inviter, role, email) {
      const { link } = await inviter.call('POST /invitations', { body: { role } })
      const joined = browser()
      const accepts = await acceptsOf(joined)
      await joined.call('POST /join/{token}', {
        params: { token: link.split('/').at(-1) ?? '' },
        body: { name: `A ${role.replaceAll('_', ' ')}`, email, password: goodPassword, age: 34, ...accepts },
      })
      return { ...joined, email }
    },
    async as(who, work) {
      const me = await who.call('GET /me')
      const userId = me.user.id
      const place = (await membershipsOf(test.database, userId)).find(({ workspaceId }) => workspaceId === me.currentWorkspaceId)
      if (!place) throw new Error('She works nowhere.')
      return test.database.inWorkspace(place.workspaceId, async (tx) => {
        const member = await activeMember(tx, place.memberId)
        if (!member) throw new Error('She does not work here any more.')
        const by = principalOf(member, Temporal.Instant.from(me.session.authenticatedAt))
        if (by.kind !== 'member') throw new Error('Not a member.')
        return work(tx, by)
      })
    },
  }
}

/** The tables in which a text stands, of everything the database holds: rows, queues, outbox. */
export async function tablesWith({ asSuperuser }: Pick<TestDatabase, 'asSuperuser'>, text: string): Promise<readonly string[]> {
  const { rows } = await asSuperuser(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'`)
  const found: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await asSuperuser(`select from ${name} as row where position(lower($1) in lower(row::text)) > 0 limit 1`, [text])
    if (rowCount !== 0) found.push(name)
  }
  return found.sort()
}

/** What somebody has before her who opens the form now, as the form sends it. */
export async function acceptsOf({ call }: Pick<Browser, 'call'>, locale?: string): Promise<{ accepts?: OpenedDocuments }> {
  const { accepts } = await call('GET /sign-up', { query: locale === undefined ? {} : { locale } })
  const [first] = accepts
  if (!first) return {}
  return { accepts: { locale: first.locale, documents: accepts.map(({ document, sha256 }) => ({ document, sha256 })) } }
}

/** What an API call was refused with. */
export const refusal = (call: Promise<unknown>): Promise<{ slug: string; details: Record<string, unknown> }> =>
  call.then(
    (answer) => {
      throw new Error(`It was not refused: ${JSON.stringify(answer)}`)
    },
    (error: unknown) => {
      if (error instanceof Error && 'slug' in error && 'details' in error)
        return error as unknown as { slug: string; details: Record<string, unknown> }
      throw error
    },
  )
