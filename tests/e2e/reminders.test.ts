import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { sidewaysScroll } from '../setup/chromium.ts'
import { untilTrue } from '../setup/desk.ts'
import { type MailServer, startMailServer } from '../setup/mail-server.ts'
import { addService } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'
import { ownedDesk } from './owned-desk.ts'

let post: MailServer
const desk = ownedDesk({
  env: async () => {
    post = await startMailServer()
    return { SMTP_URL: post.url, MAIL_FROM: 'desk@harbor.example' }
  },
  prepare: async (owner) => addService(owner, { name: 'Check-up', durationMinutes: 30 }),
})
afterAll(() => post?.close())

/** What is wrong with a screen, light and dark. */
async function faults(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  await page.emulateMedia({ colorScheme: 'light' })
  if ((await sidewaysScroll(page)) > 0) found.push('it can be scrolled sideways')
  return found
}

/** Pictures to look at, where a folder for them is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

it('reminders are written with a preview in every language, tried out, switched off, and stand beside the booking', {
  timeout: 120_000,
}, async () => {
  const { page, complaints, close } = await desk.window(sizes.desk)
  await page.goto(`${desk.home}/settings/reminders`)
  await page.getByText('1 day before').waitFor()
  expect(await page.getByRole('listitem').filter({ hasText: 'Text message' }).innerText()).toContain('Not set up')
  expect(await faults(page)).toEqual([])
  await picture(page, 'reminders')

  await page.getByRole('button', { name: 'Add a reminder' }).click()
  const sheet = page.getByRole('dialog', { name: 'Add a reminder' })
  await sheet.getByText(/^Reminder: Check-up on /).waitFor()
  await sheet.getByLabel('How long').fill('2')
  await sheet.getByLabel('Counted in').selectOption('hours')
  await sheet.getByLabel('Text', { exact: true }).fill('Hello {nmae}, bring your card.')
  await sheet.getByText(/nothing that stands for \{nmae\}/).waitFor()
  await sheet.getByRole('button', { name: 'Add', exact: true }).click()
  await sheet
    .getByText(/nothing that stands for \{nmae\}/)
    .first()
    .waitFor()
  await sheet.getByLabel('Text', { exact: true }).fill('Hello {name}, bring your card.')
  await sheet.getByText('Hello Alex, bring your card.').waitFor()
  await sheet.getByRole('radio', { name: 'français' }).check()
  await sheet.getByText(/^Rappel/).waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'reminder')
  await sheet.getByRole('radio', { name: 'English' }).check()
  await sheet.getByRole('button', { name: 'Send it to me' }).click()
  await page.getByText(/On its way to dana@harbor.example/).waitFor()
  await untilTrue(
    () => post.arrived.some(({ to, raw }) => to.includes('dana@harbor.example') && raw.includes('bring your card')),
    'the test',
  )
  await sheet.getByRole('button', { name: 'Add', exact: true }).click()
  await sheet.waitFor({ state: 'hidden' })
  const added = page.getByRole('listitem').filter({ hasText: '2 hours before' })
  expect(await added.innerText()).toContain('Own words')

  await page.getByRole('switch', { name: 'On: 1 day before' }).click()
  await page.getByText('Off. Nothing is sent by it.').waitFor()
  const rules = await desk.owner.call('GET /reminder-rules')
  expect(rules.items.map(({ amount, unit, active }) => [amount, unit, active])).toEqual([
    [1, 'days', false],
    [2, 'hours', true],
  ])

  const [service] = (await desk.owner.call('GET /services')).items
  const start = Temporal.Now.instant().add({ hours: 48 }).round({ smallestUnit: 'hour' })
  const { id: bookingId } = await desk.owner.call('POST /bookings', {
    body: { serviceId: service?.id ?? '', start: start.toString(), contact: { name: 'Ann', email: 'ann@example.com' }, outsideHours: true },
    idempotencyKey: randomUUID(),
  })
  await untilTrue(
    async () => (await desk.owner.call('GET /bookings/{bookingId}/reminders', { params: { bookingId } })).items.length > 0,
    'the plan',
  )
  await page.goto(`${desk.home}/calendar?booking=${bookingId}`)
  await page.getByText(/2 hours before · Mail/).waitFor()
  await page.getByText(/Planned for /).waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'booking-reminders')
  await page.goto(`${desk.home}/services/${service?.id}`)
  const discreet = page.getByRole('switch', { name: 'Discreet' })
  await discreet.check()
  await page.locator('form', { has: discreet }).getByRole('button', { name: 'Save' }).click()
  await untilTrue(
    async () => (await desk.owner.call('GET /services/{serviceId}', { params: { serviceId: service?.id ?? '' } })).discreet,
    'the switch',
  )
  expect(complaints).toEqual([])
  await close()
})

it('on a phone', { timeout: 60_000 }, async () => {
  const { page, close } = await desk.window(sizes.phone)
  await page.goto(`${desk.home}/settings/reminders`)
  await page.getByText('1 day before').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'reminders-phone')
  await page.getByRole('button', { name: 'Change: 1 day before' }).click()
  await page
    .getByRole('dialog')
    .getByText(/^Reminder: /)
    .waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'reminder-phone')
  await close()
})
