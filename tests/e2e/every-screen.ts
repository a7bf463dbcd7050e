import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { goTo } from '../../scripts/screens/go-to.ts'
import { type Place, type Screen, screens, takeATime } from '../../scripts/screens/screens.ts'
import type { Rarities } from './rarities.ts'

/** A screen, and the route it stands at, as the app or the server names it. */
export type RoutedScreen = Screen & { readonly route: string }

/** Where the main screens stand. */
const mainRoutes: Readonly<Record<string, string>> = {
  calendar: '/w/$workspace/calendar',
  'calendar-day': '/w/$workspace/calendar',
  'calendar-booking': '/w/$workspace/calendar',
  'calendar-book': '/w/$workspace/calendar',
  contacts: '/w/$workspace/contacts',
  'contacts-may-list': '/w/$workspace/contacts',
  'contacts-table': '/w/$workspace/contacts',
  tasks: '/w/$workspace/contacts/tasks',
  'contacts-board': '/w/$workspace/contacts',
  contact: '/w/$workspace/contacts/$contactId',
  'contact-erase': '/w/$workspace/contacts/$contactId',
  inbox: '/w/$workspace/inbox',
  conversation: '/w/$workspace/inbox/$conversationId',
  outbox: '/w/$workspace/outbox',
  leads: '/w/$workspace/leads',
  services: '/w/$workspace/services',
  service: '/w/$workspace/services/$serviceId',
  privacy: '/w/$workspace/privacy',
  settings: '/w/$workspace/settings',
  'settings-business': '/w/$workspace/settings/business',
  'settings-hours': '/w/$workspace/settings/hours',
  'settings-people': '/w/$workspace/settings/people',
  'privacy-contact-rules': '/w/$workspace/privacy/contact-rules',
  'privacy-consents': '/w/$workspace/privacy/consents',
  'privacy-retention': '/w/$workspace/privacy/retention',
  'privacy-erasures': '/w/$workspace/privacy/erasures',
  'privacy-choices': '/w/$workspace/privacy/choices',
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
  'account',
  'profile',
  'security',
  'sessions',
  'appearance',
  'reminders',
  'website',
  'fields',
  'team',
  'keys',
  'webhooks',
  'operator',
  'server',
  'ownership',
  'closing',
]

const privacyPages = [
  'requests',
  'may-contact',
  'do-not-contact',
  'policies',
  'cookies',
  'incidents',
  'recipients',
  'processing',
  'disclosures',
  'legal-requests',
  'audit',
  'holds',
  'sensitive',
]

type Then = (page: Page) => Promise<unknown>

/** Every screen of the product: the main ones, and those that few see, such as links that do not lead anywhere any more. */
export function everyScreen(rare: () => Rarities): readonly RoutedScreen[] {
  const at = (name: string, route: string, address: (place: Place) => string, then?: Then): RoutedScreen => ({
    name,
    route,
    open: async (page, place) => {
      await goTo(page, place.url + address(place))
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
    inDesk('contacts?form=export', undefined, 'contacts'),
    inDesk('contacts?look=table&group=owner', async (page) => page.locator('[data-group], [data-list] a').first().waitFor(), 'contacts'),
    at(
      'filter-groups',
      '/w/$workspace/contacts',
      ({ slug }) =>
        `/w/${slug}/contacts?filter=${encodeURIComponent(
          JSON.stringify({
            all: [
              { on: 'has', what: 'email' },
              {
                any: [
                  { on: 'has', what: 'phone' },
                  { on: 'archived', not: true },
                ],
              },
            ],
          }),
        )}`,
      async (page) => {
        await page.getByRole('button', { name: 'Arrange in groups' }).click()
        await page.getByRole('group', { name: 'Group 2' }).waitFor()
      },
    ),
    at(
      'contact-relation',
      '/w/$workspace/contacts/$contactId',
      ({ slug, contactId }) => `/w/${slug}/contacts/${contactId}`,
      async (page) => {
        await page.getByRole('button', { name: 'Add a relation' }).click()
        await page.getByRole('dialog').waitFor()
      },
    ),
    inDesk('contacts/companies'),
    at('company', '/w/$workspace/contacts/companies/$companyId', ({ slug }) => `/w/${slug}/contacts/companies/${rare().companyId}`),
    inDesk('contacts/segments', async (page) => page.getByText('Never booked').first().waitFor()),
    inDesk('contacts/import'),
    ...(['draft', 'checked', 'finished'] as const).map((step) =>
      at(`import-${step}`, '/w/$workspace/contacts/import/$importId', ({ slug }) => `/w/${slug}/contacts/import/${rare().lists[step]}`),
    ),
    at(
      'import-people',
      '/w/$workspace/contacts/import/$importId',
      ({ slug }) => `/w/${slug}/contacts/import/${rare().lists.draft}?step=people`,
      async (page) => {
        await page.getByText('They signed a consent').click()
        await page.getByLabel('Where the signed papers are').waitFor()
      },
    ),
    inDesk('leads?form=new', async (page) => page.getByRole('dialog').waitFor(), 'leads'),
    at(
      'lead',
      '/w/$workspace/leads/$leadId',
      ({ slug }) => `/w/${slug}/leads/${rare().leadId}`,
      async (page) => page.getByRole('heading', { name: 'Checklist' }).waitFor(),
    ),
    at(
      'pipeline',
      '/w/$workspace/leads/pipelines/$pipelineId',
      ({ slug }) => `/w/${slug}/leads/pipelines/${rare().pipelineId}`,
      async (page) => page.getByRole('heading', { name: 'Stages' }).waitFor(),
    ),
    at(
      'lead-report',
      '/w/$workspace/leads/report/$pipelineId',
      ({ slug }) => `/w/${slug}/leads/report/${rare().pipelineId}`,
      async (page) => page.getByRole('heading', { name: 'By source' }).waitFor(),
    ),
    inDesk('leads/forms', async (page) => page.getByRole('heading', { name: 'Held back' }).waitFor()),
    ...(
      [
        ['form', '', 'Preview'],
        ['form-came', '?tab=came', 'Held back'],
        ['form-share', '?tab=share', 'For programs'],
      ] as const
    ).map(([name, view, heading]) =>
      at(
        name,
        '/w/$workspace/leads/forms/$formId',
        ({ slug }) => `/w/${slug}/leads/forms/${rare().form.id}${view}`,
        async (page) => page.getByRole('heading', { name: heading }).waitFor(),
      ),
    ),
    signedOut('form-page', '/f/:business/:form', ({ slug }) => `/f/${slug}/${rare().form.slug}`),
    signedOut(
      'form-faults',
      '/f/:business/:form',
      ({ slug }) => `/f/${slug}/${rare().form.slug}`,
      async (page) => {
        await page.getByRole('button', { name: 'Send' }).click()
        await page.getByRole('alert').waitFor()
      },
    ),
    signedOut('form-thanks', '/f/:business/:form', ({ slug }) => `/f/${slug}/${rare().form.slug}?done=1`),
    at(
      'contact-leads',
      '/w/$workspace/contacts/$contactId',
      ({ slug, contactId }) => `/w/${slug}/contacts/${contactId}?tab=leads`,
      async (page) => page.getByRole('button', { name: 'New lead' }).waitFor(),
    ),
    at(
      'contact-tasks',
      '/w/$workspace/contacts/$contactId',
      ({ slug, contactId }) => `/w/${slug}/contacts/${contactId}?tab=tasks`,
      async (page) => page.getByText('Send the plan').first().waitFor(),
    ),
    inDesk('contacts/duplicates'),
    at(
      'compare',
      '/w/$workspace/contacts/duplicates/$survivorId/$mergedId',
      ({ slug, contactId }) => `/w/${slug}/contacts/duplicates/${contactId}/${rare().twinId}`,
      async (page) => page.getByRole('heading', { name: 'Choose what is kept' }).waitFor(),
    ),
    at('contact-edit', '/w/$workspace/contacts/$contactId', ({ slug, contactId }) => `/w/${slug}/contacts/${contactId}?form=edit`),
    at('contact-gone', '/w/$workspace/contacts/$contactId', ({ slug }) => `/w/${slug}/contacts/${randomUUID()}`),
    at(
      'webhook-log',
      '/w/$workspace/settings/webhooks/$endpointId',
      ({ slug }) => `/w/${slug}/settings/webhooks/${rare().endpointId}`,
      async (page) => page.getByRole('heading', { name: 'What was sent' }).waitFor(),
    ),
    at(
      'webhook-delivery',
      '/w/$workspace/settings/webhooks/$endpointId',
      ({ slug }) => `/w/${slug}/settings/webhooks/${rare().endpointId}?delivery=${rare().deliveryId}`,
      async (page) => page.getByRole('heading', { name: 'Tries' }).waitFor(),
    ),
    at('outbox-mail', '/w/$workspace/outbox/$mailId', ({ slug }) => `/w/${slug}/outbox/${rare().mailId}`),
    at(
      'request',
      '/w/$workspace/privacy/requests/$requestId',
      ({ slug }) => `/w/${slug}/privacy/requests/${rare().requestId}`,
      async (page) => page.getByRole('heading', { name: 'What is asked' }).waitFor(),
    ),
    at(
      'request-verify',
      '/w/$workspace/privacy/requests/$requestId',
      ({ slug }) => `/w/${slug}/privacy/requests/${rare().requestId}`,
      async (page) => {
        await page.getByRole('button', { name: 'I made sure who it is' }).click()
        await page.getByRole('dialog').getByText('What matches').waitFor()
      },
    ),
    at(
      'request-erase',
      '/w/$workspace/privacy/requests/$requestId',
      ({ slug }) => `/w/${slug}/privacy/requests/${rare().erasureRequestId}`,
      async (page) => {
        await page.getByRole('button', { name: 'Erase and answer' }).click()
        await page.getByRole('dialog').getByText('What stays, and why').waitFor()
      },
    ),
    at(
      'request-taken-in',
      '/w/$workspace/privacy/requests',
      ({ slug }) => `/w/${slug}/privacy/requests`,
      async (page) => {
        await page.getByRole('button', { name: 'Take in a request' }).click()
        await page.getByRole('dialog').getByLabel('How it came').waitFor()
      },
    ),
    at(
      'request-agent',
      '/w/$workspace/privacy/requests',
      ({ slug }) => `/w/${slug}/privacy/requests`,
      async (page) => {
        await page.getByRole('button', { name: 'Register an agent' }).click()
        await page.getByRole('dialog').getByLabel('Public key (verify_key)').waitFor()
      },
    ),
    inDesk('services/people'),
    inDesk('services/resources', async (page) => page.locator('[data-list] a').first().waitFor()),
    at(
      'resource',
      '/w/$workspace/services/resources/$resourceId',
      ({ slug }) => `/w/${slug}/services/resources/${rare().resourceId}`,
      async (page) => {
        await page.getByRole('link', { name: 'Cleaning and check-up', exact: true }).waitFor()
      },
    ),
    at(
      'resource-in-use',
      '/w/$workspace/services/resources/$resourceId',
      ({ slug }) => `/w/${slug}/services/resources/${rare().resourceId}`,
      async (page) => {
        await page.getByRole('button', { name: 'Put away' }).click()
        await page.getByRole('dialog').getByLabel('Move into').waitFor()
      },
    ),
    at(
      'calendar-rooms',
      '/w/$workspace/calendar',
      ({ slug }) => `/w/${slug}/calendar?view=day&by=rooms`,
      async (page) => {
        await page.locator('[data-scroll]:not([aria-busy])').first().waitFor()
      },
    ),
    at(
      'person',
      '/w/$workspace/services/people/$staffId',
      ({ slug }) => `/w/${slug}/services/people/${rare().staffId}`,
      async (page) => {
        await page.getByText('Cannot be read', { exact: true }).waitFor()
        await page.getByRole('button', { name: 'New address' }).waitFor()
      },
    ),
    at(
      'person-calendar',
      '/w/$workspace/services/people/$staffId',
      ({ slug }) => `/w/${slug}/services/people/${rare().staffId}`,
      async (page) => {
        await page.getByRole('button', { name: 'Connect a calendar' }).click()
        await page.getByRole('dialog').getByLabel('Secret address').waitFor()
      },
    ),
    at(
      'person-account',
      '/w/$workspace/services/people/$staffId',
      ({ slug }) => `/w/${slug}/services/people/${rare().staffId}`,
      async (page) => {
        await page.getByRole('button', { name: 'Connect a calendar' }).click()
        await page.getByRole('dialog').getByLabel('How').selectOption('account')
        await page.getByRole('dialog').getByLabel('Name of the account').waitFor()
      },
    ),
    ...settingsPages.map((page) => inDesk(`settings/${page}`)),
    ...privacyPages.map((page) => inDesk(`privacy/${page}`)),
    at(
      'reminder',
      '/w/$workspace/settings/reminders',
      ({ slug }) => `/w/${slug}/settings/reminders`,
      async (page) => {
        await page.getByRole('button', { name: 'Add a reminder' }).click()
        await page
          .getByRole('dialog')
          .getByText(/^Reminder: /)
          .waitFor()
      },
    ),
    at('settings-moved', '/w/$workspace/privacy/incidents', ({ slug }) => `/w/${slug}/settings/records/incidents`),
    at('settings-nothing', '/w/$workspace/settings/$', ({ slug }) => `/w/${slug}/settings/nothing-here`),
    ...['service', 'hours', 'share'].map((step) => inDesk(`welcome?step=${step}`, undefined, 'welcome')),
    at('incident', '/w/$workspace/privacy/incidents/$breachId', ({ slug }) => `/w/${slug}/privacy/incidents/${rare().breachId}`),
    at(
      'legal-request',
      '/w/$workspace/privacy/legal-requests/$legalRequestId',
      ({ slug }) => `/w/${slug}/privacy/legal-requests/${rare().legalRequestId}`,
    ),
    at('another-workspace', '/welcome', () => '/welcome'),
    at('no-such-room', '/w/$workspace', ({ slug }) => `/w/${slug}/nothing-here`),
    at('no-such-workspace', '/w/$workspace', () => '/w/nobody/calendar'),
    at('calendar-not-allowed', '/calendars/arrive', ({ slug }) => `/calendars/arrive?state=${slug}~x~y&error=access_denied`),
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
        await takeATime(page)
        await page.getByRole('heading', { name: 'Your details' }).waitFor()
        await page.getByRole('button', { name: /^Book / }).click()
        await page.getByRole('alert').waitFor()
      },
    ),
    signedOut('booking-answers', '/m/:token/answers', ({ manage }) => `${manage}/answers?zone=America/New_York`),
    signedOut('waitlist-join', '/b/:business/:service/waitlist', ({ slug }) => `/b/${slug}/cleaning/waitlist?zone=America/New_York`),
    signedOut(
      'waitlist-joined',
      '/b/:business/:service/waitlist',
      ({ slug }) => `/b/${slug}/cleaning/waitlist?zone=America/New_York&just=joined`,
    ),
    signedOut('waiting', '/waiting/:token', () => rare().waiting),
    signedOut('waiting-link-over', '/waiting/:token', () => '/waiting/nothing'),
    inDesk('waitlist'),
    inDesk('waitlist?state=left', undefined, 'waitlist'),
    inDesk('waitlist?add=true', async (page) => page.getByRole('dialog').getByLabel('Morning').waitFor(), 'waitlist'),
    ...(['inline', 'popup', 'button'] as const).map((mode) =>
      signedOut(`embed-${mode}`, '/embed/preview/:business', ({ slug }) => `/embed/preview/${slug}?mode=${mode}&lang=en`),
    ),
    signedOut('booking-team', '/b/:business/with', ({ slug }) => `/b/${slug}/with`),
    signedOut('booking-person', '/b/:business/with/:person', ({ slug }) => `/b/${slug}/with/${rare().staffId}`),
    signedOut('own-link', '/b/:business/me', ({ slug }) => `/b/${slug}/me`),
    signedOut('own-page', '/me/:token', () => rare().ownPage),
    signedOut('own-link-over', '/me/:token', () => '/me/nothing'),
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
    ...(
      [
        ['contact-age', 'Age'],
        ['contact-place', 'Where the person lives'],
      ] as const
    ).map(([name, item]) =>
      at(
        name,
        '/w/$workspace/contacts/$contactId',
        ({ slug, contactId }) => `/w/${slug}/contacts/${contactId}`,
        async (page) => {
          await page
            .locator('button[aria-haspopup=menu]')
            .and(page.getByRole('button', { name: 'More', exact: true }))
            .click()
          await page.getByRole('menuitem', { name: item }).click()
          await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor()
        },
      ),
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
    signedOut('legal-review-over', '/legal-review/:token', () => '/legal-review/nothing'),
    signedOut('deletion-unknown', '/deletions/:sha256', () => `/deletions/${'0'.repeat(64)}`),
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
