import { describe, expect, it } from 'vitest'
import { writePng } from '../../scripts/screens/png.ts'
import * as sizes from '../setup/chromium.ts'
import { openWindow } from '../setup/chromium.ts'
import { faults } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

const place = ownedDesk()

/** A ring in a colour: a picture one can tell from another. */
function ring(colour: number): Buffer {
  const size = 256
  const pixels = Uint8Array.from({ length: size * size }, (_, at) => {
    const distance = Math.hypot((at % size) - size / 2, Math.floor(at / size) - size / 2)
    return distance > 60 && distance < 110 ? 1 : 0
  })
  const palette = [0xffffff, colour]
  return writePng({ width: size, height: size, palette, pixels })
}
const blue = { name: 'logo.png', mimeType: 'image/png', buffer: ring(0x1450a0) }
const red = { name: 'new logo.png', mimeType: 'image/png', buffer: ring(0xbe1e28) }
const drawing = { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }

/** The picture on the public page as a visitor without script gets it: its words, its address, and whether it can be seen. */
async function logoOnPage(): Promise<{ alt: string; src: string; seen: boolean } | undefined> {
  const { page, close } = await openWindow(place.browser, { ...sizes.phone, javaScriptEnabled: false })
  await page.goto(`${place.url}/b/${place.slug}`)
  const logo = page.locator('img.logo')
  const found = (await logo.count())
    ? {
        alt: (await logo.getAttribute('alt')) ?? '',
        src: (await logo.getAttribute('src')) ?? '',
        seen: (await page.request.get(place.url + ((await logo.getAttribute('src')) ?? ''))).ok(),
      }
    : undefined
  await close()
  return found
}

const patience = { timeout: 15_000 }
const widths = [
  ['phone', sizes.phone],
  ['desk', sizes.desk],
] as const

describe.each(widths)('the logo, on a %s', (width, size) => {
  it('is refused with a reason, uploaded, shown, replaced, brought back, and removed', async () => {
    const { page, complaints, close } = await place.window(size)
    await page.goto(`${place.home}/settings/business`)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const choose = async (name: string, file: typeof blue) => {
      const [asked] = await Promise.all([page.waitForEvent('filechooser'), button(name).click()])
      await asked.setFiles(file)
    }
    const shown = page.getByRole('img', { name: 'Logo of Harbor Dental' })

    await choose('Upload a logo', drawing)
    await page.getByRole('alert').filter({ hasText: 'Choose a PNG, JPEG or WebP file' }).waitFor()
    expect(await faults(page)).toEqual([])
    expect(await logoOnPage()).toBeUndefined()

    await choose('Upload a logo', blue)
    await page.getByText('The new logo is on your pages.').waitFor()
    expect(await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(256)
    if (width === 'desk') expect(await page.getByRole('navigation').locator('img').first().getAttribute('src')).toContain('/logo/')
    const first = await logoOnPage()
    expect(first).toMatchObject({ alt: 'Logo of Harbor Dental', seen: true })
    expect(await faults(page)).toEqual([])

    await choose('Replace', red)
    await expect.poll(() => shown.getAttribute('src'), patience).not.toBe(first?.src)
    expect(await logoOnPage()).toMatchObject({ src: await shown.getAttribute('src'), seen: true })
    await page.getByRole('button', { name: /^Undo/ }).last().click()
    await page.getByText('Taken back').or(page.getByText('Undone')).first().waitFor()
    expect((await logoOnPage())?.src).toBe(first?.src)

    await button('Remove').click()
    await page.getByText('The logo is removed.').waitFor()
    await expect.poll(() => button('Upload a logo').evaluate((element) => element === document.activeElement), patience).toBe(true)
    expect(await logoOnPage()).toBeUndefined()
    expect(complaints).toEqual([])
    await close()
  })
})
