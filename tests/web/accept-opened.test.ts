import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, openWindow } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { becomeOwner } from '../setup/owner.ts'
import { seriousFindings } from './browser.ts'

const dataFolder = newDataFolder()
let browser: Browser
let desk: RunningDesk
let owner: Awaited<ReturnType<typeof becomeOwner>>
beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDeskHere({ dataFolder })])
  owner = await becomeOwner(desk)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

it('shows the terms anew where they changed while the form was filled in, and keeps what was typed', async () => {
  const { link } = await owner.call('POST /invitations', { body: { role: 'member' }, idempotencyKey: randomUUID() })
  const { page, close } = await openWindow(browser, { ...sizes.phone, colorScheme: 'dark' })
  await page.goto(`${desk.url}${new URL(link).pathname}`)
  await page.getByRole('link', { name: 'Terms' }).waitFor()
  const typed = { 'Your name': 'Robin Vale', Email: 'robin@example.com', Password: 'seven quiet otters borrow umbrellas' }
  for (const [label, text] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(text)
  await page.getByLabel('How old are you?').fill('34')

  const { sections, version } = await owner.call('GET /policies/{kind}', { params: { kind: 'terms' }, query: { locale: 'en' } })
  const section = sections[0]?.id ?? ''
  await owner.call('PUT /policies/{kind}/paragraphs', {
    params: { kind: 'terms' },
    body: { paragraphs: [{ section, locale: 'en', text: 'Come five minutes early.' }] },
    version,
  })
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await page.getByRole('alert').getByText('What is accepted changed while you were here.', { exact: false }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  for (const [label, text] of Object.entries(typed)) expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(text)
  const [terms] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: 'Terms' }).click()])
  await terms.getByText('Come five minutes early.').waitFor()
  await terms.close()
  await page.getByRole('button', { name: 'Create account and join' }).click()
  await page.waitForURL(/\/w\//)
  await close()
}, 60_000)
