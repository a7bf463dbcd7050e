import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import fastify from 'fastify'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeHouse } from '../../apps/server/src/rooms.ts'
import { routeTree } from '../../apps/web/src/routes/tree.ts'
import type { Place } from '../../scripts/screens/screens.ts'
import { enter, findPlace } from '../../scripts/screens/visit.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, openWindow, reader, sidewaysScroll, watch } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { everyScreen, type RoutedScreen, standsAt } from './every-screen.ts'
import { picture } from './look.ts'
import { findRarities, type Rarities } from './rarities.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let desk: RunningDesk
let place: Place
let rarities: Rarities
let signedIn: BrowserContextOptions['storageState']
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDeskHere({ dataFolder, args: ['--port', '0', '--demo'] })])
  place = await findPlace(desk)
  rarities = await findRarities(desk, place)
  signedIn = await enter(browser, place)
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

/** Every rule is asked about the first colours; about the others, those rules that look at colours: at a desk in every run, on a phone in `npm run prove -- accessibility` as well. */
const looks: Readonly<
  Record<'phone' | 'desk', { readonly size: typeof sizes.phone | typeof sizes.desk; readonly colours: readonly ('dark' | 'light')[] }>
> = {
  phone: { size: sizes.phone, colours: process.env.FRONTDESK_PROVE ? ['dark', 'light'] : ['dark'] },
  desk: { size: sizes.desk, colours: ['light', 'dark'] },
}

type Window = { readonly page: Page; readonly complaints: readonly string[] }

/** One window for all screens of a size, in which one is gone to after another: it fetches each file once, as a browser does. */
const windows = new Map<string, Promise<Window>>()
function windowOf(size: keyof typeof looks, { signedOut }: RoutedScreen): Promise<Window> {
  const key = `${size}/${signedOut ?? false}`
  const made = windows.get(key) ?? newWindow({ ...looks[size].size, ...(signedOut ? {} : { storageState: signedIn }) })
  windows.set(key, made)
  return made
}

async function newWindow(options: BrowserContextOptions): Promise<Window> {
  const page = await (await browser.newContext({ ...reader, ...options })).newPage()
  page.setDefaultTimeout(15_000)
  return { page, complaints: watch(page) }
}

/** Until its style sheet is here and nothing on the screen says that it is busy. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready)
}

async function examine(screen: RoutedScreen, size: keyof typeof looks): Promise<void> {
  const { page, complaints } = await windowOf(size, screen)
  const before = complaints.length
  const [first = 'light', second] = looks[size].colours
  await page.setViewportSize(looks[size].size.viewport)
  await page.emulateMedia({ colorScheme: first, forcedColors: 'none' })
  await screen.open(page, place)
  expect(standsAt(page.url(), screen.route), `${page.url()} stands at ${screen.route}`).toBe(true)
  await settle(page)
  // What lies half below a head that stays while one scrolls is no small target; a calendar scrolls to the hour that it is.
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('.scroll-calm')) element.scrollTop = 0
  })
  if (screen.name === 'api-docs') await keepSome(page)
  await picture(page, `${screen.name}-${size}-${first}`)
  const findings = await seriousFindings(page)
  if (second) {
    await page.emulateMedia({ colorScheme: second })
    await picture(page, `${screen.name}-${size}-${second}`)
    findings.push(...(await seriousFindings(page, ['color-contrast', 'link-in-text-block'])))
  }
  expect(findings, size).toEqual([])
  await expect.poll(() => sidewaysScroll(page), { message: size }).toBe(0)
  if (size === 'desk') await staysWhole(page)
  expect(complaints.slice(before), size).toEqual([])
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
      // Both to their end, whatever the first finds: the next screen opens in the same two windows.
      const looked = await Promise.allSettled([examine(screen, 'phone'), examine(screen, 'desk')])
      for (const look of looked) if (look.status === 'rejected') throw look.reason
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
const noScreen =
  /^\/\.well-known\/|^\/[bfp]-files\/|^\/embed(\/\d+)?\.js$|^\/(contact|workspace)-exports\/|\.json$|\/brand\.css$|\/logo\/|\.ics$|\/text(\/:sha256)?$|^\/auth\/|^\/drp\//

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
  // A board becomes a list once the app has heard of the width.
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.locator('h1:visible, h2:visible').first().waitFor()
  await page.keyboard.press('Tab')
  const ring = await page.evaluate(() => {
    let focused = document.activeElement ?? document.body
    while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
    // A page that only says something has nothing to be focused.
    if (focused === document.body && !document.querySelector('a[href], button, input, select, textarea')) return undefined
    // What is in a frame of its own has its ring in there.
    if (focused instanceof HTMLIFrameElement) return undefined
    // A part of a choice may be its whole label, and so is its ring then.
    const parts = [focused, ...(focused.matches('[type=radio]') ? [focused.closest('label') ?? focused] : [])]
    const ringed = parts.find((part) => getComputedStyle(part).outlineStyle !== 'none') ?? focused
    const { outlineStyle, outlineWidth } = getComputedStyle(ringed)
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
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const violations = await page.evaluate(
    async (only) => {
      const { axe } = globalThis as unknown as { axe: Axe }
      return (await axe.run(document, { runOnly: only, resultTypes: ['violations'] })).violations
    },
    [...(rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])],
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
}

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
