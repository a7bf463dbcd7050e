import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import fastify from 'fastify'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeHouse } from '../../apps/server/src/rooms.ts'
import { routeTree } from '../../apps/web/src/routes/tree.ts'
import type { Place } from '../../scripts/screens/screens.ts'
import { enter, findPlace } from '../../scripts/screens/visit.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, openWindow, reader, sidewaysScroll, watch } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk } from '../setup/desk.ts'
import { openTree } from './accessibility-tree.ts'
import { everyScreen, findRarities, type Rarities, type RoutedScreen, standsAt } from './every-screen.ts'
import { byTree, chooseTime, customer, openTimes, sitDown, timeName, timesOn } from './people.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let desk: RunningDesk
let place: Place
let rarities: Rarities
let signedIn: BrowserContextOptions['storageState']
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDesk({ dataFolder, args: ['--port', '0', '--demo'] })])
  place = await findPlace(desk)
  rarities = await findRarities(desk, place)
  signedIn = await enter(browser, place)
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

/** Every rule is asked about the first colours; about the others, those rules that look at colours. */
const looks = {
  phone: { size: sizes.phone, colours: ['dark', 'light'] },
  desk: { size: sizes.desk, colours: ['light', 'dark'] },
} as const

/** One window for all screens of a size: it fetches each file once, as a browser does. */
const windows = new Map<string, Promise<BrowserContext>>()
function windowOf(size: keyof typeof looks, { signedOut }: RoutedScreen): Promise<BrowserContext> {
  const key = `${size}/${signedOut ?? false}`
  const made = windows.get(key) ?? browser.newContext({ ...reader, ...looks[size].size, ...(signedOut ? {} : { storageState: signedIn }) })
  windows.set(key, made)
  return made
}

/** Until nothing on the screen says that it is busy. */
async function settle(page: Page): Promise<void> {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready)
}

async function examine(screen: RoutedScreen, size: keyof typeof looks): Promise<void> {
  const page = await (await windowOf(size, screen)).newPage()
  page.setDefaultTimeout(15_000)
  const complaints = watch(page)
  const [first, second] = looks[size].colours
  await page.emulateMedia({ colorScheme: first })
  await screen.open(page, place)
  expect(standsAt(page.url(), screen.route), `${page.url()} stands at ${screen.route}`).toBe(true)
  await settle(page)
  if (screen.name === 'api-docs') await keepSome(page)
  const findings = await seriousFindings(page)
  await page.emulateMedia({ colorScheme: second })
  findings.push(...(await seriousFindings(page, ['color-contrast', 'link-in-text-block'])))
  expect(findings, size).toEqual([])
  expect(await sidewaysScroll(page), size).toBe(0)
  if (size === 'desk') await staysWhole(page)
  expect(complaints, size).toEqual([])
  await page.close()
}

const screens = everyScreen(() => rarities)

describe('every screen', () => {
  it('is in the list', async () => {
    const known = new Set([...screens.map(({ route }) => route), ...seenElsewhere])
    expect([...appRoutes(), ...(await pageRoutes())].filter((route) => !known.has(route))).toEqual([])
  })

  it.each(screens.map((screen) => [screen.name, screen] as const))(
    'has no serious finding of axe on a phone and at a desk, light and dark, and stays whole at twice the size: %s',
    async (_, screen) => {
      await Promise.all([examine(screen, 'phone'), examine(screen, 'desk')])
    },
  )
})

/** Screens that another test looks at in the same way. */
const seenElsewhere = ['/design']

/** Each route of the app that shows something; layouts and addresses that lead on have a screen of their own. */
function appRoutes(): readonly string[] {
  const { routesById } = createRouter({ routeTree, context: { queries: new QueryClient() } })
  return Object.keys(routesById)
    .filter((id) => id !== '__root__')
    .map((id) => id.replace(/(?<=.)\/$/, ''))
}

/** Each page that the server writes itself. */
async function pageRoutes(): Promise<readonly string[]> {
  const app = fastify()
  const found: string[] = []
  app.addHook('onRoute', ({ url, method }) => void (method === 'GET' && found.push(url)))
  for (const room of describeHouse().rooms) await room.pages?.(app)
  await app.ready()
  await app.close()
  return ['/api/docs', '/api/problems/:room/:reason', ...found.filter((url) => !noScreen.test(url))]
}

/** Files, and addresses that only lead on. */
const noScreen = /^\/[bp]-files\/|^\/contact-exports\/|\.json$|\/brand\.css$|\/logo\/|\.ics$|^\/auth\//

/** Hundreds of routes look alike, and axe takes a minute for all of them. */
const keepSome = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const article of [...document.querySelectorAll('article')].slice(15)) article.remove()
  })

/** At twice the size, and in the reader's own colours: nothing is cut off, and the focus can be seen. */
async function staysWhole(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.setViewportSize({ width: 640, height: 450 })
  await settle(page)
  expect(await sidewaysScroll(page)).toBe(0)
  await page.locator('h1:visible, h2:visible').first().waitFor()
  await page.keyboard.press('Tab')
  const ring = await page.evaluate(() => {
    const focused = document.activeElement ?? document.body
    // A page that only says something has nothing to be focused.
    if (focused === document.body && !document.querySelector('a[href], button, input, select, textarea')) return undefined
    const { outlineStyle, outlineWidth } = getComputedStyle(focused)
    return { style: outlineStyle, width: Number.parseFloat(outlineWidth) }
  })
  if (!ring) return
  expect(ring.style).not.toBe('none')
  expect(ring.width).toBeGreaterThanOrEqual(1)
}

type Axe = { readonly run: (context: Document, options: object) => Promise<{ readonly violations: readonly Violation[] }> }
type Violation = { readonly id: string; readonly impact: string | null; readonly nodes: readonly { readonly html: string }[] }

/** What axe finds against WCAG 2.2 A and AA that is serious or critical, one line each. */
async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(axeSource)
  const violations = await page.evaluate(
    async (only) => {
      const { axe } = globalThis as unknown as { axe: Axe }
      return (await axe.run(document, { runOnly: only })).violations
    },
    [...(rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])],
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

describe('on the accessibility tree alone', () => {
  it('somebody books, moves and cancels, and hears at each step what happened', async () => {
    const stranger = await sitDown(browser, sizes.phone, byTree)
    const { page, fill, press } = stranger
    const heard = await listen(page)
    const tree = await openTree(page)
    await openTimes(stranger, `${desk.url}/b/${place.slug}/cleaning`)

    // A time is read with weekday, date, time and person.
    for (const name of await timesOn(page)) expect(name).toMatch(timeName)
    // Another day says how much is free, and the focus stays on it.
    const day = (await tree.read()).filter(({ role, name }) => role === 'link' && /times? free$/.test(name)).at(-1)
    if (!day) throw new Error('No other day is free.')
    await press(day.name, 'link')
    await tree.focused('link', day.name)
    await expect.poll(heard, { timeout: 10_000 }).toContain(day.name.replace(/, (\d+ times? free)$/, ': $1.'))

    // Errors move the focus to a summary that names each field and leads there.
    const time = await chooseTime(stranger)
    await page.getByRole('heading', { name: 'Your details' }).waitFor()
    expect(await page.title()).toContain('Your details')
    await press(/^Book /)
    await tree.focused('alert', /.*/)
    expect(await focusedText(page)).toMatch(/2 things are missing or not right.*Enter your name.*Enter your email address/s)
    expect(await page.title()).toMatch(/^Error/)
    await press('Enter your name.', 'link')
    const field = await tree.focused('textbox', 'Name')
    expect(field).toMatchObject({ invalid: true, description: expect.stringContaining('Enter your name.') })

    // What happened is what has the focus.
    await fill('Name', customer.name)
    await fill('Email', customer.email)
    await press(/^Book /)
    await page.getByRole('heading', { name: 'You are booked' }).waitFor()
    await expect.poll(() => focusedText(page)).toContain('You are booked')
    const [weekday = '', date = '', clock = ''] = time.split(', ')
    const said = (await page.getByRole('main').innerText()).replace(/\u202f/g, ' ')
    for (const part of [weekday, date, clock.replace(/ [AP]M$/, '')]) expect(said).toContain(part)

    await press('Move', 'link')
    const moved = await chooseTime(stranger, -1)
    expect(moved).not.toBe(time)
    await tree.find('heading', 'Move your appointment?')
    await press('Move it')
    await expect.poll(() => focusedText(page)).toContain('Your appointment is moved')

    await press('Cancel', 'link')
    await tree.find('heading', 'Cancel your appointment?')
    await press('Cancel the appointment')
    await expect.poll(() => focusedText(page)).toContain('Your appointment is cancelled')
    expect(stranger.complaints).toEqual([])
    await stranger.close()
  })

  it('a booking in the calendar is read with who, what, when and by whom; opening it moves the focus', async () => {
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

describe('with reduced motion', () => {
  it('nothing moves when a dialog opens', async () => {
    const { page, close } = await openWindow(browser, { ...sizes.desk, ...(signedIn ? { storageState: signedIn } : {}) })
    await page.goto(`${desk.url}/w/${place.slug}/calendar`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('dialog').waitFor()
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 1)
        .map((animation) => String((animation.effect as KeyframeEffect | null)?.target?.className)),
    )
    expect(moving).toEqual([])
    await close()
  })
})

/** Collects what live regions of a page say, from now on. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  const heard: string[] = []
  await page.exposeFunction('frontdeskHeard', (text: string) => void heard.push(text))
  await page.addInitScript(() => {
    const tell = (globalThis as unknown as { frontdeskHeard: (text: string) => void }).frontdeskHeard
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(
          '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]',
        )
        const text = region?.textContent?.trim()
        if (text) tell(text)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  return async () => [...heard]
}

const focusedText = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '')
