import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { desk as deskSize, phone, sidewaysScroll } from '../setup/chromium.ts'
import { ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'
import { ownedDesk } from './owned-desk.ts'
import { signIn, sitDown } from './people.ts'

const place = ownedDesk()

async function openCard(size: object): Promise<{ page: Page; close: () => Promise<unknown> }> {
  const name = `Gerda Gone ${randomUUID().slice(0, 4)}`
  const contact = await place.owner.call('POST /contacts', {
    body: { name, points: [{ kind: 'email', value: `${randomUUID().slice(0, 8)}@home.example` }], note: 'Likes marzipan' },
  })
  const { page, close } = await place.window(size)
  await page.goto(`${place.home}/contacts/${contact.id}`)
  await page.getByRole('heading', { name }).first().waitFor()
  return { page, close }
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

  // Nothing comes in before the processing terms are accepted, and the same file not where she is already: it is said why.
  const copy = await download.path()
  await page.goto(`${place.home}/privacy/erasures`)
  await page.getByText('Nobody was taken over yet').waitFor()
  await page.getByLabel('Choose the ZIP file').setInputFiles(copy)
  await page.getByText('An owner has to accept the processing terms first', { exact: false }).waitFor()
  await fine(page)
  const { version, sha256 } = await place.owner.call('GET /processing-terms')
  await place.owner.call('POST /processing-terms/acceptance', { body: { version, sha256 } })
  await page.getByLabel('Choose the ZIP file').setInputFiles(copy)
  await page.getByText('Somebody with this address or number is here already.').waitFor({ timeout: 30_000 })
  await fine(page)
  await close()
}, 120_000)

it('corrects her data at her request, and says what was wrong instead of keeping it [M4]', async () => {
  const { page, close } = await openCard(phone)
  await choose(page, 'Correct at her request')
  await page.getByRole('button', { name: 'Correct it' }).click()
  await page.getByText('Say in a few words what was wrong.').first().waitFor()
  await page.getByLabel('What was wrong').fill('Her first name was misspelt')
  await page.getByRole('button', { name: 'Correct it' }).click()
  await page.getByText('Change what is wrong first.').first().waitFor()
  const was = await page.getByLabel('Name', { exact: true }).inputValue()
  await page.getByLabel('Name', { exact: true }).fill('Gerta Right')
  await fine(page)
  await page.getByRole('button', { name: 'Correct it' }).click()
  await page.getByRole('heading', { name: 'Gerta Right' }).first().waitFor()
  await page.getByText('Her first name was misspelt').first().waitFor()
  expect(await page.getByText(was).count()).toBe(0)
  await close()
}, 120_000)

it('asks at the counter in the business’s own words, keeps them with the consent, and takes it back in one press [N14] [M11]', async () => {
  const person = await sitDown(place.browser, deskSize)
  const { page } = person
  await signIn(person, place.url, ownerAccount)
  await page.goto(`${place.home}/privacy/consents`)
  const texts = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Texts about bookings' }) })
  await texts.getByRole('button', { name: 'Your own words' }).click()
  await page.getByLabel('To be read and ticked or signed').fill('{business} may text me about my bookings, automatically. Rates may apply.')
  await page.getByRole('button', { name: 'Use these words' }).click()
  await page.getByText('Still missing: how to stop and that nothing hangs on it.').first().waitFor()
  await page
    .getByLabel('To be read and ticked or signed')
    .fill('{business} may text me about my bookings, automatically. Rates may apply. STOP ends it, and I do not have to agree.')
  await fine(page)
  await page.getByRole('button', { name: 'Use these words' }).click()
  await texts.getByText('Your own, edition 1').waitFor()
  const address = await page.getByLabel('Address of the counter page').inputValue()

  const visitor = await (await place.browser.newContext({ ...phone, javaScriptEnabled: false })).newPage()
  await visitor.goto(new URL(new URL(address).pathname, place.url).href)
  await visitor.getByLabel(/may text me about my bookings, automatically/).check()
  await visitor.getByLabel('Your phone number').fill('(212) 555-0188')
  await visitor.getByLabel('Your name').fill('Cora Vance')
  await visitor.getByRole('button', { name: 'Agree' }).click()
  await visitor.getByText('Saved.').waitFor()
  await visitor.context().close()

  const found = (await place.owner.call('GET /contacts/search', { query: { q: 'Cora Vance', limit: 1 } })).items[0]
  await page.goto(`${place.home}/contacts/${found?.id}?tab=consents`)
  const entry = page.getByRole('article').filter({ hasText: 'at the counter' })
  await entry.getByText('Stands', { exact: true }).waitFor()
  await entry.getByText('The words', { exact: true }).click()
  await entry.getByText('Edition of own-1').waitFor()
  await fine(page)
  await entry.getByRole('button', { name: 'Take back' }).click()
  await page.getByText('Taken back', { exact: true }).waitFor()
  await page.context().close()
}, 120_000)

it('keeps her data without using it, and lifts that again [M9]', async () => {
  const { page, close } = await openCard(deskSize)
  await choose(page, 'Keep the data, do not use it')
  await page.getByRole('button', { name: 'Only keep it' }).click()
  await page.getByText('The data is only kept, not used, since').waitFor()
  await fine(page)
  await choose(page, 'Keep the data, do not use it')
  await page.getByLabel('Why it is lifted').fill('It was right after all')
  // No mail can leave from here: the letter that has to tell her fails, and the data stay unused.
  await page.getByRole('button', { name: 'Write, then use it again' }).click()
  await page.getByText('The letter to the person did not leave', { exact: false }).waitFor({ timeout: 60_000 })
  await choose(page, 'Keep the data, do not use it')
  await page.getByLabel('Why it is lifted').fill('It was right after all')
  await page.getByLabel('How the person is told').selectOption('phone')
  await page.getByRole('button', { name: 'Use it again' }).click()
  await page.getByText('Write what shows it.').first().waitFor()
  await fine(page)
  await page.getByLabel('What shows it').fill('Called her on Monday')
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

  // The receipt stays, and says nothing of who it was.
  await page.goto(`${place.home}/privacy/erasures`)
  await page.getByText('The receipt').first().click()
  await page.getByText('This receipt is kept and names nobody.').waitFor()
  expect(await page.getByText('Gerda Gone').count()).toBe(0)
  await fine(page)
  await close()
}, 120_000)
