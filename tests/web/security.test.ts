import { readFileSync } from 'node:fs'
import path from 'node:path'
import { TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk } from '../setup/desk.ts'
import { openBrowser, seriousFindings, sidewaysScroll } from './browser.ts'

const desktop = {
  viewport: { width: 1280, height: 900 },
  locale: 'en-US',
  timezoneId: 'America/New_York',
  reducedMotion: 'reduce',
} as const
const newPassword = 'seven quiet otters borrow umbrellas'

let desk: RunningDesk
let browser: Browser
let owner: BrowserContext
let page: Page
let email: string
let password: string
let settings: string
const dataFolder = newDataFolder()

beforeAll(async () => {
  desk = await startDesk({ dataFolder, args: ['--port', '0', '--demo'] })
  const known: { email: string; password: string } = JSON.parse(readFileSync(path.join(dataFolder, 'demo-sign-in.json'), 'utf8'))
  email = known.email
  password = known.password
  browser = await openBrowser()
  owner = await browser.newContext(desktop)
  page = await owner.newPage()
  const device = await owner.newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

const atDesk = (where: Page) => where.waitForURL(/\/w\/[^/]+\/(?!settings)/)
const open = (name: string, where = page) => where.goto(`${settings}/${name}`)
const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click()

async function typePassword(where: Page, secret: string): Promise<void> {
  await where.goto(`${desk.url}/sign-in`)
  await where.getByLabel('Email').fill(email)
  await where.getByLabel('Password', { exact: true }).fill(secret)
  await where.keyboard.press('Enter')
}

async function leave(): Promise<void> {
  await owner.clearCookies()
  await page.goto(`${desk.url}/sign-in`)
}

describe('passkeys', () => {
  it('asks who is there when the last proof is old, keeps what was typed, and adds one', async () => {
    await typePassword(page, password)
    await atDesk(page)
    settings = `${desk.url}/w/${new URL(page.url()).pathname.split('/')[2]}/settings`
    await open('security')
    await press('Add a passkey')
    await page.getByLabel('Name of the passkey').fill('Front counter')
    // A proof holds for ten minutes; the answer that comes after them is given once here.
    await page.route(
      '**/api/v1/passkeys/options',
      (route) =>
        route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          body: JSON.stringify({ type: '/api/problems/accounts/reauthentication-required', title: 'Please confirm', status: 403 }),
        }),
      { times: 1 },
    )
    await press('Go on')
    const asked = page.getByRole('dialog', { name: 'Is it you?' })
    await asked.getByLabel('Your password').fill('not the password')
    await page.keyboard.press('Enter')
    await asked.getByText('This is not the password of your account').first().waitFor()
    await asked.getByLabel('Your password').fill(password)
    await page.keyboard.press('Enter')
    await page.getByText('Front counter can be used to sign in.').waitFor()
  })

  it('signs in with it', async () => {
    await leave()
    await press('Sign in with a passkey')
    await atDesk(page)
  })

  it('gives it another name', async () => {
    await open('security')
    await press('Rename Front counter')
    await page.getByLabel('Name of the passkey').fill('Reception')
    await press('Save')
    await page.getByRole('button', { name: 'Remove Reception' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
  })
})

describe('one-time codes', () => {
  let codes: TOTP
  let kept: readonly string[]
  const codeAfter = (seconds: number) => codes.generate({ timestamp: Temporal.Now.instant().add({ seconds }).epochMilliseconds })

  it('are turned on only with a right code, and give recovery codes once', async () => {
    await press('Set up an app')
    codes = new TOTP({ secret: await page.getByLabel('Key', { exact: true }).inputValue() })
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
    await page.getByLabel('Code from the app').fill('000000')
    await press('Turn on')
    await page
      .getByText(/The code is wrong|not accepted|code that is shown now/i)
      .first()
      .waitFor()
    await page.getByLabel('Code from the app').fill(codeAfter(0))
    await press('Turn on')
    kept = await page.getByRole('region', { name: 'Recovery codes' }).getByRole('listitem').allTextContents()
    expect(kept.length).toBeGreaterThanOrEqual(8)
    expect(await seriousFindings(page)).toEqual([])
    await press('I have kept them')
    await page.getByText(`${kept.length} recovery codes are left.`).waitFor()
  })

  it('are asked for after the password', async () => {
    await leave()
    await typePassword(page, password)
    await page.getByLabel('Code from your authenticator app').fill(codeAfter(30))
    await press('Continue')
    await atDesk(page)
  })

  it('can be replaced by a recovery code, which then is used up', async () => {
    await leave()
    await typePassword(page, password)
    await press('Use a recovery code')
    await page.getByLabel('Recovery code', { exact: true }).fill(kept[0] ?? '')
    await press('Continue')
    await atDesk(page)
    await open('security')
    await page.getByText(`${kept.length - 1} recovery codes are left.`).waitFor()
  })

  it('are turned off', async () => {
    await press('Turn off')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click()
    await page.getByRole('button', { name: 'Set up an app' }).waitFor()
  })
})

describe('where one is signed in', () => {
  let elsewhere: BrowserContext
  let other: Page
  const signInElsewhere = async (secret: string) => {
    await typePassword(other, secret)
    await atDesk(other)
  }
  const isSignedOut = async () => {
    await other.reload()
    await other.waitForURL(/\/sign-in/)
  }

  it('lists every place, and ends one', async () => {
    elsewhere = await browser.newContext(desktop)
    other = await elsewhere.newPage()
    await signInElsewhere(password)
    await open('sessions')
    const places = page.getByRole('list', { name: 'Your devices' }).getByRole('listitem')
    await places.first().getByText('This one').waitFor()
    const before = await places.count()
    await places
      .nth(1)
      .getByRole('button', { name: /^Sign out/ })
      .click()
    await expect.poll(() => places.count()).toBe(before - 1)
    await isSignedOut()
  })

  it('ends all others', async () => {
    await signInElsewhere(password)
    await page.reload()
    await press('Sign out everywhere else')
    await expect.poll(() => page.getByRole('list', { name: 'Your devices' }).getByRole('listitem').count()).toBe(1)
    await isSignedOut()
  })

  it('is only here after the password was changed, which needs the present one', async () => {
    await signInElsewhere(password)
    await open('security')
    await press('Change the password')
    await page.getByLabel('Current password').fill('not the password')
    await page.getByLabel('New password').fill(newPassword)
    await press('Save password')
    await expect.poll(() => page.getByLabel('Current password').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('New password').inputValue()).toBe(newPassword)
    await page.getByLabel('Current password').fill(password)
    await press('Save password')
    await page.getByText('Your new password is saved.').waitFor()
    await isSignedOut()
    await signInElsewhere(newPassword)
    await elsewhere.close()
  })
})

describe('the profile', () => {
  it('is saved over what was changed in another window, and nothing of either is lost', async () => {
    await open('profile')
    await page.getByLabel('Company').fill('Harbor Dental Group')
    // Another computer: the windows of one share what is being typed.
    const office = await browser.newContext(desktop)
    const second = await office.newPage()
    await typePassword(second, newPassword)
    await atDesk(second)
    await open('profile', second)
    await second.getByLabel('Phone').fill('+1 207 555 0118')
    await second.getByRole('button', { name: 'Save' }).click()
    await second.getByText('Saved.').waitFor()
    await office.close()
    await press('Save')
    await page.getByText(/One change of theirs is taken over: Phone/).waitFor()
    expect(await page.getByLabel('Company').inputValue()).toBe('Harbor Dental Group')
    await press('Save')
    await page.getByText('Saved.').waitFor()
    expect(await page.getByLabel('Phone').inputValue()).toBe('+1 207 555 0118')
  })

  it('is taken away as a file', async () => {
    const coming = page.waitForEvent('download')
    await press('Download my data')
    const file = await (await coming).path()
    const data: { profile: { email: string; company: string } } = JSON.parse(readFileSync(file, 'utf8'))
    expect(data.profile).toMatchObject({ email, company: 'Harbor Dental Group' })
  })

  it('says where the link to another address went', async () => {
    await press('Change the address')
    await page.getByLabel('New address').fill('amara.new@example.com')
    await press('Send the link')
    await page.getByText(/a link is on its way to amara\.new@example\.com/).waitFor()
  })

  it('cannot be closed while a business would be left alone; otherwise there is time to keep it', async () => {
    const close = async () => {
      await press('Close my account')
      await page.getByRole('alertdialog').getByRole('button', { name: 'Close my account' }).click()
    }
    await close()
    await page.getByText(/Nobody else owns/).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await page.evaluate(() => fetch('/api/v1/workspace/closing', { method: 'POST', headers: { 'idempotency-key': crypto.randomUUID() } }))
    await close()
    await press('Keep my account')
    await page.getByRole('button', { name: 'Close my account' }).waitFor()
  })

  it('fits on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const name of ['profile', 'security', 'sessions']) {
      await open(name)
      await page.locator('h2').last().waitFor()
      expect(await sidewaysScroll(page), name).toBe(0)
    }
  })
})
