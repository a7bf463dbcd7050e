import { expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { faults, picture } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

const place = ownedDesk({
  prepare: async (owner) => {
    for (const [name, tags] of [
      ['Ann Lee', ['VIP']],
      ['Bo Larsen', ['VIP', 'New']],
      ['Cara Diaz', []],
    ] as const)
      await owner.call('POST /contacts', { body: { name, tags: [...tags] } as never })
  },
})

it('people are filtered in words, the number is explained, the view is kept, and everybody in it is put on a list and taken off again', async () => {
  const { page, complaints, close } = await place.window(sizes.desk)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const dialog = page.getByRole('dialog')
  await page.goto(`${place.home}/contacts`)
  await page.getByRole('link', { name: /Cara Diaz/ }).waitFor()
  await page.keyboard.press('f')
  await dialog.getByRole('button', { name: 'Add a condition' }).click()
  await dialog.getByText('Say what is looked for.').waitFor()
  await dialog.getByRole('combobox', { name: /^Tag/ }).click()
  await page.getByRole('option', { name: /VIP/ }).click()
  await dialog.getByRole('button', { name: 'Add a condition' }).click()
  await button('Tag is VIP').waitFor()
  await button('2 people').waitFor()
  expect(await page.getByRole('link', { name: /Cara Diaz/ }).count()).toBe(0)

  await button(/^Add a condition/).click()
  await dialog.getByLabel('What').selectOption('event')
  await dialog.getByText('is not so').click()
  await dialog.getByText('Ever', { exact: true }).click()
  expect(await faults(page)).toEqual([])
  await picture(page, 'condition')
  await dialog.getByRole('button', { name: 'Add a condition' }).click()
  await button('Booked never').waitFor()
  await button('2 people').click()
  await dialog.getByRole('row', { name: /Everybody here 3/ }).waitFor()
  await dialog.getByRole('row', { name: /Tag is VIP 2/ }).waitFor()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await button('Save as a segment').click()
  await dialog.getByText('Tag is VIP and booked never').waitFor()
  await dialog.getByLabel('Name').fill('VIPs to win')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('VIPs to win is saved.').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'segment')

  await button('Select several').click()
  await button('All 2 of this view').click()
  await button('Change them').click()
  await dialog.getByLabel('What').selectOption('add_to_list')
  await dialog.getByRole('button', { name: 'Make a list' }).click()
  await page.getByRole('dialog', { name: 'Make a list' }).getByLabel('Name of the list').fill('Spring fair')
  await page.getByRole('dialog', { name: 'Make a list' }).getByRole('button', { name: 'Make a list' }).click()
  await dialog.getByRole('button', { name: 'Put on a list' }).click()
  await page.getByText('2 people were put on Spring fair.').waitFor()
  await button('Undo').first().click()
  await page.getByText('Undone').waitFor()
  await page.getByRole('link', { name: /Bo Larsen/ }).click()
  await page.getByText('On no list').waitFor()
  await button('Put on a list').click()
  await page.getByRole('menuitem', { name: 'Spring fair' }).click()
  await page.getByRole('link', { name: 'Spring fair' }).waitFor()
  await picture(page, 'card-on-list')

  await button('Segments').click()
  await page.getByRole('menuitem', { name: 'All segments and lists' }).click()
  await page.getByText('Tag is VIP and booked never').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'segments')
  await button('More about VIPs to win').click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByText('VIPs to win is removed.').waitFor()
  await page.keyboard.press('z')
  await page.getByText('Undone').first().waitFor()
  await page.getByText('VIPs to win').first().waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('link', { name: /VIPs to win/ }).click()
  await button('Booked never').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'segment-phone')
  expect(complaints).toEqual([])
  await close()
}, 90_000)
