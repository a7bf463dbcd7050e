import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter } from '../../scripts/screens/visit.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, openWindow, sidewaysScroll } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { becomeOwner, ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'

let browser: Browser
let desk: RunningDesk
let slug: string
let signedIn: BrowserContextOptions['storageState']
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDeskHere({ dataFolder, args: ['--port', '0'] })])
  const owner = await becomeOwner(desk)
  slug = owner.workspace.slug
  await owner.call('POST /contacts', { body: { name: 'Ann Lee', points: [{ kind: 'email', value: 'ann@home.example' }] } as never })
  signedIn = await enter(browser, { url: desk.url, signIn: ownerAccount })
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

/** What is wrong with a screen on its window, light and dark. */
async function faults(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  if ((await sidewaysScroll(page)) > 0) found.push('it can be scrolled sideways')
  return found
}

/** Pictures to look at, where a folder for them is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

describe.each([
  ['phone', sizes.phone],
  ['desk', sizes.desk],
] as const)('how long data is kept, on a %s', (width, size) => {
  it('is looked at, confirmed, changed, confirmed again, and held back', async () => {
    const { page, complaints, close } = await openWindow(browser, { ...size, ...(signedIn ? { storageState: signedIn } : {}) })
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await page.goto(`${desk.url}/w/${slug}/settings/retention`)
    await page.getByText('Nothing goes by itself yet.').waitFor()
    await button('Look').click()
    await page.getByText('In the night of').waitFor()
    expect(await faults(page)).toEqual([])
    await picture(page, `retention-${width}`)
    await button('Confirm, and let it go each night').click()
    await page.getByText('The next night is').waitFor()

    const days = page.getByLabel('Conversations: days')
    const before = Number(await days.inputValue())
    await days.fill('29')
    await button('Save').click()
    await page.getByText('Between 30 and 3,650 days.', { exact: true }).waitFor()
    await days.fill(String(before - 1))
    await button('Save').click()
    await page.getByText('Nothing goes by itself yet.').waitFor()

    await button('Hold something back').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'One kind of data' }).or(dialog.getByText('One kind of data')).first().click()
    await dialog.getByLabel('Why').fill(`Letter of a lawyer, ${width}`)
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Hold back', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    const row = page.getByRole('listitem').filter({ hasText: `Letter of a lawyer, ${width}` })
    await row.getByText('Held back').waitFor()
    await row.getByRole('button', { name: 'End the hold' }).click()
    await page.getByRole('dialog').getByLabel('Why').fill('Settled')
    await page.getByRole('dialog').getByRole('button', { name: 'End the hold' }).click()
    await row.getByText('Ended: Settled').waitFor()
    await picture(page, `retention-held-${width}`)
    expect(complaints).toEqual([])
    await close()
  })
})
