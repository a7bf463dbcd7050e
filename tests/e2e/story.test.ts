import { createTransport } from 'nodemailer'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../scripts/testing/free-port.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk, untilTrue } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { type HttpsProxy, startHttpsProxy } from '../setup/https-proxy.ts'
import { type MailServer, startMailServer } from '../setup/mail-server.ts'
import { type Letter, readCalendar, readLetter } from './letters.ts'
import { book, byKeyboard, chooseTime, customer, openBusiness, owner, type Person, signIn, sitDown, turnToLastDay } from './people.ts'

/** What a newcomer may be asked for, and how long she may need (both until a stranger is booked). */
const MOST_INPUTS = 12
const MOST_MS = 120_000
/** Until another browser shows what was booked. */
const LIVE_MS = 1_000

let browser: Browser
const ends: (() => Promise<unknown> | unknown)[] = []
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  for (const end of ends.reverse()) await end()
})

type Stage = { readonly desk: RunningDesk; readonly proxy: HttpsProxy; readonly setupLink: string }

/** A fresh desk behind a proxy that ends TLS, as strangers reach it; with its own PostgreSQL unless another start is given. */
async function setStage(env: Readonly<Record<string, string>>, start: typeof startDeskHere | typeof startDesk = startDesk): Promise<Stage> {
  const proxy = await startHttpsProxy()
  const dataFolder = newDataFolder()
  const desk = await start({ dataFolder, env: { TRUSTED_PROXY: '127.0.0.1', PUBLIC_URL: proxy.url, ...env } })
  proxy.leadTo(desk.url)
  ends.push(
    () => removeDataFolder(dataFolder),
    () => proxy.close(),
    () => desk.stop(),
  )
  const setupLink = /https:\/\/\S+\/setup\/[\w-]+/.exec(desk.output())?.[0]
  if (!setupLink) throw new Error(`The start printed no setup link:\n${desk.output()}`)
  return { desk, proxy, setupLink }
}

/** Notes when a calendar shows somebody, by the clock of this machine. */
const whenShown = (page: Page, name: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const links = [...document.querySelectorAll('a[href*="booking="]')]
          if (links.some((link) => `${link.getAttribute('aria-label')} ${link.textContent}`.includes(wanted))) resolve(Date.now())
        }
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
        look()
      }),
    name,
  )

/** The calendar of the owner's other browser, at the days that are booked, listening. */
async function openCalendar(second: Person, origin: string, link: string): Promise<void> {
  await signIn(second, origin, owner)
  const days = await second.page.request.get(`${origin}/api/v1/pages/${new URL(link).pathname.split('/').slice(2).join('/')}/days?days=14`)
  const { days: found } = (await days.json()) as { days: { date: string; slots: unknown[] }[] }
  const first = found.find(({ slots }) => slots.length > 0)
  const listening = second.page.waitForResponse(/\/api\/v1\/stream/)
  await second.page.goto(`${origin}/w/${new URL(link).pathname.split('/')[2]}/calendar?date=${first?.date}`)
  await listening
  await second.page
    .getByRole('group', { name: /day, / })
    .or(second.page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor()
}

const lettersTo = async (post: MailServer, address: string, count: number): Promise<readonly Letter[]> => {
  const mails = () => post.arrived.filter(({ to }) => to.includes(address))
  await untilTrue(() => mails().length >= count, `mail ${count} to ${address}`, 30_000)
  return Promise.all(mails().map(readLetter))
}

describe.each([
  ['a phone', sizes.phone],
  ['a desk', sizes.desk],
])('a newcomer at %s', (_, size) => {
  let post: MailServer
  let stage: Stage
  let stranger: Person
  let receiverPort: number
  let slug: string

  beforeAll(async () => {
    post = await startMailServer()
    ends.push(() => post.close())
    receiverPort = await freePort()
    stage = await setStage(
      {
        SMTP_URL: post.url,
        MAIL_FROM: 'Salon Nine <desk@salonnine.example>',
        SMTP_RECEIVER_PORT: String(receiverPort),
      },
      startDeskHere,
    )
  })

  it('is booked by a stranger over HTTPS within two minutes and twelve inputs, and sees it at once', async () => {
    const began = performance.now()
    const newcomer = await sitDown(browser, size)
    const link = await openBusiness(newcomer, stage.setupLink)
    const setUp = performance.now() - began
    expect(link).toMatch(new RegExp(`^${stage.proxy.url}/b/`))
    slug = new URL(link).pathname.split('/')[2] ?? ''

    const second = await sitDown(browser, sizes.desk)
    await openCalendar(second, stage.proxy.url, link)
    const shown = whenShown(second.page, customer.name)

    const resumed = performance.now()
    stranger = await sitDown(browser, size)
    const { time, answeredAt } = await book(stranger, link)
    const took = setUp + (performance.now() - resumed)
    const until = (await shown) - answeredAt
    console.log(`${Math.round(took / 100) / 10} s, ${newcomer.inputs() + stranger.inputs()} inputs; shown after ${until} ms`)

    expect(time).toMatch(/^\w+day, \w+ \d+, \d+:\d+ [AP]M, with Dana Whitfield$/)
    expect(took).toBeLessThan(MOST_MS)
    expect(newcomer.inputs() + stranger.inputs()).toBeLessThanOrEqual(MOST_INPUTS)
    expect(until).toBeLessThan(LIVE_MS)
    for (const { complaints, close } of [newcomer, second]) {
      expect(complaints).toEqual([])
      await close()
    }
  })

  it('has the stranger written to: a mail with a calendar file that another program reads', async () => {
    const [letter] = await lettersTo(post, customer.email, 1)
    const entry = letter?.appointment
    expect(entry).toMatchObject({ method: 'REQUEST', sequence: 0, status: 'CONFIRMED' })
    expect(entry?.summary).toContain('First visit')
    expect(entry?.attendees).toEqual([`mailto:${customer.email}`])
    expect(entry?.end.since(entry.start).total('minutes')).toBe(30)
    expect(letter?.links.some((link) => link.startsWith(`${stage.proxy.url}/m/`))).toBe(true)
    const [told] = await lettersTo(post, owner.email, 1)
    expect(told?.text).toContain(customer.name)
  })

  it('keeps the appointment when its links are only opened', async () => {
    const [letter] = await lettersTo(post, customer.email, 1)
    const link = letter?.links.find((one) => one.includes('/m/')) ?? ''
    const before = (await stranger.page.request.get(`${link}/calendar.ics`)).text()
    const { page } = stranger
    await page.goto(link)
    for (const way of ['Move', 'Cancel']) {
      await page.getByRole('link', { name: way, exact: true }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.goto(link)
    }
    const after = readCalendar(await (await page.request.get(`${link}/calendar.ics`)).text())
    expect(after.start.toString()).toBe(readCalendar(await before).start.toString())
    expect(after.status).toBe('CONFIRMED')
  })

  it('lets the stranger move it and cancel it with the links of her mails', async () => {
    const { page, press, fill } = stranger
    const [confirmed] = await lettersTo(post, customer.email, 1)
    await page.goto(confirmed?.links.find((one) => one.includes('/m/')) ?? '')
    await press('Move', 'link')
    await turnToLastDay(stranger)
    await chooseTime(stranger, -1)
    await page.getByRole('heading', { name: 'Move your appointment?' }).waitFor()
    await press('Move it')
    await page.getByRole('heading', { name: 'Your appointment is moved' }).waitFor()
    const [, moved] = await lettersTo(post, customer.email, 2)
    expect(moved?.appointment).toMatchObject({ method: 'REQUEST', uid: confirmed?.appointment?.uid, sequence: 1, status: 'CONFIRMED' })
    expect(moved?.appointment?.start.toString()).not.toBe(confirmed?.appointment?.start.toString())

    await page.goto(moved?.links.find((one) => one.includes('/m/')) ?? '')
    await press('Cancel', 'link')
    await fill(/^Reason/, 'I caught a cold.')
    await press('Cancel the appointment')
    await page.getByRole('heading', { name: 'Your appointment is cancelled' }).waitFor()
    const [, , cancelled] = await lettersTo(post, customer.email, 3)
    expect(cancelled?.appointment).toMatchObject({ method: 'CANCEL', uid: confirmed?.appointment?.uid, sequence: 2, status: 'CANCELLED' })
    expect(stranger.complaints).toEqual([])
    await stranger.close()
  })

  it('finds the answer to a mail on the timeline of whoever wrote it', async () => {
    const [letter] = await lettersTo(post, customer.email, 1)
    const mailer = createTransport({ host: '127.0.0.1', port: receiverPort, secure: false, ignoreTLS: true })
    await mailer.sendMail({
      from: { name: customer.name, address: customer.email },
      to: letter?.replyTo ?? '',
      subject: `Re: ${letter?.subject}`,
      inReplyTo: letter?.messageId ?? '',
      references: letter?.messageId ?? '',
      text: 'May I bring my dog?',
    })
    mailer.close()
    const desk = await sitDown(browser, size)
    await signIn(desk, stage.proxy.url, owner)
    await desk.page.goto(`${stage.proxy.url}/w/${slug}/contacts`)
    await desk.page
      .getByRole('link', { name: new RegExp(`^.?${customer.name}`) })
      .first()
      .click()
    await desk.page
      .getByText(/wrote: Re: First visit/)
      .first()
      .waitFor()
    await desk.page.goto(`${stage.proxy.url}/w/${slug}/inbox`)
    await desk.page.getByText('May I bring my dog?').first().waitFor()
    expect(desk.complaints).toEqual([])
    await desk.close()
  })
})

describe('without a mail server, and with the keyboard alone', () => {
  it('the page itself gives the calendar file and the link to change it, and the owner is told', async () => {
    const { proxy, setupLink } = await setStage({})
    const newcomer = await sitDown(browser, sizes.desk, byKeyboard)
    const link = await openBusiness(newcomer, setupLink)
    await newcomer.page.getByText(/Confirmations wait in the outbox/).waitFor()

    const stranger = await sitDown(browser, sizes.desk, byKeyboard)
    const { time } = await book(stranger, link)
    await stranger.page.getByText('This business sends no mail.').waitFor()
    const downloading = stranger.page.waitForEvent('download')
    await stranger.press('Add to my calendar', 'link')
    const stream = await (await downloading).createReadStream()
    const entry = readCalendar(Buffer.concat(await stream.toArray()).toString('utf8'))
    expect(entry).toMatchObject({ method: 'PUBLISH', status: 'CONFIRMED' })
    const kept = await stranger.page.getByRole('textbox', { name: 'Your link to this page' }).inputValue()
    expect(kept).toMatch(new RegExp(`^${proxy.url}/m/`))

    // The owner sees it in her calendar and opens it.
    await newcomer.press('Go to your desk', 'link')
    await newcomer.page.getByText('Customers receive no mail yet.').waitFor()
    await newcomer.page.goto(
      `${newcomer.page.url().split('?')[0]}?date=${entry.start.toZonedDateTimeISO('America/New_York').toPlainDate()}`,
    )
    const day = time.split(', ').slice(0, 2).join(', ')
    await newcomer.press(new RegExp(`${customer.name}.*First visit, ${day}`), 'link')
    await newcomer.page.getByRole('heading', { name: 'Booking' }).waitFor()

    // The stranger moves it, then cancels it, in another browser.
    const elsewhere = await sitDown(browser, sizes.desk, byKeyboard)
    await elsewhere.page.goto(kept)
    await elsewhere.press('Move', 'link')
    await turnToLastDay(elsewhere)
    await chooseTime(elsewhere, 2)
    await elsewhere.press('Move it')
    await elsewhere.page.getByRole('heading', { name: 'Your appointment is moved' }).waitFor()
    await elsewhere.press('Cancel', 'link')
    await elsewhere.press('Cancel the appointment')
    await elsewhere.page.getByRole('heading', { name: 'Your appointment is cancelled' }).waitFor()

    await newcomer.press('Outbox', 'link')
    await newcomer.page.getByText(customer.email).first().waitFor()
    for (const { complaints } of [newcomer, stranger, elsewhere]) expect(complaints).toEqual([])
  })
})
