import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentKey, signed } from '../../apps/server/src/modules/privacy/agents/testing.ts'
import * as sizes from '../setup/chromium.ts'
import { type DeskClock, deskClock } from '../setup/clock.ts'
import { untilTrue } from '../setup/desk.ts'
import { type MailServer, startMailServer } from '../setup/mail-server.ts'
import { ownerAccount } from '../setup/owner.ts'
import { type Letter, readLetter } from './letters.ts'
import { faults, picture } from './look.ts'
import { ownedDesk } from './owned-desk.ts'
import { type Person, signIn, sitDown } from './people.ts'

let post: MailServer
let clock: DeskClock
let me: Person
const ann = { name: 'Ann Lee', email: 'ann@home.example' }
// It goes after the desk that writes to it: what is named first here is done last.
afterAll(() => post?.close())
const place = ownedDesk({
  ownServer: true,
  env: async (dataFolder) => {
    clock = deskClock(dataFolder)
    post = await startMailServer()
    return { ...clock.env, SMTP_URL: post.url, MAIL_FROM: 'Harbor Dental <desk@harbor.example>' }
  },
  prepare: (owner) => owner.call('POST /contacts', { body: { name: ann.name, points: [{ kind: 'email', value: ann.email }] } as never }),
})
beforeAll(async () => {
  me = await sitDown(place.browser, sizes.desk)
  await signIn(me, place.url, ownerAccount)
}, 120_000)

/** The newest letter to somebody whose subject says this, of those that came after so many. */
async function letterTo(address: string, subject: RegExp, after = 0): Promise<Letter> {
  let found: Letter | undefined
  await untilTrue(async () => {
    for (const mail of post.arrived
      .slice(after)
      .filter(({ to }) => to.includes(address))
      .toReversed()) {
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

/** Opens the newest case of the queue's list. */
async function openCase(name: string): Promise<void> {
  await me.page.goto(`${place.home}/privacy/requests`)
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
  const person = await sitDown(place.browser, { ...sizes.phone, javaScriptEnabled: false })
  await person.page.goto(`${place.url}/rights/${place.slug}`)
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

describe('an agent with a key', () => {
  it('is registered by the owner, sends a signed request, which she confirms herself, and is refused once its key is revoked [M18]', async () => {
    const { key, verifyKey } = agentKey()
    const { page } = me
    await page.goto(`${place.home}/privacy/requests`)
    await page.getByText('No agent is registered').waitFor()
    const base = await page.getByLabel('Your address for agents').inputValue()
    await page.getByRole('button', { name: 'Register an agent' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name of the agent').fill('Permission Slip')
    await dialog.getByLabel('Id of the agent').fill('PERMISSION_SLIP')
    await dialog.getByLabel('Public key (verify_key)').fill('not a key')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('This is no such key: it has 44 characters and ends with =.', { exact: true }).waitFor()
    await dialog.getByLabel('Public key (verify_key)').fill(verifyKey)
    const businessId = await dialog.getByLabel('Your id at the agent').inputValue()
    expect(await faults(page)).toEqual([])
    await picture(page, 'agent-dialog')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Has not been in touch yet').waitFor()

    const send = (method: string, path: string, message: object, token?: string) =>
      fetch(`${base}/v1${path}`, {
        method,
        headers: { 'content-type': 'text/plain', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: signed(key, message),
      })
    const now = Temporal.Now.instant()
    const envelope = {
      'agent-id': 'PERMISSION_SLIP',
      'business-id': businessId,
      'issued-at': now.toString(),
      'expires-at': now.add({ minutes: 10 }).toString(),
      'drp.version': '1.0',
    }
    const paired = (await (await send('POST', '/agent/PERMISSION_SLIP', envelope)).json()) as { token: string }
    const wish = { ...envelope, exercise: 'deletion', regime: 'ccpa', name: ann.name, email: ann.email }
    const before = post.arrived.length
    const asked = await send('POST', '/data-rights-request', wish, paired.token)
    expect(asked.status).toBe(200)
    const { request_id: id } = (await asked.json()) as { request_id: string }
    const proof = await letterTo(ann.email, /confirm your request/, before)
    expect(proof.text.replaceAll(/\s+/g, ' ')).toContain('asked for you by Permission Slip')

    await openCase('Delete the data')
    await page.getByText(/Signed by the agent under the Data Rights Protocol 1.0/).waitFor()
    await page.getByText(/^Signed by an agent,/).waitFor()
    expect(await faults(page)).toEqual([])
    await picture(page, 'agent-case')
    const taken = await send('DELETE', `/data-rights-request/${id}`, { reason: 'She changed her mind' }, paired.token)
    expect(await taken.json()).toMatchObject({ status: 'revoked' })
    await page.reload()
    await page.getByText('There is nothing left to do.').waitFor()
    await page.getByText('Taken back through the agent').waitFor()

    await page.goto(`${place.home}/privacy/requests`)
    await page.getByText('Last heard of').waitFor()
    await picture(page, 'agents')
    await page.getByRole('button', { name: 'Revoke the key of Permission Slip' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke the key' }).click()
    await page.getByText(/^Revoked /).waitFor()
    expect(await faults(page)).toEqual([])
    const again = { ...wish, 'issued-at': Temporal.Now.instant().toString() }
    expect((await send('POST', '/data-rights-request', again, paired.token)).status).toBe(401)
    expect(me.complaints).toEqual([])
  }, 180_000)
})

describe('an objection to a use', () => {
  /** She asks on the portal, proves by the link that it was her, and what she objects to is paused. Answers her own page. */
  async function objects(details: string) {
    const before = post.arrived.length
    const { person } = await ask('Do not use my data, because of my own situation', details)
    const { page } = person
    await page.goto(linkIn(await letterTo(ann.email, /confirm your request/, before)))
    await page.getByRole('button', { name: 'Yes, it was me' }).click()
    await page.getByText('Being worked on').waitFor()
    await openCase('Objection to a use of the data')
    await me.page.getByText(details).waitFor()
    return { page, whole: page.url(), before }
  }
  /** The work of the case that is open, once it stands there. */
  const works = (name: string, detail?: string) => {
    const row = me.page.getByRole('listitem').filter({ hasText: name })
    return (detail === undefined ? row : row.filter({ hasText: detail })).first().waitFor({ timeout: 60_000 })
  }
  /** Until what was paused for the time of deciding is used again, which waits for the letter. */
  const goesOn = () =>
    untilTrue(async () => {
      await me.page.reload()
      await me.page.getByText('Used again').first().waitFor()
      return (await me.page.getByRole('listitem').filter({ hasText: 'Used again' }).filter({ hasText: 'Done' }).count()) > 0
    }, 'the use to go on')

  it('ends the uses that are chosen, for good, and the rest goes on once she was told of it [M10]', async () => {
    const { page, whole, before } = await objects('I am being stalked')
    await works('Kept without being used')
    await does('Uphold and answer')
    const dialog = me.page.getByRole('dialog')
    await dialog.getByLabel('Everything: the data is kept and not used').uncheck()
    await dialog.getByRole('button', { name: 'Uphold and answer', exact: true }).click()
    await dialog.getByText('Choose at least one.').first().waitFor()
    await dialog.getByLabel('Statistics person by person').check()
    await dialog.getByLabel('Offers and questions to the person').check()
    expect(await faults(me.page)).toEqual([])
    await picture(me.page, 'objection-upheld')
    await confirmAct('Uphold and answer')
    await works('Objection upheld', 'Offers and questions to the person · Statistics person by person')
    const letter = await letterTo(ann.email, /answer to your request/, before)
    expect(letter.text).toContain('– statistics that tell you apart from others')
    await goesOn()
    await page.goto(whole)
    await page.getByText('offers and questions to you').waitFor()
    await does('Close with a receipt')
    await confirmAct('Close with a receipt')
    await me.page.getByText('There is nothing left to do.').waitFor()
    expect(me.complaints).toEqual([])
    await page.context().close()
  }, 180_000)

  it('is refused with compelling grounds, with the way to appeal, and the use goes on once she was told [M10]', async () => {
    const { page, whole, before } = await objects('I do not like it')
    await does('Refuse')
    await me.page.getByRole('dialog').getByLabel('Ground', { exact: true }).selectOption({ label: 'Compelling grounds that outweigh' })
    await confirmAct('Refuse', 'A claim against you is pending until May.')
    const letter = await letterTo(ann.email, /About your request/, before)
    for (const told of ['A claim against you is pending until May.', 'used again as before']) expect(letter.text).toContain(told)
    await goesOn()
    await page.goto(whole)
    await page.getByText('A claim against you is pending until May.').waitFor()
    await page.getByRole('heading', { name: 'Not satisfied?' }).waitFor()
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
    await me.page.goto(`${place.home}/settings/requests?list=complaints`)
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
