import type { Page } from 'playwright-core'
import { sidewaysScroll } from '../setup/chromium.ts'
import { seriousFindings } from '../web/browser.ts'

/** What is wrong with what stands there, light and dark. */
export async function faults(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  if ((await sidewaysScroll(page)) > 0) found.push('it can be scrolled sideways')
  return found
}

/** Pictures to look at, where a folder for them is named. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
