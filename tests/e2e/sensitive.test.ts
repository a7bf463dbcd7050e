import { expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { faults, picture } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

let contactId: string
const place = ownedDesk({
  prepare: async (owner) => {
    const contact = await owner.call('POST /contacts', {
      body: { name: 'Ann Lee', points: [{ kind: 'email', value: 'ann@home.example' }] } as never,
    })
    contactId = contact.id
    const { version } = await owner.call('GET /privacy-settings')
    await owner.call('PATCH /privacy-settings', { body: { 'tax_id.collect': 'on_when_required' }, version } as never)
  },
})

it('a field is declared, written, seen in full for a reason and for a while; a card in a note is pointed out once [A13] [W1] [B1]', async () => {
  const { page, complaints, close } = await place.window(sizes.desk)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  await page.clock.install()
  await page.goto(`${place.home}/privacy/sensitive`)
  await page.getByText('None is declared.').waitFor()
  await button('Declare a field').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name of the field').fill('SSN for Form 1099')
  await dialog.getByRole('button', { name: 'Declare', exact: true }).click()
  await dialog.getByRole('alert').first().waitFor() // why it is kept was left out
  await dialog.getByLabel('Why it is kept').fill('We pay her as a contractor.')
  expect(await faults(page)).toEqual([])
  await picture(page, 'sensitive-declare')
  await dialog.getByRole('button', { name: 'Declare', exact: true }).click()
  await page.getByRole('heading', { name: 'SSN for Form 1099' }).waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'sensitive-settings')

  await page.goto(`${place.home}/contacts/${contactId}?tab=sensitive`)
  await button('Write down SSN for Form 1099').click()
  await dialog.getByRole('textbox', { name: 'SSN for Form 1099' }).fill('12')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('This is no such number').first().waitFor()
  await dialog.getByRole('textbox', { name: 'SSN for Form 1099' }).fill('219456789')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await page.getByText('•••-••-6789').waitFor()
  expect(await page.content()).not.toContain('219-45')

  await button('Show SSN for Form 1099').click()
  await dialog.getByLabel('Why').fill('Filing the 1099 of this year')
  expect(await faults(page)).toEqual([])
  await picture(page, 'sensitive-reveal')
  await dialog.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByText('219-45-6789').waitFor()
  await page.getByText('Filing the 1099 of this year').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'sensitive-shown')
  await page.setViewportSize(sizes.phone.viewport)
  expect(await faults(page)).toEqual([])
  await picture(page, 'sensitive-shown-phone')
  await page.setViewportSize(sizes.desk.viewport)
  await page.clock.runFor(31_000)
  await page.getByText('219-45-6789').waitFor({ state: 'detached' })

  await page.getByRole('link', { name: 'Who saw, changed and exported her data' }).click()
  await page.getByText('Saw a protected value in full').waitFor()
  await page.getByText('Looked at a contact').waitFor()
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'Changed' })
  await page.getByText('Saw a protected value in full').waitFor({ state: 'detached' })
  await page.getByText('Wrote down a protected value').waitFor()
  await button('Check').click()
  await page.getByText('as it was sealed').or(page.getByText('as they were sealed')).waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'who-saw-what')
  await page.setViewportSize(sizes.phone.viewport)
  expect(await faults(page)).toEqual([])
  await picture(page, 'who-saw-what-phone')
  await page.goto(`${place.home}/privacy/sensitive`)
  await page.getByRole('heading', { name: 'SSN for Form 1099' }).waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'sensitive-settings-phone')
  await page.setViewportSize(sizes.desk.viewport)

  await page.goto(`${place.home}/contacts/${contactId}?tab=notes`)
  const form = page.getByRole('form', { name: 'New note' })
  const note = form.getByRole('textbox')
  const saveNote = () => form.getByRole('button').click()
  await note.fill('She paid with 4111 1111 1111 1111')
  await saveNote()
  await dialog.getByText('Payment card').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'number-in-text')
  await dialog.getByRole('button', { name: 'Back to the text' }).click()
  expect(await note.inputValue()).toBe('She paid with 4111 1111 1111 1111')
  await saveNote()
  await dialog.getByRole('button', { name: 'Mask it and save' }).click()
  await page.getByText('She paid with ••••1111').waitFor()
  expect(complaints.filter((each) => !each.includes('422'))).toEqual([])
  await close()
})
