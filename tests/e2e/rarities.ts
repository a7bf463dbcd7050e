import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { ServiceId, StaffId } from '@frontdesk/contract'
import { openKeys } from '../../apps/server/src/platform/crypto/index.ts'
import type { Place } from '../../scripts/screens/screens.ts'
import { type RunningDesk, untilTrue } from '../setup/desk.ts'
import { browserOf } from '../setup/owner.ts'

/** What the rarer screens are about. */
export type Rarities = {
  readonly serviceId: string
  readonly staffId: string
  readonly resourceId: string
  readonly companyId: string
  /** Another card of the contact. */
  readonly twinId: string
  readonly mailId: string
  readonly leadId: string
  readonly pipelineId: string
  readonly form: { readonly id: string; readonly slug: string }
  /** Lists of people at three steps. */
  readonly lists: { readonly draft: string; readonly checked: string; readonly finished: string }
  /** An address that is told of events, and something that was sent to it. */
  readonly endpointId: string
  readonly deliveryId: string
  readonly breachId: string
  readonly legalRequestId: string
  /** Behind the link of somebody who waits for a time. */
  readonly waiting: string
  /** Links as they are mailed. */
  readonly join: string
  readonly stop: string
  /** A contact's own page, and the page at the counter. */
  readonly preferences: string
  readonly ownPage: string
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
  const [room] = (await call('GET /resources')).items
  const [mail] = (await call('GET /outbox', { query: { limit: 1 } })).items
  const { link: invited } = await call('POST /invitations', { body: { role: 'member' }, idempotencyKey: randomUUID() })
  const [workspace] = (await call('GET /me')).workspaces
  const [point] = (await call('GET /contacts/{contactId}', { params: { contactId } })).points
  if (!service || !person || !room || !mail || !workspace || !point)
    throw new Error('The demo has no service, nobody who gives it, or no mail.')
  for (const { id: serviceId } of (await call('GET /services')).items) await askSomething(call, serviceId)
  const now = Temporal.Now.instant()
  const waits = await somebodyWaits(call, service.id, contactId)
  const keys = openKeys(path.join(desk.dataFolder, 'keys'), now)
  const link = (purpose: string, subjectId: string) =>
    keys.signLink({ purpose, workspaceId: workspace.id, subjectId, expiresAt: now.add({ hours: 24 }), allows: [] }, now)
  const request = await call('POST /requests', { body: { kind: 'access', contactId }, idempotencyKey: randomUUID() })
  const reviewed = await reviewedCase(call, contactId)
  await call('POST /rights-agents', {
    body: {
      agentId: 'PERMISSION_SLIP',
      businessId: 'HARBOR_DENTAL',
      name: 'Permission Slip by Consumer Reports',
      contactEmail: 'drp@agents.example',
      verifyKey: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    },
    idempotencyKey: randomUUID(),
  })
  const breach = await call('POST /breaches', {
    body: { what: 'A laptop was stolen', beganAt: now.subtract({ hours: 2 }).toString() },
    idempotencyKey: randomUUID(),
  })
  const letter = { kind: 'subpoena', reason: 'law_requires', authority: 'Superior Court', jurisdiction: 'California' } as const
  const legal = await call('POST /legal-requests', { body: { ...letter, asked: 'Her appointments in May' }, idempotencyKey: randomUUID() })
  const company = await call('POST /companies', {
    body: { name: 'Harbor Rowing Club', domain: 'rowing.example', phone: '+12075550142', address: '4 Wharf Street' },
    idempotencyKey: randomUUID(),
  })
  await call('POST /contact-fields', {
    body: { label: 'Boat', type: 'text', category: 'preference' },
    idempotencyKey: randomUUID(),
  } as never)
  const { version, points } = await call('GET /contacts/{contactId}', { params: { contactId } })
  await call('PATCH /contacts/{contactId}', {
    params: { contactId },
    body: {
      company: company.name,
      companyRole: 'Coach',
      fields: { boat: 'Four with cox' },
      points: [
        ...points.map(({ id, kind, channel, asTyped, label, preferred, shared }) => ({
          id,
          ...(kind === 'handle' ? { kind, channel: channel ?? ('website' as const) } : { kind }),
          value: asTyped,
          label,
          preferred,
          shared,
        })),
        { kind: 'handle', channel: 'instagram', value: '@harbor.rower', preferred: true },
        { kind: 'handle', channel: 'website', value: 'https://rowing.example/team/' },
      ],
    },
    version,
  })
  const twin = await call('POST /contacts', {
    body: { name: 'Another Card', company: company.name, companyRole: 'Cox', zone: 'Europe/Paris' } as never,
    idempotencyKey: randomUUID(),
  })
  await call('POST /contacts/{contactId}/relations', {
    params: { contactId },
    body: { otherId: twin.id, kind: 'parent', words: 'mother of', wordsBack: 'daughter of' },
    idempotencyKey: randomUUID(),
  })
  const list = await call('POST /lists', { body: { name: 'Spring fair' }, idempotencyKey: randomUUID() })
  await call('PUT /contacts/{contactId}/lists/{listId}', { params: { contactId, listId: list.id } })
  await call('POST /segments', {
    body: {
      name: 'Never booked',
      filter: {
        all: [
          { on: 'event', kind: 'booking.confirmed', not: true },
          { on: 'list', listId: list.id, not: true },
        ],
      },
      shared: true,
    },
    idempotencyKey: randomUUID(),
  })
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  for (const task of [
    { text: 'Call about the offer', dueOn: today.subtract({ days: 3 }).toString() },
    { text: 'Send the plan', dueAt: now.add({ hours: 24 * 3 }).toString(), remindMinutes: 60, memberId: workspace.memberId },
    { text: 'Ask about the boat', memberId: workspace.memberId },
  ])
    await call('POST /tasks', { body: { contactId, ...task }, idempotencyKey: randomUUID() })
  const [lead] = (await call('GET /leads', { query: { limit: 1 } })).items
  if (!lead) throw new Error('The demo has no lead.')
  await keepsCalendars(call, person.id)
  const { counterUrl } = await call('GET /consent-kit', { query: {} })
  return {
    serviceId: service.id,
    staffId: person.id,
    resourceId: room.id,
    companyId: company.id,
    twinId: twin.id,
    mailId: mail.id,
    leadId: lead.id,
    pipelineId: lead.pipelineId,
    form: await askedByForm(desk.url, call),
    lists: await bringLists(call),
    ...(await toldProgram(call)),
    breachId: breach.id,
    legalRequestId: legal.id,
    waiting: `/waiting/${link('waitlist', waits)}`,
    join: new URL(invited).pathname,
    stop: `/stop/${link('stop-mail', point.id)}`,
    preferences: `/preferences/${link('preferences', contactId)}`,
    ownPage: `/me/${link('own-bookings', contactId)}`,
    counter: new URL(counterUrl).pathname,
    requestId: request.id,
    erasureRequestId: await provenErasure(call, contactId),
    rightsReview: `/rights/review/${link('request-review', reviewed.id)}`,
    guardian: await askedGuardian(desk, call, workspace.slug),
    rightsStatus: `/rights/status/${link('request-status', request.id)}`,
    rightsConfirm: `/rights/confirm/${link('request-proof', request.id)}`,
  }
}

/** A calendar elsewhere that nobody answers for, which by its setting closes nothing, and an address under which bookings can be read. */
async function keepsCalendars(call: ReturnType<typeof browserOf>['call'], staffId: StaffId): Promise<void> {
  const params = { staffId }
  const { id } = await call('POST /staff/{staffId}/calendars', {
    params,
    body: { name: 'Home', address: 'https://calendar.example.com/private.ics', ifFailing: 'warn' },
    idempotencyKey: randomUUID(),
  })
  await call('PUT /staff/{staffId}/calendar-feed', { params, body: { shows: 'services' } })
  const failing = async () =>
    (await call('GET /staff/{staffId}/calendars', { params })).items.some((one) => one.id === id && one.state === 'failing')
  await untilTrue(failing, 'the calendar that cannot be read')
}

/** A form that asks everything it can, with one message that was taken and one that is held back. */
async function askedByForm(url: string, call: ReturnType<typeof browserOf>['call']): Promise<Rarities['form']> {
  const made = await call('POST /forms', { body: { name: 'Ask for an offer' }, idempotencyKey: randomUUID() })
  const form = await call('PATCH /forms/{formId}', {
    params: { formId: made.id },
    body: {
      fields: [
        { kind: 'name', required: true },
        { kind: 'email', required: true, help: 'We answer here.' },
        { kind: 'phone', required: false },
        { kind: 'own', key: 'boat', required: false },
        { kind: 'question', label: 'How many people?', required: true },
        { kind: 'message', required: false },
      ],
      consents: ['mail_offers', 'texts_bookings'],
      plainHtml: true,
    },
    version: made.version,
  })
  const send = (more: Record<string, string>) =>
    fetch(form.pageUrl.replace(/^https?:\/\/[^/]+/, url), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ how_many_people: '4', message: 'Saturday, if there is a boat.', ...more }),
    })
  await send({ name: 'Rosa Held', email: 'rosa.held@example.com', website: 'https://spam.example' })
  await send({ name: 'Tom Taken', email: 'tom.taken@example.com' })
  return { id: form.id, slug: form.slug }
}

/** An address that nobody answers for, with a test event that did not arrive. */
async function toldProgram(call: ReturnType<typeof browserOf>['call']): Promise<Pick<Rarities, 'endpointId' | 'deliveryId'>> {
  const { endpoint } = await call('POST /webhook-endpoints', {
    body: { url: 'https://hooks.ledger.example/frontdesk', description: 'Accounting', kinds: ['booking.confirmed', 'booking.cancelled'] },
  })
  await call('POST /webhook-endpoints/{endpointId}/test', { params: { endpointId: endpoint.id }, idempotencyKey: randomUUID() })
  const load = async () => (await call('GET /webhook-deliveries', { query: { endpointId: endpoint.id } })).items[0]
  await untilTrue(async () => ((await load())?.attempts ?? 0) > 0, 'the test event to be tried')
  return { endpointId: endpoint.id, deliveryId: (await load())?.id ?? '' }
}

/** A list whose columns wait, one that was tried out, and one that is written. */
async function bringLists(call: ReturnType<typeof browserOf>['call']): Promise<Rarities['lists']> {
  const { version, sha256 } = await call('GET /processing-terms')
  await call('POST /processing-terms/acceptance', { body: { version, sha256 }, idempotencyKey: randomUUID() })
  const load = (importId: string) => call('GET /imports/{importId}', { params: { importId } })
  const until = (importId: string, state: string) =>
    untilTrue(async () => (await load(importId)).state === state, `the list to be ${state}`)
  const bring = async (name: string, rows: string) => {
    const { id } = await call('POST /imports', {
      file: new File([`Name,Phone,E-mail,Last visit,Boat\n${rows}`], name),
      idempotencyKey: randomUUID(),
    })
    await until(id, 'draft')
    return id
  }
  const check = async (importId: string) => {
    const params = { importId }
    const { version: read } = await load(importId)
    await call('PATCH /imports/{importId}', { params, version: read, body: { ground: { kind: 'customers', on: '2026-06-01' } } })
    await call('POST /imports/{importId}/check', { params, idempotencyKey: randomUUID() })
    await until(importId, 'checked')
    return importId
  }
  const draft = await bring('spring fair.csv', 'Lou Marsh,(207) 555-0181,lou@fair.example,03/04/2026,Skiff\n')
  const checked = await check(
    await bring('rowers.csv', 'Kit Low,(207) 555-0182,kit@fair.example,2026-03-04,Eight\nNobody Knows,not a number,,,\n'),
  )
  const finished = await check(
    await bring('coaches.csv', 'Sal Tide,(207) 555-0183,sal@fair.example,2026-03-04,Four\n,,,,\nBo Reed,nine,bo@fair.example,,\n'),
  )
  await call('POST /imports/{importId}/start', { params: { importId: finished }, body: { vouched: true }, idempotencyKey: randomUUID() })
  await until(finished, 'finished')
  return { draft, checked, finished }
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

/** The contact waits for a morning in some weeks, and behind her somebody who has no mail. */
async function somebodyWaits(call: ReturnType<typeof browserOf>['call'], serviceId: ServiceId, contactId: string): Promise<string> {
  const today = Temporal.Now.plainDateISO()
  const wishes = {
    serviceId,
    fromDate: today.add({ days: 30 }).toString(),
    untilDate: today.add({ days: 44 }).toString(),
    weekdays: [1, 3, 5],
    parts: ['morning' as const],
    notify: false,
  }
  const { id } = await call('POST /waitlist', { body: { ...wishes, contactId: contactId as never }, idempotencyKey: randomUUID() })
  await call('POST /waitlist', {
    body: { ...wishes, contact: { name: 'Nora Phone', phone: '(207) 555-0190' } },
    idempotencyKey: randomUUID(),
  })
  return id
}

/** A question of each kind, none of which needs an answer. */
async function askSomething(call: ReturnType<typeof browserOf>['call'], serviceId: ServiceId): Promise<void> {
  const { version } = await call('GET /services/{serviceId}/questions', { params: { serviceId } })
  await call('PUT /services/{serviceId}/questions', {
    params: { serviceId },
    version,
    body: {
      questions: [
        { kind: 'yes_no', label: 'Is it your first visit?', help: 'Then come ten minutes earlier.' },
        { kind: 'choice', label: 'How did you hear of us?', choices: ['A friend', 'The street', 'Somewhere else'] },
        { kind: 'number', label: 'How many come along?' },
        { kind: 'date', label: 'When were you here last?' },
        { kind: 'text', label: 'Anything we should know?' },
      ],
    },
  })
}
