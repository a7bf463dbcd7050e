import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { caldavUser, startRadicale } from '../../apps/server/src/modules/scheduling/calendars/radicale.testing.ts'
import * as sizes from '../setup/chromium.ts'
import { untilTrue } from '../setup/desk.ts'
import { addService } from '../setup/owner.ts'
import { faults, picture } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

/** A calendar file at an address of this computer, of which the operator allows it. */
let broken = false
const file = (events: string) => `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${events}END:VCALENDAR\r\n`
const wholeDays = 'BEGIN:VEVENT\r\nUID:away\r\nDTSTART;VALUE=DATE:20200101\r\nDTEND;VALUE=DATE:20400101\r\nEND:VEVENT\r\n'
const host = createServer(
  (_request, response) => void (broken ? response.writeHead(503).end() : response.writeHead(200).end(file(wholeDays))),
)
let address = ''
beforeAll(async () => {
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(host.address() as AddressInfo).port}/ana.ics`
})
afterAll(() => new Promise((done) => host.close(done)))

const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-radicale-'))
/** Started beside the tests, because what is started inside one is ended by nobody. */
const radicale = await startRadicale(folder)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const desk = ownedDesk({
  env: { CALENDAR_NETWORKS: '127.0.0.0/8', GOOGLE_CALENDAR_CLIENT_ID: 'client-4711', GOOGLE_CALENDAR_CLIENT_SECRET: 'secret' },
  prepare: (owner) => addService(owner, { name: 'Cut', durationMinutes: 30 }),
})

async function openPerson() {
  const [person] = (await desk.owner.call('GET /staff')).items
  const [service] = (await desk.owner.call('GET /services')).items
  if (!person || !service) throw new Error('Nobody can be booked.')
  const window = await desk.window(sizes.desk)
  await window.page.goto(`${desk.home}/services/people/${person.id}`)
  await window.page.getByRole('heading', { name: 'Calendars elsewhere' }).waitFor()
  const offers = async () => {
    const now = Temporal.Now.instant()
    const query = { from: now.toString(), to: now.add({ hours: 24 * 14 }).toString() }
    return (await desk.owner.call('GET /services/{serviceId}/slots', { params: { serviceId: service.id }, query })).slots.length
  }
  return { ...window, offers, service }
}

it('a calendar is connected by its address, closes times, is shown as failing, and is let go', async () => {
  const { page, complaints, offers, close } = await openPerson()
  expect(await offers()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Connect a calendar' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name').fill('Home')
  await sheet.getByLabel('Secret address').fill('https://192.168.7.7/private.ics')
  await sheet.getByRole('button', { name: 'Connect', exact: true }).click()
  await sheet
    .locator('p:not([role=alert])')
    .filter({ hasText: /private network/ })
    .waitFor()
  expect(await sheet.getByLabel('Secret address').inputValue()).toBe('https://192.168.7.7/private.ics')
  await sheet.getByLabel('Secret address').fill(address)
  await sheet.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByText('Works', { exact: true }).waitFor()
  await page.getByText('1 busy time ahead').waitFor()
  expect(await offers()).toBe(0)
  expect(await faults(page)).toEqual([])
  await picture(page, 'calendar-works')
  broken = true
  await page.getByRole('button', { name: 'More about Home' }).click()
  await page.getByRole('menuitem', { name: 'Read it now' }).click()
  await page.getByText('Cannot be read', { exact: true }).waitFor()
  await page.getByText(/its server answers with an error/).waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'calendar-failing')
  await page.getByRole('button', { name: 'More about Home' }).click()
  await page.getByRole('menuitem', { name: 'Let go of it' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Let go of it' }).click()
  await page.getByText(/Paste the secret address of another calendar/).waitFor()
  expect(await offers()).toBeGreaterThan(0)
  expect(complaints).toEqual([])
  await close()
}, 60_000)

it('an account by CalDAV gets what is booked, and says what was deleted there', async () => {
  const { page, complaints, service, close } = await openPerson()
  await page.getByRole('button', { name: 'Connect a calendar' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Name', { exact: true }).fill('Work')
  await sheet.getByLabel('How').selectOption('account')
  await sheet.getByLabel('Address of the server').fill(radicale.base)
  await sheet.getByRole('button', { name: 'Connect', exact: true }).click()
  await sheet.getByText('Give the name and the password of the account.', { exact: true }).waitFor()
  await sheet.getByLabel('Name of the account').fill(caldavUser.username)
  await sheet.getByLabel('Password', { exact: true }).fill(caldavUser.password)
  expect(await faults(page)).toEqual([])
  await picture(page, 'calendar-account')
  await sheet.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByText('Works', { exact: true }).waitFor()
  const now = Temporal.Now.instant()
  const query = { from: now.toString(), to: now.add({ hours: 24 * 14 }).toString() }
  const { slots } = await desk.owner.call('GET /services/{serviceId}/slots', { params: { serviceId: service.id }, query })
  const body = {
    serviceId: service.id,
    start: slots.at(-1)?.start ?? '',
    contact: { name: 'Ann Lee', email: 'ann@example.com' },
    notify: false,
  }
  await desk.owner.call('POST /bookings', { body: body as never })
  await untilTrue(async () => (await radicale.files()).size === 1, 'the booking in the calendar')
  for (const name of (await radicale.files()).keys()) await radicale.remove(name)
  await page.getByRole('button', { name: 'More about Work' }).click()
  await page.getByRole('menuitem', { name: 'Read it now' }).click()
  await page.getByText(/1 booking was moved or deleted there/).waitFor()
  await picture(page, 'calendar-deleted-there')
  await page.getByRole('link', { name: 'Show the next one' }).click()
  await page.getByText('Ann Lee').first().waitFor()
  expect(complaints).toEqual([])
  await close()
}, 60_000)

it('the address to read bookings is made, renewed and taken away', async () => {
  const { page, complaints, close } = await openPerson()
  await page.getByRole('button', { name: 'Make an address' }).click()
  const field = page.getByLabel('Secret address')
  const first = await field.inputValue()
  expect(await (await fetch(first.replace(/^https?:\/\/[^/]+/, desk.url))).text()).toContain('SUMMARY:Cut')
  await page.getByLabel('What it shows').selectOption('names')
  await page.getByRole('button', { name: 'New address' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'New address' }).click()
  await expect.poll(() => field.inputValue()).not.toBe(first)
  const second = await field.inputValue()
  expect((await fetch(first.replace(/^https?:\/\/[^/]+/, desk.url))).status).toBe(410)
  expect(await (await fetch(second.replace(/^https?:\/\/[^/]+/, desk.url))).text()).toContain('SUMMARY:Cut · Ann Lee')
  expect(await faults(page)).toEqual([])
  await picture(page, 'calendar-feed')
  await page.getByRole('button', { name: 'Take it away' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take it away' }).click()
  await page.getByRole('button', { name: 'Make an address' }).waitFor()
  expect(complaints).toEqual([])
  await close()
}, 60_000)

it('a calendar of Google is connected over its own page, and says what is wrong when Google does not know the permission', async () => {
  const { page, complaints, close } = await openPerson()
  let says: 'yes' | 'no' = 'no'
  await page.route('https://accounts.google.com/**', async (route) => {
    const asked = new URL(route.request().url()).searchParams
    const answer = new URLSearchParams({
      state: asked.get('state') ?? '',
      ...(says === 'yes' ? { code: 'code-1' } : { error: 'access_denied' }),
    })
    const location = `${asked.get('redirect_uri')}?${answer}`
    await route.fulfill({ status: 200, contentType: 'text/html', body: `<script>location.replace(${JSON.stringify(location)})</script>` })
  })
  const leave = async () => {
    await page.getByRole('button', { name: 'Connect a calendar' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Name', { exact: true }).fill('Google')
    await sheet.getByLabel('How').selectOption('google')
    expect(await sheet.getByLabel('Secret address').count()).toBe(0)
    expect(await faults(page)).toEqual([])
    await picture(page, 'calendar-google')
    await sheet.getByRole('button', { name: 'Continue at Google' }).click()
  }
  await leave()
  await page.getByText('The permission was not given. Nothing was connected.').waitFor()
  expect(await faults(page)).toEqual([])
  await picture(page, 'calendar-not-allowed')
  await page.getByRole('link', { name: 'Back to the person' }).click()
  await page.getByRole('heading', { name: 'Calendars elsewhere' }).waitFor()
  says = 'yes'
  await leave()
  await page.getByText('The calendar is connected and is being read.').waitFor()
  await page.getByText(/Google Calendar/).waitFor()
  // From here Google cannot be reached; what comes of that is said where the calendar stands.
  await page.getByText('Cannot be read', { exact: true }).waitFor()
  await picture(page, 'calendar-google-failing')
  await page.getByRole('button', { name: 'More about Google' }).click()
  const back = page.waitForURL(/calendars\/arrive/)
  await page.getByRole('menuitem', { name: 'Connect again' }).click()
  await back
  await page.getByRole('heading', { name: 'Calendars elsewhere' }).waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await faults(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
}, 90_000)
