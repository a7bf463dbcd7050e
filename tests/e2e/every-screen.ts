import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import { type Place, type Screen, screens } from '../../scripts/screens/screens.ts'
import { type RunningDesk, untilTrue } from '../setup/desk.ts'
import { browserOf } from '../setup/owner.ts'

/** A screen, and the route it stands at, as the app or the server names it. */
export type RoutedScreen = Screen & { readonly route: string }

/** What the rarer screens are about. */
export type Rarities = {
  readonly serviceId: string
  readonly staffId: string
  readonly mailId: string
  readonly breachId: string
  readonly legalRequestId: string
  /** Links as they are mailed. */
  readonly join: string
  readonly stop: string
  /** A contact's own page, and the page at the counter. */
  readonly preferences: string
  readonly counter: string
  /** How far a request about rights is, and the page that proves who asks. */
  readonly rightsStatus: string
  readonly rightsConfirm: string
  readonly requestId: string
  /** A case in which somebody who is known asked to be erased. */
  readonly erasureRequestId: string
  /** What somebody from outside sees who was invited to look at a case again. */
  readonly rightsReview: string
  /** What a parent or guardian is asked, as it is mailed. */
  readonly guardian: string
}

/** Asks the demo for what the rarer screens show. */
export async function findRarities(desk: RunningDesk, { signIn, contactId = '' }: Place): Promise<Rarities> {
  if (!signIn) throw new Error('Only a demo has rare screens.')
  const { call } = browserOf(desk.url)
  await call('POST /sessions', { body: { email: signIn.email, password: signIn.password } })
  const [service] = (await call('GET /services')).items
  const [person] = (await call('GET /staff')).items
  const [mail] = (await call('GET /outbox', { query: { limit: 1 } })).items
  const { link: invited } = await call('POST /invitations', { body: { role: 'member' }, idempotencyKey: randomUUID() })
  const [workspace] = (await call('GET /me')).workspaces
  const [point] = (await call('GET /contacts/{contactId}', { params: { contactId } })).points
  if (!service || !person || !mail || !workspace || !point) throw new Error('The demo has no service, nobody who gives it, or no mail.')
  const now = Temporal.Now.instant()
  const keys = openKeys(path.join(desk.dataFolder, 'keys'), now)
  const link = (purpose: string, subjectId: string) =>
    keys.signLink({ purpose, workspaceId: workspace.id, subjectId, expiresAt: now.add({ hours: 24 }), allows: [] }, now)
  const request = await call('POST /requests', { body: { kind: 'access', contactId }, idempotencyKey: randomUUID() })
  const reviewed = await reviewedCase(call, contactId)
  const breach = await call('POST /breaches', {
    body: { what: 'A laptop was stolen', beganAt: now.subtract({ hours: 2 }).toString() },
    idempotencyKey: randomUUID(),
  })
  const letter = { kind: 'subpoena', reason: 'law_requires', authority: 'Superior Court', jurisdiction: 'California' } as const
  const legal = await call('POST /legal-requests', { body: { ...letter, asked: 'Her appointments in May' }, idempotencyKey: randomUUID() })
  const { counterUrl } = await call('GET /consent-kit', { query: {} })
  return {
    serviceId: service.id,
    staffId: person.id,
    mailId: mail.id,
    breachId: breach.id,
    legalRequestId: legal.id,
    join: new URL(invited).pathname,
    stop: `/stop/${link('stop-mail', point.id)}`,
    preferences: `/preferences/${link('preferences', contactId)}`,
    counter: new URL(counterUrl).pathname,
    requestId: request.id,
    erasureRequestId: await provenErasure(call, contactId),
    rightsReview: `/rights/review/${link('request-review', reviewed.id)}`,
    guardian: await askedGuardian(desk, call, workspace.slug),
    rightsStatus: `/rights/status/${link('request-status', request.id)}`,
    rightsConfirm: `/rights/confirm/${link('request-proof', request.id)}`,
  }
}

/** A parent whom a child named, and the page that asks her. */
async function askedGuardian(desk: RunningDesk, call: ReturnType<typeof browserOf>['call'], slug: string): Promise<string> {
  const { version } = await call('GET /privacy-settings')
  await call('PATCH /privacy-settings', { body: { 'age.guardian': 'allowed' }, version })
  const body = new URLSearchParams({ name: 'Pia Parent', email: 'pia@parent.example' })
  const asked = await fetch(`${desk.url}/age/${slug}/guardian`, { method: 'POST', body })
  if (!asked.ok) throw new Error(`The question to a parent was refused with ${asked.status}.`)
  const [mail] = (await call('GET /outbox', { query: { limit: 1 } })).items
  if (!mail) throw new Error('Nobody was written to.')
  const { text } = await call('GET /outbox/{mailId}', { params: { mailId: mail.id } })
  const link = /\/guardian\/[\w.~-]+/.exec(text)?.[0]
  if (link === undefined) throw new Error('The newest mail asks no parent.')
  return link
}

/** A request to be erased by somebody whom a member knows. */
async function provenErasure(call: ReturnType<typeof browserOf>['call'], contactId: string): Promise<string> {
  const { id } = await call('POST /requests', { body: { kind: 'erasure', contactId }, idempotencyKey: randomUUID() })
  const params = { requestId: id }
  await untilTrue(async () => (await call('GET /requests/{requestId}', { params })).state === 'verifying', 'who asks to be looked up')
  await call('POST /requests/{requestId}/verification', { params, body: { how: 'in_person' }, idempotencyKey: randomUUID() })
  return id
}

/** A refused request that somebody from outside was invited to look at again. */
async function reviewedCase(call: ReturnType<typeof browserOf>['call'], contactId: string): Promise<{ readonly id: string }> {
  const key = () => ({ idempotencyKey: randomUUID() })
  const { id } = await call('POST /requests', { body: { kind: 'access', contactId }, ...key() })
  const params = { requestId: id }
  // Who asks is looked up by a job, and only then is there something to decide.
  await untilTrue(async () => (await call('GET /requests/{requestId}', { params })).state === 'verifying', 'who asks to be looked up')
  const words = { ground: 'identity_not_proven', text: 'We could not make sure who asks.' } as const
  await call('POST /requests/{requestId}/refusal', { params, body: words, ...key() })
  await call('POST /requests/{requestId}/appeal', { params, body: { reason: 'I have been a patient for years.' }, ...key() })
  const body = { name: 'Rita Review', email: 'rita@review.example' }
  const { reviewers } = await call('POST /requests/{requestId}/reviewers', { params, body, ...key() })
  const [reviewer] = reviewers
  if (!reviewer) throw new Error('Nobody was invited.')
  return { id: reviewer.id }
}

/** Where the main screens stand. */
const mainRoutes: Readonly<Record<string, string>> = {
  calendar: '/w/$workspace/calendar',
  'calendar-day': '/w/$workspace/calendar',
  'calendar-booking': '/w/$workspace/calendar',
  'calendar-book': '/w/$workspace/calendar',
  contacts: '/w/$workspace/contacts',
  'contacts-may-list': '/w/$workspace/contacts',
  contact: '/w/$workspace/contacts/$contactId',
  'contact-erase': '/w/$workspace/contacts/$contactId',
  inbox: '/w/$workspace/inbox',
  conversation: '/w/$workspace/inbox/$conversationId',
  outbox: '/w/$workspace/outbox',
  services: '/w/$workspace/services',
  service: '/w/$workspace/services/$serviceId',
  settings: '/w/$workspace/settings',
  'settings-business': '/w/$workspace/settings/business',
  'settings-hours': '/w/$workspace/settings/hours',
  'settings-people': '/w/$workspace/settings/people',
  'settings-contact-rules': '/w/$workspace/settings/contact-rules',
  'settings-consents': '/w/$workspace/settings/consents',
  'settings-cookies': '/w/$workspace/settings/cookies',
  'settings-retention': '/w/$workspace/settings/retention',
  'settings-erasures': '/w/$workspace/settings/erasures',
  'settings-records': '/w/$workspace/settings/records',
  'settings-privacy-settings': '/w/$workspace/settings/privacy-settings',
  'do-not-contact': '/do-not-contact/:slug',
  rights: '/rights/:business',
  'sign-in': '/sign-in',
  'booking-services': '/b/:business',
  'booking-times': '/b/:business/:service',
  'booking-details': '/b/:business/:service/details',
  booked: '/m/:token',
  'booking-move': '/m/:token/move',
  'booking-cancel': '/m/:token/cancel',
  'api-docs': '/api/docs',
  setup: '/setup/$token',
}

const settingsPages = [
  'requests',
  'profile',
  'security',
  'sessions',
  'appearance',
  'privacy',
  'cookies',
  'sensitive',
  'audit',
  'policies',
  'records/processing',
  'records/recipients',
  'records/incidents',
  'records/legal-requests',
  'records/disclosures',
  'records/team',
  'records/ownership',
  'keys',
  'operator',
  'server',
  'closing',
]

type Then = (page: Page) => Promise<unknown>

/** Every screen of the product: the main ones, and those that few see, such as links that do not lead anywhere any more. */
export function everyScreen(rare: () => Rarities): readonly RoutedScreen[] {
  const at = (name: string, route: string, address: (place: Place) => string, then?: Then): RoutedScreen => ({
    name,
    route,
    open: async (page, place) => {
      await page.goto(place.url + address(place))
      await page.locator('h1, [role=dialog]').first().waitFor()
      await then?.(page)
    },
  })
  const inDesk = (rest: string, then?: Then, route = rest) =>
    at(rest.replaceAll('/', '-').replace(/\?/, '-'), `/w/$workspace/${route}`, ({ slug }) => `/w/${slug}/${rest}`, then)
  const signedOut = (...wish: Parameters<typeof at>): RoutedScreen => ({ ...at(...wish), signedOut: true })

  return [
    ...screens
      .filter(({ fresh }) => !fresh)
      .map((screen) => {
        const route = mainRoutes[screen.name]
        if (!route) throw new Error(`Say in tests/e2e/every-screen.ts where the screen ${screen.name} stands.`)
        return { ...screen, route }
      }),
    inDesk('contacts?form=new', undefined, 'contacts'),
    at('contact-edit', '/w/$workspace/contacts/$contactId', ({ slug, contactId }) => `/w/${slug}/contacts/${contactId}?form=edit`),
    at('contact-gone', '/w/$workspace/contacts/$contactId', ({ slug }) => `/w/${slug}/contacts/${randomUUID()}`),
    at('outbox-mail', '/w/$workspace/outbox/$mailId', ({ slug }) => `/w/${slug}/outbox/${rare().mailId}`),
    at(
      'request',
      '/w/$workspace/settings/requests/$requestId',
      ({ slug }) => `/w/${slug}/settings/requests/${rare().requestId}`,
      async (page) => page.getByRole('heading', { name: 'What is asked' }).waitFor(),
    ),
    at(
      'request-verify',
      '/w/$workspace/settings/requests/$requestId',
      ({ slug }) => `/w/${slug}/settings/requests/${rare().requestId}`,
      async (page) => {
        await page.getByRole('button', { name: 'I made sure who it is' }).click()
        await page.getByRole('dialog').getByText('What matches').waitFor()
      },
    ),
    at(
      'request-erase',
      '/w/$workspace/settings/requests/$requestId',
      ({ slug }) => `/w/${slug}/settings/requests/${rare().erasureRequestId}`,
      async (page) => {
        await page.getByRole('button', { name: 'Erase and answer' }).click()
        await page.getByRole('dialog').getByText('What stays, and why').waitFor()
      },
    ),
    at(
      'request-taken-in',
      '/w/$workspace/settings/requests',
      ({ slug }) => `/w/${slug}/settings/requests`,
      async (page) => {
        await page.getByRole('button', { name: 'Take in a request' }).click()
        await page.getByRole('dialog').getByLabel('How it came').waitFor()
      },
    ),
    inDesk('services/people'),
    at('person', '/w/$workspace/services/people/$staffId', ({ slug }) => `/w/${slug}/services/people/${rare().staffId}`),
    ...settingsPages.map((page) => inDesk(`settings/${page}`)),
    ...['service', 'hours', 'share'].map((step) => inDesk(`welcome?step=${step}`, undefined, 'welcome')),
    at(
      'incident',
      '/w/$workspace/settings/records/incidents/$breachId',
      ({ slug }) => `/w/${slug}/settings/records/incidents/${rare().breachId}`,
    ),
    at(
      'legal-request',
      '/w/$workspace/settings/records/legal-requests/$legalRequestId',
      ({ slug }) => `/w/${slug}/settings/records/legal-requests/${rare().legalRequestId}`,
    ),
    at('another-workspace', '/welcome', () => '/welcome'),
    at('no-such-room', '/w/$workspace', ({ slug }) => `/w/${slug}/nothing-here`),
    at('no-such-workspace', '/w/$workspace', () => '/w/nobody/calendar'),
    signedOut('no-such-screen', '/', () => '/nothing-here'),
    signedOut('sign-in-failed', '/sign-in', () => '/sign-in?problem=accounts/provider-unavailable'),
    signedOut('sign-up', '/sign-up', () => '/sign-up'),
    signedOut('newcomer-over', '/sign-up', () => '/sign-up?elsewhere=google'),
    {
      name: 'newcomer',
      route: '/sign-up',
      signedOut: true,
      open: async (page, place) => {
        const came = { provider: 'google', name: 'Nia Okafor', email: 'nia.okafor@gmail.com' }
        await page.route('**/sign-up/elsewhere', (route) => route.fulfill({ json: came }))
        await page.goto(`${place.url}/sign-up?elsewhere=google`)
        await page.getByLabel('How old are you?').waitFor()
      },
    },
    signedOut('setup-over', '/setup/$token', () => '/setup/nothing'),
    signedOut('invited', '/join/$token', () => rare().join),
    signedOut('invitation-over', '/join/$token', () => '/join/nothing'),
    signedOut('verification-over', '/verify/$token', () => '/verify/nothing'),
    signedOut('forgot', '/forgot', () => '/forgot'),
    signedOut('reset', '/reset/$token', () => '/reset/nothing'),
    signedOut('no-such-business', '/b/:business', () => '/b/nobody'),
    signedOut('no-such-service', '/b/:business/:service', ({ slug }) => `/b/${slug}/nothing`),
    signedOut(
      'booking-faults',
      '/b/:business/:service/details',
      ({ slug }) => `/b/${slug}/cleaning`,
      async (page) => {
        await page.waitForURL(/zone=/)
        await page.getByRole('button', { name: /with / }).first().click()
        await page.getByRole('heading', { name: 'Your details' }).waitFor()
        await page.getByRole('button', { name: /^Book / }).click()
        await page.getByRole('alert').waitFor()
      },
    ),
    signedOut('booking-link-over', '/m/:token', () => '/m/nothing'),
    signedOut('stop', '/stop/:token', () => rare().stop),
    signedOut(
      'stopped',
      '/stop/:token',
      () => rare().stop,
      async (page) => {
        const stop = page.getByRole('button', { name: 'No more mail' })
        if (await stop.isVisible()) await stop.click()
        await page.getByRole('heading', { name: 'No more mail' }).waitFor()
      },
    ),
    signedOut('stop-link-over', '/stop/:token', () => '/stop/nothing'),
    at(
      'contact-consents',
      '/w/$workspace/contacts/$contactId',
      ({ slug, contactId }) => `/w/${slug}/contacts/${contactId}?tab=consents`,
      async (page) => {
        await page.getByRole('button', { name: 'Record a consent' }).click()
        await page.getByText(/^Read this to /).waitFor()
      },
    ),
    signedOut('preferences', '/preferences/:token', () => rare().preferences),
    signedOut('preference-link-over', '/preferences/:token', () => '/preferences/nothing'),
    signedOut('counter', '/agree/:token', () => rare().counter),
    signedOut(
      'counter-faults',
      '/agree/:token',
      () => rare().counter,
      async (page) => {
        await page.getByRole('button', { name: 'Agree' }).click()
        await page.getByRole('alert').waitFor()
      },
    ),
    signedOut('counter-over', '/agree/:token', () => '/agree/nothing'),
    signedOut('confirm-link-over', '/confirm/:token', () => '/confirm/nothing'),
    signedOut('ownership-link-over', '/ownership/:token', () => '/ownership/nothing'),
    signedOut('legal', '/legal/:business', ({ slug }) => `/legal/${slug}`),
    signedOut('legal-privacy', '/legal/:business/:kind', ({ slug }) => `/legal/${slug}/privacy`),
    signedOut('legal-version-gone', '/legal/:business/:kind/versions/:version', ({ slug }) => `/legal/${slug}/privacy/versions/99`),
    signedOut('new-use-over', '/new-use/:token', () => '/new-use/nothing'),
    signedOut('rights-nobody', '/rights/:business', () => '/rights/nobody'),
    signedOut('rights-status', '/rights/status/:token', () => rare().rightsStatus),
    signedOut('rights-confirm', '/rights/confirm/:token', () => rare().rightsConfirm),
    signedOut('rights-review', '/rights/review/:token', () => rare().rightsReview),
    signedOut('rights-find', '/rights', () => '/rights'),
    signedOut('rights-link-over', '/rights/confirm/:token', () => '/rights/confirm/nothing'),
    signedOut('age', '/age/:business', ({ slug }) => `/age/${slug}`),
    signedOut(
      'age-faults',
      '/age/:business',
      ({ slug }) => `/age/${slug}`,
      async (page) => {
        await page.getByLabel('Age in years').fill('many')
        await page.getByRole('button').click()
        await page.getByRole('alert').waitFor()
      },
    ),
    signedOut(
      'age-closed',
      '/age/:business',
      ({ slug }) => `/age/${slug}`,
      async (page) => {
        // The first answer of a browser counts until it is closed.
        const years = page.getByLabel('Age in years')
        if (await years.isVisible()) {
          await years.fill('12')
          await page.getByRole('button').click()
        }
        await page.getByRole('heading', { name: 'Ask a parent or guardian' }).waitFor()
      },
    ),
    signedOut('guardian', '/guardian/:token', () => rare().guardian),
    signedOut('guardian-link-over', '/guardian/:token', () => '/guardian/nothing'),
    signedOut('child', '/child/:business', ({ slug }) => `/child/${slug}`),
    signedOut(
      'child-faults',
      '/child/:business',
      ({ slug }) => `/child/${slug}`,
      async (page) => {
        await page.getByLabel('Mail address or phone number').fill('nonsense')
        await page.getByLabel('Your name').fill('Pia Parent')
        await page.getByLabel('Your mail address').fill('pia@parent.example')
        await page.getByRole('button').click()
        await page.getByRole('alert').waitFor()
      },
    ),
    signedOut('choices', '/choices/:business', ({ slug }) => `/choices/${slug}`),
    signedOut('problem', '/api/problems/:room/:reason', () => '/api/problems/scheduling/slot-taken'),
    signedOut('no-such-problem', '/api/problems/:room/:reason', () => '/api/problems/nothing/here'),
  ]
}

/**
 * Whether an address stands at a route, by the app's way of naming parts (`$token`) or the server's (`:token`), or below it: where there is room for two panes, settings
 * open their first page.
 */
export function standsAt(address: string, route: string): boolean {
  const parts = route.replace(/\/$/, '').split('/')
  const pattern = parts.map((part) => (/^[$:]/.test(part) ? '[^/]+' : RegExp.escape(part))).join('/')
  return new RegExp(`^${pattern}(/|$)`).test(new URL(address).pathname)
}
