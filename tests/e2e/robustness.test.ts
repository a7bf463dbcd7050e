import { randomUUID } from 'node:crypto'
import { get } from 'node:http'
import path from 'node:path'
import type { ServiceId } from '@frontdesk/contract'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import { observatoryScore } from '../../apps/server/src/platform/http/observatory-score.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, openWindow, sidewaysScroll } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { addService, becomeOwner, browserOf, ownerAccount } from '../setup/owner.ts'
import { chooseTime, openTimes, signIn, sitDown, timeName } from './people.ts'

/** Script over the wire until the first screen stands, and until a customer can choose a time. */
const MOST_DESK_SCRIPT = 150_000
const MOST_PAGE_SCRIPT = 60_000

type Owner = Awaited<ReturnType<typeof becomeOwner>>

let browser: Browser
let desk: RunningDesk
let owner: Owner
let link: string
let serviceId: ServiceId
let page: { readonly workspaceSlug: string; readonly serviceSlug: string }
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDeskHere({ dataFolder, env: { TRUSTED_PROXY: '127.0.0.1' } })])
  owner = await becomeOwner(desk)
  const hours = await owner.call('GET /opening-hours')
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '20:00' }))
  await owner.call('PUT /opening-hours', { body: { weekly, exceptions: [], holidaySet: null }, version: hours.version })
  const service = await addService(owner, { name: 'First visit', durationMinutes: 30 })
  serviceId = service.id
  page = { workspaceSlug: owner.workspace.slug, serviceSlug: service.slug }
  link = `${desk.url}/b/${page.workspaceSlug}/${page.serviceSlug}`
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

/** A stranger at the form, with a time chosen. */
async function atTheForm(options: BrowserContextOptions = sizes.phone, date?: string) {
  const stranger = await sitDown(browser, options)
  await openTimes(stranger, date ? `${link}?date=${date}&zone=America/New_York` : link)
  const time = await chooseTime(stranger)
  await stranger.page.getByRole('heading', { name: 'Your details' }).waitFor()
  return { ...stranger, time, start: new URL(stranger.page.url()).searchParams.get('start') ?? '' }
}

async function bookingsOf(email: string): Promise<readonly { readonly start: string; readonly contact: string }[]> {
  const { items } = await owner.call('GET /contacts/search', { query: { q: email } })
  const from = Temporal.Now.instant().subtract({ hours: 24 })
  const query = { from: from.toString(), to: from.add({ hours: 24 * 99 }).toString(), limit: 200 }
  const bookings = await owner.call('GET /bookings', { query })
  return bookings.items
    .filter(({ contact }) => items.some(({ id }) => id === contact.id))
    .map(({ start, contact }) => ({ start, contact: contact.name }))
}

const bookByApi = (start: string, name: string, email: string) =>
  browserOf(desk.url).call('POST /pages/{workspaceSlug}/{serviceSlug}/bookings', {
    params: page,
    body: { start, name, email },
    idempotencyKey: randomUUID(),
  })

/** The desk has the last word, also over a time that a page keeps. */
const bookAtTheDesk = (start: string, name: string, email: string) =>
  owner.call('POST /bookings', {
    body: { serviceId, start, contact: { name, email }, notify: false, outsideHours: true },
    idempotencyKey: randomUUID(),
  })

describe('a customer', () => {
  it('books without script', async () => {
    const stranger = await sitDown(browser, { ...sizes.phone, javaScriptEnabled: false })
    await stranger.page.goto(link)
    await chooseTime(stranger)
    await stranger.fill('Name', 'Plain Jane')
    await stranger.fill('Email', 'jane@example.com')
    await stranger.press(/^Book /)
    await stranger.page.getByRole('heading', { name: 'You are booked' }).waitFor()
    expect(await bookingsOf('jane@example.com')).toHaveLength(1)
    await stranger.close()
  })

  it('is told by name what is missing, without script, and everything typed is kept', async () => {
    const stranger = await sitDown(browser, { ...sizes.phone, javaScriptEnabled: false })
    await stranger.page.goto(link)
    await chooseTime(stranger)
    await stranger.fill('Name', 'Jo')
    await stranger.fill('Email', 'jo at example')
    await stranger.press(/^Book /)
    await stranger.page.getByRole('heading', { name: 'One thing is missing or not right' }).waitFor()
    expect(await stranger.page.getByLabel('Name').inputValue()).toBe('Jo')
    expect(await stranger.page.getByLabel('Email').inputValue()).toBe('jo at example')
    await stranger.close()
  })

  it('is booked once, however often she presses', async () => {
    const { page: form, fill, close } = await atTheForm(sizes.desk)
    await fill('Name', 'Impatient Ida')
    await fill('Email', 'ida@example.com')
    const action = new URL((await form.locator('form[method=post]').getAttribute('action')) ?? '', desk.url).href
    const sent = await form
      .locator('form[method=post]')
      .evaluate((element) => Object.fromEntries([...new FormData(element as HTMLFormElement)].map(([key, value]) => [key, String(value)])))
    await form.getByRole('button', { name: /^Book / }).dblclick()
    await form.getByRole('heading', { name: 'You are booked' }).waitFor()
    // And the same form once more, as a browser sends it after "reload".
    const again = await form.request.post(action, { form: sent, maxRedirects: 0, headers: { origin: desk.url } })
    expect(again.status()).toBe(303)
    expect(await bookingsOf('ida@example.com')).toHaveLength(1)
    await close()
  })

  it('is offered other times when hers was taken meanwhile, and types nothing twice', async () => {
    const { page: form, fill, press, start, close } = await atTheForm()
    await fill('Name', 'Slow Sally')
    await fill('Email', 'sally@example.com')
    await fill(/^Anything we should know/, 'My dog comes along. 🐕')
    await bookAtTheDesk(start, 'Fast Fred', 'fred@example.com')
    await press(/^Book /)
    await form.getByRole('alert').getByText('Your entries are kept. Choose another time:', { exact: false }).waitFor()
    expect(await form.getByLabel('Name').inputValue()).toBe('Slow Sally')
    expect(await form.getByLabel(/^Anything we should know/).inputValue()).toBe('My dog comes along. 🐕')
    await form.getByRole('radio', { name: timeName }).first().check()
    await press('Book this time')
    await form.getByRole('heading', { name: 'You are booked' }).waitFor()
    expect(await bookingsOf('sally@example.com')).toHaveLength(1)
    await close()
  })

  it('loses no word when the connection breaks', async () => {
    const { page: form, fill, close } = await atTheForm()
    await fill('Name', 'Olga Offline')
    await fill('Email', 'olga@example.com')
    await form.context().setOffline(true)
    await form
      .getByRole('button', { name: /^Book / })
      .click()
      .catch(() => undefined) // the browser's own page of failure comes instead
    await form.waitForURL(/chrome-error:/).catch(() => undefined)
    await form.context().setOffline(false)
    await form.goBack().catch(() => undefined)
    if (!form.url().startsWith(link)) await form.goto(link)
    await form.getByRole('heading', { level: 1 }).waitFor()
    if (!form.url().includes('/details')) await form.getByRole('button', { name: timeName }).first().click()
    await form.getByRole('heading', { name: 'Your details' }).waitFor()
    expect(await form.getByLabel('Name').inputValue()).toBe('Olga Offline')
    expect(await form.getByLabel('Email').inputValue()).toBe('olga@example.com')
    await close()
  })

  it.each([
    ['emoji', 'Zoë 👩🏽‍🦽 Brontë', 'zoe@example.com'],
    ['a name from right to left', 'נועה ברק', 'noa@example.com'],
    ['a very long name', `Hubert ${'Wolfeschlegelsteinhausen'.repeat(4)}`, 'hubert@example.com'],
  ])('may be called as she is: %s', async (_, name, email) => {
    const { page: form, fill, press, close } = await atTheForm()
    await fill('Name', name)
    await fill('Email', email)
    await press(/^Book /)
    await form.getByRole('heading', { name: 'You are booked' }).waitFor()
    expect(await sidewaysScroll(form)).toBe(0)
    expect((await bookingsOf(email)).map(({ contact }) => contact)).toEqual([name])
    await close()
  })

  it('with a forged or an outlived link is told so, and sees nothing of anybody', async () => {
    const { manageUrl } = await bookByApi((await freeStart()) ?? '', 'Ann', 'ann@example.com')
    const token = new URL(manageUrl).pathname.split('/').at(-1) ?? ''
    const keys = openKeys(path.join(dataFolder, 'keys'), Temporal.Now.instant())
    const now = Temporal.Now.instant()
    const outlived = keys.signLink(
      {
        purpose: 'booking',
        workspaceId: owner.workspace.id,
        subjectId: randomUUID(),
        expiresAt: now.subtract({ hours: 48 }),
        allows: ['view'],
      },
      now.subtract({ hours: 96 }),
    )
    const forged = `${token.slice(0, -6)}${token.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`
    const { page: stranger, complaints, close } = await openWindow(browser, sizes.phone)
    for (const wrong of [forged, outlived, 'nothing']) {
      const answer = await stranger.goto(`${desk.url}/m/${wrong}`)
      expect(answer?.status()).toBeGreaterThanOrEqual(400)
      expect(answer?.status()).toBeLessThan(500)
      await stranger.getByRole('heading', { name: 'This link is not valid any more' }).waitFor()
      expect(await stranger.getByText('Ann').count()).toBe(0)
    }
    expect(complaints).toEqual([])
    await close()
  })

  it('chooses among the hours that there are on the day the clocks go forward, and is told of it', async () => {
    const spring = nextSpringForward()
    const { page: times, close } = await openWindow(browser, sizes.desk)
    await times.goto(`${link}?date=${spring}&zone=America/New_York`)
    await times.getByText(/Clocks go forward by 1 hour at 2:00/).waitFor()
    const names = await times.getByRole('button', { name: timeName }).evaluateAll((all) => all.map((one) => one.textContent?.trim() ?? ''))
    expect(names).toContain('1:30 AM')
    expect(names).toContain('3:00 AM')
    expect(names.filter((name) => /^2:\d\d AM/.test(name))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
    await close()
    const booked = await atTheForm(sizes.phone, spring.toString())
    await booked.fill('Name', 'Spring Sue')
    await booked.fill('Email', 'sue@example.com')
    await booked.press(/^Book /)
    await booked.page.getByRole('heading', { name: 'You are booked' }).waitFor()
    await booked.close()
  })
})

describe('whoever works at the desk', () => {
  it('is told when the connection is gone, keeps what she has typed, and goes on when it is back', async () => {
    const person = await sitDown(browser, sizes.desk)
    const { page: screen } = person
    await signIn(person, desk.url, ownerAccount)
    await screen.goto(`${desk.url}/w/${owner.workspace.slug}/contacts?form=new`)
    const name = screen.getByRole('textbox', { name: 'Name', exact: true })
    await name.fill('Ruth Adler')
    await screen.context().setOffline(true)
    await screen.getByText('No connection.').waitFor()
    await screen
      .getByRole('textbox', { name: /^(Mail|Email)/ })
      .first()
      .fill('ruth@example.com')
    await screen.context().setOffline(false)
    await screen.getByText('No connection.').waitFor({ state: 'detached' })
    await screen.reload()
    await expect.poll(() => name.inputValue(), { timeout: 10_000 }).toBe('Ruth Adler')
    expect(
      await screen
        .getByRole('textbox', { name: /^(Mail|Email)/ })
        .first()
        .inputValue(),
    ).toBe('ruth@example.com')
    expect(person.complaints).toEqual([])
    await person.close()
  })
})

describe('over the wire', () => {
  it.each([['gzip'], ['br, gzip']])('the first load brings at most 150 kB of script (%s)', async (encoding) => {
    const { page: first, close } = await openWindow(browser, { ...sizes.desk, serviceWorkers: 'block' })
    const bytes = await scriptBytes(first, () => first.goto(`${desk.url}/sign-in`), encoding)
    console.log(`signing in: ${bytes} bytes of script (${encoding})`)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(MOST_DESK_SCRIPT)
    await close()
  })

  it('the calendar with all that it needs brings at most 150 kB of script', async () => {
    const person = await sitDown(browser, sizes.desk)
    await signIn(person, desk.url, ownerAccount)
    const storageState = await person.page.context().storageState()
    await person.close()
    const { page: first, close } = await openWindow(browser, { ...sizes.desk, storageState, serviceWorkers: 'block' })
    const bytes = await scriptBytes(first, () => first.goto(`${desk.url}/w/${owner.workspace.slug}/calendar`), 'br, gzip')
    console.log(`the calendar: ${bytes} bytes of script`)
    expect(bytes).toBeLessThanOrEqual(MOST_DESK_SCRIPT)
    await close()
  })

  it('a booking page brings at most 60 kB of script', async () => {
    const { page: first, close } = await openWindow(browser, sizes.phone)
    const bytes = await scriptBytes(first, () => first.goto(link), 'gzip')
    console.log(`the booking page: ${bytes} bytes of script`)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(MOST_PAGE_SCRIPT)
    await close()
  })

  it.each([['/sign-in'], ['/api/docs'], ['/api/openapi.json'], ['/api/problems/scheduling/slot-taken'], ['/stop/nothing'], ['/api/v1/me']])(
    '%s is A+ by the published criteria of the Observatory',
    async (address) => {
      expect(await scoreOf(address)).toMatchObject({ grade: 'A+' })
    },
  )

  // The exceptions: pages that a business shows inside its own site, and their refusals.
  it.each([
    ['the list of services', () => `/b/${page.workspaceSlug}`],
    ['a booking page', () => new URL(link).pathname],
    ['a booking page that is not there', () => '/b/nobody'],
    ['a link that is not valid', () => '/m/nothing'],
  ])('%s is A+ but for the framing that it is made for', async (_, address) => {
    const { score, tests } = await scoreOf(address())
    const framing = tests.filter(({ result }) => result.startsWith('x-frame-options')).reduce((sum, { points }) => sum + points, 0)
    expect(score - Math.min(framing, 0)).toBeGreaterThanOrEqual(100)
  })
})

async function scoreOf(address: string) {
  const answer = await fetch(desk.url + address, { headers: { 'x-forwarded-proto': 'https', accept: 'text/html' } })
  const html = answer.headers.get('content-type')?.includes('html') ? await answer.text() : ''
  return observatoryScore({ headers: Object.fromEntries(answer.headers), html, plainHttp: 'leads-to-https' })
}

/** Bytes of script that a browser fetches until the first heading stands, as they come over the wire in an encoding. */
async function scriptBytes(page: Page, go: () => Promise<unknown>, encoding: string): Promise<number> {
  const scripts = new Set<string>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(response.url())
  })
  await go()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('load')
  const sizes = await Promise.all([...scripts].map((url) => bytesOf(url, encoding)))
  return sizes.reduce((sum, size) => sum + size, 0)
}

const bytesOf = (url: string, encoding: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (answer) => {
      answer.toArray().then((parts) => resolve(Buffer.concat(parts).length), reject)
    }).on('error', reject)
  })

async function freeStart(): Promise<string | undefined> {
  const { days } = await owner.call('GET /pages/{workspaceSlug}/{serviceSlug}/days', { params: page, query: { days: 7 } })
  return days.flatMap(({ slots }) => slots).at(-1)?.start
}

/** The next day on which New York's clocks go forward. */
function nextSpringForward(): Temporal.PlainDate {
  let at = Temporal.Now.zonedDateTimeISO('America/New_York')
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next) throw new Error('New York changes its clocks no more.')
    if (next.offsetNanoseconds > next.subtract({ nanoseconds: 1 }).offsetNanoseconds) return next.toPlainDate()
    at = next
  }
}
