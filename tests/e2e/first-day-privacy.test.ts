import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openBrowser } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, untilTrue } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { type MailServer, startMailServer } from '../setup/mail-server.ts'
import { readLetter } from './letters.ts'
import { book, chooseTime, customer, openBusiness, type Person, sitDown, turnToLastDay } from './people.ts'

/** What an owner alone may need for all four on her first day. */
const MOST_MS = 10 * 60_000

let browser: Browser
let desk: RunningDesk
let post: MailServer
let me: Person
let stranger: Person
let link: string
let began: number
const dataFolder = newDataFolder()

beforeAll(async () => {
  browser = await openBrowser()
  post = await startMailServer()
  desk = await startDeskHere({
    dataFolder,
    args: ['--port', '0'],
    env: { SMTP_URL: post.url, MAIL_FROM: 'Salon Nine <desk@salonnine.example>' },
  })
  const setupLink = /http:\/\/\S+\/setup\/[\w-]+/.exec(desk.output())?.[0]
  if (!setupLink) throw new Error(`The start printed no setup link:\n${desk.output()}`)
  began = performance.now()
  me = await sitDown(browser, sizes.desk)
  link = await openBusiness(me, setupLink)
})

afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  await post?.close()
  removeDataFolder(dataFolder)
})

const slug = () => new URL(link).pathname.split('/')[2] ?? ''

/** The clock of the business where it is between one and four at night now: nobody may be bothered there. */
function zoneAtNight(): string {
  const hourIn = (zone: string) => Temporal.Now.zonedDateTimeISO(zone).hour
  const zones = [
    'America/New_York',
    'America/Los_Angeles',
    'Pacific/Honolulu',
    'Asia/Tokyo',
    'Asia/Kolkata',
    'Europe/Paris',
    'America/Sao_Paulo',
    'Pacific/Auckland',
    'Asia/Dubai',
    'Asia/Dhaka',
    'Asia/Shanghai',
    'Pacific/Noumea',
    'Europe/Moscow',
    'Atlantic/Azores',
    'America/Chicago',
  ]
  const found = zones.find((zone) => hourIn(zone) < 6)
  if (!found) throw new Error('It is night nowhere.')
  return found
}

/** Adds somebody with a number, from the keyboard key on. Leaves her card open. */
async function addCaller(name: string, number: string): Promise<void> {
  const { page, fill, press } = me
  await page.goto(`${desk.url}/w/${slug()}/contacts?form=new`)
  await fill('Name', name)
  const field = page.locator('input[type=tel]')
  if ((await field.count()) === 0) await page.getByRole('button', { name: 'Another number' }).click()
  await field.first().fill(number)
  await press('Add')
  await page.waitForURL(/\/contacts\/[0-9a-f-]{36}/)
}

/** The gate's answer for one way, as the card shows it: the word, and everything said with it. */
async function answerOn(page: Page, way: string): Promise<string> {
  const row = page.getByRole('listitem').filter({ hasText: way }).first()
  await row.waitFor()
  return (await row.innerText()).replace(/\s+/g, ' ')
}

/** Changes the business as its settings do. */
async function changeBusiness(change: Readonly<Record<string, string>>): Promise<void> {
  const { request } = me.page
  const own = await request.get(`${desk.url}/api/v1/me`)
  const { workspaces } = (await own.json()) as { workspaces: readonly { id: string; slug: string }[] }
  const id = workspaces.find((one) => one.slug === slug())?.id ?? ''
  const headers = { origin: desk.url, 'frontdesk-workspace': id }
  const { version } = (await (await request.get(`${desk.url}/api/v1/workspace`, { headers })).json()) as { version: number }
  const answer = await request.patch(`${desk.url}/api/v1/workspace`, { headers: { ...headers, 'if-match': `"${version}"` }, data: change })
  expect(answer.status(), await answer.text()).toBe(200)
}

describe('an owner alone on her first day', () => {
  it('calls back whoever called and reached nobody; each refusal names the step that allows it', async () => {
    const { page, press } = me
    await addCaller('Maya Brooks', '+1 207 555 0133')
    expect(await answerOn(page, 'Call to answer')).toMatch(/Call to answer No/)
    await page.getByRole('tab', { name: 'Consents' }).click()
    await press('Note a missed call')
    await page.getByText('Noted. Maya Brooks may be called back.').waitFor()
    await expect.poll(() => answerOn(page, 'Call to answer')).toMatch(/Call to answer Yes/)
  })

  it('writes to a customer who booked', async () => {
    stranger = await sitDown(browser, sizes.desk)
    await book(stranger, link)
    const { page } = me
    await page.goto(`${desk.url}/w/${slug()}/contacts?q=${encodeURIComponent(customer.email)}`)
    await page
      .getByRole('link', { name: new RegExp(customer.name) })
      .first()
      .click()
    expect(await answerOn(page, 'Mail about bookings')).toMatch(/Mail about bookings Yes/)
  })

  it('has a booking change told at night: calling hours are no reason to let her come for nothing', async () => {
    await changeBusiness({ zone: zoneAtNight() })
    const arrived = () => post.arrived.filter(({ to }) => to.includes(customer.email))
    await untilTrue(() => arrived().length >= 1, 'the confirmation', 30_000)
    const [first] = arrived()
    if (!first) throw new Error('There is no confirmation.')
    const { links, text } = await readLetter(first)
    expect(text).toContain('/preferences/')
    await stranger.page.goto(links.find((one) => one.includes('/m/')) ?? '')
    await stranger.press('Move', 'link')
    await turnToLastDay(stranger)
    await chooseTime(stranger, -1)
    await stranger.press('Move it')
    await stranger.page.getByRole('heading', { name: 'Your appointment is moved' }).waitFor()
    await untilTrue(() => arrived().length >= 2, 'the change by mail', 30_000)
  })

  it('records one written consent, and an AI may call; before, the refusal leads there', async () => {
    const { page, press } = me
    const way = 'Call by an artificial voice with offers'
    await addCaller('Cora Vance', '+1 207 555 0144')
    const before = await answerOn(page, way)
    expect(before).toContain(`${way} No`)
    expect(before).toContain('Ask Cora Vance for consent first.')
    await page.getByRole('listitem').filter({ hasText: way }).getByRole('link', { name: 'Record a consent' }).click()
    await press('Record a consent')
    await page.getByRole('dialog').getByText('On paper', { exact: true }).click()
    await page.getByLabel('To what').selectOption({ label: 'Calls with offers, also by an AI' })
    await page.getByText('This must stand on the paper:').waitFor()
    await page.getByLabel('Photo or scan of the paper').setInputFiles({ name: 'paper.png', mimeType: 'image/png', buffer: paper })
    await press('Record it')
    await page.getByText('Recorded: Call with offers.').waitFor()
    // What is still in the way is named one after another: offers show a number that somebody answers.
    await expect.poll(() => answerOn(page, way)).toContain('Give our number')
    await changeBusiness({ phone: '+1 207 555 0118' })
    await page.reload()
    // By the clock of her area code: an offer waits for the morning, and says until when.
    await expect.poll(() => answerOn(page, way)).toMatch(new RegExp(`${way} (Yes|Not yet)`))
    const took = performance.now() - began
    console.log(`All four in ${Math.round(took / 1000)} s`)
    expect(took).toBeLessThan(MOST_MS)
    expect(me.complaints).toEqual([])
  })
})

/** The smallest picture there is. */
const paper = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
