import { expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { faults, picture } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

let contactId: string
const place = ownedDesk({
  prepare: async (owner) => {
    contactId = (await owner.call('POST /contacts', { body: { name: 'Ann Lee' } as never })).id
  },
})

it('fields are added and ordered; what sounds protected is pointed there first', async () => {
  const { page, complaints, close } = await place.window(sizes.desk)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const dialog = page.getByRole('dialog')
  await page.goto(`${place.home}/settings/fields`)
  await page.getByText('Your own fields will stand here').waitFor()
  await button('Add a field').click()
  await dialog.getByLabel('Name', { exact: true }).fill('Allergies')
  await dialog.getByRole('button', { name: 'Add a field' }).click()
  await dialog.getByText('Say which kind of data it is.').first().waitFor()
  await dialog.getByLabel('Kind of data').selectOption('preference')
  await dialog.getByRole('button', { name: 'Add a field' }).click()
  await dialog.getByText(/“allergies” sounds like data that need protection/).waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'fields-sensitive')
  await dialog.getByLabel('Name', { exact: true }).fill('Member since')
  await dialog.getByLabel('Type').selectOption('date')
  await dialog.getByRole('button', { name: 'Add a field' }).click()
  await page.getByText('Member since is added.').waitFor()

  await button('Add a field').click()
  await dialog.getByLabel('Name', { exact: true }).fill('Level')
  await dialog.getByLabel('Type').selectOption('choice')
  await dialog.getByRole('textbox', { name: 'Choice 1' }).fill('Gold')
  await dialog.getByRole('textbox', { name: 'Choice 2' }).fill('Silver')
  await dialog.getByLabel('Kind of data').selectOption('preference')
  await dialog.getByLabel('Heading').fill('Club')
  await picture(page, 'fields-add')
  expect(await faults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Add a field' }).click()
  await page.getByText('Level is added.').waitFor()
  await button('Move Level up').click()
  await page.getByText('The order is changed.').waitFor()
  await expect
    .poll(() => page.getByRole('region', { name: 'Own fields' }).getByRole('heading', { level: 3 }).allInnerTexts())
    .toEqual(['Level', 'Member since'])
  await picture(page, 'fields-settings')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await faults(page)).toEqual([])
  await picture(page, 'fields-settings-phone')
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('a value is changed where it stands and taken back; of two who write it the second one chooses; the history brings any value back', async () => {
  const { page, complaints, close } = await place.window(sizes.desk)
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  await page.goto(`${place.home}/contacts/${contactId}`)
  await button('Fill in Level').click()
  await page.getByRole('combobox', { name: 'Level' }).selectOption({ label: 'Gold' })
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await button('Change Level: Gold').waitFor()
  await page.getByText('Level is changed.').waitFor()
  await button('Undo').click()
  await button('Fill in Level').waitFor()

  // Somebody else writes the same field while the input stands open.
  await button('Fill in Level').click()
  await page.route('**/events/stream', (route) => route.abort())
  const { version } = await place.owner.call('GET /contacts/{contactId}', { params: { contactId: contactId as never } })
  await page.getByRole('combobox', { name: 'Level' }).selectOption({ label: 'Gold' })
  await place.owner.call('PATCH /contacts/{contactId}', {
    params: { contactId: contactId as never },
    body: { fields: { level: 'silver' } },
    version,
  } as never)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await button('Change Level: Gold').or(page.getByText('Theirs: Silver')).first().waitFor()
  await picture(page, 'fields-met')
  if (await page.getByText('Theirs: Silver').isVisible()) {
    await page.getByText('Yours: Gold').waitFor()
    expect(await faults(page)).toEqual([])
    await button('Keep mine').click()
  }
  await button('Change Level: Gold').waitFor()

  await button('History').click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('Level: Silver → Gold').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'fields-history')
  await sheet.getByRole('button', { name: 'Bring back “Silver”' }).first().click()
  await page.getByText('Level is as it was.').waitFor()
  await page.keyboard.press('Escape')
  await button('Change Level: Silver').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await faults(page)).toEqual([])
  await picture(page, 'fields-contact-phone')
  expect(complaints.filter((one) => !/412|ERR_FAILED|stream/.test(one))).toEqual([])
  await close()
}, 120_000)

it('a company is added, known by its domain, and shows who belongs to it', async () => {
  const { page, complaints, close } = await place.window(sizes.desk)
  const dialog = page.getByRole('dialog')
  const add = () => dialog.getByRole('button', { name: 'Add a company' }).click()
  await page.goto(`${place.home}/contacts/companies`)
  await page.getByText('Companies will stand here').waitFor()
  await page.getByRole('button', { name: 'Add a company' }).first().click()
  await dialog.getByLabel('Name').fill('Acme')
  await dialog.getByLabel('Domain').fill('gmail.com')
  await add()
  await dialog
    .getByText(/gives mail to everybody/)
    .first()
    .waitFor()
  await dialog.getByLabel('Domain').fill('https://www.acme.example/')
  expect(await faults(page)).toEqual([])
  await add()
  await page.getByRole('heading', { level: 1, name: 'Acme' }).waitFor()
  await page.getByText('Nobody belongs to it yet.').waitFor()

  const { version } = await place.owner.call('GET /contacts/{contactId}', { params: { contactId: contactId as never } })
  const body = { company: 'acme', companyRole: 'Office manager' }
  await place.owner.call('PATCH /contacts/{contactId}', { params: { contactId: contactId as never }, body, version } as never)
  await page.getByText('Office manager').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'company')
  await page.getByRole('button', { name: 'Add a company' }).first().click()
  await dialog.getByLabel('Name').fill('Other')
  await dialog.getByLabel('Domain').fill('info@acme.example')
  await add()
  await dialog.getByText('Acme has this name or domain already.').waitFor()
  await dialog.getByRole('button', { name: 'Open it' }).click()
  await page.getByRole('link', { name: /Ann Lee/ }).click()
  await page.getByRole('link', { name: 'Acme', exact: true }).waitFor()
  await page.getByRole('link', { name: 'Acme', exact: true }).click()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await faults(page)).toEqual([])
  await picture(page, 'company-phone')
  expect(complaints.filter((one) => !/400|409|412/.test(one))).toEqual([])
  await close()
}, 120_000)
