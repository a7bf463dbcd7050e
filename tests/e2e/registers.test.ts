import { describe, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { faults, picture } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

const place = ownedDesk({
  prepare: (owner) =>
    owner.call('POST /contacts', { body: { name: 'Ann Lee', points: [{ kind: 'email', value: 'ann@home.example' }] } as never }),
})

describe('the registers of a business of one', () => {
  it('are kept from the first contract to a told person, an authority’s letter and the terms', async () => {
    const { page, complaints, close } = await place.window(sizes.desk)
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
    const dialog = page.getByRole('dialog')
    const field = (name: string) => dialog.getByLabel(name, { exact: true })
    const records = async (register: string, room = 'privacy') => {
      await page.goto(`${place.home}/${room}`)
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

    await records('Team and terms', 'settings')
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

  it('say of whom something was given, and who was told what became of it since [M4] [M9]', async () => {
    const { page, complaints, close } = await place.window(sizes.desk)
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
    const dialog = page.getByRole('dialog')
    const contact = (await place.owner.call('GET /contacts', { query: { limit: 1 } })).items[0]
    const card = async () => {
      await page.goto(`${place.home}/contacts/${contact?.id}`)
      await page.getByRole('heading', { name: 'Ann Lee' }).first().waitFor()
    }
    const choose = async (item: string) => {
      await page
        .locator('button[aria-haspopup=menu]')
        .and(page.getByRole('button', { name: 'More', exact: true }))
        .click()
      await page.getByRole('menuitem', { name: item }).click()
    }

    await page.goto(`${place.home}/privacy/disclosures`)
    await button('Write a hand-over down').click()
    await dialog.getByLabel('To whom', { exact: true }).selectOption({ label: 'Books Co' })
    await dialog.getByLabel('names', { exact: true }).check()
    await dialog.getByLabel('What for', { exact: true }).selectOption({ label: 'Offers of the recipient' })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('Please fill this in').or(dialog.locator('[aria-invalid=true]')).first().waitFor() // whose they are was left out
    await dialog.getByRole('combobox', { name: 'Whose data' }).click()
    await page.getByRole('option', { name: 'Ann Lee' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('alert').first().waitFor() // nobody agreed to that, and the register does not cover it
    expect(await faults(page)).toEqual([])
    await dialog.getByLabel('What for', { exact: true }).selectOption({ label: 'Accounting' })
    expect(await dialog.getByLabel('How many people').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('listitem').filter({ hasText: 'Books Co' }).getByRole('link', { name: '1 person' }).waitFor()

    await card()
    await choose('Keep the data, do not use it')
    await button('Only keep it').click()
    await page.getByText('The data is only kept, not used, since').waitFor()
    await page.goto(`${place.home}/privacy/disclosures`)
    await page.getByText('the data is only kept, not used').waitFor()
    await button('Record it').click()
    await dialog.getByText('– ann@home.example', { exact: false }).waitFor()
    await dialog.getByRole('button', { name: 'Record it' }).click()
    await dialog.locator('[aria-invalid=true]').first().waitFor() // what shows it was left out
    expect(await faults(page)).toEqual([])
    await dialog.getByLabel('What shows it').fill('Answer of Mr Roy, ref 77')
    await dialog.getByRole('button', { name: 'Record it' }).click()
    await page.getByRole('heading', { name: 'Told', exact: true }).waitFor()
    await picture(page, 'disclosures-told')
    await page.getByText(/^Told .*: Answer of Mr Roy, ref 77$/).waitFor()
    expect(await page.getByRole('heading', { name: 'To be told' }).count()).toBe(0)
    expect(await faults(page)).toEqual([])
    await page.setViewportSize(sizes.phone.viewport)
    expect(await faults(page)).toEqual([])
    await page.setViewportSize(sizes.desk.viewport)

    await card()
    await choose('Who received the data')
    await dialog.getByText('Answer of Mr Roy, ref 77', { exact: false }).waitFor()
    await dialog.getByText('Accounting').waitFor()
    await picture(page, 'card-recipients')
    expect(await faults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await choose('Keep the data, do not use it')
    await dialog.getByLabel('Why it is lifted').fill('It is settled')
    await dialog.getByLabel('How the person is told').selectOption('in_person')
    await dialog.getByLabel('What shows it').fill('Told at the desk today')
    await dialog.getByRole('button', { name: 'Use it again' }).click()
    await page.getByText('The data is only kept, not used, since').waitFor({ state: 'detached' })
    await page.goto(`${place.home}/privacy/disclosures`)
    await page.getByText('the data may be used again').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)
})
