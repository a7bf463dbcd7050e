import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enter } from '../../scripts/screens/visit.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, openWindow, sidewaysScroll } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk } from '../setup/desk.ts'
import { becomeOwner, ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'

let browser: Browser
let desk: RunningDesk
let slug: string
let owner: Awaited<ReturnType<typeof becomeOwner>>
let signedIn: BrowserContextOptions['storageState']
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDesk({ dataFolder, args: ['--port', '0'] })])
  owner = await becomeOwner(desk)
  slug = owner.workspace.slug
  const { version, sha256 } = await owner.call('GET /processing-terms')
  await owner.call('POST /processing-terms/acceptance', { body: { version, sha256 } })
  signedIn = await enter(browser, { url: desk.url, signIn: ownerAccount })
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

/** What is wrong with a screen on the desk and on the phone, light and dark; pictures to look at, where a folder for them is named. */
async function faults(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = []
  const folder = process.env.FRONTDESK_PICTURES
  for (const size of [sizes.desk.viewport, { width: 390, height: 844 }]) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      found.push(...(await seriousFindings(page)).map((finding) => `${name} ${size.width} ${colorScheme}: ${finding}`))
      if (folder) await page.screenshot({ path: `${folder}/import-${name}-${size.width}-${colorScheme}.png` })
    }
    if ((await sidewaysScroll(page)) > 0) found.push(`${name} ${size.width}: it can be scrolled sideways`)
  }
  await page.setViewportSize(sizes.desk.viewport)
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

const list = [
  'Full name;Mobile;E-mail;Last visit;Favourite tea',
  'Ada Byron;(207) 555-0141;ada@tea.example;2026-10-02;Assam',
  'Ben Cole;207 555 0142;ben@tea.example;2026-09-12;Green',
  'Ada Byron;;ada@tea.example;2026-10-02;Assam',
  'Cy Dunn;not a number;cy@tea.example;;',
  ';;;;',
].join('\n')

it('a list is brought, mapped, tried out, written and taken back', { timeout: 180_000 }, async () => {
  const { page, complaints, close } = await openWindow(browser, { ...sizes.desk, ...(signedIn ? { storageState: signedIn } : {}) })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  await page.goto(`${desk.url}/w/${slug}/contacts`)
  await button('Do more with this list').click()
  await page.getByRole('menuitem', { name: 'Bring a list' }).click()
  await page.getByRole('heading', { name: 'Bring a list of people' }).waitFor()
  expect(await faults(page, 'begin')).toEqual([])

  // What is no list is refused where it was chosen.
  await page.locator('input[type=file]').setInputFiles({
    name: 'photo.png',
    mimeType: 'image/png',
    buffer: Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  })
  await page.getByText('This is not a list of people').waitFor()
  await page.locator('input[type=file]').setInputFiles({ name: 'tea guests.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })

  await page.getByRole('heading', { name: 'What the columns hold' }).waitFor()
  await expect.poll(() => page.getByLabel('What becomes of Mobile').inputValue()).toBe('field:phone')
  await page.getByLabel('What becomes of Last visit').selectOption('when')
  await page.getByLabel('What becomes of Favourite tea').selectOption('new')
  await page.getByText('ada@tea.example').first().waitFor()
  expect(await faults(page, 'columns')).toEqual([])
  await button('Continue').click()

  await page.getByRole('heading', { name: 'How do you know these people?' }).waitFor()
  await button('Try it out').click()
  await page.getByText('Choose one.').waitFor()
  await page.getByText('They are customers').click()
  await page.getByLabel('Tag all of them').fill('tea')
  expect(await faults(page, 'people')).toEqual([])
  await button('Try it out').click()

  await page.getByRole('heading', { name: 'What would happen' }).waitFor()
  await page.getByRole('heading', { name: 'What you may do with them' }).waitFor()
  await page.getByRole('table', { name: 'The first rows' }).getByText('Ben Cole').waitFor()
  expect(await faults(page, 'checked')).toEqual([])
  const download = page.waitForEvent('download')
  await button('Download the rows with problems').click()
  expect((await download).suggestedFilename()).toBe('tea guests - errors.csv')
  await button('Write 3 people').click()
  await page.getByText('Confirm this first.').waitFor()
  await page.getByText('I vouch for how we know these people').click()
  await button('Write 3 people').click()

  await page.getByText('4 rows are done.').waitFor()
  expect(await faults(page, 'done')).toEqual([])
  const { items } = await owner.call('GET /contacts', { query: { tag: 'tea' } })
  expect(items.map(({ name }) => name).toSorted()).toEqual(['Ada Byron', 'Ben Cole', 'Cy Dunn'])

  await button('Undo this import').click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).click()
  await page.getByRole('heading', { name: 'The import is taken back.' }).waitFor()
  expect(await faults(page, 'undone')).toEqual([])
  expect((await owner.call('GET /contacts')).items).toEqual([])
  expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([])
  await close()
})
