/** The public pages on a server of their own, opened as a browser opens them. */

import type { TestDatabase } from '../../../platform/database/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { type TestBusiness, testBusiness } from '../testing.ts'
import { publicPages } from './pages.ts'

export type Look = { readonly languages?: string; readonly knownTags?: string; readonly form?: Record<string, string> }
export type Opened = {
  readonly status: number
  readonly text: string
  readonly headers: Record<string, unknown>
  readonly location: string
}

export type TestPages = {
  readonly shop: TestBusiness
  /** `/b/<business>`, and the page of its service. */
  readonly base: string
  readonly service: string
  readonly details: string
  /** Opens an address, or sends a form to it. Narrow spaces of formatted times come as plain ones. */
  readonly open: (url: string, look?: Look) => Promise<Opened>
  /** Books on the page and gives back the path the customer is led to. */
  readonly bookOnPage: (start: string, more?: Record<string, string>) => Promise<string>
}

/** What a visitor fills in. */
export const visitor = { name: 'Siobhán O’Neill', email: 'siobhan@example.com', once: 'form-token-0001' }

/** A business and its pages. */
export async function testPages(test: TestDatabase): Promise<TestPages> {
  const app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: [],
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: [],
  })
  await publicPages(app)
  const shop = await testBusiness(test)
  const { rows } = await test.asSuperuser('select slug from workspace where id = $1', [shop.workspaceId])
  const base = `/b/${rows[0].slug}`
  const service = `${base}/cleaning-and-check-up`

  const open: TestPages['open'] = async (url, { languages = 'en-US', knownTags, form } = {}) => {
    test.clock.advance({ seconds: 1 }) // the limiter counts by the clock
    const headers = { 'accept-language': languages, accept: 'text/html', ...(knownTags ? { 'if-none-match': knownTags } : {}) }
    const sent = form && { method: 'POST' as const, payload: new URLSearchParams(form).toString() }
    const answer = await app.inject({
      url,
      ...sent,
      headers: { ...headers, ...(sent ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    })
    const text = answer.body.replace(/[\u202f\u2009]/g, ' ')
    return { status: answer.statusCode, text, headers: answer.headers, location: String(answer.headers.location ?? '') }
  }
  const details = `${service}/details`
  return {
    shop,
    base,
    service,
    details,
    open,
    bookOnPage: async (start, more = {}) => {
      const answer = await open(details, { form: { ...visitor, start, once: `once-${start.replace(/\W/g, '')}`, ...more } })
      if (answer.status !== 303) throw new Error(`The page did not book ${start}: ${answer.status} ${answer.text.slice(0, 400)}`)
      return answer.location.split('?')[0] ?? ''
    },
  }
}
