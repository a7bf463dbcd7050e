import { randomUUID } from 'node:crypto'
import type { ServiceId } from '@frontdesk/contract'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openWindow, sidewaysScroll } from '../setup/chromium.ts'
import { addService } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'
import { ownedDesk } from './owned-desk.ts'

let serviceId: ServiceId
const desk = ownedDesk({
  prepare: async (owner) => {
    serviceId = (await addService(owner, { name: 'Check-up', durationMinutes: 30 })).id
  },
})

const said = (page: Page) => page.locator('#said').textContent()

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

it('a chosen time is kept, warned of, prolonged by a key, and lost without losing a word', { timeout: 90_000 }, async () => {
  const { page, complaints, close } = await openWindow(desk.browser, sizes.phone)
  await page.clock.install()
  await page.goto(`${desk.url}/b/${desk.slug}/check-up`)
  await page.waitForURL(/zone=/)
  await page.getByRole('button', { name: /with / }).first().click()
  await page.getByText(/We keep this time for you until/).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  expect(await sidewaysScroll(page)).toBe(0)
  await picture(page, 'hold')

  await page.getByLabel('Name').fill('Zoë')
  await page.getByLabel('Email').fill('zoe@example.com')
  await page.getByLabel('Email').focus()
  await page.clock.fastForward('08:50')
  expect(await said(page)).toBe('')
  await page.clock.fastForward('00:20')
  await page.clock.runFor(100)
  await expect.poll(() => said(page)).toContain('In a minute this time is open to others again.')
  expect(await page.getByLabel('Email').evaluate((field) => field === document.activeElement)).toBe(true)
  await picture(page, 'hold-soon')

  const longer = page.getByRole('button', { name: 'Keep it longer' })
  await longer.focus()
  await page.keyboard.press('Enter')
  await page.clock.runFor(100)
  await page
    .locator('#hold')
    .getByText(/We keep this time for you until/)
    .waitFor()
  expect(await page.getByLabel('Name').inputValue()).toBe('Zoë')
  await expect.poll(() => longer.evaluate((button) => button === document.activeElement)).toBe(true)

  const start = await page.locator('input[name=start]').inputValue()
  await desk.owner.call('POST /bookings', {
    body: { serviceId, start, contact: { name: 'Walk In', email: 'walk@example.com' }, notify: false, outsideHours: true },
    idempotencyKey: randomUUID(),
  })
  await page.getByLabel('Email').focus()
  await page.clock.fastForward('20:00')
  await page.clock.runFor(1000)
  await page.getByRole('radio').first().waitFor()
  await page.clock.runFor(100)
  expect(await page.getByLabel('Email').evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await page.getByLabel('Email').inputValue()).toBe('zoe@example.com')
  expect(await seriousFindings(page)).toEqual([])
  await picture(page, 'hold-lost')
  await page.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Book this time' }).click()
  await page.getByRole('heading', { name: 'You are booked' }).waitFor()
  expect(complaints).toEqual([])
  await close()
})

it('without script the text and the button do, and Enter in a field books', { timeout: 60_000 }, async () => {
  const { page, close } = await openWindow(desk.browser, { ...sizes.desk, javaScriptEnabled: false })
  await page.goto(`${desk.url}/b/${desk.slug}/check-up`)
  await page.getByRole('button', { name: /with / }).first().click()
  const before = await page.getByText(/We keep this time for you until/).textContent()
  await page.getByLabel('Name').fill('Plain Jane')
  await page.getByLabel('Email').fill('jane@example.com')
  await page.getByRole('button', { name: 'Keep it longer' }).click()
  expect(await page.getByText(/We keep this time for you until/).textContent()).not.toBe(before)
  expect(await page.getByLabel('Name').inputValue()).toBe('Plain Jane')
  await page.getByRole('link', { name: /^Change/ }).click()
  await page.getByRole('link', { name: 'Go on with it' }).click()
  await page.getByLabel('Name').fill('Plain Jane')
  await page.getByLabel('Email').fill('jane@example.com')
  await page.getByLabel('Email').press('Enter')
  await page.getByRole('heading', { name: 'You are booked' }).waitFor()
  await close()
})
