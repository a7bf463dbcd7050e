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
  signedIn = await enter(browser, { url: desk.url, signIn: ownerAccount })
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

const add = async (name: string, more: object = {}): Promise<string> =>
  (await owner.call('POST /contacts', { body: { name, ...more } as never })).id
const phone = (value: string) => ({ points: [{ kind: 'phone', value, shared: true }] })

/** What is wrong with a screen, light and dark. */
async function faults(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  if ((await sidewaysScroll(page)) > 0) found.push('it can be scrolled sideways')
  return found
}

/** Pictures to look at, where a folder for them is named: at a desk and on a phone, light and dark. */
async function pictures(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (!folder) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${folder}/${name}-1280-${colorScheme}.png` })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.screenshot({ path: `${folder}/${name}-390-${colorScheme}.png` })
    await page.setViewportSize({ width: 1280, height: 800 })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

const window = () => openWindow(browser, { ...sizes.desk, ...(signedIn ? { storageState: signedIn } : {}) })

it('a double is pointed out on the card, compared, merged by the keyboard, and the merge is undone from the history', async () => {
  const ann = await add('Ann Archer', { ...phone('+12125550191'), zone: 'Europe/Paris' })
  await add('Ann Maria Archer', { ...phone('+12125550191'), zone: 'Asia/Tokyo', companyRole: 'Owner' })
  const { page, complaints, close } = await window()
  await page.goto(`${desk.url}/w/${slug}/contacts/${ann}`)
  await page.getByText(/May be the same person as/).waitFor()
  expect(await faults(page)).toEqual([])
  await pictures(page, 'card-note')
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.getByRole('heading', { name: 'Choose what is kept' }).waitFor()
  expect(await page.getByRole('radio', { name: 'Ann Maria Archer', exact: true }).isChecked()).toBe(true)
  await page.getByRole('radio', { name: 'Europe/Paris' }).check()
  expect(await faults(page)).toEqual([])
  await pictures(page, 'compare')
  await page.keyboard.press('Escape')
  await page.locator('body').press('m')
  await page.getByText('Ann Maria Archer is part of Ann Archer now.').waitFor()
  await page.getByRole('heading', { name: 'Ann Maria Archer' }).first().waitFor()
  const merged = await owner.call('GET /contacts/{contactId}', { params: { contactId: ann as never } })
  expect(merged).toMatchObject({ name: 'Ann Maria Archer', zone: 'Europe/Paris', companyRole: 'Owner' })

  await owner.call('POST /contacts/{contactId}/notes', { params: { contactId: ann as never }, body: { body: 'Wants tea' } })
  await page.getByRole('button', { name: 'History' }).click()
  await page.getByRole('button', { name: 'Undo the merge' }).waitFor()
  expect(await faults(page)).toEqual([])
  await pictures(page, 'history')
  await page.getByRole('button', { name: 'Undo the merge' }).click()
  const dialog = page.getByRole('dialog', { name: /Part Ann Maria Archer again/ })
  await dialog.getByRole('checkbox', { name: /^Note/ }).check()
  expect(await faults(page)).toEqual([])
  await pictures(page, 'undo')
  await dialog.getByRole('button', { name: 'Undo the merge' }).click()
  await page.getByText('Ann Maria Archer has a card of their own again.').waitFor()
  await expect
    .poll(async () => (await owner.call('GET /contacts/{contactId}', { params: { contactId: ann as never } })).name)
    .toBe('Ann Archer')
  const notes = await owner.call('GET /contacts/{contactId}/notes', { params: { contactId: ann as never } })
  expect(notes.items).toEqual([])
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('the list shows pairs with their reasons; two people stay two, which is taken back; all contacts are looked through', async () => {
  await add('Bo Berg', phone('+12125550192'))
  await add('Bo Bergg', phone('+12125550192'))
  await add('Cy Berg', phone('+12125550192'))
  // The worker looks at new contacts after the others' work.
  await expect
    .poll(async () => JSON.stringify((await owner.call('GET /duplicates')).items), { timeout: 60_000, interval: 500 })
    .toContain('Bo Bergg')
  const { page, complaints, close } = await window()
  await page.goto(`${desk.url}/w/${slug}/contacts/duplicates`)
  await page.getByRole('link', { name: /Bo Berg and Bo Bergg/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await pictures(page, 'duplicates')
  await page.getByRole('radio', { name: 'Shared' }).check()
  await page
    .getByRole('link', { name: /Cy Berg/ })
    .first()
    .waitFor()
  await page.getByRole('radio', { name: 'Same person' }).check()
  await page.getByRole('link', { name: /Bo Berg and Bo Bergg/ }).click()
  await page.getByRole('button', { name: 'Two people' }).click()
  await page.getByText('Bo Berg and Bo Bergg stay two people.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: /Bo Berg and Bo Bergg/ }).waitFor()
  await page.getByRole('button', { name: 'Look through all contacts' }).click()
  await page.getByText(/All contacts looked through/).waitFor({ timeout: 20_000 })
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await faults(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('two cards that nobody suggested are merged from the menu', async () => {
  const one = await add('Dora One')
  await add('Quite Different')
  const { page, complaints, close } = await window()
  await page.goto(`${desk.url}/w/${slug}/contacts/${one}`)
  await page
    .locator('[aria-haspopup=menu]')
    .and(page.getByRole('button', { name: 'More', exact: true }))
    .click()
  await page.getByRole('menuitem', { name: 'Merge with somebody…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Find somebody').fill('quite')
  await dialog.getByRole('button', { name: /Quite Different/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await pictures(page, 'merge-with')
  await dialog.getByRole('button', { name: /Quite Different/ }).click()
  await page
    .getByRole('radio', { name: /Quite Different/ })
    .first()
    .waitFor()
  await page.getByRole('button', { name: /Merge into/ }).click()
  await page.getByText('Quite Different is part of Dora One now.').waitFor()
  expect(complaints).toEqual([])
  await close()
}, 120_000)
