import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openWindow, sidewaysScroll } from '../setup/chromium.ts'
import { addService } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'
import { ownedDesk } from './owned-desk.ts'

const desk = ownedDesk({ prepare: (owner) => addService(owner, { name: 'Check-up', durationMinutes: 30 }) })

/** A business's own site, on another host than the desk, with a policy as strict as one can be. */
let site: Server
let other = ''
const pages = new Map<string, string>()
beforeAll(async () => {
  site = createServer((request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${desk.url}; frame-src ${desk.url}`,
    })
    response.end(
      `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title></head><body><h1>Our shop</h1>${pages.get(request.url ?? '') ?? ''}</body></html>`,
    )
  })
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
  other = `http://${new URL(desk.url).hostname === '127.0.0.1' ? 'localhost' : '127.0.0.1'}:${(site.address() as AddressInfo).port}`
})
afterAll(() => site?.close())

const facts = () => `data-business="${desk.slug}" data-service="check-up" data-theme="light"`

async function allow(sites: string[]): Promise<void> {
  const { version } = await desk.owner.call('GET /booking-page')
  await desk.owner.call('PUT /booking-page', { body: { sites }, version })
}

/** Goes the whole way inside a frame, with what the site filled in. */
async function book(frame: Frame): Promise<void> {
  await frame.getByRole('button', { name: /with / }).first().click()
  await frame.getByRole('heading', { name: 'Your details' }).waitFor()
  await frame.waitForFunction(() => (document.querySelector('[name=email]') as HTMLInputElement | null)?.value !== '')
  expect(await frame.getByLabel('Name').inputValue()).toBe('Zoë')
  expect(frame.url()).not.toContain('zoe')
  await frame.getByRole('button', { name: /^Book / }).click()
  await frame.getByRole('heading', { name: 'You are booked' }).waitFor()
}

const frameOf = async (page: Page): Promise<Frame> => {
  const element = await page.locator('iframe').first().elementHandle()
  const frame = await element?.contentFrame()
  if (!frame) throw new Error('There is no frame.')
  return frame
}

const told = (page: Page) =>
  page.evaluate(() => {
    const seen: unknown[] = []
    for (const name of ['booked', 'closed'])
      document.addEventListener(`frontdesk:${name}`, (event) => seen.push([name, (event as CustomEvent).detail]))
    Object.assign(globalThis, { seen })
  })
const seen = (page: Page) => page.evaluate(() => (globalThis as unknown as { seen: unknown[] }).seen)

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

it('a site that the owner did not name shows nothing of the pages', { timeout: 60_000 }, async () => {
  pages.set('/inline', `<script src="${desk.url}/embed.js" ${facts()}></script>`)
  const { page, close } = await openWindow(desk.browser, sizes.desk)
  await page.goto(`${other}/inline`)
  await page.waitForTimeout(1500)
  const inner = page.frames()[1]
  expect(await inner?.getByText('When suits you?').count()).toBe(0)
  await close()
})

it('in the page: as high as it is, filled in, booked, and the site hears of it without a name', { timeout: 90_000 }, async () => {
  await allow([other])
  const { script } = await desk.owner.call('GET /booking-page')
  pages.set(
    '/whole',
    `<script src="${desk.url}${script.path}" integrity="${script.integrity}" crossorigin="anonymous" ${facts()} data-name="Zoë" data-email="zoe@example.com" data-colour="#ad2e6e"></script>`,
  )
  for (const size of [sizes.desk, sizes.phone]) {
    const { page, complaints, close } = await openWindow(desk.browser, size)
    await page.goto(`${other}/whole`)
    await told(page)
    const frame = await frameOf(page)
    await frame.getByRole('heading', { name: 'When suits you?' }).waitFor()
    await expect.poll(() => frame.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThan(2)
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    expect(await seriousFindings(page)).toEqual([])
    await picture(page, `embed-inline-${size === sizes.phone ? 'phone' : 'desk'}`)
    await book(frame)
    await expect.poll(() => seen(page)).toEqual([['booked', { business: desk.slug, service: 'check-up' }]])
    // Browsers let no frame of another site take the focus by itself; the script moves it once she has touched the page.
    expect(complaints.filter((line) => !line.startsWith('Blocked autofocusing'))).toEqual([])
    await close()
  }
})

it.each(['popup', 'button'])(
  'as a %s: a real dialog that keeps the focus, closes by Escape in the frame too, and gives the focus back',
  {
    timeout: 90_000,
  },
  async (mode) => {
    await allow([other])
    pages.set(
      '/dialog',
      `<p><a href="#">Before</a></p><script src="${desk.url}/embed.js" ${facts()} data-mode="${mode}" data-name="Zoë" data-email="zoe@example.com"></script><p><a href="#" data-frontdesk-book>Book by a link</a></p>`,
    )
    for (const size of [sizes.desk, sizes.phone]) {
      const { page, complaints, close } = await openWindow(desk.browser, size)
      await page.goto(`${other}/dialog`)
      await told(page)
      const opener = page.getByRole('button', { name: 'Book a time' })
      await opener.focus()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Booking' })
      await dialog.waitFor()
      const frame = await frameOf(page)
      await frame.getByRole('heading', { name: 'When suits you?' }).waitFor()
      expect(await seriousFindings(page)).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, `embed-${mode}-${size === sizes.phone ? 'phone' : 'desk'}`)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(() => opener.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button)).toBe(true)

      await page.getByRole('link', { name: 'Book by a link' }).click()
      const again = await frameOf(page)
      await again.getByRole('heading', { name: 'When suits you?' }).waitFor()
      await again.getByRole('link', { name: /All services/ }).focus()
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Book by a link')
      await expect.poll(async () => (await seen(page)).length).toBe(2)
      expect(complaints).toEqual([])
      await close()
    }
  },
)

it('is set up in the settings: sites, the line to copy, and a preview of each way', { timeout: 90_000 }, async () => {
  await allow([])
  const { page, complaints, close } = await desk.window(sizes.desk)
  await page.goto(`${desk.home}/settings/website`)
  await page.getByText('No site may show it yet.').waitFor()
  await page.getByLabel('Sites', { exact: true }).fill('not a site')
  await page.getByRole('button', { name: 'Save' }).click()
  await page
    .getByText(/is not a site that can be allowed/)
    .last()
    .waitFor()
  await page.getByLabel('Sites', { exact: true }).fill('example.com/our-shop')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').first().waitFor()
  expect((await desk.owner.call('GET /booking-page')).sites).toEqual(['https://example.com'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await desk.owner.call('GET /booking-page')).sites).toEqual([])

  for (const [mode, heading] of [
    ['In the page', 'What would you like to book?'],
    ['Button', undefined],
    ['Floating button', undefined],
  ] as const) {
    await page.getByRole('radio', { name: mode, exact: true }).check()
    await page.locator('iframe[title="Preview"]').scrollIntoViewIfNeeded()
    const preview = page.frameLocator('iframe[title="Preview"]')
    if (heading) await preview.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor()
    else {
      await preview.getByRole('button', { name: 'Book a time' }).click()
      await preview.getByRole('dialog').frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor()
    }
    await picture(page, `website-${mode.replaceAll(' ', '-').toLowerCase()}`)
  }
  expect(await page.getByLabel('Line to copy').inputValue()).toContain('integrity="sha384-')
  expect(complaints).toEqual([])
  await close()
})
