import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { desk as deskSize, openBrowser, phone, sidewaysScroll } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk } from '../setup/desk.ts'
import { becomeOwner, ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'
import { signIn, sitDown } from './people.ts'

const dataFolder = newDataFolder()
let browser: Browser
let desk: RunningDesk
let owner: Awaited<ReturnType<typeof becomeOwner>>
beforeAll(async () => {
  browser = await openBrowser()
  desk = await startDesk({ dataFolder })
  owner = await becomeOwner(desk)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

async function openCard(size: object): Promise<{ page: Page; close: () => Promise<unknown> }> {
  const name = `Gerda Gone ${randomUUID().slice(0, 4)}`
  const contact = await owner.call('POST /contacts', {
    body: { name, points: [{ kind: 'email', value: `${randomUUID().slice(0, 8)}@home.example` }], note: 'Likes marzipan' },
  })
  const person = await sitDown(browser, size)
  await signIn(person, desk.url, ownerAccount)
  await person.page.goto(`${desk.url}/w/${owner.workspace.slug}/contacts/${contact.id}`)
  await person.page.getByRole('heading', { name }).first().waitFor()
  return { page: person.page, close: () => person.page.context().close() }
}

const choose = async (page: Page, item: string) => {
  await page
    .locator('button[aria-haspopup=menu]')
    .and(page.getByRole('button', { name: 'More', exact: true }))
    .click() // the phone's bar has another More
  await page.getByRole('menuitem', { name: item }).click()
}

const fine = async (page: Page) => {
  expect(await seriousFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
}

it('makes a copy of her data on the desk and downloads it [M2]', async () => {
  const { page, close } = await openCard(deskSize)
  await choose(page, 'Export the data')
  await page.getByRole('button', { name: 'Make a copy' }).click()
  const button = page.getByRole('button', { name: 'Download' })
  await button.waitFor()
  await fine(page)
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  expect(download.suggestedFilename()).toMatch(/^data-\w+\.zip$/)
  await close()
}, 120_000)

it('keeps her data without using it, and lifts that again [M9]', async () => {
  const { page, close } = await openCard(deskSize)
  await choose(page, 'Keep the data, do not use it')
  await page.getByRole('button', { name: 'Only keep it' }).click()
  await page.getByText('The data is only kept, not used, since').waitFor()
  await fine(page)
  await choose(page, 'Keep the data, do not use it')
  await page.getByLabel('Why it is lifted').fill('It was right after all')
  await page.getByRole('button', { name: 'Use it again' }).click()
  await page.getByText('The data is only kept, not used, since').waitFor({ state: 'detached' })
  await close()
}, 120_000)

it('erases her on the phone after saying what goes and what stays, and shows the receipt [I2] [M7]', async () => {
  const { page, close } = await openCard(phone)
  await choose(page, 'Erase or anonymize')
  await page.getByText('What stays, and why').waitFor()
  await fine(page)
  const button = page.getByRole('button', { name: 'Erase for good' })
  expect(await button.isDisabled()).toBe(true)
  await page.getByLabel(/I know that this erases/).check()
  await button.click()
  await page.getByText(/^Erased on/).waitFor({ timeout: 60_000 })
  await fine(page)
  await page.getByRole('button', { name: 'Close' }).last().click()
  await page.waitForURL(/\/contacts(\?.*)?$/)
  await close()
}, 120_000)
