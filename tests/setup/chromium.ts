import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** The window of a phone and of a desk, as every screen is looked at. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const
export const desk = { viewport: { width: 1280, height: 900 } } as const

/**
 * Opens the Chromium of this machine; CHROME_PATH names another one. Without the flags it would look for its maker's hosts at every start.
 * A sandbox of its own it can have only where we are not root.
 */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROME_PATH ?? chromiumOnPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--enable-blink-features=ComputedAccessibilityInfo', // role and name of what has the focus, as assistive technology gets them
      '--ignore-certificate-errors', // our own proxy's; what a window may trust does not hold for its service worker
    ],
  })
}

const names = ['chromium', 'chromium-browser', 'google-chrome']

function chromiumOnPath(): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const found = names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram)
  if (found) return found
  throw new Error('There is no Chromium on the PATH. Install it (Debian: apt-get install chromium), or name one with CHROME_PATH.')
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A window of its own, with its own cookies, in the reader's language and zone. */
export type Window = {
  readonly page: Page
  /** Errors of scripts, and what the content security policy refused. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

export const reader = { locale: 'en-US', timezoneId: 'America/New_York', reducedMotion: 'reduce' } as const

/** Opens an empty window. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Window> {
  const context = await browser.newContext({ ...reader, ignoreHTTPSErrors: true, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints = watch(page)
  return { page, complaints, close: () => context.close() }
}

/** What a page complains about, from now on. */
export function watch(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // The browser itself notes every refusal; those are answers that screens are for.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text())
  })
  return complaints
}

/** By how many pixels the page can be scrolled sideways. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
