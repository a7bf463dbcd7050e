import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as sizes from '../setup/chromium.ts'
import { openBrowser, sidewaysScroll } from '../setup/chromium.ts'
import { type DeskClock, deskClock } from '../setup/clock.ts'
import { newDataFolder, type RunningDesk, removeDataFolder, startDesk, untilTrue } from '../setup/desk.ts'
import { type MailServer, startMailServer } from '../setup/mail-server.ts'
import { becomeOwner, ownerAccount } from '../setup/owner.ts'
import { seriousFindings } from '../web/browser.ts'
import { type Letter, readLetter } from './letters.ts'
import { type Person, signIn, sitDown } from './people.ts'

const dataFolder = newDataFolder()
let browser: Browser
let desk: RunningDesk
let post: MailServer
let clock: DeskClock
let slug: string
let me: Person
const ann = { name: 'Ann Lee', email: 'ann@home.example' }

beforeAll(async () => {
  clock = deskClock(dataFolder)
  ;[browser, post] = await Promise.all([openBrowser(), startMailServer()])
  desk = await startDesk({
    dataFolder,
    env: { ...clock.env, SMTP_URL: post.url, MAIL_FROM: 'Harbor Dental <desk@harbor.example>' },
  })
  const owner = await becomeOwner(desk)
  slug = owner.workspace.slug
  await owner.call('POST /contacts', { body: { name: ann.name, points: [{ kind: 'email', value: ann.email }] } as never })
  me = await sitDown(browser, sizes.desk)
  await signIn(me, desk.url, ownerAccount)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await desk?.stop()
  await post?.close()
  removeDataFolder(dataFolder)
})

/** The newest letter to somebody whose subject says this. */
async function letterTo(address: string, subject: RegExp): Promise<Letter> {
  let found: Letter | undefined
  await untilTrue(async () => {
    for (const mail of post.arrived.filter(({ to }) => to.includes(address)).toReversed()) {
      const letter = await readLetter(mail)
      if (subject.test(letter.subject)) {
        found = letter
        return true
      }
    }
    return false
  }, `a letter ${subject} to ${address}`)
  if (!found) throw new Error('It was there a moment ago.')
  return found
}
const linkIn = (letter: Letter): string => letter.links.find((link) => link.includes('/rights/')) ?? ''

async function faults(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await seriousFindings(page)).map((finding) => `${colorScheme}: ${finding}`))
  }
  if ((await sidewaysScroll(page)) > 0) found.push('it can be scrolled sideways')
  return found
}
/** Pictures to look at, where a folder for them is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.FRONTDESK_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Opens the newest case of the queue's list. */
async function openCase(name: string): Promise<void> {
  await me.page.goto(`${desk.url}/w/${slug}/settings/requests`)
  await me.page.getByRole('link', { name, exact: true }).first().click()
  await me.page.getByRole('heading', { name: new RegExp(`Case \\d+: ${name}`) }).waitFor()
}
const does = (name: string) => me.page.getByRole('button', { name, exact: true }).first().click()
/** Fills the dialog of an act and does it. */
async function confirmAct(name: string, text?: string): Promise<void> {
  const dialog = me.page.getByRole('dialog')
  if (text !== undefined) await dialog.getByRole('textbox').first().fill(text)
  await dialog.getByRole('button', { name, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Somebody on the public portal, on her phone. */
async function ask(kind: string, details: string): Promise<{ person: Person; status: string }> {
  const person = await sitDown(browser, { ...sizes.phone, javaScriptEnabled: false })
  await person.page.goto(`${desk.url}/rights/${slug}`)
  await person.page.getByLabel(kind).check()
  await person.page.getByLabel('Your name').fill(ann.name)
  await person.page.getByLabel('Your email address').fill(ann.email)
  await person.page.getByLabel(/Anything else that helps/).fill(details)
  await person.page.getByRole('button', { name: 'Send' }).click()
  await person.page.getByText('Your case number is').waitFor()
  return { person, status: person.page.url() }
}

describe('a request about rights', () => {
  it('goes from the portal to her receipt: proven by the link, the copy made, answered, fetched, closed [E10] [M18]', async () => {
    const { person, status } = await ask('A copy of my data', 'Everything since spring')
    const { page } = person
    expect(await page.content()).not.toContain('<script')
    const proof = await letterTo(ann.email, /confirm your request/)
    await page.goto(linkIn(proof))
    await page.getByRole('button', { name: 'Yes, it was me' }).click()
    await page.getByText('Being worked on').waitFor()
    const whole = page.url()

    await openCase('A copy of the data')
    await me.page.getByText('Everything since spring').waitFor()
    await me.page.getByText('By the link to the address on file').waitFor()
    expect(await faults(me.page)).toEqual([])
    await picture(me.page, 'case')
    await does('Make the copy')
    await confirmAct('Make the copy')
    await me.page.getByText(/Can be fetched behind/).waitFor({ timeout: 60_000 })
    await does('Answer')
    await me.page
      .getByRole('dialog')
      .getByText(/It goes to the address on file/)
      .waitFor()
    expect(await faults(me.page)).toEqual([])
    await picture(me.page, 'case-answer')
    await confirmAct('Answer', 'Hello Ann, all of it is behind your link.')

    const answer = await letterTo(ann.email, /answer to your request/)
    expect(answer.text).toContain('Your data is not in this mail')
    await page.goto(linkIn(answer))
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download my data' }).click()])
    expect(download.suggestedFilename()).toMatch(/^data-\w+\.zip$/)
    await page.goto(status)
    await page.getByText('The answer went to the email address on file').waitFor()
    expect(await page.getByRole('button', { name: 'Download my data' }).count()).toBe(0)

    await does('Close with a receipt')
    await confirmAct('Close with a receipt')
    await me.page.getByText('There is nothing left to do.').waitFor()
    await letterTo(ann.email, /Receipt for your request/)
    await page.goto(whole)
    await page.getByText('Closed').first().waitFor()
    await page.getByText(/You can also complain to/).waitFor()
    await page.context().close()
  }, 180_000)
})

describe('a complaint', () => {
  it('is reminded of, becomes late, goes to the owner and is settled, while the clock jumps [O1] [O2] [O3]', async () => {
    const { person } = await ask('A complaint to the privacy officer', 'You wrote to me at night')
    await letterTo(ownerAccount.email, /needs you/)
    await openCase('Complaint')
    await me.page.getByText('You wrote to me at night').waitFor()
    clock.jump(13)
    await letterTo(ownerAccount.email, /is due soon|is overdue/)
    await me.page.goto(`${desk.url}/w/${slug}/settings/requests?list=complaints`)
    await me.page.getByRole('link', { name: 'Complaint', exact: true }).waitFor()
    expect(await faults(me.page)).toEqual([])
    await picture(me.page, 'queue')
    clock.jump(13)
    await letterTo(ownerAccount.email, /is overdue or was taken further/)
    await untilTrue(async () => {
      await openCase('Complaint')
      return (await me.page.getByText('Taken to the owner').count()) > 0
    }, 'the complaint to reach the owner')
    expect(await me.page.getByText('It became late').count()).toBeGreaterThan(0)
    await does('Settle')
    await confirmAct('Settle', 'We send nothing after eight any more.')
    await me.page.getByText('There is nothing left to do.').waitFor()
    await picture(me.page, 'complaint-settled')
    const letter = await letterTo(ann.email, /is settled/)
    expect(letter.text).toContain('We send nothing after eight any more.')
    await person.page.goto(linkIn(letter))
    await person.page.getByText('We send nothing after eight any more.').waitFor()
    expect(me.complaints).toEqual([])
    await person.page.context().close()
  }, 180_000)
})
