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
  prepare: async (owner) => addService(owner, { name: 'Check-up', durationMinutes: 60, approval: true }),
})
afterAll(() => post?.close())

const hasLetter = (to: string, subject: RegExp) =>
  untilTrue(
    async () => {
      for (const mail of post.arrived.filter((one) => one.to.includes(to))) if (subject.test((await readLetter(mail)).subject)) return true
      return false
    },
    `the letter to ${to}`,
    40_000,
  )

it('two times are asked for without script; one is approved, the other declined with a reason, and each customer reads it', {
  timeout: 180_000,
}, async () => {
  const { owner, slug } = desk
  const [service] = (await owner.call('GET /services')).items
  const page = { workspaceSlug: slug, serviceSlug: service?.slug ?? '' }
  const { days } = await owner.call('GET /pages/{workspaceSlug}/{serviceSlug}/days', { params: page, query: { days: 14 } })
  const slots = days.filter((day) => day.slots.length > 1).at(-1)?.slots ?? []
  const visitor = await openWindow(desk.browser, { ...sizes.phone, javaScriptEnabled: false })
  const links: string[] = []
  for (const [at, name, email] of [
    [0, 'Zoë', 'zoe@example.com'],
    [1, 'Bo', 'bo@example.com'],
  ] as const) {
    await visitor.page.goto(`${desk.url}/b/${slug}/${service?.slug}/details?start=${slots[at]?.start}`)
    await visitor.page.getByLabel('Name').fill(name)
    await visitor.page.getByLabel('Email').fill(email)
    await picture(visitor.page, 'request-details')
    await visitor.page.getByRole('button', { name: /^Ask for / }).click()
    await visitor.page.getByRole('heading', { name: /not confirmed yet/ }).waitFor()
    links.push(visitor.page.url())
    await picture(visitor.page, 'request-open')
    await hasLetter(email, /^Your request: Check-up/)
  }
  const look = await desk.window(sizes.phone)
  await look.page.goto(links[0] ?? '')
  expect(await faults(look.page)).toEqual([])
  const day = slots[0]?.start.slice(0, 10) ?? ''
  await look.page.goto(`${desk.home}/calendar?date=${day}`)
  await look.page.getByRole('region', { name: '2 requests wait for an answer' }).waitFor()
  expect(await faults(look.page)).toEqual([])
  await picture(look.page, 'requests-phone')
  await look.close()

  const { page: calendar, complaints, close } = await desk.window(sizes.desk)
  await calendar.goto(`${desk.home}/calendar?date=${day}`)
  const waiting = calendar.getByRole('region', { name: '2 requests wait for an answer' })
  await waiting.getByRole('button', { name: /^Zoë/ }).click()
  await calendar.getByRole('button', { name: 'Approve' }).waitFor()
  expect(await faults(calendar)).toEqual([])
  await picture(calendar, 'request-panel')
  await calendar.getByRole('button', { name: 'Approve' }).click()
  await calendar.getByText(/^Zoë is booked for /).waitFor()
  await calendar.getByRole('region', { name: '1 request waits for an answer' }).getByRole('button', { name: /^Bo/ }).click()
  await calendar.getByRole('button', { name: 'Decline' }).click()
  const dialog = calendar.getByRole('dialog', { name: 'Decline Bo’s request?' })
  await dialog.getByLabel('Reason').fill('We are at a fair that day.')
  expect(await faults(calendar)).toEqual([])
  await picture(calendar, 'request-decline')
  await dialog.getByRole('button', { name: 'Decline request' }).click()
  await calendar.getByText(/^Declined: Bo/).waitFor()
  await hasLetter('zoe@example.com', /^Confirmed: Check-up/)
  await hasLetter('bo@example.com', /^Not possible: Check-up/)
  await visitor.page.goto(links[0] ?? '')
  await visitor.page.getByRole('heading', { name: /You are booked|Your appointment/ }).waitFor()
  await visitor.page.goto(links[1] ?? '')
  await visitor.page.getByText('We are at a fair that day.').waitFor()
  await picture(visitor.page, 'request-declined')
  await visitor.close()
  expect(complaints).toEqual([])
  await close()
})
