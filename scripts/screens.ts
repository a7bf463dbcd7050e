/**
 * `npm run screens [-- <part of a name>]`: pictures of every main screen, with the demo workspace, at 1280 and 390 px, light and dark, into docs/screens. The desk and the
 * browser live at a fixed time, so a picture changes when the screen does and not otherwise.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { desk as deskSize, openBrowser, openWindow, phone } from '../tests/setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk } from '../tests/setup/desk.ts'
import { shrink } from './screens/fewer-colours.ts'
import { moveTime } from './screens/move-time.ts'
import { type Place, type Screen, screens } from './screens/screens.ts'
import { enter, findPlace } from './screens/visit.ts'
import { ensurePrograms } from './testing/debian-packages.ts'
import { testPrograms } from './testing/programs.ts'
import { stopWith } from './testing/stop-with.ts'

/** A Wednesday morning on the coast of Maine. */
const TIME = '2026-10-21T10:20:00-04:00[America/New_York]'
const folder = path.join(import.meta.dirname, '../docs/screens')

const sizes = [
  ['1280', deskSize],
  ['390', { ...phone, deviceScaleFactor: 1 }],
] as const
const themes = ['light', 'dark'] as const

await stopWith(async () => {
  ensurePrograms(testPrograms.filter(({ debianPackage }) => debianPackage === 'chromium'))
  const wanted = screens.filter(({ name }) => name.includes(process.argv[2] ?? ''))
  if (wanted.length === 0) throw new Error(`No screen is named like that. Known: ${screens.map(({ name }) => name).join(', ')}`)
  mkdirSync(folder, { recursive: true })
  const offsetMs = Temporal.ZonedDateTime.from(TIME).epochMilliseconds - Date.now()
  const browser = await openBrowser()
  try {
    await withDesk(offsetMs, ['--demo'], (desk) =>
      takeAll(
        browser,
        desk,
        offsetMs,
        wanted.filter(({ fresh }) => !fresh),
      ),
    )
    await withDesk(offsetMs, [], (desk) =>
      takeAll(
        browser,
        desk,
        offsetMs,
        wanted.filter(({ fresh }) => fresh),
      ),
    )
  } finally {
    await browser.close()
  }
  return 0
})

async function withDesk(offsetMs: number, flags: readonly string[], work: (desk: RunningDesk) => Promise<void>): Promise<void> {
  const dataFolder = newDataFolder()
  const preload = pathToFileURL(path.join(import.meta.dirname, 'screens/start-at-another-time.ts'))
  const desk = await startDesk({
    dataFolder,
    args: ['--port', '0', ...flags],
    env: { NODE_OPTIONS: `--import=${preload}`, SCREENS_OFFSET_MS: String(offsetMs) },
  })
  try {
    await work(desk)
  } finally {
    await desk.stop()
    removeDataFolder(dataFolder)
  }
}

async function takeAll(browser: Browser, desk: RunningDesk, offsetMs: number, wanted: readonly Screen[]): Promise<void> {
  if (wanted.length === 0) return
  const place = await findPlace(desk)
  const storageState = place.signIn ? await enter(browser, place) : undefined
  for (const [width, size] of sizes)
    for (const colorScheme of themes) {
      for (const screen of wanted) {
        const options = { ...size, colorScheme, ...(storageState && !screen.signedOut ? { storageState } : {}) }
        const picture = await take(browser, options, { screen, place, offsetMs })
        writeFileSync(path.join(folder, `${screen.name}-${width}-${colorScheme}.png`), picture)
      }
      console.log(`${wanted.length} screens at ${width} px, ${colorScheme}`)
    }
}

type Wish = { readonly screen: Screen; readonly place: Place; readonly offsetMs: number }

async function take(browser: Browser, options: BrowserContextOptions, { screen, place, offsetMs }: Wish): Promise<Buffer> {
  const { page, complaints, close } = await openWindow(browser, options)
  await page.context().addInitScript(moveTime, offsetMs)
  try {
    await screen.open(page, place)
    // Skeletons and fonts have their time; what is still waiting then belongs to the picture.
    await page.evaluate(() => document.fonts.ready)
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached', timeout: 5_000 })
    await page.waitForTimeout(400)
    if (complaints.length > 0) throw new Error(`The screen ${screen.name} complains: ${complaints.join('; ')}`)
    return shrink(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`No picture of the screen ${screen.name}, at ${page.url()}: ${why}`)
  } finally {
    await close()
  }
}
