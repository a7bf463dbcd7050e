import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { TOTP } from 'otpauth'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, reader, sidewaysScroll } from '../setup/chromium.ts'
import { newDataFolder, type RunningDesk, removeDataFolder } from '../setup/desk.ts'
import { startDeskHere } from '../setup/desk-here.ts'
import { becomeOwner, ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from './browser.ts'

const password = 'seven quiet otters borrow umbrellas'

let desk: RunningDesk
let browser: Browser
let owner: Awaited<ReturnType<typeof becomeOwner>>
let settings: string
const dataFolder = newDataFolder()

beforeAll(async () => {
  ;[browser, desk] = await Promise.all([openBrowser(), startDeskHere({ dataFolder })])
  owner = await becomeOwner(desk)
  settings = `${desk.url}/w/${owner.workspace.slug}/settings`
})
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  removeDataFolder(dataFolder)
})

/** Somebody with an account and a browser of her own, in which she is signed in. */
type Somebody = {
  readonly email: string
  readonly context: BrowserContext
  readonly page: Page
  readonly press: (name: string | RegExp) => Promise<void>
  readonly open: (page: string) => Promise<unknown>
  /** Asks the API in her name. */
  readonly ask: (method: 'GET' | 'POST' | 'PATCH', path: string, data?: object) => Promise<Answer>
}
type Answer = Record<string, unknown>

async function somebody(): Promise<Somebody> {
  const email = `person-${randomUUID().slice(0, 8)}@example.com`
  const { link } = await owner.call('POST /invitations', { body: { role: 'member' }, idempotencyKey: randomUUID() })
  const person = await atBrowser(email)
  await person.ask('POST', `/join/${link.split('/').at(-1)}`, { name: 'Robin Vale', email, password, ageConfirmed: true })
  return person
}

async function atBrowser(email: string): Promise<Somebody> {
  const context = await browser.newContext({ ...reader, ...sizes.desk })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return {
    email,
    context,
    page,
    press: (name) => page.getByRole('button', { name, exact: typeof name === 'string' }).click(),
    open: (name) => page.goto(`${settings}/${name}`),
    ask: async (method, path, data) => {
      const headers = { origin: desk.url, 'idempotency-key': randomUUID() }
      const answer = await context.request.fetch(`${desk.url}/api/v1${path}`, { method, headers, ...(data ? { data } : {}) })
      if (!answer.ok()) throw new Error(`${method} ${path} was answered with ${answer.status()}: ${await answer.text()}`)
      return answer.status() === 204 ? {} : ((await answer.json()) as Answer)
    },
  }
}

const atDesk = (page: Page) => page.waitForURL(/\/w\/[^/]+\/(?!settings)/)

async function typePassword({ page, email }: Somebody, secret = password): Promise<void> {
  await page.goto(`${desk.url}/sign-in`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.keyboard.press('Enter')
}

/** Her session is gone, as when it ended. */
async function leave({ context, page }: Somebody): Promise<void> {
  await context.clearCookies()
  await page.goto(`${desk.url}/sign-in`)
}

describe('passkeys', () => {
  /** A device that answers for her. */
  async function giveDevice({ context, page }: Somebody): Promise<void> {
    const device = await context.newCDPSession(page)
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
  }

  async function addPasskey({ page, open, press }: Somebody, name: string): Promise<void> {
    await open('security')
    await press('Add a passkey')
    await page.getByLabel('Name of the passkey').fill(name)
    await press('Go on')
    await page.getByText(`${name} can be used to sign in.`).waitFor()
  }

  it('are added after a new proof when the last one is old, and what was typed is kept', async () => {
    const her = await somebody()
    const { page, press } = her
    await giveDevice(her)
    await her.open('security')
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
    expect(await seriousFindings(page)).toEqual([])
    await her.context.close()
  })

  it('sign her in without a password', async () => {
    const her = await somebody()
    await giveDevice(her)
    await addPasskey(her, 'Telephone')
    await leave(her)
    await her.press('Sign in with a passkey')
    await atDesk(her.page)
    await her.context.close()
  })

  it('are given other names', async () => {
    const her = await somebody()
    await giveDevice(her)
    await addPasskey(her, 'Telephone')
    await her.press('Rename Telephone')
    await her.page.getByLabel('Name of the passkey').fill('Reception')
    await her.press('Save')
    await her.page.getByRole('button', { name: 'Remove Reception' }).waitFor()
    await her.context.close()
  })
})

describe('one-time codes', () => {
  /** An app that knows her secret. A code is taken once, so the next one is that of the next half minute. */
  const appFor = (secret: string) => {
    const codes = new TOTP({ secret })
    return (secondsAhead: number) => codes.generate({ timestamp: Temporal.Now.instant().add({ seconds: secondsAhead }).epochMilliseconds })
  }

  /** Somebody who is asked for codes already. */
  async function withCodes() {
    const her = await somebody()
    const { secret } = await her.ask('POST', '/totp')
    const code = appFor(String(secret))
    const { recoveryCodes } = await her.ask('POST', '/totp/confirm', { code: code(0) })
    return { her, code, recoveryCodes: recoveryCodes as readonly string[] }
  }

  it('are turned on only with a right code, and give recovery codes once', async () => {
    const { page, press, open, context } = await somebody()
    await open('security')
    await press('Set up an app')
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
    const code = appFor(await page.getByLabel('Key', { exact: true }).inputValue())
    await page.getByLabel('Code from the app').fill('000000')
    await press('Turn on')
    await expect.poll(() => page.getByLabel('Code from the app').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Code from the app').fill(code(0))
    await press('Turn on')
    const codes = page.getByRole('region', { name: 'Recovery codes' }).getByRole('listitem')
    await codes.first().waitFor()
    const kept = await codes.count()
    expect(kept).toBeGreaterThanOrEqual(8)
    expect(await seriousFindings(page)).toEqual([])
    await press('I have kept them')
    await page.getByText(`${kept} recovery codes are left.`).waitFor()
    await context.close()
  })

  it('are asked for after the password', async () => {
    const { her, code } = await withCodes()
    await leave(her)
    await typePassword(her)
    await her.page.getByLabel('Code from your authenticator app').fill(code(30))
    await her.press('Continue')
    await atDesk(her.page)
    await her.context.close()
  })

  it('can be replaced by a recovery code, which then is used up', async () => {
    const { her, recoveryCodes } = await withCodes()
    await leave(her)
    await typePassword(her)
    await her.press('Use a recovery code')
    await her.page.getByLabel('Recovery code', { exact: true }).fill(recoveryCodes[0] ?? '')
    await her.press('Continue')
    await atDesk(her.page)
    await her.open('security')
    await her.page.getByText(`${recoveryCodes.length - 1} recovery codes are left.`).waitFor()
    await her.context.close()
  })

  it('are turned off', async () => {
    const { her } = await withCodes()
    await her.open('security')
    await her.press('Turn off')
    await her.page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click()
    await her.page.getByRole('button', { name: 'Set up an app' }).waitFor()
    await her.context.close()
  })
})

describe('where one is signed in', () => {
  /** The same person at another computer. */
  async function elsewhere({ email }: Somebody, secret = password): Promise<Somebody> {
    const other = await atBrowser(email)
    await typePassword(other, secret)
    await atDesk(other.page)
    return other
  }
  async function isSignedOut({ page, context }: Somebody): Promise<void> {
    await page.reload()
    await page.waitForURL(/\/sign-in/)
    await context.close()
  }
  const places = (page: Page) => page.getByRole('list', { name: 'Your devices' }).getByRole('listitem')

  it('every place is listed, and one is ended', async () => {
    const her = await somebody()
    const other = await elsewhere(her)
    await her.open('sessions')
    await places(her.page).first().getByText('This one').waitFor()
    expect(await places(her.page).count()).toBe(2)
    const end = places(her.page)
      .nth(1)
      .getByRole('button', { name: /^Sign out/ })
    await end.click()
    await expect.poll(() => places(her.page).count()).toBe(1)
    await isSignedOut(other)
    await her.context.close()
  })

  it('all others are ended', async () => {
    const her = await somebody()
    const other = await elsewhere(her)
    await her.open('sessions')
    await her.press('Sign out everywhere else')
    await expect.poll(() => places(her.page).count()).toBe(1)
    await isSignedOut(other)
    await her.context.close()
  })

  it('it is only here after the password was changed, which needs the present one', async () => {
    const her = await somebody()
    const { page, press } = her
    const newPassword = 'four brisk herons fold napkins'
    const other = await elsewhere(her)
    await her.open('security')
    await press('Change the password')
    await page.getByLabel('Current password').fill('not the password')
    await page.getByLabel('New password').fill(newPassword)
    await press('Save password')
    await expect.poll(() => page.getByLabel('Current password').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByLabel('New password').inputValue()).toBe(newPassword)
    await page.getByLabel('Current password').fill(password)
    await press('Save password')
    await page.getByText('Your new password is saved.').waitFor()
    await isSignedOut(other)
    const again = await elsewhere(her, newPassword)
    await again.context.close()
    await her.context.close()
  })
})

describe('the profile', () => {
  it('is saved over what was changed elsewhere meanwhile, and nothing of either is lost', async () => {
    const her = await somebody()
    const { page, press } = her
    await her.open('profile')
    await page.getByLabel('Company').fill('Harbor Dental Group')
    const { version } = await her.ask('GET', '/me').then((me) => (me.user ?? me) as { version: number })
    const changed = await her.context.request.patch(`${desk.url}/api/v1/me`, {
      headers: { origin: desk.url, 'if-match': `"${version}"` },
      data: { phone: '+12075550118' },
    })
    expect(changed.status()).toBe(200)
    await press('Save')
    await page.getByText(/One change of theirs is taken over: Phone/).waitFor()
    expect(await page.getByLabel('Company').inputValue()).toBe('Harbor Dental Group')
    await press('Save')
    await page.getByText('Saved.').waitFor()
    const phone = () => page.getByLabel('Phone').inputValue()
    await expect.poll(async () => (await phone()).replace(/\D/g, '')).toMatch(/2075550118$/)
    await her.context.close()
  })

  it('is taken away as a file', async () => {
    const { page, open, press, email, context } = await somebody()
    await open('profile')
    const coming = page.waitForEvent('download')
    await press('Download my data')
    const file = await (await coming).path()
    const data: { profile: { email: string; name: string } } = JSON.parse(readFileSync(file, 'utf8'))
    expect(data.profile).toMatchObject({ email, name: 'Robin Vale' })
    await context.close()
  })

  it('says where the link to another address went', async () => {
    const { page, open, press, context } = await somebody()
    await open('profile')
    await press('Change the address')
    await page.getByLabel('New address').fill('robin.new@example.com')
    await press('Send the link')
    await page.getByText(/a link is on its way to robin\.new@example\.com/).waitFor()
    await context.close()
  })

  async function closeAccount({ page, press }: Somebody): Promise<void> {
    await press('Close my account')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close my account' }).click()
  }

  it('is not closed while a business would be left alone', async () => {
    const her = await atBrowser(ownerAccount.email)
    await typePassword(her, ownerAccount.password)
    await atDesk(her.page)
    await her.open('profile')
    await closeAccount(her)
    await her.page.getByText(/Nobody else owns/).waitFor()
    expect(await seriousFindings(her.page)).toEqual([])
    await her.context.close()
  })

  it('is closed with time to keep it', async () => {
    const her = await somebody()
    await her.open('profile')
    await closeAccount(her)
    await her.press('Keep my account')
    await her.page.getByRole('button', { name: 'Close my account' }).waitFor()
    await her.context.close()
  })

  it('fits on a phone, like all that is hers', async () => {
    const { page, open, context } = await somebody()
    await page.setViewportSize(sizes.phone.viewport)
    for (const name of ['profile', 'security', 'sessions']) {
      await open(name)
      await page.locator('h2').last().waitFor()
      expect(await sidewaysScroll(page), name).toBe(0)
    }
    await context.close()
  })
})
