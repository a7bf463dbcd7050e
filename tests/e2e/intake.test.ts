import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openWindow, sidewaysScroll } from '../setup/chromium.ts'
import { addService } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'
import { ownedDesk } from './owned-desk.ts'

const desk = ownedDesk({ prepare: (owner) => addService(owner, { name: 'Check-up', durationMinutes: 30 }) })

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
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

it('questions are written with the service, answered without script, changed behind the link, and stand beside the booking', {
  timeout: 120_000,
}, async () => {
  const { page, complaints, close } = await desk.window(sizes.desk)
  const [service] = (await desk.owner.call('GET /services')).items
  await page.goto(`${desk.home}/services/${service?.id}`)
  const part = page.getByRole('region', { name: 'Questions' })
  await part.getByRole('button', { name: 'Add a question' }).click()
  await part.getByLabel('Question', { exact: true }).fill('Which allergies do you have?')
  await part.getByRole('button', { name: 'Save questions' }).click()
  await part.getByText(/sounds like data that need protection/).waitFor()
  await part.getByLabel('Question', { exact: true }).fill('Which pet comes?')
  await part.getByLabel('Kind of answer').selectOption('choice')
  await part.getByLabel('What can be chosen, one a line').fill('Dog\nCat')
  await part.getByLabel('Needs an answer').check()
  expect(await faults(page)).toEqual([])
  await picture(page, 'intake-editor')
  await part.getByRole('button', { name: 'Save questions' }).click()
  await page.getByText('Saved. They are asked from now on.').waitFor()

  const visitor = await openWindow(desk.browser, { ...sizes.phone, javaScriptEnabled: false })
  const days = await desk.owner.call('GET /pages/{workspaceSlug}/{serviceSlug}/days', {
    params: { workspaceSlug: desk.slug, serviceSlug: service?.slug ?? '' },
    query: { days: 14 },
  })
  const start = days.days.flatMap(({ slots }) => slots)[0]?.start ?? ''
  await visitor.page.goto(`${desk.url}/b/${desk.slug}/${service?.slug}/details?start=${start}`)
  await visitor.page.getByLabel('Name').fill('Zoë')
  await visitor.page.getByLabel('Email').fill('zoe@example.com')
  await visitor.page.getByRole('button', { name: /^Book / }).click()
  await visitor.page.getByRole('link', { name: /Which pet comes\? Please answer this/ }).waitFor()
  await picture(visitor.page, 'intake-missing')
  await visitor.page.getByLabel('Which pet comes?').selectOption('Cat')
  await visitor.page.getByRole('button', { name: /^Book / }).click()
  await visitor.page.getByRole('heading', { name: 'Your answers' }).waitFor()
  await visitor.page.getByRole('link', { name: 'Change your answers' }).click()
  await visitor.page.getByLabel('Which pet comes?').selectOption('Dog')
  await picture(visitor.page, 'intake-change')
  await visitor.page.getByRole('button', { name: 'Save' }).click()
  await visitor.page.getByText('Your answers are saved.').waitFor()
  await picture(visitor.page, 'intake-saved')
  await visitor.close()

  const now = Temporal.Now.instant()
  const [booking] = (
    await desk.owner.call('GET /bookings', { query: { from: now.toString(), to: now.add({ hours: 24 * 30 }).toString() } })
  ).items
  await page.goto(`${desk.home}/calendar?booking=${booking?.id}`)
  await page.getByRole('region', { name: 'Answers' }).getByText('Dog').waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Book/ }).click()
  await page.getByRole('dialog').getByLabel('Which pet comes?').waitFor()
  expect(await faults(page)).toEqual([])
  expect(complaints).toEqual([])
  await close()
})
