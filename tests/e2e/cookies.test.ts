import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { cookieRegister, storageRegister } from '../../apps/server/src/platform/http/index.ts'
import * as sizes from '../setup/chromium.ts'
import { openWindow } from '../setup/chromium.ts'
import { addService, ownerAccount } from '../setup/owner.ts'
import { faults } from './look.ts'
import { ownedDesk } from './owned-desk.ts'

let book: string
const place = ownedDesk({
  env: { SIGN_UP: 'open' },
  prepare: async (owner) => {
    await addService(owner, { name: 'Cleaning', durationMinutes: 30 })
    book = `/b/${owner.workspace.slug}`
  },
})

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}

it('sets no cookie that is not registered, on any page, and none that lasts longer than it says [J1]', async () => {
  const facts = new Map<string, { readonly seconds: number | null }>(Object.values(cookieRegister).map((one) => [one.name, one]))
  const seen = new Set<string>()
  const visited = new Set<string>()
  const { slug } = place
  const waiting = [
    '/',
    '/sign-in',
    '/sign-up',
    book,
    `/choices/${slug}`,
    `/rights/${slug}`,
    `/do-not-contact/${slug}`,
    '/auth/google',
    '/api/docs',
  ]
  const read = async (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const name = line.split('=', 1)[0] ?? ''
      const seconds = /max-age=(\d+)/i.exec(line)?.[1]
      expect(facts.has(name), `${name} on ${response.url}`).toBe(true)
      const registered = facts.get(name)?.seconds ?? null
      if (seconds !== undefined && seconds !== '0') expect([name, Number(seconds)]).toEqual([name, registered])
      expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax|Path=\/;.*HttpOnly.*SameSite=Lax/)
      seen.add(name)
    }
    return response.text()
  }
  for (let path = waiting.shift(); path !== undefined && visited.size < 60; path = waiting.shift()) {
    const [address = ''] = path.split('#')
    if (visited.has(address)) continue
    visited.add(address)
    const text = await read(await fetch(place.url + address, { headers: { accept: 'text/html' }, redirect: 'manual' }))
    for (const [, href = ''] of text.matchAll(/<a [^>]*href="(\/[^"]*)"/g)) waiting.push(href.replaceAll('&amp;', '&'))
  }
  expect([...visited].filter((address) => address.startsWith(book)).length).toBeGreaterThan(3)
  // What asks for something and so may be given one.
  const send = (path: string, body: object) =>
    fetch(`${place.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: place.url },
      body: JSON.stringify(body),
    })
  const { accepts } = await place.owner.call('GET /sign-up')
  await read(
    await send('/sign-up', {
      name: 'Nia Vale',
      email: 'nia@new.example',
      password: 'five lanterns drift over Porto',
      age: 30,
      country: 'US',
      accepts: { locale: 'en', documents: accepts.map(({ document, sha256 }) => ({ document, sha256 })) },
    }),
  )
  await read(await send('/sessions', { email: ownerAccount.email, password: ownerAccount.password }))
  const form = new URLSearchParams({ decision: 'refuse', back: book })
  await read(
    await fetch(`${place.url}/choices/${slug}`, { method: 'POST', body: form, redirect: 'manual', headers: { origin: place.url } }),
  )
  expect([...seen].sort()).toEqual(expect.arrayContaining(['frontdesk', 'frontdesk-choices', 'frontdesk-language', 'frontdesk-sign-up']))
})

describe('the question about cookies, with Global Privacy Control on', () => {
  it.each([
    ['phone', sizes.phone, true],
    ['desk', sizes.desk, true],
    ['desk-without-script', sizes.desk, false],
  ] as const)('is asked once, refused and agreed to by one press each, and remembered, on a %s', async (width, size, javaScriptEnabled) => {
    const tag = (name: string, kind: 'statistics' | 'marketing', address: string) =>
      place.owner.call('POST /page-tags', {
        body: { name, provider: `${name} Ltd`, address, class: kind, purpose: `${name} counts visits.`, cookies: [] },
      })
    const tags = [
      await tag('Counter', 'statistics', 'https://stats.example/count.js'),
      await tag('Reach', 'marketing', 'https://ads.example/reach.js'),
    ]
    const { page, complaints, close } = await openWindow(place.browser, {
      ...size,
      javaScriptEnabled,
      extraHTTPHeaders: { 'sec-gpc': '1' },
    })
    const asked: string[] = []
    await page.route(/\.example\//, (route) => {
      asked.push(new URL(route.request().url()).host)
      return route.fulfill({ contentType: 'text/javascript', body: '' })
    })
    await page.goto(place.url + book)
    const banner = page.getByRole('region', { name: 'Cookies of others' })
    await banner.getByText('Counter (Counter Ltd)').waitFor()
    await banner.getByText('Your browser asks not to be sold (Global Privacy Control): honoured.').waitFor()
    expect(await banner.getByText('Reach').count()).toBe(0)
    if (javaScriptEnabled) expect(await faults(page)).toEqual([])
    await picture(page, `cookies-banner-${width}`)
    // It takes the keyboard from nobody, and its two answers weigh the same.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Refuse')
    const [refuse, agree] = await Promise.all(['Refuse', 'Agree'].map((name) => banner.getByRole('button', { name }).boundingBox()))
    expect([refuse?.height, refuse?.width]).toEqual([agree?.height, agree?.width])
    await page.keyboard.press('Enter')
    await page.waitForURL(/#main$/)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await banner.count()).toBe(0)
    if (javaScriptEnabled) expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    expect(asked).toEqual([])

    await page.getByRole('link', { name: 'Your privacy choices' }).click()
    await page.getByText('Your browser asks not to be sold').first().waitFor()
    expect(await page.getByRole('checkbox', { name: /Reach of Reach Ltd/ }).isDisabled()).toBe(true)
    expect(await page.getByRole('checkbox', { name: /Do not sell or share/ }).isChecked()).toBe(true)
    if (javaScriptEnabled) expect(await faults(page)).toEqual([])
    await picture(page, `cookies-choices-${width}`)
    await page.getByRole('checkbox', { name: /Counter of Counter Ltd/ }).check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('status').getByText('Your choices are kept').waitFor()
    await page.goto(place.url + book)
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(asked).toEqual(javaScriptEnabled ? ['stats.example'] : [])

    if (javaScriptEnabled) {
      // Nobody else gets in, whatever stands in the page.
      const blocked = page.waitForEvent('console', (message) => /Content Security Policy/.test(message.text()))
      await page.evaluate(() => {
        const script = document.createElement('script')
        script.src = 'https://evil.example/x.js'
        document.head.append(script)
      })
      await blocked
      expect(asked).not.toContain('evil.example')
      const names = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
      const patterns = storageRegister.map(({ name }) => new RegExp(`^${name.replaceAll('.', '\\.').replace('*', '.*')}$`))
      expect(names.filter((name) => !patterns.some((pattern) => pattern.test(name)))).toEqual([])
    }
    expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['frontdesk-choices'])
    expect(complaints.filter((one) => !/evil\.example|Content Security Policy/.test(one))).toEqual([])
    const proofs = await place.owner.call('GET /cookie-decisions', { query: { limit: 2 } })
    expect(proofs.items.map(({ statistics, marketing, sharing, askedOn, gpc }) => [statistics, marketing, sharing, askedOn, gpc])).toEqual([
      [true, false, false, 'choices', true],
      [false, false, false, 'banner', true],
    ])
    expect(proofs.items[0]?.wordsHash).toMatch(/^[0-9a-f]{64}$/)
    for (const { id } of tags) await place.owner.call('DELETE /page-tags/{tagId}', { params: { tagId: id } })
    await close()
  })
})
