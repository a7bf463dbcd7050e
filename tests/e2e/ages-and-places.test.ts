import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { desk as deskSize, openWindow, phone, sidewaysScroll } from '../setup/chromium.ts'
import { seriousFindings } from '../web/browser.ts'
import { ownedDesk } from './owned-desk.ts'

const place = ownedDesk({ env: { SIGN_UP: 'open', SIGN_UP_TRANSFER_TO: 'US' } })

async function openCard(size: object) {
  const name = `Kim Young ${randomUUID().slice(0, 4)}`
  const email = `${randomUUID().slice(0, 8)}@home.example`
  const { id: contactId } = await place.owner.call('POST /contacts', { body: { name, points: [{ kind: 'email', value: email }] } })
  const { page, close } = await place.window(size)
  await page.goto(`${place.home}/contacts/${contactId}`)
  await page.getByRole('heading', { name }).first().waitFor()
  const flags = () => place.owner.call('GET /contacts/{contactId}/flags', { params: { contactId } })
  return { page, name, email, flags, close }
}

/** By the keyboard alone: the menu, the first letters of what is wanted, Enter. */
async function choose(page: Page, item: string) {
  await page
    .locator('button[aria-haspopup=menu]')
    .and(page.getByRole('button', { name: 'More', exact: true }))
    .focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: item }).focus()
  await page.keyboard.press('Enter')
}

const fine = async (page: Page) => {
  expect(await seriousFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
}

const settle = async (changes: object) => {
  const { version } = await place.owner.call('GET /privacy-settings')
  await place.owner.call('PATCH /privacy-settings', { body: changes, version })
}

it('notes that somebody is under age, says what follows, and takes it back', async () => {
  const { page, name, flags, close } = await openCard({ ...deskSize, colorScheme: 'dark' })
  await choose(page, 'Age')
  await page.getByText('Advertising does not reach this person any more.', { exact: false }).waitFor()
  await page.getByText('Asking a parent or guardian by mail is switched off', { exact: false }).waitFor()
  await fine(page)
  await page.getByRole('button', { name: 'Note it' }).click()
  await page.getByText(`Noted: no advertising reaches ${name}.`).first().waitFor()
  await page.getByText('Under 18: no advertising.').waitFor()
  await fine(page)
  expect((await flags()).underAge).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Under 18: no advertising.').waitFor({ state: 'detached' })
  expect((await flags()).underAge).toBe(false)
  await close()
}, 60_000)

it('keeps a child apart from the card, on the phone, and releases it with the reason', async () => {
  const { page, name, flags, close } = await openCard(phone)
  await choose(page, 'Age')
  await page.getByRole('radio', { name: 'A child, and nobody agreed' }).check()
  await page.getByText('Within 24 hours everything is erased', { exact: false }).waitFor()
  await fine(page)
  await page.getByRole('button', { name: 'Keep apart and erase' }).click()
  await page.getByText('Kept apart since', { exact: false }).waitFor()
  await fine(page)
  const [flag] = (await flags()).open
  expect([flag?.reason, flag?.foundBy]).toEqual(['child', 'member'])
  await choose(page, 'Age')
  await page.getByText('is kept apart as a child already', { exact: false }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'It was a mistake' }).click()
  const dialog = page.getByRole('dialog', { name: `${name} is not to be erased` })
  await dialog.getByRole('button', { name: 'It was a mistake' }).click()
  await dialog.getByText('Say in a few words why.').first().waitFor()
  await dialog.getByLabel('Why it was a mistake').fill('She showed her passport.')
  await fine(page)
  await dialog.getByRole('button', { name: 'It was a mistake' }).click()
  await page.getByText('Kept apart since', { exact: false }).waitFor({ state: 'detached' })
  expect((await flags()).open).toEqual([])
  await close()
}, 60_000)

it('asks the parent or guardian by mail where the business lets them agree, and not the child', async () => {
  await settle({ 'age.guardian': 'allowed' })
  const { page, email, flags, close } = await openCard(deskSize)
  await choose(page, 'Age')
  await page.getByRole('radio', { name: 'A child: ask the parent or guardian' }).check()
  await page.getByRole('button', { name: 'Ask by mail' }).click()
  await page.getByText('Write the name.').first().waitFor()
  await page.getByLabel('Name of the parent or guardian').fill('Mia Ray')
  await page.getByLabel('Mail address of the parent or guardian').fill(email)
  await page.getByRole('button', { name: 'Ask by mail' }).click()
  await page.getByText('This address stands on the card of the child.', { exact: false }).first().waitFor()
  await fine(page)
  await page.getByLabel('Mail address of the parent or guardian').fill('mia@home.example')
  await page.getByRole('button', { name: 'Ask by mail' }).click()
  await page.getByText('a child whose parent or guardian was asked', { exact: false }).waitFor()
  await fine(page)
  const { guardian, open } = await flags()
  expect([guardian?.agreedAt, open.map(({ dueAt }) => dueAt)]).toEqual([null, [guardian?.endsAt]])
  await close()
  await settle({ 'age.guardian': 'none' })
}, 60_000)

it('takes down where somebody lives: nothing where it is served, and a way back where it is not', async () => {
  const { page, flags, close } = await openCard({ ...phone, colorScheme: 'dark' })
  const say = async (country: string) => {
    await choose(page, 'Where the person lives')
    await page.getByRole('combobox', { name: 'Country' }).click()
    await page.keyboard.type(country)
    await page.getByRole('option', { name: country }).first().click()
  }
  await say('Canada')
  await page.getByText('You serve Canada. Nothing is kept of this.').waitFor()
  await fine(page)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('You serve Canada. Nothing was kept.').first().waitFor()
  expect((await flags()).open).toEqual([])
  await say('France')
  await page.getByText('You do not serve France.', { exact: false }).waitFor()
  await fine(page)
  await page.getByRole('button', { name: 'Keep apart and erase' }).click()
  await page.getByText('lives where you do not serve people (France)', { exact: false }).waitFor()
  expect((await flags()).open.map(({ country }) => country)).toEqual(['FR'])
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Kept apart since', { exact: false }).waitFor({ state: 'detached' })
  expect((await flags()).open).toEqual([])
  await close()
}, 60_000)

it('asks whoever signs up from another country to agree to the transfer, by a tick of its own, and nobody else [N9]', async () => {
  const { page, complaints, close } = await openWindow(place.browser, { ...phone, colorScheme: 'dark' })
  await page.goto(`${place.url}/sign-up`)
  const lives = async (country: string) => {
    await page.getByRole('combobox', { name: 'Country' }).first().click()
    const list = page.getByRole('dialog', { name: 'Country' })
    await list.locator('input').fill(country)
    await page.getByRole('option', { name: country }).first().click()
    await list.waitFor({ state: 'detached' })
  }
  const tick = page.getByRole('checkbox', { name: /^I agree that my personal data go to another country/ })
  const email = `${randomUUID().slice(0, 8)}@home.example`
  const typed = { 'Your name': 'Robin Vale', Email: email, Password: 'seven quiet otters borrow umbrellas', 'How old are you?': '34' }
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(text)
  await lives('United States')
  expect(await tick.count()).toBe(0)
  await lives('Canada')
  await tick.waitFor()
  expect(await tick.isChecked()).toBe(false)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('Without your agreement no account can be opened from there.').first().waitFor()
  await fine(page)
  for (const [label, text] of Object.entries(typed)) expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(text)
  await tick.check()
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  await page.getByText(email).first().waitFor()
  expect(complaints).toEqual([])
  await close()
}, 60_000)
