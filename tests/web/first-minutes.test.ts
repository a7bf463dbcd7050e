import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newDataFolder, type RunningDesk, removeDataFolder } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { openBrowser, seriousFindings, sidewaysScroll } from './browser.ts'

const password = 'tall giraffes admire blue kettles'
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, locale: 'en-US', timezoneId: 'America/New_York' } as const

let desk: RunningDesk
let browser: Browser
let owner: BrowserContext
let page: Page
let bookingLink: string
const dataFolder = newDataFolder()

beforeAll(async () => {
  desk = await startDeskHere({ dataFolder })
  browser = await openBrowser()
  owner = await browser.newContext(phone)
  page = await owner.newPage()
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

const hasFocus = (selector: string) => page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)
const focusedText = () => page.evaluate(() => document.activeElement?.textContent)

describe('the first minutes of a business, on a phone', () => {
  let inputs = 0
  const fill = async (label: string, value: string) => {
    inputs += 1
    await page.getByLabel(label, { exact: true }).fill(value)
  }

  it('asks for four things to set up, and keeps them when the password is refused', async () => {
    const link = /http:\/\/localhost:\d+\/setup\/\S+/.exec(desk.output())?.[0]
    await page.goto(link ?? desk.url)
    await fill('Name of the business', 'Café Ñandú')
    await fill('Your name', 'Dana Whitfield')
    await fill('Email', 'dana@example.com')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => hasFocus('input[type=password][aria-invalid=true]')).toBe(true)
    expect(await page.getByLabel('Name of the business').inputValue()).toBe('Café Ñandú')
    expect(await seriousFindings(page)).toEqual([])
    await fill('Password', password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'What can people book?' }).waitFor()
  })

  it('keeps the first service over a reload', async () => {
    await fill('Service', 'First visit')
    await fill('Price', '60')
    inputs += 1
    await page.getByLabel('How long it takes').selectOption('45')
    await page.reload()
    await expect.poll(() => page.getByLabel('Service', { exact: true }).inputValue()).toBe('First visit')
    expect(await page.getByLabel('Price', { exact: true }).inputValue()).toBe('60')
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => hasFocus('h1')).toBe(true)
  })

  it('ends with a link that customers can open, after twelve inputs at most', async () => {
    await page.getByRole('switch', { name: 'Open on Friday' }).click()
    await page.getByRole('button', { name: 'Make my link' }).click()
    bookingLink = await page.getByLabel(/^Booking link/).inputValue()
    expect(inputs).toBeLessThanOrEqual(12)
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await seriousFindings(page)).toEqual([])
    expect((await fetch(bookingLink)).status).toBe(200)
    await page.getByRole('button', { name: 'QR code' }).click()
    await page.getByRole('img', { name: `QR code for ${bookingLink}` }).waitFor()
  })

  it('refuses the setup link to whoever comes next', async () => {
    const stranger = await browser.newPage()
    await stranger.goto(/http:\/\/localhost:\d+\/setup\/\S+/.exec(desk.output())?.[0] ?? desk.url)
    await stranger.getByText('This server is set up already.').waitFor()
    await stranger.close()
  })
})

describe('the desk', () => {
  it('tells two tabs over one stream, and the second takes over when the first closes', async () => {
    await page.getByRole('link', { name: 'Go to your desk' }).click()
    await page.waitForURL(/\/calendar/)
    const streams: string[] = []
    const second = await owner.newPage()
    second.on('request', (request) => {
      if (request.url().includes('/stream')) streams.push(request.url())
    })
    await second.goto(page.url())
    await second.getByRole('navigation', { name: 'Rooms' }).waitFor()
    expect(streams).toEqual([])
    const asked = second.waitForRequest((request) => request.url().includes('/bookings'))
    await book('Live Person', 3)
    await asked

    await page.close()
    page = second
    await expect.poll(() => streams.length).toBe(1)
    const askedAgain = page.waitForRequest((request) => request.url().includes('/bookings'))
    await book('Second Person', 8)
    await askedAgain
  })

  it.each(['in a moment', 'on a slow line'])(
    'finds a customer from anywhere by the keyboard, and stands before her name %s',
    async (line) => {
      await page.goto(`${desk.url}/`)
      await page.getByRole('link', { name: 'Calendar' }).focus()
      // What stands in for her while she is on the way has the focus first; it must not take it along.
      const slow = async (route: Route) => {
        await expect.poll(() => hasFocus('h1'), { timeout: 10_000 }).toBe(true)
        await route.continue()
      }
      const hers = /\/contacts\/[0-9a-f-]{36}$/
      if (line === 'on a slow line') await page.route(hers, slow)
      await page.keyboard.press('Control+k')
      // Whoever types on while the palette is on its way types into it.
      await page.keyboard.type('second')
      await page.getByRole('option', { name: /Second Person/, selected: true }).waitFor()
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/contacts\/[0-9a-f-]{36}/)
      await page.getByRole('heading', { level: 1, name: 'Second Person' }).waitFor()
      await expect.poll(() => focusedText(), { timeout: 5_000 }).toBe('Second Person')
      await page.unroute(hers)
    },
  )

  it('opens without a line, says so, and goes on by itself', async () => {
    await page.evaluate(() => navigator.serviceWorker.ready)
    await owner.setOffline(true)
    await page.reload()
    await page.getByRole('heading', { name: 'Waiting for the connection' }).waitFor()
    await owner.setOffline(false)
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor()
  })

  it('brings somebody whose session ended back to where she was', async () => {
    const before = new URL(page.url()).pathname
    await owner.clearCookies()
    await page.reload()
    await page.waitForURL(/\/sign-in/)
    await page.getByLabel('Email').fill('dana@example.com')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.keyboard.press('Enter')
    await page.getByText('The address or the password is wrong.').first().waitFor()
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.keyboard.press('Enter')
    await expect.poll(() => new URL(page.url()).pathname).toBe(before)
  })

  it('leads an earlier address of the workspace on, to the same place in the desk', async () => {
    const { origin, pathname } = new URL(page.url())
    const changed = await page.evaluate(async () => {
      const { version } = await (await fetch('/api/v1/workspace')).json()
      const headers = { 'content-type': 'application/json', 'if-match': `"${version}"` }
      return (await fetch('/api/v1/workspace', { method: 'PATCH', headers, body: JSON.stringify({ slug: 'nandu' }) })).status
    })
    expect(changed).toBe(200)
    await page.goto(`${origin}${pathname}?tag=old`)
    await expect.poll(() => page.url()).toBe(`${origin}${pathname.replace(/^\/w\/[^/]+/, '/w/nandu')}?tag=old`)
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor()
    await page.goto(`${origin}/w/nobody/contacts`)
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await page.goBack()
  })

  it('speaks another language at once, and forgets everything typed here at sign-out', async () => {
    await page.evaluate(() => localStorage.setItem('frontdesk.draft.anything', '{"name":"Ann"}'))
    // The calendar has a menu of that name too.
    await page.locator('button[aria-haspopup="dialog"]', { hasText: 'More' }).click()
    await page.getByRole('combobox', { name: 'Language' }).selectOption('es')
    await page.getByRole('button', { name: 'Cerrar sesión' }).click()
    await page.getByRole('heading', { name: 'Iniciar sesión' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es')
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')))).toEqual([])
  })
})

type Days = { readonly days: readonly { readonly slots: readonly { readonly start: string }[] }[] }

/** Books the nth free slot as a customer would. */
async function book(name: string, slot: number): Promise<void> {
  const api = bookingLink.replace('/b/', '/api/v1/pages/')
  const { days } = (await (await fetch(`${api}/days`)).json()) as Days
  const start = days.flatMap(({ slots }) => slots)[slot]?.start
  const answer = await fetch(`${api}/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ start, name, email: `${name.split(' ')[0]}@example.com` }),
  })
  expect(answer.status).toBe(201)
}
