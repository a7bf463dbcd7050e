import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Place, type Screen, screens } from '../../scripts/screens/screens.ts'
import { enter, findPlace } from '../../scripts/screens/visit.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, openWindow, sidewaysScroll } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk } from '../setup/desk.ts'
import { openTree } from './accessibility-tree.ts'
import { byTree, chooseTime, customer, openTimes, sitDown, timeName, timesOn } from './people.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let desk: RunningDesk
let place: Place
let signedIn: BrowserContextOptions['storageState']
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDesk({ dataFolder, args: ['--port', '0', '--demo'] })])
  place = await findPlace(desk)
  signedIn = await enter(browser, place)
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

const open = (screen: Screen, size: BrowserContextOptions) =>
  openWindow(browser, { ...size, colorScheme: 'light', ...(signedIn && !screen.signedOut ? { storageState: signedIn } : {}) })

/** Until nothing on the screen says that it is busy. */
async function settle(page: Page): Promise<void> {
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready)
}

const there = screens.filter(({ fresh }) => !fresh)

describe.each(there.map((screen) => [screen.name, screen] as const))('the screen %s', (_, screen) => {
  it('has no serious finding of axe on a phone and at a desk, light and dark, and fits at 200 %', async () => {
    for (const [width, size] of [
      ['phone', sizes.phone],
      ['desk', sizes.desk],
    ] as const) {
      const { page, complaints, close } = await open(screen, size)
      await screen.open(page, place)
      await settle(page)
      if (screen.name === 'api-docs') await keepSome(page)
      const findings: string[] = []
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        findings.push(...(await seriousFindings(page)).map((finding) => `${width}, ${colorScheme}: ${finding}`))
      }
      expect(findings).toEqual([])
      expect(await sidewaysScroll(page)).toBe(0)
      if (width === 'desk') await staysWhole(page)
      expect(complaints).toEqual([])
      await close()
    }
  })
})

/** Hundreds of routes look alike, and axe takes a minute for all of them. */
const keepSome = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const article of [...document.querySelectorAll('article')].slice(40)) article.remove()
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
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body)
    return { style: outlineStyle, width: Number.parseFloat(outlineWidth) }
  })
  expect(ring.style).not.toBe('none')
  expect(ring.width).toBeGreaterThanOrEqual(1)
}

type Axe = { readonly run: (context: Document, options: object) => Promise<{ readonly violations: readonly Violation[] }> }
type Violation = { readonly id: string; readonly impact: string | null; readonly nodes: readonly { readonly html: string }[] }

/** What axe finds against WCAG 2.2 A and AA that is serious or critical, one line each. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource)
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: Axe }
    return (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
  })
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
