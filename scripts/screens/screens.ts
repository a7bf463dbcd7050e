import type { Locator, Page } from 'playwright-core'
import { goTo } from './go-to.ts'

/** Where the screens are. On an empty desk there is only the setup link. */
export type Place = {
  readonly url: string
  readonly setup?: string
  readonly signIn?: { readonly email: string; readonly password: string }
  readonly slug?: string
  /** Today, or the next day on which enough goes on at the clinic. */
  readonly day?: string
  /** The page behind a customer's link. */
  readonly manage?: string
  readonly contactId?: string
  readonly conversationId?: string
}

/** One screen and the way to it. */
export type Screen = {
  readonly name: string
  /** Seen by somebody who is not signed in. */
  readonly signedOut?: true
  /** Seen on a desk that has no owner yet. */
  readonly fresh?: true
  readonly open: (page: Page, place: Place) => Promise<void>
}

/** What is done on a screen before it is looked at. */
type Then = (page: Page, place: Place) => Promise<unknown>

const at =
  (address: (place: Place) => string, then?: Then) =>
  async (page: Page, place: Place): Promise<void> => {
    await goTo(page, place.url + address(place))
    await page.locator('h1, [role=dialog]').first().waitFor()
    await then?.(page, place)
  }

const inDesk = (rest: string, then?: Then) => at(({ slug }) => `/w/${slug}/${rest}`, then)
const inCalendar = (rest: string, then?: Then) =>
  at(
    ({ slug, day }) => `/w/${slug}/calendar?date=${day}${rest}`,
    async (page, place) => {
      await bookings(page).first().waitFor()
      await then?.(page, place)
    },
  )
const public_ = (rest: string, then?: Then) => at(({ slug }) => `/b/${slug}${rest}`, then)

/** Chooses a time. A phone and a desk that are looked at side by side do not take it from each other: a chosen time is kept for a while, so a desk goes to another day. */
export async function takeATime(page: Page): Promise<void> {
  if ((page.viewportSize()?.width ?? 0) >= 600) {
    await page.locator('.strip a').last().click()
    await page.waitForURL(/date=/)
  }
  await page.getByRole('button', { name: /with / }).first().click()
}

const bookings = (page: Page): Locator => page.locator('a[href*="booking="]')

/** Every main screen, in the order of a tour. */
export const screens: readonly Screen[] = [
  { name: 'calendar', open: inCalendar('') },
  { name: 'calendar-day', open: inCalendar('&view=day') },
  {
    name: 'calendar-booking',
    open: inCalendar('&view=day', async (page) => {
      await bookings(page).nth(2).click()
      await page.locator('aside dl').first().waitFor()
    }),
  },
  { name: 'calendar-book', open: inDesk('calendar?book=new') },
  { name: 'contacts', open: inDesk('contacts') },
  { name: 'contacts-table', open: inDesk('contacts?look=table', async (page) => page.locator('[data-row]').first().waitFor()) },
  {
    name: 'contacts-board',
    open: inDesk('contacts?look=table&group=owner&board=true', async (page) => page.locator('[data-card]').first().waitFor()),
  },
  {
    name: 'contacts-may-list',
    open: inDesk('contacts', async (page) => {
      await page.getByRole('button', { name: 'Do more with this list' }).click()
      await page.getByRole('menuitem', { name: 'May we contact these?' }).click()
      await page.getByRole('button', { name: 'Ask', exact: true }).click()
      await page.getByRole('dialog').getByRole('status').waitFor()
    }),
  },
  { name: 'tasks', open: inDesk('contacts/tasks', (page) => page.getByRole('heading', { name: 'Overdue' }).waitFor()) },
  { name: 'contact', open: at(({ slug, contactId }) => `/w/${slug}/contacts/${contactId}`) },
  {
    name: 'contact-erase',
    open: at(
      ({ slug, contactId }) => `/w/${slug}/contacts/${contactId}`,
      async (page) => {
        await page
          .locator('button[aria-haspopup=menu]')
          .and(page.getByRole('button', { name: 'More', exact: true }))
          .click() // the phone's bar has another More
        await page.getByRole('menuitem', { name: 'Erase or anonymize' }).click()
        await page.getByText('What stays, and why').waitFor()
      },
    ),
  },
  { name: 'inbox', open: inDesk('inbox') },
  { name: 'conversation', open: at(({ slug, conversationId }) => `/w/${slug}/inbox/${conversationId}?status=waiting`) },
  { name: 'outbox', open: inDesk('outbox') },
  { name: 'leads', open: inDesk('leads', (page) => page.locator('[data-lead]').first().waitFor()) },
  { name: 'services', open: inDesk('services') },
  {
    name: 'service',
    open: inDesk('services', (page) =>
      page
        .getByRole('link', { name: /Cleaning and check-up/ })
        .first()
        .click()
        .then(() => page.getByLabel('Description').waitFor()),
    ),
  },
  { name: 'privacy', open: inDesk('privacy', (page) => page.getByRole('heading', { name: 'Waits for a decision' }).waitFor()) },
  { name: 'settings', open: inDesk('settings') },
  { name: 'settings-business', open: inDesk('settings/business', (page) => page.getByLabel('Address').first().waitFor()) },
  { name: 'settings-hours', open: inDesk('settings/hours', (page) => page.getByRole('switch').first().waitFor()) },
  { name: 'settings-people', open: inDesk('settings/people') },
  { name: 'privacy-contact-rules', open: inDesk('privacy/contact-rules', (page) => page.getByRole('checkbox').first().waitFor()) },
  { name: 'privacy-consents', open: inDesk('privacy/consents', (page) => page.getByRole('switch').first().waitFor()) },
  {
    name: 'privacy-retention',
    open: inDesk('privacy/retention', async (page) => {
      await page.getByRole('button', { name: 'Look', exact: true }).click()
      await page.getByText(/^In the night of/).waitFor()
    }),
  },
  { name: 'privacy-erasures', open: inDesk('privacy/erasures') },
  { name: 'privacy-choices', open: inDesk('privacy/choices', (page) => page.getByRole('radio').first().waitFor()) },
  { name: 'do-not-contact', signedOut: true, open: at(({ slug }) => `/do-not-contact/${slug}`) },
  { name: 'rights', signedOut: true, open: at(({ slug }) => `/rights/${slug}`) },
  { name: 'sign-in', signedOut: true, open: at(() => '/sign-in') },
  { name: 'booking-services', signedOut: true, open: public_('') },
  { name: 'booking-times', signedOut: true, open: public_('/cleaning', (page) => page.waitForURL(/zone=/)) },
  {
    name: 'booking-details',
    signedOut: true,
    open: public_('/cleaning', async (page) => {
      await page.waitForURL(/zone=/)
      await takeATime(page)
      await page.getByRole('heading', { name: 'Your details' }).waitFor()
    }),
  },
  { name: 'booked', signedOut: true, open: at(({ manage }) => `${manage}?just=booked&zone=America/New_York`) },
  { name: 'booking-move', signedOut: true, open: at(({ manage }) => `${manage}/move?zone=America/New_York`) },
  { name: 'booking-cancel', signedOut: true, open: at(({ manage }) => `${manage}/cancel?zone=America/New_York`) },
  { name: 'api-docs', signedOut: true, open: at(() => '/api/docs') },
  { name: 'setup', fresh: true, open: at(({ setup }) => setup ?? '') },
]
