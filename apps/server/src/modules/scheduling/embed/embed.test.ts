import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { testPages } from '../public/testing.ts'
import { embedScript } from './embed-script.ts'
import { readBookingPage, writeBookingPage } from './framing-sites.ts'

const test = await testDatabase()
const { shop, base, service, details, open, bookOnPage } = await testPages(test)
const start = '2027-01-12T14:00:00Z'

describe('the sites that may show the pages', () => {
  it('are changed by nobody who only reads, and never over a change that was not seen', async () => {
    const reader = { ...shop.owner, role: 'read_only' } as typeof shop.owner
    await expect(shop.inside((tx) => writeBookingPage(tx, reader, { sites: [], version: 1 }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
    await shop.inside((tx) => writeBookingPage(tx, shop.owner, { sites: ['https://example.com'], version: 1 }))
    for (const version of [1, 7])
      await expect(shop.inside((tx) => writeBookingPage(tx, shop.owner, { sites: [], version }))).rejects.toMatchObject({
        type: 'http/version-mismatch',
        facts: { currentVersion: 2 },
      })
    expect((await shop.inside((tx) => readBookingPage(tx, shop.owner))).sites).toEqual(['https://example.com'])
  })

  it('stand in the headers of every page of the way, redirects let the next one decide', async () => {
    const manage = await bookOnPage(start)
    for (const url of [base, service, `${details}?start=2027-01-12T15:00:00Z`, manage, `${manage}/move`, `${manage}/calendar.ics`]) {
      const { headers } = await open(url)
      expect([url, headers['content-security-policy']]).toEqual([
        url,
        expect.stringMatching(/frame-ancestors 'self' https:\/\/example\.com(;|$)/),
      ])
      expect(headers['x-frame-options']).toBeUndefined()
      expect(headers['cross-origin-resource-policy']).toBe('cross-origin')
    }
    const lost = await open(`${details}?start=${start}`)
    expect([lost.status, lost.headers['x-frame-options']]).toEqual([303, undefined])
  })
})

describe('a framed page', () => {
  it('keeps frame, look and language on its way, and shows neither head nor banner', async () => {
    const { text } = await open(`${service}?frame=1&lang=fr&colour=ad2e6e&theme=dark`)
    expect(text).toContain('class="embedded"')
    expect(text).toContain('data-theme="dark"')
    expect(text).toMatch(/brand\.css\?[\w-]+&amp;colour=ad2e6e/)
    expect(text).toContain('<input type="hidden" name="frame" value="1">')
    expect(text).toMatch(/href="[^"]+frame=1&amp;colour=ad2e6e/)
    expect((await open(`${base}/brand.css?colour=ad2e6e`)).text).not.toBe((await open(`${base}/brand.css`)).text)
  })

  it('says what happened without saying to whom', async () => {
    const manage = await bookOnPage('2027-01-12T16:00:00Z', { frame: '1' })
    const { text } = await open(`${manage}?just=booked&frame=1`)
    expect(text).toContain('data-told="booked" data-service="cleaning-and-check-up"')
  })
})

describe('what an address fills in', () => {
  it('goes along to the form, is put into its fields, and never comes from what was typed', async () => {
    const asked = `name=Tom%20%22T%22&email=tom@example.com&notes=Ring%20twice`
    const times = await open(`${service}?${asked}&date=2027-01-13`)
    expect(times.text).toContain('<input type="hidden" name="email" value="tom@example.com">')
    const form = await open(`${details}?start=2027-01-13T15:00:00Z&${asked}`)
    expect(form.text).toContain('value="Tom &quot;T&quot;"')
    expect(form.text).toMatch(/<textarea[^>]*>Ring twice<\/textarea>/)
    const faults = await open(details, { form: { start: '2027-01-13T15:00:00Z', once: 'form-token-9', name: 'Tom', email: 'no' } })
    expect(faults.status).toBe(422)
    expect(faults.text).not.toMatch(/href="[^"]*name=Tom/)
  })
})

describe('the script for other sites', () => {
  it('never changes at an address that names its version', () => {
    // Sites hold this hash: a change is a new version beside it.
    expect(createHash('sha256').update(embedScript.body).digest('hex')).toBe(
      '7326bbd5b277d8676ff3addd6a8d72f6b13dbd1658309c8649cedf131f710ccc',
    )
    expect(embedScript.body.length).toBeLessThan(12_000)
  })

  it('can be read from everywhere, and is kept', async () => {
    const fixed = await open(embedScript.path)
    expect(fixed.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(`sha384-${createHash('sha384').update(fixed.text).digest('base64')}`).toBe(embedScript.integrity)
    expect((await open(embedScript.newest)).text).toBe(fixed.text)
  })

  it('is previewed on a page that only this house frames', async () => {
    const { text, headers } = await open(`/embed/preview/${base.split('/').at(-1)}?mode=button&colour=ad2e6e&label=%22%3E`)
    expect(text).toContain('data-mode="button" data-colour="#ad2e6e"')
    expect(text).toContain('data-label="&quot;&gt;"')
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'self'; frame-src 'self'/)
  })
})
