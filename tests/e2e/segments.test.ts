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

it('handles and relations stand on the cards; people are grouped, moved on a board that is kept, and a filter is arranged in groups', async () => {
  const { owner } = place
  const make = (name: string) => owner.call('POST /contacts', { body: { name, tags: ['Rower'] } as never })
  const [dana, eli] = [await make('Dana Poe'), await make('Eli Poe')]
  await owner.call('POST /contact-fields', {
    body: {
      label: 'Level',
      type: 'choice',
      category: 'preference',
      filter: true,
      choices: ['Gold', 'Silver'].map((label) => ({ label, hue: 40 })),
    },
  } as never)
  const { page, complaints, close } = await place.window(sizes.desk)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const dialog = page.getByRole('dialog')
  await page.goto(`${place.home}/contacts/${dana.id}?form=edit`)
  await button('Another handle').click()
  await dialog.getByLabel('Where').selectOption('instagram')
  await dialog.getByLabel('Name there, or the address of the page').fill('no such name')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Nobody can be called this there', { exact: false }).first().waitFor()
  await dialog.getByLabel('Name there, or the address of the page').fill('https://instagram.com/Dana.Poe/')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('@dana.poe').waitFor()
  await button('Add a relation').click()
  await dialog.getByRole('combobox', { name: /^Who/ }).click()
  await page.getByRole('option', { name: /Eli Poe/ }).click()
  await dialog.getByLabel('In your own words').fill('mother of')
  await dialog.getByLabel('And the other way round').fill('son of')
  expect(await faults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('mother of', { exact: true }).waitFor()
  await page.getByText('added a relation', { exact: false }).first().waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'relations')
  await button('Remove the relation to Eli Poe').click()
  await page.getByText('Removed: mother of Eli Poe').waitFor()
  await button('Undo').click()
  await page.getByRole('definition').getByRole('link', { name: 'Eli Poe' }).click()
  await page.getByText('son of', { exact: true }).waitFor()

  // Grouped by a field, a group shut and opened with the keyboard.
  await page.goto(`${place.home}/contacts?look=table&tag=Rower`)
  const grid = page.getByRole('grid', { name: 'People, as a table' })
  await button('Groups').click()
  await expect.poll(() => page.getByLabel('Grouped by').locator('option').allInnerTexts()).toContain('Level')
  await page.getByLabel('Grouped by').selectOption('Tag')
  await page.keyboard.press('Escape')
  const head = grid.getByRole('row', { name: /^Rower 2/ })
  await head.waitFor()
  await grid.getByRole('row', { name: /Eli Poe/ }).waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'table-groups')
  await head.getByRole('gridcell').focus()
  await page.keyboard.press('Enter')
  await grid.getByRole('row', { name: /Eli Poe/ }).waitFor({ state: 'detached' })
  await page.waitForURL(/shut=/)
  await page.keyboard.press('Enter')
  await grid.getByRole('row', { name: /Eli Poe/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(() => document.activeElement?.closest('[role=row]')?.textContent)).toMatch(/Poe/)

  // A board by the field: a card goes to another column with the keyboard and with the mouse, and is saved.
  await button('Groups').click()
  await page.getByText('Board', { exact: true }).click()
  await page.getByLabel('A column for each').selectOption('Level')
  await page.keyboard.press('Escape')
  const column = (name: string) => page.getByRole('region', { name })
  const cards = (name: string) => column(name).locator('[data-card]').allInnerTexts()
  await expect.poll(() => cards('Nothing said')).toHaveLength(2)
  await page.getByRole('link', { name: /Dana Poe/ }).focus()
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => cards('Gold')).toMatchObject([expect.stringMatching(/Dana Poe/)])
  await expect.poll(() => page.getByRole('status').filter({ hasText: 'Dana Poe: Gold' }).count()).toBe(1)
  expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/Dana Poe/)
  const [from, to] = [page.locator('[data-card]').filter({ hasText: 'Eli Poe' }), column('Silver')]
  const [start, goal] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !goal) throw new Error('The card is not in sight.')
  await page.mouse.move(start.x + 20, start.y + 20)
  await page.mouse.down()
  await page.mouse.move(goal.x + 40, goal.y + 80, { steps: 6 })
  await page.mouse.up()
  await expect.poll(() => cards('Silver')).toMatchObject([expect.stringMatching(/Eli Poe/)])
  const fieldsOf = async (contactId: string) => (await owner.call('GET /contacts/{contactId}', { params: { contactId } } as never)).fields
  await expect.poll(async () => [await fieldsOf(dana.id), await fieldsOf(eli.id)]).toEqual([{ level: 'gold' }, { level: 'silver' }])
  expect(await faults(page)).toEqual([])
  await picture(page, 'contacts-board')
  await button('Save as a segment').click()
  await dialog.getByLabel('Name').fill('Rowers by level')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Rowers by level is saved.').waitFor()
  const kept = (await owner.call('GET /segments')).items.find(({ name }) => name === 'Rowers by level')
  expect(kept?.look).toMatchObject({ group: 'own.level', board: true })

  // Groups in a filter, on a phone too.
  const filter = {
    all: [
      { on: 'tag', tag: 'Rower' },
      { on: 'tag', tag: 'VIP' },
    ],
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${place.home}/contacts?filter=${encodeURIComponent(JSON.stringify(filter))}`)
  await button('Arrange in groups').click()
  await dialog.getByRole('button', { name: 'More for Tag is VIP' }).click()
  await page.getByRole('menuitem', { name: 'Into a group of its own' }).click()
  const group = dialog.getByRole('group', { name: 'Group 2' })
  await group.getByRole('button', { name: 'Add a condition' }).click()
  await dialog.getByLabel('What').selectOption('name')
  await dialog.getByRole('textbox').fill('Poe')
  await dialog.getByRole('button', { name: 'Add a condition' }).click()
  await group.getByText(/Poe/).waitFor()
  await dialog.getByText('2 people').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'filter-groups-phone')
  await dialog.getByRole('button', { name: 'Use this filter' }).click()
  await button(/^Tag is VIP or/).waitFor()
  await page.getByRole('link', { name: /Eli Poe/ }).waitFor()
  expect(complaints.filter((one) => !/422/.test(one))).toEqual([])
  for (const { id } of [dana, eli]) await owner.call('DELETE /contacts/{contactId}', { params: { contactId: id } } as never)
  await close()
}, 90_000)

it('a table of people is laid out, ordered, walked to its end, changed in its cells and kept as a view that others see change', async () => {
  const { owner } = place
  const many = Array.from({ length: 130 }, (_, n) => `Person ${String(n).padStart(3, '0')}`)
  while (many.length > 0)
    await Promise.all(many.splice(0, 12).map((name) => owner.call('POST /contacts', { body: { name, tags: ['Many'] } as never })))
  const { page, complaints, close } = await place.window(sizes.desk)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const grid = page.getByRole('grid', { name: 'People, as a table' })
  const title = (name: string) => grid.getByRole('columnheader', { name })
  const focused = () => page.evaluate(() => document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex'))
  await page.goto(`${place.home}/contacts`)
  await button('Show as a table').click()
  await grid.getByRole('row', { name: /Person 129/ }).waitFor()
  await page.getByText('133 people').waitFor()
  expect(await grid.getAttribute('aria-rowcount')).toBe('134')

  await title('Name').getByRole('button').click()
  await grid.getByRole('row', { name: /Ann Lee/ }).waitFor()
  expect(await title('Name').getAttribute('aria-sort')).toBe('ascending')
  await button('Columns').click()
  await page.getByRole('checkbox', { name: 'Added' }).click()
  await page.getByRole('checkbox', { name: 'Mail' }).click()
  expect(await faults(page)).toEqual([])
  await picture(page, 'table-columns')
  await page.keyboard.press('Escape')
  expect(await title('Mail').count()).toBe(0)

  // To the end and back, with few rows drawn.
  await grid.getByRole('gridcell').first().focus()
  await page.keyboard.press('Control+End')
  await grid.getByRole('row', { name: /Person 129/ }).waitFor()
  expect(await focused()).toBe('134')
  expect(await grid.getByRole('row').count()).toBeLessThan(60)
  await page.keyboard.press('PageUp')
  await page.keyboard.press('Home')
  expect(Number(await focused())).toBeLessThan(120)
  await button('To the first row').click()
  await grid.getByRole('row', { name: /Ann Lee/ }).waitFor()
  expect(await focused()).toBe('2')
  await grid.evaluate((element) => {
    element.scrollTop = 90 * 36
  })
  await grid.getByRole('row', { name: /Person 090/ }).waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Alt+ArrowRight')
  await page.waitForURL(/name(%3A|:)220/)
  await picture(page, 'table')

  // A cell is changed in its place; what is wrong stands at it, and what somebody else wrote is not lost.
  const ann = (await owner.call('GET /contacts/search', { query: { q: 'Ann Lee' } } as never)).items[0]
  const company = grid.getByRole('row', { name: /Ann Lee/ }).locator('[data-column=company]')
  const editor = page.getByRole('dialog', { name: 'Company' })
  await button('To the first row').click()
  await company.dblclick()
  await editor.getByLabel('Company').fill('Lee and Daughters')
  await page.keyboard.press('Enter')
  await page.getByText('Company is changed.').waitFor()
  await company.getByText('Lee and Daughters').waitFor()
  await company.dblclick()
  await editor.getByLabel('Company').fill('Lee Ltd')
  const { version } = await owner.call('GET /contacts/{contactId}', { params: { contactId: ann?.id } } as never)
  await owner.call('PATCH /contacts/{contactId}', { params: { contactId: ann?.id }, body: { company: 'Lee & Co' }, version } as never)
  await page.keyboard.press('Enter')
  await page.getByText('Theirs: Lee & Co').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'table-met')
  await button('Keep mine').click()
  await company.getByText('Lee Ltd').waitFor()
  await grid
    .getByRole('row', { name: /Ann Lee/ })
    .getByRole('gridcell')
    .first()
    .focus()
  await page.keyboard.press('F2')
  await page.getByRole('dialog', { name: 'Name' }).getByLabel('Name').fill(' ')
  await page.keyboard.press('Enter')
  await page.getByText('Give a name.').waitFor()
  await page.keyboard.press('Escape')
  expect(await focused()).toBe('2')

  // Kept as a view; who looks at it sees what somebody else saves of it.
  await button('Save as a segment').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('With the columns', { exact: false }).waitFor()
  await dialog.getByLabel('Name').fill('Everybody by name')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Everybody by name is saved.').waitFor()
  await page.goto(`${place.home}/contacts`)
  await button('Segments').click()
  await page.getByRole('menuitem', { name: 'Everybody by name' }).click()
  await title('Added').waitFor()
  expect(await title('Name').getAttribute('aria-sort')).toBe('ascending')
  const view = (await owner.call('GET /segments')).items.find(({ name }) => name === 'Everybody by name')
  await owner.call('PATCH /segments/{segmentId}', {
    params: { segmentId: view?.id },
    version: view?.version,
    body: {
      look: {
        columns: [
          { key: 'name', width: 300 },
          { key: 'tags', width: 220 },
          { key: 'givenName', width: 160 },
        ],
        sort: 'name',
        reverse: true,
      },
    },
  } as never)
  await page.getByText('Somebody changed Everybody by name.', { exact: false }).waitFor()
  await title('Given name').waitFor()
  await grid.getByRole('row', { name: /Person 129/ }).waitFor()

  // Many at once, chosen in the table.
  await button('Select several').click()
  await grid.getByRole('row', { name: /Person 129/ }).click()
  await grid.getByRole('row', { name: /Person 128/ }).click()
  await page.getByText('2 selected').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'table-chosen')
  await button('Done').click()
  await grid
    .getByRole('row', { name: /Person 128/ })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { name: 'Person 128', exact: true }).waitFor()
  await page.goBack()
  await grid.waitFor()

  await page.setViewportSize({ width: 390, height: 844 })
  await page
    .getByRole('link', { name: /Person/ })
    .first()
    .waitFor()
  expect(await grid.count()).toBe(0)
  expect(await faults(page)).toEqual([])
  await picture(page, 'table-phone')
  expect(complaints).toEqual([])
  await close()
}, 90_000)
