import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { seriousFindings } from './browser.ts'
import { atDesk, leave, password, type Somebody, somebody, typePassword, useDeskForAccounts } from './somebody.ts'

useDeskForAccounts()

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
