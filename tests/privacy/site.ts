/** The public pages of a business on a server of their own, opened as a browser opens them: with a cookie jar, and with headers as they are sent. */
import { request as ask } from 'node:http'
import path from 'node:path'
import type { PrivacySettings } from '@frontdesk/contract'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { formPages } from '../../apps/server/src/modules/leads/public/form-pages.ts'
import { webLog } from '../../apps/server/src/modules/privacy/cookies/web-log.ts'
import {
  changePrivacySettings,
  consentSurroundings,
  erasureSurroundings,
  openTombstones,
  privacyRoom,
  providePrivacyPorts,
  readPrivacySettings,
  requestSurroundings,
  stopPageSurroundings,
} from '../../apps/server/src/modules/privacy/index.ts'
import { publicPages } from '../../apps/server/src/modules/scheduling/public/pages.ts'
import { testBusiness } from '../../apps/server/src/modules/scheduling/testing.ts'
import { openDatabase } from '../../apps/server/src/platform/database/index.ts'
import type { TestDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { backgroundOf } from '../../apps/server/src/platform/events/testing.ts'
import { openFiles } from '../../apps/server/src/platform/files/index.ts'
import { createHttpServer } from '../../apps/server/src/platform/http/index.ts'
import { openLog } from '../../apps/server/src/platform/log/index.ts'
import { mailSettings, sendMailJob } from '../../apps/server/src/platform/mail/index.ts'

export type Answer = {
  readonly status: number
  readonly text: string
  readonly location: string
  readonly policy: string
  /** Every `Set-Cookie` of the answer. */
  readonly set: readonly string[]
}

export type Look = { readonly form?: Record<string, string>; readonly headers?: readonly (readonly [string, string])[] }

/** Starts it. */
export async function testSite(test: TestDatabase) {
  mailSettings.provide({
    smtpUrl: 'smtp://mail.example:2525',
    from: { name: 'Frontdesk', address: 'desk@example.com' },
    replies: { local: 'desk', domain: 'example.com', plus: true },
  })
  providePrivacyPorts()
  const eraser = openDatabase({ url: test.urls.eraser, keys: test.keys, clock: test.clock, connections: 2 })
  const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
  erasureSurroundings.provide({
    database: test.database,
    eraser,
    files,
    inventory: tableInventories,
    tombstones: openTombstones(test.folder),
    vacuum: async () => 'freed',
  })
  stopPageSurroundings.provide({ database: test.database })
  requestSurroundings.provide({
    database: test.database,
    files: {} as never,
    publicUrl: () => 'https://desk.example',
    callOutside: () => Promise.reject(new Error('Nothing is called here.')),
  })
  consentSurroundings.provide({ database: test.database, files: {} as never, publicUrl: () => 'https://desk.example' })
  const app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: [],
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: ['127.0.0.1'],
  })
  /** Every page that takes a form, as its path is registered. */
  const forms = new Set<string>()
  app.addHook('onRoute', ({ method, url }) => {
    if ([method].flat().includes('POST')) forms.add(url)
  })
  await privacyRoom.pages?.(app)
  const log = webLog(app) // a second one, which a test can empty when it likes
  await publicPages(app)
  await formPages(app)
  app.get('/test/strange-cookie', (_request, reply) => reply.setCookie('stranger', '1').send('a page'))
  const background = await backgroundOf(test, { jobs: [...privacyRoom.jobs, sendMailJob], subscribers: [] })
  const shop = await testBusiness(test)
  const { rows } = await test.asSuperuser('select slug from workspace where id = $1', [shop.workspaceId])
  const slug: string = rows[0].slug
  const address = await app.listen({ host: '127.0.0.1', port: 0 })

  /** A browser: what it was given it brings again. */
  const browser = () => {
    const jar = new Map<string, string>()
    const open = async (path: string, { form, headers = [] }: Look = {}): Promise<Answer> => {
      test.clock.advance({ seconds: 1 }) // the limiter counts by the clock
      const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await send(new URL(path, address), form, [
        ['accept', 'text/html'],
        ['sec-fetch-site', 'same-origin'],
        ...(cookies === '' ? [] : [['cookie', cookies] as const]),
        ...headers,
      ])
      for (const line of answer.set) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      return answer
    }
    return { open, jar }
  }
  return {
    shop,
    slug,
    app,
    forms,
    book: `/b/${slug}`,
    service: `/b/${slug}/cleaning-and-check-up`,
    choices: `/choices/${slug}`,
    browser,
    rowsOf: async (text: string, values: readonly unknown[] = []) => (await test.asSuperuser(text, values)).rows,
    choose: (changes: Partial<PrivacySettings>) =>
      shop.inside(async (tx) => {
        const { rows: versions } = await test.asSuperuser(
          'select coalesce(max(version), 1)::int as version from privacy_settings where workspace_id = $1',
          [shop.workspaceId],
        )
        await changePrivacySettings(tx, shop.owner, { changes, version: versions[0].version })
        return readPrivacySettings(tx)
      }),
    flush: () => log.flush(),
    /** Runs what is due by the clock of the test. */
    settle: () => background.settle(),
    stop: async () => {
      await app.close()
      await eraser.close()
    },
  }
}

export type TestSite = Awaited<ReturnType<typeof testSite>>

/** Sends headers just as they are listed, one name several times if it is listed so. */
function send(url: URL, form: Record<string, string> | undefined, headers: readonly (readonly [string, string])[]): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString()
  return new Promise((resolve, reject) => {
    const request = ask(url, { method: body === undefined ? 'GET' : 'POST', agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text,
          location: response.headers.location ?? '',
          policy: String(response.headers['content-security-policy'] ?? ''),
          set: response.headers['set-cookie'] ?? [],
        }),
      )
    })
    request.on('error', reject)
    for (const [name, values] of Map.groupBy(headers, ([name]) => name))
      request.setHeader(
        name,
        values.map(([, value]) => value),
      )
    if (body !== undefined) request.setHeader('content-type', 'application/x-www-form-urlencoded')
    request.end(body)
  })
}
