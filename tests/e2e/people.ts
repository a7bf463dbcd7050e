import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { openWindow, type Window } from '../setup/chromium.ts'
import { type Name, openTree } from './accessibility-tree.ts'

export type Kind = 'button' | 'link' | 'switch' | 'radio'

/** Somebody at a browser of her own. How she works it is hers to choose; what she types is counted, since few people like forms. */
export type Person = Window & {
  /** Types into the field of this name. */
  readonly fill: (label: Name, text: string) => Promise<void>
  /** Presses the button, follows the link, throws the switch of this name. */
  readonly press: (name: Name, kind?: Kind) => Promise<void>
  /** How many fields she has filled. */
  readonly inputs: () => number
}

type Hands = Pick<Person, 'fill' | 'press'>
type Way = (page: Page) => Hands | Promise<Hands>

/** With a mouse or a finger. */
export const byHand: Way = (page) => ({
  fill: (label, text) => field(page, label).fill(text),
  press: (name, kind = 'button') => control(page, name, kind).click(),
})

/** With the keyboard alone: Tab to get there, Enter and Space to act. */
export const byKeyboard: Way = (page) => ({
  fill: async (label, text) => {
    await tabTo(page, field(page, label))
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
  },
  press: async (name, kind = 'button') => {
    await tabTo(page, control(page, name, kind))
    await page.keyboard.press(kind === 'switch' || kind === 'radio' ? 'Space' : 'Enter')
  },
})

/** With a screen reader: by the roles and names of the accessibility tree, and nothing else. */
export const byTree: Way = async (page) => {
  const tree = await openTree(page)
  return {
    fill: async (label, text) => tree.type(await tree.find('textbox', label), text),
    press: async (name, kind = 'button') => tree.activate(await tree.find(kind, name)),
  }
}

/** Sits somebody down. */
export async function sitDown(browser: Browser, options: BrowserContextOptions, way: Way = byHand): Promise<Person> {
  const window = await openWindow(browser, options)
  const hands = await way(window.page)
  let filled = 0
  return {
    ...window,
    fill: (label, text) => {
      filled++
      return hands.fill(label, text)
    },
    press: hands.press,
    inputs: () => filled,
  }
}

// A password has no role of its own, so fields go by their labels.
const field = (page: Page, label: Name): Locator => page.getByLabel(label, { exact: true }).and(page.locator('input, textarea'))
const control = (page: Page, name: Name, kind: Kind): Locator => page.getByRole(kind, { name, exact: true }).first()

/** Presses Tab until the focus is there. Fails where the keyboard does not lead. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor()
  for (let presses = 0; presses < 200; presses++) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not lead to ${target}.`)
}

export const owner = {
  business: 'Salon Nine',
  name: 'Dana Whitfield',
  email: 'dana@salonnine.example',
  password: 'nine wobbling teapots sing',
} as const

/** From the setup link to a booking link, the way a newcomer goes. Answers the link. */
export async function openBusiness({ page, fill, press }: Person, setupLink: string): Promise<string> {
  await page.goto(setupLink)
  await fill('Name of the business', owner.business)
  await fill('Your name', owner.name)
  await fill('Email', owner.email)
  await fill('Password', owner.password)
  await press('Continue')
  await fill('Service', 'First visit')
  await press('Continue')
  // A weekend must not keep anybody from booking.
  await press('Open on Saturday', 'switch')
  await press('Open on Sunday', 'switch')
  await press('Make my link')
  await page.getByRole('heading', { name: 'Your booking link is ready' }).waitFor()
  return page.getByRole('textbox', { name: /^Booking link/ }).inputValue()
}

/** Signs in with address and password. */
export async function signIn(
  { page, fill, press }: Person,
  origin: string,
  who: { readonly email: string; readonly password: string },
): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  await fill('Email', who.email)
  await fill('Password', who.password)
  await press('Sign in')
  await page.waitForURL(/\/w\//)
}

export const customer = { name: 'Siobhán 👋 Okonkwo', email: 'siobhan@example.com' } as const

/** How a time is read out: weekday, date, time and person. */
export const timeName = /^\w+day, \w+ \d{1,2}, \d{1,2}:\d{2} [AP]M, with .+$/

/** The names of the times on a page. */
export async function timesOn(page: Page): Promise<readonly string[]> {
  const times = page.getByRole('button', { name: timeName })
  await times.first().waitFor()
  return times.evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''))
}

/** Takes a time of the day that is shown, the first unless another is asked for. Answers its name. */
export async function chooseTime({ page, press }: Person, which = 0): Promise<string> {
  const name = (await timesOn(page)).at(which)
  if (!name) throw new Error('There is no such time on this page.')
  await press(name)
  return name
}

/** Turns to the last day of those shown that has free times: late in the day, the first one has few left. */
export async function turnToLastDay({ page, press }: Person): Promise<void> {
  const days = page.getByRole('navigation', { name: 'Day', exact: true }).getByRole('link')
  await days.last().waitFor()
  const name = (await days.last().locator('.vh').textContent()) ?? ''
  await press(name, 'link')
  await page.getByRole('region', { name: name.split(', ').slice(0, 2).join(', '), exact: true }).waitFor()
}

/** Opens a page of times and waits until it has asked the browser for its zone. */
export async function openTimes({ page }: Pick<Person, 'page'>, link: string): Promise<void> {
  await page.goto(link)
  await page.waitForURL(/zone=/)
  await page.locator('main[aria-busy=true]').waitFor({ state: 'detached' })
}

/** A stranger books at the first free time behind a link. Answers the time's name, and when the server had taken it. */
export async function book(stranger: Person, link: string): Promise<{ readonly time: string; readonly answeredAt: number }> {
  const { page, fill, press } = stranger
  await openTimes(stranger, link)
  const time = await chooseTime(stranger)
  await fill('Name', customer.name)
  await fill('Email', customer.email)
  const answered = page.waitForResponse((response) => response.request().method() === 'POST').then(() => Date.now())
  await press(/^Book /)
  const answeredAt = await answered
  await page.getByRole('heading', { name: 'You are booked' }).waitFor()
  return { time, answeredAt }
}
