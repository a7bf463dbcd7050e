import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { sidewaysScroll } from '../setup/chromium.ts'
import { ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from './browser.ts'
import { atBrowser, atDesk, password, type Somebody, somebody, typePassword, useDeskForAccounts } from './somebody.ts'

const { desk } = useDeskForAccounts()

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
    const changed = await her.context.request.patch(`${desk().url}/api/v1/me`, {
      headers: { origin: desk().url, 'if-match': `"${version}"` },
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
    await open('account')
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
    await her.open('account')
    await closeAccount(her)
    await her.page.getByText(/Nobody else owns/).waitFor()
    expect(await seriousFindings(her.page)).toEqual([])
    await her.context.close()
  })

  it('is closed with time to keep it', async () => {
    const her = await somebody()
    await her.open('account')
    await closeAccount(her)
    await her.press('Keep my account')
    await her.page.getByRole('button', { name: 'Close my account' }).waitFor()
    await her.context.close()
  })

  it('fits on a phone, like all that is hers', async () => {
    const { page, open, context } = await somebody()
    await page.setViewportSize(sizes.phone.viewport)
    for (const name of ['account', 'profile', 'security', 'sessions']) {
      await open(name)
      await page.locator('h2').last().waitFor()
      expect(await sidewaysScroll(page), name).toBe(0)
    }
    await context.close()
  })
})

describe('the account in one place', () => {
  it('keeps which mails she wants, and says why some cannot be switched off [A12]', async () => {
    const her = await somebody()
    const { page } = her
    const mine = () => page.getByRole('switch', { name: 'Your bookings' })
    await her.open('account')
    await mine().waitFor()
    expect([await mine().isChecked(), await page.getByRole('switch', { name: 'Everybody’s bookings' }).isChecked()]).toEqual([true, false])
    await mine().click()
    await expect.poll(() => mine().isChecked()).toBe(false)
    await page.reload()
    await mine().waitFor()
    expect(await mine().isChecked()).toBe(false)
    const own = page.getByRole('switch', { name: 'Your account itself' })
    expect([await own.isChecked(), await own.isDisabled()]).toEqual([true, true])
    await page.getByText(/Always on: you would notice from it/).waitFor()
    const agreed = page.getByRole('list', { name: 'What you agreed to' }).getByRole('listitem')
    await expect.poll(() => agreed.count()).toBe(2)
    expect(await agreed.filter({ hasText: 'with an invitation' }).count()).toBe(2)
    await page.getByRole('table', { name: 'What is recorded of your use' }).getByText('part of the network address').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await her.context.close()
  })

  it('rests: she is signed out, and takes it back when she signs in again [A9]', async () => {
    const her = await somebody()
    const { page, press } = her
    await her.open('account')
    await press('Deactivate my account')
    // A whole load, so that nothing of hers stays in memory; the way there goes through the app.
    const loaded = page.waitForEvent('load')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate my account' }).click()
    await loaded
    await page.waitForURL(/\/sign-in/)
    await typePassword(her, password)
    await page.getByRole('heading', { name: 'Your account is deactivated' }).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await press('Reactivate my account')
    await atDesk(page)
    await her.context.close()
  })
})
