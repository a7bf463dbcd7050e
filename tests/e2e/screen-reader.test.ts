import { randomUUID } from 'node:crypto'
import { ApiProblem } from '@frontdesk/contract/client'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Place } from '../../scripts/screens/screens.ts'
import { enter, findPlace } from '../../scripts/screens/visit.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { browserOf } from '../setup/owner.ts'
import { openTree, type Tree, type TreeNode } from './accessibility-tree.ts'
import { collectAnnouncements } from './announcements.ts'
import { byTree, chooseTime, customer, openTimes, type Person, sitDown, timeName, timesOn } from './people.ts'

let browser: Browser
let desk: RunningDesk
let place: Place
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDeskHere({ dataFolder, args: ['--port', '0', '--demo'] })])
  place = await findPlace(desk)
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

describe('on the accessibility tree alone', () => {
  it('somebody books, moves and cancels, and hears at each step what happened', async () => {
    const stranger = await sitDown(browser, sizes.phone, byTree)
    const { page, fill, press } = stranger
    const { heard } = await collectAnnouncements(page)
    const tree = await openTree(page)
    const expected: string[] = []
    /** Everything that is said up to here, word for word, and nothing else. */
    const hears = async (...lines: readonly string[]) => {
      expected.push(...lines)
      await expect.poll(heard).toEqual(expected)
    }
    const { business, service } = await namesOfPage()
    const arrives = (title: string) => `page: ${title} · ${business}`

    await openTimes(stranger, `${desk.url}/b/${place.slug}/cleaning`)
    const first = await dayShown(page)
    await hears(arrives(`When suits you? ${service}`), `says: ${first}.`)
    // A time is read with weekday, date, time and person.
    for (const name of await timesOn(page)) expect(name).toMatch(timeName)
    // Another day says how much is free, and the focus stays on it.
    const day = await anotherDay(tree)
    await press(day.name, 'link')
    await hears(`focus: link “${day.name}”`, `focus: link “${day.name}”`, `says: ${spoken(day.name)}.`)
    await tree.focused('link', day.name)

    // Errors move the focus to a summary that names each field and leads there.
    const time = await chooseTime(stranger)
    await hears(`focus: button “${time}”`, arrives('Your details'))
    const bookIt = `Book ${withoutPerson(time)}`
    await press(bookIt)
    const missing =
      '2 things are missing or not right Enter your name. Enter your email address, like ann@example.com. Your entries are kept.'
    await hears(`focus: button “${bookIt}”`, 'says: Booking …', arrives('Error: Your details'), `focus: alert “${missing}”`)
    await press('Enter your name.', 'link')
    await hears('focus: link “Enter your name.”', 'focus: textbox “Name” Enter your name.')
    expect(await tree.focused('textbox', 'Name')).toMatchObject({ invalid: true, description: expect.stringContaining('Enter your name.') })
    await fill('Name', customer.name)
    await fill('Email', customer.email)
    await hears('focus: textbox “Email” Enter your email address, like ann@example.com.')

    // A time that somebody else takes meanwhile is named, and others can be chosen where one stands.
    await takeAway(page)
    await press(bookIt)
    const taken = `${withoutPerson(time)} was just taken Somebody else was a moment faster. Your entries are kept. Choose another time:`
    await hears(`focus: button “${bookIt}”`, 'says: Booking …', arrives('Error: Your details'), `focus: alert “${taken}”`)
    await tree.find('group', 'Choose another time')
    const instead = await chooseInstead(stranger)
    await press('Book this time')
    // What happened is what has the focus: with what follows from it, and when it is.
    await hears(
      `focus: radio “${instead}”`,
      'focus: button “Book this time”',
      'says: Booking …',
      arrives('You are booked'),
      `focus: group “You are booked” ${await outcomeOf(page, instead)}`,
    )

    // Moving: the other days say what is free, what is asked is read with the button, a lost time is named.
    await press('Move', 'link')
    await hears('focus: link “Move”', arrives('When suits you better?'))
    const other = await anotherDay(tree, instead)
    await press(other.name, 'link')
    await hears(`focus: link “${other.name}”`, `focus: link “${other.name}”`, `says: ${spoken(other.name)}.`)
    const wanted = await chooseTime(stranger, -1)
    await hears(`focus: button “${wanted}”`, arrives('Move your appointment?'))
    await tree.find('heading', 'Move your appointment?')
    const question = await textOf(page, '#asked')
    expect(yearless(question)).toMatch(
      new RegExp(`^From ${withoutPerson(instead)} To ${withoutPerson(wanted)} What ${service}( With .+)?$`),
    )
    await takeAway(page)
    await press('Move it')
    const gone = `${withoutPerson(wanted)} cannot be booked any more Choose another time`
    await hears(`focus: button “Move it” ${question}`, 'says: Moving …', arrives('Error: Move your appointment?'), `focus: alert “${gone}”`)
    await tree.find('group', 'Choose another time')
    const moved = await chooseInstead(stranger)
    const still = await textOf(page, '#asked')
    await press('Move it')
    await hears(
      `focus: radio “${moved}”`,
      `focus: button “Move it” ${still}`,
      'says: Moving …',
      arrives('Your appointment is moved'),
      `focus: group “Your appointment is moved” ${await outcomeOf(page, moved)}`,
    )

    await press('Cancel', 'link')
    await hears('focus: link “Cancel”', arrives('Cancel your appointment?'))
    await tree.find('heading', 'Cancel your appointment?')
    const loses = await textOf(page, '#asked')
    expect(yearless(loses)).toContain(`When ${withoutPerson(moved)} What ${service} With `)
    await press('Cancel the appointment')
    await hears(
      `focus: button “Cancel the appointment” ${loses}`,
      'says: Cancelling …',
      arrives('Your appointment is cancelled'),
      `focus: group “Your appointment is cancelled” ${await outcomeOf(page, moved)}`,
    )
    expect(stranger.complaints).toEqual([])
    await stranger.close()
  })

  it('a booking in the calendar is read with who, what, when and by whom; opening it moves the focus', async () => {
    const signedIn = await enter(browser, place)
    const person = await sitDown(browser, { ...sizes.desk, ...(signedIn ? { storageState: signedIn } : {}) }, byTree)
    const { page, press } = person
    await page.goto(`${desk.url}/w/${place.slug}/calendar?date=${place.day}`)
    await page.locator('a[href*="booking="]').first().waitFor()
    const tree = await openTree(page)
    const bookings = (await tree.read()).filter(({ role, name }) => role === 'link' && /Confirmed$/.test(name))
    expect(bookings.length).toBeGreaterThan(3)
    const parts = [/^[^,]+, /, / \d+:\d\d( [AP]M)? – \d+:\d\d [AP]M\u2069?,/, / \w+day, \w+ \d+,/, /, with (Dr|Luis)/, /, Confirmed$/]
    for (const { name } of bookings) for (const part of parts) expect(name).toMatch(part)
    await press(bookings[0]?.name ?? '', 'link')
    await tree.find('heading', 'Booking')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('aside, [role=dialog], [role=complementary], section') !== null))
      .toBe(true)
    await person.close()
  })
})

/** What the business and the service of the page are called, as its titles say. */
async function namesOfPage(): Promise<{ readonly business: string; readonly service: string }> {
  const { business, services } = await browserOf(desk.url).call('GET /pages/{workspaceSlug}', {
    params: { workspaceSlug: place.slug ?? '' },
  })
  return { business: business.name, service: services.find(({ slug }) => slug === 'cleaning')?.name ?? '' }
}

const textOf = (page: Page, selector: string): Promise<string> =>
  page
    .locator(selector)
    .innerText()
    .then((text) => text.replace(/\s+/g, ' ').trim())

/** `Friday, December 4: 3 times free` out of the name of a day. */
const spoken = (name: string): string => name.replace(/, (\d+ times? free)$/, ': $1')

/** The day whose times are shown, as it is spoken. */
async function dayShown(page: Page): Promise<string> {
  return spoken(await textOf(page, '[aria-current=date] .vh'))
}

/** The last day on which something is free; not that of her appointment, where some times are free for her alone. */
async function anotherDay(tree: Tree, hers?: string): Promise<TreeNode> {
  const days = (await tree.read()).filter(({ role, name }) => role === 'link' && /times? free$/.test(name))
  const date = (name: string | undefined) => name?.split(', ').slice(0, 2).join()
  const day = days.findLast(({ name }) => date(name) !== date(hers))
  if (!day) throw new Error('No other day is free.')
  return day
}

const withoutPerson = (time: string): string => time.replace(/, with .*$/, '')
/** `Saturday, December 5, 2026 at 10:00 AM` as the times are called. */
const yearless = (text: string): string => text.replace(/, \d{4} at (?=\d)/g, ', ')

/** Somebody else books the time that this page asks about, with everybody who could have given it. */
async function takeAway(page: Page): Promise<void> {
  const start = await page.locator('input[name=start]').inputValue()
  await letGo(page, start)
  const { call } = browserOf(desk.url)
  const params = { workspaceSlug: place.slug ?? '', serviceSlug: 'cleaning' }
  for (let taken = 0; taken < 10; taken++) {
    const body = { start, name: 'Fast Fred', email: `fred${taken}@example.com` }
    const answer = await call('POST /pages/{workspaceSlug}/{serviceSlug}/bookings', { params, body, idempotencyKey: randomUUID() }).catch(
      (error: unknown) => {
        if (error instanceof ApiProblem && error.slug === 'scheduling/slot-taken') return undefined
        throw error
      },
    )
    if (!answer) return
  }
  throw new Error('This time never runs out.')
}

/** The time that is kept for this page is kept no more: in another tab the same person chose one a week later. */
async function letGo(page: Page, start: string): Promise<void> {
  const hold = page.locator('input[name=hold]')
  if ((await hold.count()) === 0) return
  const later = Temporal.Instant.from(start)
    .add({ hours: 24 * 7 })
    .toString()
  const form = { start: later, hold: await hold.inputValue() }
  const answer = await page.request.post(`${desk.url}/b/${place.slug}/cleaning/hold`, {
    form,
    maxRedirects: 0,
    headers: { origin: desk.url },
  })
  expect(answer.headers().location).toContain('hold=')
}

/** Takes the first of the times that are offered instead. Answers its name. */
async function chooseInstead({ page, press }: Person): Promise<string> {
  const name = (await page.getByRole('radio', { name: timeName }).first().getAttribute('aria-label')) ?? ''
  await press(name, 'radio')
  return name
}

/** What is read with an outcome: what follows from it, and the time, which is the one that was chosen. */
async function outcomeOf(page: Page, time: string): Promise<string> {
  await page.locator('#outcome').waitFor()
  const [weekday = '', date = '', clock = ''] = time.split(', ')
  const when = await textOf(page, '#when')
  for (const part of [weekday, date, clock.replace(/ [AP]M$/, '')]) expect(when).toContain(part)
  return `${await textOf(page, '#outcome-text')} ${when}`
}
