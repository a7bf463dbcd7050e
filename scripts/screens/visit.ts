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
  if (!contact) throw new Error('The demo does not find the patient who has just booked.')
  const conversation = (await call('GET /conversations', { query: { status: 'waiting' } })).items[0]
  if (!conversation) throw new Error('Nobody in the demo was answered.')
  return {
    url: desk.url,
    signIn,
    slug: workspace.slug,
    day: await busyDay(call, days[0]?.date ?? ''),
    manage: new URL(booking.manageUrl).pathname,
    contactId: contact.id,
    conversationId: conversation.id,
  }
}

const BUSY = 4

/** The first day, or the next on which enough goes on to be looked at: several bookings, one of them late in the morning. */
async function busyDay(call: ReturnType<typeof browserOf>['call'], first: string): Promise<string> {
  const { zone } = await call('GET /workspace')
  // The desk's own day: it may live at another time than this process.
  const today = Temporal.PlainDate.from(first).toZonedDateTime(zone)
  const query = { from: today.toInstant().toString(), to: today.add({ days: 14 }).toInstant().toString(), limit: 200 }
  const { items } = await call('GET /bookings', { query })
  const starts = items
    .filter(({ status }) => status === 'confirmed')
    .map(({ start }) => Temporal.Instant.from(start).toZonedDateTimeISO(zone))
  const days = Map.groupBy(starts, (start) => start.toPlainDate().toString())
  const [busy] = [...days].filter(([, all]) => all.length >= BUSY && all.some(({ hour }) => hour === 10 || hour === 11)).sort()
  if (!busy) throw new Error('The demo has no day on which enough goes on.')
  return busy[0]
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
