import { randomUUID } from 'node:crypto'
import { afterAll, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openWindow } from '../setup/chromium.ts'
import { untilTrue } from '../setup/desk.ts'
import { type MailServer, startMailServer } from '../setup/mail-server.ts'
import { addService } from '../setup/owner.ts'
import { readLetter } from './letters.ts'
import { faults, picture } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

let post: MailServer
const desk = ownedDesk({
  env: async () => {
    post = await startMailServer()
    return { SMTP_URL: post.url, MAIL_FROM: 'desk@harbor.example' }
  },
  prepare: async (owner) => addService(owner, { name: 'Check-up', durationMinutes: 60, offerMinutes: 15 }),
})
afterAll(() => post?.close())

/** The newest letter to somebody whose subject begins so. */
async function letter(to: string, subject: RegExp) {
  const found = async () => {
    for (const mail of post.arrived.filter((one) => one.to.includes(to)).toReversed()) {
      const read = await readLetter(mail)
      if (subject.test(read.subject)) return read
    }
    return undefined
  }
  await untilTrue(async () => (await found()) !== undefined, `the letter to ${to}`, 40_000)
  const read = await found()
  if (!read) throw new Error(`There is no letter to ${to}.`)
  return read
}

const waitingLink = ({ links }: { readonly links: readonly string[] }) =>
  new URL(links.find((link) => link.includes('/waiting/')) ?? '').pathname

it('two people wait without script; what is cancelled is held for the first, who passes, and the second takes it', {
  timeout: 180_000,
}, async () => {
  const { owner, slug } = desk
  const [service] = (await owner.call('GET /services')).items
  const page = { workspaceSlug: slug, serviceSlug: service?.slug ?? '' }
  const { days } = await owner.call('GET /pages/{workspaceSlug}/{serviceSlug}/days', { params: page, query: { days: 14 } })
  const day = days.filter(({ slots }) => slots.length > 0).at(-1)
  const start = day?.slots[0]?.start ?? ''
  const booked = await owner.call('POST /bookings', {
    body: { serviceId: service?.id ?? '', start, contact: { name: 'Ann', email: 'ann@example.com' }, notify: false },
    idempotencyKey: randomUUID(),
  })
  // Nothing else is free on that day.
  const closed = [booked.start, booked.end].map((at) => Temporal.Instant.from(at))
  const from = Temporal.PlainDate.from(day?.date ?? '')
    .toZonedDateTime(booked.zone)
    .toInstant()
  for (const [a, b] of [
    [from, closed[0]],
    [closed[1], from.add({ hours: 24 })],
  ] as const)
    if (a && b && Temporal.Instant.compare(a, b) < 0)
      await owner.call('POST /time-off', {
        body: { staffId: null, start: a.toString(), end: b.toString() },
        idempotencyKey: randomUUID(),
      })

  const visitor = await openWindow(desk.browser, { ...sizes.phone, javaScriptEnabled: false })
  for (const [name, email] of [
    ['Zoë', 'zoe@example.com'],
    ['Bo', 'bo@example.com'],
  ] as const) {
    await visitor.page.goto(`${desk.url}/b/${slug}/${service?.slug}`)
    await visitor.page.getByRole('link', { name: 'Tell me when one is free' }).click()
    await visitor.page.getByLabel('From').fill(day?.date ?? '')
    await visitor.page.getByLabel('Until').fill(day?.date ?? '')
    await visitor.page.getByRole('button', { name: 'Put me on the waitlist' }).click()
    await visitor.page.getByRole('link', { name: 'Enter your name.' }).waitFor()
    await picture(visitor.page, 'waitlist-missing')
    await visitor.page.getByLabel('Name').fill(name)
    await visitor.page.getByLabel('Email').fill(email)
    await visitor.page.getByRole('button', { name: 'Put me on the waitlist' }).click()
    await visitor.page.getByRole('heading', { name: 'You are on the waitlist' }).waitFor()
    await letter(email, /^You are on the waitlist/)
  }

  const { page: deskPage, complaints, close } = await desk.window(sizes.desk)
  await deskPage.goto(`${desk.home}/waitlist`)
  await deskPage.getByRole('link', { name: 'Zoë' }).waitFor()
  expect(await faults(deskPage)).toEqual([])
  await picture(deskPage, 'waitlist')
  await deskPage.getByRole('button', { name: 'More: Bo' }).click()
  await deskPage.getByRole('menuitem', { name: 'Put first' }).click()
  await deskPage.getByText('Bo moved to another place.').waitFor()
  await deskPage.getByRole('button', { name: 'Undo' }).first().click()
  await untilTrue(
    async () => (await owner.call('GET /waitlist')).items.map(({ contact }) => contact.name).join() === 'Zoë,Bo',
    'the order of before',
  )

  await owner.call('POST /bookings/{bookingId}/cancel', {
    params: { bookingId: booked.id },
    body: { reason: null, notify: false },
    version: booked.version,
  })
  const offered = await letter('zoe@example.com', /^A time is free: Check-up/)
  await deskPage.getByRole('listitem').getByText('Has an offer').waitFor()
  await picture(deskPage, 'waitlist-offered')
  await visitor.page.goto(`${desk.url}${waitingLink(offered)}`)
  await visitor.page.getByRole('heading', { name: 'A time is free for you' }).waitFor()
  await picture(visitor.page, 'waiting-offer')
  await visitor.page.getByRole('button', { name: 'Not this time; stay on the list' }).click()
  await visitor.page.getByRole('heading', { name: 'This time goes to the next in line' }).waitFor()

  const next = await letter('bo@example.com', /^A time is free: Check-up/)
  const look = await desk.window(sizes.phone)
  await look.page.goto(`${desk.url}${waitingLink(next)}`)
  expect(await faults(look.page)).toEqual([])
  await look.page.goto(`${desk.home}/waitlist`)
  await look.page.getByRole('link', { name: 'Bo', exact: true }).waitFor()
  expect(await faults(look.page)).toEqual([])
  await picture(look.page, 'waitlist-phone')
  await look.close()
  await visitor.page.goto(`${desk.url}${waitingLink(next)}`)
  await visitor.page.getByRole('button', { name: 'Take this time' }).click()
  await visitor.page.getByRole('heading', { name: 'You are booked' }).waitFor()
  await letter('bo@example.com', /^Check-up on /)

  const bookings = await owner.call('GET /bookings', {
    query: { from: booked.start, to: booked.end, status: 'confirmed' },
  })
  expect(bookings.items.map(({ contact }) => contact.name)).toEqual(['Bo'])
  await visitor.page.goto(`${desk.url}${waitingLink(offered)}`)
  await visitor.page.getByRole('button', { name: 'Leave the waitlist' }).click()
  await visitor.page.getByRole('heading', { name: 'You have left the waitlist' }).waitFor()
  await visitor.close()

  await deskPage.getByText(/^Nobody waits/).waitFor()
  await deskPage.getByRole('button', { name: 'Add to the waitlist' }).first().click()
  const sheet = deskPage.getByRole('dialog', { name: 'Add to the waitlist' })
  await sheet.getByRole('button', { name: 'Somebody new' }).click()
  await sheet.getByLabel('Name').fill('Nora')
  await sheet.getByLabel('Phone').fill('(207) 555-0190')
  await sheet.getByLabel('Evening').uncheck()
  expect(await faults(deskPage)).toEqual([])
  await picture(deskPage, 'waitlist-add')
  await sheet.getByRole('button', { name: 'Add', exact: true }).click()
  await deskPage.getByText('No mail address: call').waitFor()
  await deskPage.getByRole('button', { name: 'More: Nora' }).click()
  await deskPage.getByRole('menuitem', { name: 'Offer a time' }).click()
  await deskPage.getByRole('dialog', { name: 'Offer Nora a time' }).waitFor()
  expect(await faults(deskPage)).toEqual([])
  await picture(deskPage, 'waitlist-offer')
  await deskPage.keyboard.press('Escape')
  await deskPage.getByRole('link', { name: 'Nora' }).click()
  await deskPage.getByRole('region', { name: 'Waitlist' }).first().getByText('Waiting', { exact: true }).waitFor()
  await picture(deskPage, 'waitlist-contact')
  expect(await faults(deskPage)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})
