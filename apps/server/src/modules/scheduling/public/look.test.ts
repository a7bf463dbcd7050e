import { chromium } from 'playwright-core'
import { it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { createHttpServer } from '../../../platform/http/index.ts'
import { openLog } from '../../../platform/log/index.ts'
import { mountedRoutes } from '../routes.ts'
import { surroundings } from '../surroundings.ts'
import { testBusiness } from '../testing.ts'
import { publicPages } from './pages.ts'

const test = await testDatabase()
const out = process.env.LOOK ?? '/tmp/fd/look'

it('looks', { timeout: 120_000 }, async () => {
  const shop = await testBusiness(test)
  await test.asSuperuser(`insert into workspace_slug (workspace_id, id, slug, created_at) values ($1, $2, 'harbor-dental', now())`, [
    shop.workspaceId,
    crypto.randomUUID(),
  ])
  await test.asSuperuser(
    `update workspace set name = 'Harbor Dental', slug = 'harbor-dental', brand_colour = '#0b7f78', website='https://www.harbor-dental.example' where id = $1`,
    [shop.workspaceId],
  )
  await test.asSuperuser(
    `update service set duration_minutes = 45, step_minutes = 30, price_minor = 14000, currency = 'USD', description = 'New patients welcome.' where workspace_id = $1`,
    [shop.workspaceId],
  )
  await test.asSuperuser(`update staff set name = 'Dr. Amara Nwosu' where id = $1`, [shop.ana])
  const s2 = await shop.newService({
    name: 'Toothache, soon',
    stepMinutes: 30,
    durationMinutes: 30,
    price: { minor: '9500', currency: 'USD' },
    staffIds: [shop.ana],
  })
  const s3 = await shop.newService({
    name: 'Talk about braces or aligners',
    durationMinutes: 20,
    price: { minor: '0', currency: 'USD' },
    place: { kind: 'video', detail: 'https://meet.example.com/braces' },
    staffIds: [shop.ana],
  })
  await shop.newStaff('Dr. Wen-Hsin Tsai-Björklund', shop.service.id, s2.id, s3.id)
  for (const start of ['2027-01-05T14:00:00Z', '2027-01-05T15:00:00Z', '2027-01-05T17:00:00Z']) {
    await shop.book({ start })
    await shop.book({ start })
  }
  const app = await createHttpServer({
    database: test.database,
    log: openLog({ level: 'silent', role: 'test' }),
    routes: mountedRoutes,
    authenticate: async () => ({ byCookie: false }),
    trustedProxies: [],
  })
  await publicPages(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  surroundings.provide({
    database: test.database,
    publicUrl: () => origin,
    mailAddress: () => 'desk@desk.example',
    mailLeaves: () => process.env.NOMAIL !== '1',
  })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [390, 1280]) {
      const context = await browser.newContext({
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme: scheme,
        locale: 'en-US',
        timezoneId: 'America/Denver',
        deviceScaleFactor: 2,
      })
      const page = await context.newPage()
      page.on('console', (line) => console.log(line.type(), line.text()))
      page.on('pageerror', (error) => console.log('pageerror', error.message))
      const shot = (name: string) => page.screenshot({ path: `${out}/${name}-${width}-${scheme}.png`, fullPage: true })
      await page.goto(`${origin}/b/harbor-dental`)
      await shot('1-list')
      await page.getByRole('link', { name: /Cleaning/ }).click()
      await page.waitForSelector('text=Times are yours')
      await page.waitForTimeout(200)
      await shot('2-time')
      await page.locator('.slots button').nth(2).click()
      await page.waitForSelector('#name')
      await shot('3-details')
      await page.getByRole('button', { name: /^Book/ }).click()
      await page.waitForSelector('#problems')
      await shot('4-errors')
      await page.fill('#name', 'Siobhán Okonkwo-Reilly')
      await page.fill('#email', 'siobhan@riverbend-studio.example')
      await page.fill('#note', 'Sensitive upper left molar since September.')
      if (scheme === 'light') await test.asSuperuser(`update service set notice_minutes = 0 where workspace_id=$1`, [shop.workspaceId])
      const start = await page.inputValue('input[name=start]')
      if (width === 390) {
        await shop.book({ start })
        await shop.book({ start }).catch(() => undefined)
      }
      await page.getByRole('button', { name: /^Book/ }).click()
      if (width === 390) {
        await page.waitForSelector('.problems.wait')
        await shot('5-lost')
        await page.getByRole('radio').nth(1).check()
        await page.getByRole('button', { name: /^Book this/ }).click()
      }
      await page.waitForSelector('text=You are booked')
      await shot('6-done')
      await page.getByRole('link', { name: 'Move' }).click()
      await page.waitForSelector('text=When suits you better')
      await shot('7-move')
      await page.locator('.slots button').nth(4).click()
      await shot('8-confirm-move')
      await page.goBack()
      await page.goBack()
      await page.getByRole('link', { name: 'Cancel' }).click()
      await shot('9-cancel')
      await page.getByRole('button', { name: /Cancel/ }).click()
      await page.waitForSelector('text=is cancelled')
      await shot('A-cancelled')
      await context.close()
    }
  }
  await browser.close()
  await app.close()
})
