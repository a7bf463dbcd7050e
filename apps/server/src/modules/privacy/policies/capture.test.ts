import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { consentSurroundings } from '../consents/surroundings.ts'
import { choicesPages } from '../cookies/choices-pages.ts'
import { portalPages } from '../requests/portal-pages.ts'
import { requestSurroundings } from '../requests/surroundings.ts'
import { changePrivacySettings } from '../settings/change-privacy-settings.ts'
import { publicStopPages } from '../suppression/public-stop-page.ts'
import { stopPageSurroundings } from '../suppression/surroundings.ts'
import { testPublisher } from './testing.ts'

const test = await testDatabase()
const { place, inside, publish, slug } = await testPublisher(test)
let app: Awaited<ReturnType<typeof createHttpServer>>

beforeAll(async () => {
  stopPageSurroundings.provide({ database: test.database })
  requestSurroundings.provide({ database: test.database, publicUrl: () => 'https://desk.example' } as never)
  consentSurroundings.provide({ database: test.database, files: {} as never, publicUrl: () => 'https://desk.example' })
  app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test', strict: true }),
    routes: [],
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: [],
  })
  publicStopPages(app)
  portalPages(app)
  choicesPages(app)
  await publish(place.as.owner, 'privacy', 'minor')
})

async function open(url: string, form?: Record<string, string>): Promise<string> {
  const sent = form && { method: 'POST' as const, payload: new URLSearchParams(form).toString() }
  const headers = { 'accept-language': 'en', ...(sent ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) }
  const answer = await app.inject({ url, ...sent, headers })
  const { location } = answer.headers
  return location ? open(String(location)) : answer.body
}

describe('a form that takes data', () => {
  const forms = [
    ['the stop page', () => `/do-not-contact/${slug}`, { value: 'form@home.example' }, { value: 'nothing' }],
    [
      'the portal',
      () => `/rights/${slug}`,
      { kind: 'access', name: 'Ann', email: 'form@home.example', forWhom: 'self', region: 'us' },
      { kind: 'access' },
    ],
  ] as const

  it.each(forms)('%s says what for, and leads to the notice that stands; so do its answers [M14]', async (_name, url, right, wrong) => {
    for (const text of [await open(url()), await open(url(), wrong), await open(url(), right)]) {
      expect(text).toContain('data-notice="privacy-v1"')
      expect(text).toContain(`/legal/${slug}/privacy`)
    }
    expect(await open(url())).toMatch(/class="soft meta capture"[^>]*>Salón &lt;Ana&gt; (uses|keeps)/)
  })

  it.each(forms)('%s says where data are kept, as the settings have it [N10]', async (_name, url) => {
    expect(await open(url())).toContain('Your data are kept in the United States.')
    await inside((tx) => changePrivacySettings(tx, place.as.owner, { changes: { 'geo.region': 'EU' }, version: 1 })).catch(() => undefined)
    expect(await open(url())).toContain('Your data are kept in the European Union.')
    await test.asSuperuser('delete from privacy_settings')
  })
})

it('every public page leads to the documents, to the rights and to the way out', async () => {
  const text = await open(`/choices/${slug}`)
  for (const path of [
    `/legal/${slug}/privacy`,
    `/legal/${slug}/cookies`,
    `/legal/${slug}/california`,
    `/legal/${slug}/terms`,
    `/rights/${slug}`,
    `/do-not-contact/${slug}`,
  ])
    expect(text).toContain(`href="${path}?lang=en"`)
})
