import { TOTP } from 'otpauth'
import { expect, it } from 'vitest'
import { ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from './browser.ts'
import { somebody, useDeskForAccounts } from './somebody.ts'

const { owner } = useDeskForAccounts()
const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: Temporal.Now.instant().epochMilliseconds })

it('whoever lacks the second factor that the business asks for sees the page on which she sets one up, and then everything', async () => {
  const { page, press, open, context } = await somebody()
  const { secret } = await owner().call('POST /totp')
  await owner().call('POST /totp/confirm', { body: { code: codeOf(secret) } })
  const { version } = await owner().call('GET /access-rules')
  const body = { secondFactorRequired: true, sessionIdleMinutes: null, sessionHours: null }
  await owner().call('PUT /access-rules', { body, version })

  await open('people')
  await page.waitForURL(/\/settings\/security$/)
  await page.getByText(`${ownerAccount.businessName} asks for a second factor. Set up`).waitFor()
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Contacts' }).count()).toBe(0)
  expect(await seriousFindings(page)).toEqual([])

  await press('Set up an app')
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  await page.getByLabel('Code from the app').fill(codeOf(await page.getByLabel('Key', { exact: true }).inputValue()))
  await press('Turn on')
  await page.getByRole('region', { name: 'Recovery codes' }).getByRole('listitem').first().waitFor()
  await press('I have kept them')
  await press(`Open ${ownerAccount.businessName}`)
  await page.getByRole('link', { name: 'Contacts' }).first().waitFor()
  await open('people')
  await page.getByRole('heading', { name: 'Members' }).waitFor()
  await context.close()
})
