import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, reader } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { becomeOwner } from '../setup/owner.ts'

/** What everybody here signs in with. */
export const password = 'seven quiet otters borrow umbrellas'

let desk: RunningDesk
let browser: Browser
let owner: Awaited<ReturnType<typeof becomeOwner>>
let settings: string

/** Where the tests of one file have their accounts: a desk, its owner, a browser. */
export function useDeskForAccounts(): { readonly desk: () => RunningDesk; readonly owner: () => typeof owner } {
  const dataFolder = newDataFolder()
  beforeAll(async () => {
    ;[browser, desk] = await Promise.all([openBrowser(), startDeskHere({ dataFolder })])
    owner = await becomeOwner(desk)
    settings = `${desk.url}/w/${owner.workspace.slug}/settings`
  })
  afterAll(async () => {
    await browser?.close()
    await desk?.stop()
    removeDataFolder(dataFolder)
  })
  return { desk: () => desk, owner: () => owner }
}

/** Somebody with an account and a browser of her own, in which she is signed in. */
export type Somebody = {
  readonly email: string
  readonly context: BrowserContext
  readonly page: Page
  readonly press: (name: string | RegExp) => Promise<void>
  readonly open: (page: string) => Promise<unknown>
  /** Asks the API in her name. */
  readonly ask: (method: 'GET' | 'POST' | 'PATCH', path: string, data?: object) => Promise<Answer>
}
type Answer = Record<string, unknown>

/** Somebody new, signed in. */
export async function somebody(): Promise<Somebody> {
  const email = `person-${randomUUID().slice(0, 8)}@example.com`
  const { link } = await owner.call('POST /invitations', { body: { role: 'member' }, idempotencyKey: randomUUID() })
  const person = await atBrowser(email)
  const { accepts } = await owner.call('GET /sign-up')
  const opened = { locale: 'en', documents: accepts.map(({ document, sha256 }) => ({ document, sha256 })) }
  await person.ask('POST', `/join/${link.split('/').at(-1)}`, { name: 'Robin Vale', email, password, age: 34, accepts: opened })
  return person
}

/** Somebody at a browser in which nobody is signed in yet. */
export async function atBrowser(email: string): Promise<Somebody> {
  const context = await browser.newContext({ ...reader, ...sizes.desk })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return {
    email,
    context,
    page,
    press: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }).click(),
    open: (name) => page.goto(`${settings}/${name}`),
    ask: async (method, path, data) => {
      const headers = { origin: desk.url, 'idempotency-key': randomUUID() }
      const answer = await context.request.fetch(`${desk.url}/api/v1${path}`, { method, headers, ...(data ? { data } : {}) })
      if (!answer.ok()) throw new Error(`${method} ${path} was answered with ${answer.status()}: ${await answer.text()}`)
      return answer.status() === 204 ? {} : ((await answer.json()) as Answer)
    },
  }
}

/** Until her desk stands. */
export const atDesk = (page: Page) => page.waitForURL(/\/w\/[^/]+\/(?!settings)/)

/** Types address and password where one signs in. */
export async function typePassword({ page, email }: Somebody, secret = password): Promise<void> {
  await page.goto(`${desk.url}/sign-in`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.keyboard.press('Enter')
}

/** Her session is gone, as when it ended. */
export async function leave({ context, page }: Somebody): Promise<void> {
  await context.clearCookies()
  await page.goto(`${desk.url}/sign-in`)
}
