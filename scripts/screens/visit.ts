import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { openWindow } from '../../tests/setup/chromium.ts'
import type { RunningDesk } from '../../tests/setup/desk.ts'
import { browserOf } from '../../tests/setup/owner.ts'
import type { Place } from './screens.ts'

/** What the pictures are taken of: the demo, or an empty desk with its setup link. */
export async function findPlace(desk: RunningDesk): Promise<Place> {
  const setup = /\/setup\/[\w-]+/.exec(desk.output())?.[0]
  if (setup) return { url: desk.url, setup }
  const signIn = JSON.parse(readFileSync(path.join(desk.dataFolder, 'demo-sign-in.json'), 'utf8')) as Required<Place>['signIn']
  const { call } = browserOf(desk.url)
  await call('POST /sessions', { body: { email: signIn.email, password: signIn.password } })
  const [workspace] = (await call('GET /me')).workspaces
  if (!workspace) throw new Error('The demo has no workspace.')
  const params = { workspaceSlug: workspace.slug, serviceSlug: 'whitening' }
  const { days } = await call('GET /pages/{workspaceSlug}/{serviceSlug}/days', { params, query: { days: 14 } })
  const start = days.flatMap(({ slots }) => slots).at(4)?.start
  if (!start) throw new Error('Nothing is free in the demo.')
  const booking = await call('POST /pages/{workspaceSlug}/{serviceSlug}/bookings', {
    params,
    body: { start, name: 'Siobhán Okonkwo-Reilly', email: 'siobhan.okonkwo@example.com', zone: 'America/New_York', locale: 'en-US' },
    idempotencyKey: randomUUID(),
  })
  const contact = (await call('GET /contacts/search', { query: { q: 'Siobhán' } })).items[0]
  const conversation = (await call('GET /conversations', { query: { status: 'waiting' } })).items[0]
  if (!contact || !conversation) throw new Error('The demo has nobody to show.')
  return {
    url: desk.url,
    signIn,
    slug: workspace.slug,
    day: workday(days[0]?.date ?? ''),
    manage: new URL(booking.manageUrl).pathname,
    contactId: contact.id,
    conversationId: conversation.id,
  }
}

/** The day, or the next Monday where it is a weekend. */
function workday(date: string): string {
  const day = Temporal.PlainDate.from(date)
  return day.add({ days: day.dayOfWeek > 5 ? 8 - day.dayOfWeek : 0 }).toString()
}

/** Signs in once; every picture begins with these cookies. */
export async function enter(browser: Browser, { url, signIn }: Place): Promise<BrowserContextOptions['storageState']> {
  if (!signIn) return undefined
  const { page, close } = await openWindow(browser)
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('Email').fill(signIn.email)
  await page.getByLabel('Password', { exact: true }).fill(signIn.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(/\/w\//)
  const state = await page.context().storageState()
  await close()
  return state
}
