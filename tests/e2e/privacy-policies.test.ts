import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { desk as deskSize, phone } from '../setup/chromium.ts'
import { faults } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

const place = ownedDesk({
  prepare: (owner) =>
    owner.call('POST /contacts', { body: { name: 'Ann Lee', points: [{ kind: 'email', value: 'ann@home.example' }] } as never }),
})

/** Pictures to look at, where a folder for them is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (!folder) return
  for (const [width, size] of [
    ['desk', deskSize],
    ['phone', phone],
  ] as const) {
    await page.setViewportSize(size.viewport ?? { width: 1280, height: 800 })
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
  }
}

describe('the settings of privacy and the pages made from them', () => {
  it('are chosen in plain sentences, and what waits for a room or is always on has no switch', async () => {
    const { page, complaints, close } = await place.window(deskSize)
    await page.goto(`${place.home}/privacy/choices`)
    await page.getByRole('heading', { name: 'Always on' }).waitFor()
    await page.getByText('Password hints are not kept.').waitFor()
    expect(await page.getByRole('radiogroup', { name: 'AI voices' }).count()).toBe(0)
    expect(await faults(page)).toEqual([])
    await picture(page, 'privacy-settings')
    await page.getByRole('radio', { name: 'It is a no to statistics and marketing.' }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved.').waitFor()
    await page.reload()
    expect(await page.getByRole('radio', { name: 'It is a no to statistics and marketing.' }).isChecked()).toBe(true)
    expect(complaints).toEqual([])
    await close()
  })

  it('are drafted, published with a weight, told, and shown to everybody at an address that stays', async () => {
    const { page, complaints, close } = await place.window(deskSize)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    await page.goto(`${place.home}/privacy/policies`)
    await page.getByText('Nobody was chosen to look after privacy').waitFor()
    expect(await faults(page)).toEqual([])
    await picture(page, 'policies')
    await page.getByRole('link', { name: 'Privacy notice' }).click()
    await page.getByText('Nothing is published yet.').waitFor()
    await button('Publish').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Version 1 is published.').waitFor()
    await page.getByLabel('Your paragraph, in the language chosen above').fill('We also keep a paper calendar.')
    await button('Save').click()
    await page.getByText('Now: We also keep a paper calendar.').waitFor()
    await button('Publish').click()
    const dialog = page.getByRole('dialog')
    expect(await faults(page)).toEqual([])
    await picture(page, 'policies-publish')
    await dialog.getByRole('radio', { name: /^Much/ }).check()
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('Privacy notice changed on').waitFor()
    await page.getByText('Everybody was told').waitFor()
    await button('Who was told').click()
    await page.getByRole('dialog').getByText('Ann Lee').waitFor()
    await picture(page, 'policies-told')
    await page.getByRole('button', { name: 'Close' }).click()
    expect(await faults(page)).toEqual([])
    await picture(page, 'policies-document')
    await button('I have read it').click()
    await button('I have read it').waitFor({ state: 'detached' })

    await page.goto(`${place.url}/legal/${place.slug}/privacy`)
    await page.getByText('We also keep a paper calendar.').waitFor()
    expect(await faults(page)).toEqual([])
    await picture(page, 'legal-privacy')
    await page.getByRole('link', { name: /^Version 1,/ }).click()
    await page.getByText('This is an earlier version.').waitFor()
    expect(await page.getByText('We also keep a paper calendar.').count()).toBe(0)
    await page.goto(`${place.url}/legal/${place.slug}`)
    expect(await faults(page)).toEqual([])
    await picture(page, 'legal-index')
    expect(complaints).toEqual([])
    await close()
  })
})
