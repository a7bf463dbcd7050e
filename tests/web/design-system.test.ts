import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage, seriousFindings, sidewaysScroll } from './browser.ts'
import { buildApp, serveApp } from './build-app.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true } as const
const desk = { viewport: { width: 1280, height: 900 } } as const
/** A page of 1280 px at 200 % zoom. */
const zoomed = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } as const

let browser: Browser
let app: Awaited<ReturnType<typeof serveApp>>
beforeAll(async () => {
  app = await serveApp(await buildApp())
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

const screens = ['/design', '/sign-in', '/sign-up', '/nothing-here']

describe('under the policy of the server', () => {
  it.each(
    screens.flatMap((screen) => [
      { screen, where: 'on a dark phone', ...phone, colorScheme: 'dark' as const },
      { screen, where: 'on a light desk', ...desk, colorScheme: 'light' as const },
    ]),
  )('$screen complains about nothing $where', async ({ screen, where: _, ...size }) => {
    const { page, complaints, close } = await openPage(browser, app.url + screen, size)
    expect(await seriousFindings(page)).toEqual([])
    expect(await sidewaysScroll(page)).toBe(0)
    expect(complaints).toEqual([])
    await close()
  })

  it.each([...screens, '/design?dir=rtl'])('%s fits at 200 % and in forced colours', async (screen) => {
    const { page, close } = await openPage(browser, app.url + screen, { ...zoomed, forcedColors: 'active' })
    expect(await sidewaysScroll(page)).toBe(0)
    await close()
  })

  it('opens dialogs without a style element that the policy would refuse, and gives the focus back', async () => {
    const { page, complaints, close } = await openPage(browser, `${app.url}/design`, desk)
    const opener = page.getByRole('button', { name: 'Dialog', exact: true })
    await opener.click()
    await page.getByRole('dialog', { name: 'New contact' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await page.locator('style').count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
  })
})

describe('on the phone', () => {
  it('every control can be hit: 44 px at least', async () => {
    const { page, close } = await openPage(browser, `${app.url}/design`, phone)
    const small = await page.evaluate(() => {
      const controls = document.querySelectorAll<HTMLElement>(
        'button, select, textarea, a[href], input:not([type=radio], [type=checkbox]), label:has(input)',
      )
      return (
        [...controls]
          .filter((control) => control.checkVisibility() && getComputedStyle(control).display !== 'inline')
          // What is written inside a box takes part in the box.
          .map((control) => ({ control, box: control.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 1 && box.height < 43.5)
          .map(({ control, box }) => `${Math.round(box.height)} px: ${control.outerHTML.slice(0, 120)}`)
      )
    })
    expect(small).toEqual([])
    await close()
  })
})

describe('a form', () => {
  it('says what is wrong beside the field, moves the focus there, and keeps what was typed over a reload', async () => {
    const { page, close } = await openPage(browser, `${app.url}/design`, desk)
    const form = page.getByRole('form', { name: 'A form' })
    await form.getByLabel('Name').fill('Siobhán 👋')
    await form.getByRole('button', { name: 'Book' }).click()
    const mobile = form.getByLabel('Mobile')
    expect(await mobile.evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await mobile.getAttribute('aria-invalid')).toBe('true')
    expect(await form.getByRole('alert').first().textContent()).toContain('2 things need your attention')

    await page.reload()
    expect(await form.getByLabel('Name').inputValue()).toBe('Siobhán 👋')
    await form.getByLabel('Mobile').fill('(207) 555-0118')
    await form.getByLabel('Mail').fill('s@example.com')
    await form.getByRole('button', { name: 'Book' }).click()
    await page.getByText('Siobhán 👋 is booked.').waitFor()
    await page.reload()
    expect(await form.getByLabel('Name').inputValue()).toBe('')
    await close()
  })

  it('takes an act back with the key Z', async () => {
    const { page, close } = await openPage(browser, `${app.url}/design`, desk)
    await page.getByRole('button', { name: 'Notice with undo' }).click()
    await page.getByText('Booking cancelled.').waitFor()
    await page.getByRole('button', { name: /^Undo/ }).click()
    await page.getByText('Undone').waitFor()
    await close()
  })
})

describe('a list', () => {
  it('is one stop of the Tab key, and is walked with j, k and the arrows', async () => {
    const { page, close } = await openPage(browser, `${app.url}/design`, desk)
    const rows = page.getByRole('list', { name: 'People' }).getByRole('button')
    await rows.first().focus()
    await page.keyboard.press('j')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('k')
    expect(await rows.nth(1).evaluate((element) => element === document.activeElement)).toBe(true)
    expect(await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).tabIndex))).toEqual([-1, 0, -1, -1])
    await close()
  })
})

describe('the theme', () => {
  it('is kept, and is there before the first paint of the next visit', async () => {
    const { page, close } = await openPage(browser, `${app.url}/design`, { ...desk, colorScheme: 'light' })
    await page.getByRole('radio', { name: 'Dark' }).check()
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
    await page.addInitScript(() => {
      addEventListener('DOMContentLoaded', () =>
        document.documentElement.setAttribute('data-before', document.documentElement.dataset.theme ?? 'none'),
      )
    })
    await page.reload()
    expect(await page.evaluate(() => document.documentElement.getAttribute('data-before'))).toBe('dark')
    await close()
  })
})
