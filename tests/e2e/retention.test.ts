import { describe, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { faults, picture } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

const place = ownedDesk({
  prepare: (owner) =>
    owner.call('POST /contacts', { body: { name: 'Ann Lee', points: [{ kind: 'email', value: 'ann@home.example' }] } as never }),
})

describe.each([
  ['phone', sizes.phone],
  ['desk', sizes.desk],
] as const)('how long data is kept, on a %s', (width, size) => {
  it('is looked at, confirmed, changed, confirmed again, and held back', async () => {
    const { page, complaints, close } = await place.window(size)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await page.goto(`${place.home}/privacy/retention`)
    await page.getByText('Nothing goes by itself yet.').waitFor()
    await button('Look').click()
    await page.getByText('In the night of').waitFor()
    expect(await faults(page)).toEqual([])
    await picture(page, `retention-${width}`)
    await button('Confirm, and let it go each night').click()
    await page.getByText('The next night is').waitFor()

    const days = page.getByLabel('Conversations: days')
    const before = Number(await days.inputValue())
    await days.fill('29')
    await button('Save').click()
    await page.getByText('Between 30 and 3,650 days.', { exact: true }).waitFor()
    await days.fill(String(before - 1))
    await button('Save').click()
    await page.getByText('Nothing goes by itself yet.').waitFor()

    await page.goto(`${place.home}/privacy/holds`)
    await button('Hold something back').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'One kind of data' }).or(dialog.getByText('One kind of data')).first().click()
    await dialog.getByLabel('Why').fill(`Letter of a lawyer, ${width}`)
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Hold back', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    const row = page.getByRole('listitem').filter({ hasText: `Letter of a lawyer, ${width}` })
    await row.getByText('Held back').waitFor()
    await row.getByRole('button', { name: 'End the hold' }).click()
    await page.getByRole('dialog').getByLabel('Why').fill('Settled')
    await page.getByRole('dialog').getByRole('button', { name: 'End the hold' }).click()
    await row.getByText('Ended: Settled').waitFor()
    await picture(page, `retention-held-${width}`)
    expect(complaints).toEqual([])
    await close()
  })
})
