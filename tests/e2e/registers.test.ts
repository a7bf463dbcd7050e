import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enter } from '../../scripts/screens/visit.ts'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, openWindow, sidewaysScroll } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk } from '../setup/desk.ts'
import { becomeOwner, ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'

let browser: Browser
let desk: RunningDesk
let slug: string
let signedIn: BrowserContextOptions['storageState']
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDesk({ dataFolder, args: ['--port', '0'] })])
  const owner = await becomeOwner(desk)
  slug = owner.workspace.slug
  await owner.call('POST /contacts', {
    body: { name: 'Ann Lee', points: [{ kind: 'email', value: 'ann@home.example' }] },
    idempotencyKey: randomUUID(),
  } as never)
  signedIn = await enter(browser, { url: desk.url, signIn: ownerAccount })
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

/** What is wrong with what stands there, light and dark. */
async function faults(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  if ((await sidewaysScroll(page)) > 0) found.push('it can be scrolled sideways')
  return found
}

describe('the registers of a business of one', () => {
  it('are kept from the first contract to a told person, an authority’s letter and the terms', async () => {
    const { page, complaints, close } = await openWindow(browser, { ...sizes.desk, ...(signedIn ? { storageState: signedIn } : {}) })
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
    const dialog = page.getByRole('dialog')
    const field = (name: string) => dialog.getByLabel(name, { exact: true })
    const records = async (register: string) => {
      await page.goto(`${desk.url}/w/${slug}/settings/records`)
      await page.getByRole('link', { name: register }).click()
      await page.getByRole('heading', { level: 1, name: register }).waitFor()
    }

    await records('Who receives data')
    await button('Add a recipient').click()
    await field('Name').fill('Books Co')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Choose at least one.').first().waitFor()
    await field('What the law asks for').check()
    await field('names').check()
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('No contract: receives nothing').waitFor()
    await button('Change').click()
    await field('Contract').fill('Engagement 2026')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Under contract').waitFor()

    await records('What is processed, and why')
    await page.getByText('Books Co').first().waitFor()

    await records('Incidents')
    await button('Report an incident').click()
    await field('What happened').fill('A laptop was stolen')
    await field('Began on').fill('2026-01-05')
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Report an incident' }).click()
    await page.getByRole('heading', { level: 1, name: 'Incident 1' }).waitFor()
    await page.getByRole('link', { name: 'Ann Lee' }).waitFor()
    await button('Write the risk down').click()
    await field('Why').fill('Names and numbers')
    await field('What was done about it').fill('The disk was encrypted')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await button('Tell 1 person').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Tell 1 person' }).click()
    await page.getByText('1 was written to').waitFor()
    expect(await faults(page)).toEqual([])

    await records('Requests by authorities')
    await button('Record a request').click()
    await field('Authority or court').fill('Superior Court')
    await field('Its place').fill('California')
    await field('What it asks for').fill('Notes on Ann Lee')
    await dialog.getByRole('button', { name: 'Record a request' }).click()
    await page.getByRole('heading', { level: 1, name: 'Request 1' }).waitFor()
    await button('Choose').click()
    await dialog.getByRole('combobox', { name: 'Add a person' }).click()
    await page.getByRole('option', { name: 'Ann Lee' }).click()
    await dialog.getByLabel(/^note:/).check()
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await button('Answer the questions').click()
    for (const box of await dialog.getByRole('checkbox').all()) await box.check()
    await field('How you made sure').fill('Called the clerk back')
    await dialog.getByRole('button', { name: 'Answer the questions' }).click()
    await page.getByText('nobody else can').waitFor()
    expect(await faults(page)).toEqual([])

    await records('Team and terms')
    await button('I have read this and keep to it').click()
    await page.getByText(/^You confirmed on/).waitFor()
    await button('Accept for this business').click()
    await page.getByText(/^Accepted on/).waitFor()
    await button('Give an instruction').click()
    await field('Instruction').fill('Keep every backup in Canada')
    await dialog.getByRole('button', { name: 'Give an instruction' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Keep every backup in Canada' }).waitFor()

    await page.setViewportSize(sizes.phone.viewport)
    expect(await faults(page)).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })
})
