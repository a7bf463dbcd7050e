import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
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
let contactId: string
let signedIn: BrowserContextOptions['storageState']
const dataFolder = newDataFolder()
const number = '(207) 555-0133'

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDesk({ dataFolder, args: ['--port', '0'] })])
  const owner = await becomeOwner(desk)
  slug = owner.workspace.slug
  const { version } = await owner.call('GET /workspace')
  await owner.call('PATCH /workspace', { body: { phone: '+12075550100', address: '4 Wharf Street, Portland, ME 04101' }, version } as never)
  const points = [{ kind: 'phone', value: number }]
  contactId = (await owner.call('POST /contacts', { body: { name: 'Ann Lee', points } as never })).id
  // Signed so long ago that the number may be somebody else's by now.
  const body = {
    how: 'paper',
    wording: { key: 'ai_calls_offers', locale: 'en' },
    at: Temporal.Now.instant()
      .subtract({ hours: 24 * 60 })
      .toString(),
    proof: { name: 'paper.png', content: paper },
  }
  await owner.call('POST /contacts/{contactId}/consents', { params: { contactId }, body } as never)
  const asOf = today()
  const { id: snapshotId } = await owner.call('POST /registry-snapshots', { body: { registry: 'us.national', asOf } })
  await owner.call('POST /registry-snapshots/{snapshotId}/lines', { params: { snapshotId }, body: { from: 0, lines: ['207,5550100'] } })
  await owner.call('POST /registry-snapshots/{snapshotId}/finish', { params: { snapshotId } })
  signedIn = await enter(browser, { url: desk.url, signIn: ownerAccount })
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

/** The smallest picture there is. */
const paper = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const phone = { width: 390, height: 844 }

/** What is wrong with a screen, light and dark; with pictures to look at where a folder for them is named. */
async function faults(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`))
    const folder = process.env.FRONTDESK_PICTURES
    if (folder) await page.screenshot({ path: `${folder}/${name}-${page.viewportSize()?.width}-${colorScheme}.png` })
  }
  if ((await sidewaysScroll(page)) > 0) found.push('it can be scrolled sideways')
  return found
}

/** The same on a phone, with what is written on it inside of its width. */
async function faultsOnPhone(page: Page, dialog: Locator, name: string): Promise<readonly string[]> {
  await page.setViewportSize(phone)
  const box = await dialog.boundingBox()
  const found = [
    ...(await faults(page, name)),
    ...(box && box.x >= 0 && box.x + box.width <= phone.width ? [] : ['the dialog is wider than the phone']),
  ]
  await page.setViewportSize(sizes.desk.viewport)
  return found
}

/** As the business counts days; in the evening Greenwich has tomorrow. */
const today = () => Temporal.Now.plainDateISO('America/New_York').toString()

/** Waits until it stands where it is seen: the card has it once more, folded away. */
const seen = (page: Page, text: string) => page.getByText(text).filter({ visible: true }).first().waitFor()

const open = () => openWindow(browser, { ...sizes.desk, ...(signedIn ? { storageState: signedIn } : {}) })

it('a refusal for a number that may not be hers leads to the dialog that records whose it is', async () => {
  const { page, complaints, close } = await open()
  const dialog = page.getByRole('dialog')
  await page.goto(`${desk.url}/w/${slug}/contacts/${contactId}`)
  const way = page.getByRole('listitem').filter({ hasText: 'Call by an artificial voice with offers', visible: true })
  await way.getByText('Check whose number it is', { exact: false }).waitFor()
  await way.getByRole('link', { name: 'Record whose number it is' }).click()
  await dialog.getByText('No service that looks numbers up is connected.', { exact: false }).waitFor()
  expect(new URL(page.url()).searchParams.get('form')).toBe('known')
  await dialog.getByRole('button', { name: 'Record it' }).click()
  await dialog.getByText('Choose an answer.').first().waitFor()
  expect(await faultsOnPhone(page, dialog, 'known-fact')).toEqual([])
  await dialog.getByText('no, it is still hers', { exact: true }).click()
  await dialog.getByLabel('Checked on').fill(today())
  await dialog.getByLabel('Checked with').fill('Reassigned Numbers Database')
  await dialog.getByRole('button', { name: 'Record it' }).click()
  await page.getByText('Saved. The gate goes by it from now on.').waitFor()
  await seen(page, 'checked with Reassigned Numbers Database')
  await expect.poll(() => way.getByText('Check whose number it is', { exact: false }).count()).toBe(0)
  expect(complaints.filter((one) => !/422/.test(one))).toEqual([])
  await close()
}, 120_000)

it('a file of checked numbers is looked at first, with the rows that cannot be used, and recorded then', async () => {
  const { page, complaints, close } = await open()
  const dialog = page.getByRole('dialog')
  await page.goto(`${desk.url}/w/${slug}/privacy/do-not-contact`)
  await page.getByText('No service that looks numbers up is connected to this server.').waitFor()
  await page.getByRole('button', { name: 'Load checked numbers' }).click()
  await dialog.getByRole('button', { name: 'Look at it' }).click()
  await dialog.getByText('Choose a file.').first().waitFor()
  const file = (text: string) => ({ name: 'checked.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await dialog.getByLabel('File').setInputFiles(file('name,colour\nAnn,blue\n'))
  await dialog.getByRole('button', { name: 'Look at it' }).click()
  await dialog
    .getByText(/first row has to name/i)
    .first()
    .waitFor()
  await dialog.getByLabel('File').setInputFiles(file(`number,line type\n"${number}",mobile\n2075559999,landline\nnobody,mobile\n`))
  await dialog.getByRole('button', { name: 'Look at it' }).click()
  await dialog.getByText('3 rows cannot be used').waitFor()
  await dialog.getByText('Line 2: The day of the check is missing; give one above.').waitFor()
  await dialog.getByLabel('Checked on').fill(today())
  await dialog.getByLabel('Source').fill('Carrier')
  await dialog.getByRole('button', { name: 'Look at it' }).click()
  await dialog.getByText('1 row cannot be used').waitFor()
  await dialog.getByText('Line 4: This is no number that can be dialled.').waitFor()
  await dialog.getByText('1 row is about nobody here').waitFor()
  expect(await faultsOnPhone(page, dialog, 'number-checks')).toEqual([])
  expect(await faults(page, 'number-checks')).toEqual([])
  await dialog.getByRole('button', { name: 'Record 1 answer' }).click()
  await page.getByText('1 answer is recorded. The gate goes by it from now on.').waitFor()
  await page.goto(`${desk.url}/w/${slug}/contacts/${contactId}`)
  await seen(page, 'checked with Carrier')
  expect(complaints.filter((one) => !/422/.test(one))).toEqual([])
  await close()
}, 120_000)

it('where she lives is written on her form, with how it is known; what it does not say stays as it was', async () => {
  const { page, complaints, close } = await open()
  const sheet = page.getByRole('dialog')
  const address = sheet.locator('[name=livesAddress]')
  const save = () => sheet.getByRole('button', { name: 'Save', exact: true }).click()
  await page.goto(`${desk.url}/w/${slug}/contacts/${contactId}?form=edit`)
  await sheet.getByText('Details', { exact: true }).click()
  await address.fill('behind the church')
  await save()
  await sheet.getByText('Choose a country, or leave all of it empty.').first().waitFor()
  await sheet.getByRole('combobox', { name: /^Country/ }).click()
  await page.getByPlaceholder('Search').fill('united st')
  await page.getByRole('option', { name: /^United States/ }).click()
  await save()
  await sheet.getByText('Write how you know', { exact: false }).first().waitFor()
  await sheet.locator('[name=livesSource]').fill('She said so on the phone')
  await save()
  await sheet.getByText('The state or province is not plain in this address.').first().waitFor()
  expect(await faultsOnPhone(page, sheet, 'contact-place')).toEqual([])
  await address.fill('5 Oak Avenue, Tampa, FL 33602')
  await save()
  await seen(page, 'FL, United States')
  await seen(page, 'source: She said so on the phone')
  expect(complaints.filter((one) => !/422/.test(one))).toEqual([])
  await close()
}, 120_000)
