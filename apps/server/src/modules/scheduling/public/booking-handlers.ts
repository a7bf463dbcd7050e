import { randomUUID } from 'node:crypto'
import { type BookingId, idOf, type KitKey, Locale, type Slot, type StaffId } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import { hashRequest, html, type Limiter, oncePerKey } from '../../../platform/http/index.ts'
import { type Asker, ageGate, bookingPageWordings, noteSignals } from '../../privacy/index.ts'
import { bookAppointment } from '../book-appointment.ts'
import { bookingToken, managePath } from '../booking-link.ts'
import { businessFacts } from '../business.ts'
import { askCalendarsAgain } from '../calendars/ask-again.ts'
import { slotRefusal } from '../claim-time.ts'
import { enterPage, type PageVisitor } from '../enter-page.ts'
import { bookingById } from '../find-booking.ts'
import { requireOpenBusiness, serviceBySlug } from '../find-service.ts'
import { serviceHosts, slotsOf, staffOf } from '../hosts.ts'
import { readAnswers } from '../intake/intake.rules.ts'
import { questionsOf } from '../intake/questions.ts'
import { isSlotRefusal, withAlternatives } from '../offer-alternatives.ts'
import { type HoldShown, holdShown } from '../page-holds/page-hold.rules.ts'
import { extendHold, letGo, pageHold } from '../page-holds/page-holds.ts'
import { openServices } from '../present-public.ts'
import { bookLimit } from '../public-routes.ts'
import type { ServiceRow } from '../service.tables.ts'
import type { StaffRow } from '../staff.tables.ts'
import { surroundings } from '../surroundings.ts'
import { withoutTyped } from './address.rules.ts'
import { askAge } from './ask-age.ts'
import { askTimes, momentIn, staffIn } from './ask-times.ts'
import { bookablePeople, personIn } from './bookable-people.ts'
import { brandSheet } from './brand-sheet.ts'
import { type DetailsFacts, detailsPage } from './details-page.ts'
import { checkEntries, type Draft, entriesBefore, entriesOf, noEntries } from './entries.rules.ts'
import { keptNote } from './hold-part.ts'
import { icon } from './icons.ts'
import { answerErrors, answersIn } from './intake-fields.ts'
import { stepLine } from './layout.ts'
import { listPage, priceOf } from './list-page.ts'
import { noticing } from './noticing.ts'
import { type PageRequest, requireSlowly, seeOther, sendPage } from './page-answers.ts'
import { serviceFacts } from './service-facts.ts'
import { spokenDay, timePicker } from './time-page.ts'
import { type Visit, visitOf } from './visit.ts'

/** `/b/<business>`: what can be booked. */
export async function showList(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return insideBusiness(request, async (tx, visit) => {
    await requireOpenBusiness(tx)
    const { state } = await ageGate(tx, request.asker, 'look')
    if (state !== 'open') return askAge(reply, visit, request.path)
    return sendPage(reply, visit, listPage(visit, await openServices(tx), await bookablePeople(tx)))
  })
}

/** `/b/<business>/brand.css`: the business's colours. */
export async function showBrand(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return insideBusiness(request, async (_tx, { business, look }) =>
    reply
      .header('content-type', 'text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(brandSheet(look.colour ? { brandColour: `#${look.colour}` } : business)),
  )
}

/** `/b/<business>/logo/<file>`: the business's logo, and no other file. */
export async function showLogo(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  const file = await insideBusiness(request, async (tx, { business }) => {
    const id = idOf('file').safeParse(request.params.file)
    return id.success && id.data === business.logoFileId ? findFile(tx, id.data) : undefined
  })
  if (!file?.media_type.startsWith('image/')) throw new Refusal('http/not-found', { detail: 'There is no such picture.' })
  // Another logo has another address, so this one never changes; a business that takes its logo away names no address any more.
  const etag = `"${file.id}"`
  reply.header('etag', etag).header('cache-control', 'public, max-age=31536000, immutable')
  if (request.knownTags.includes(etag)) return reply.code(304).send()
  const content = await surroundings.get().files.get({ workspaceId: file.workspace_id, id: file.id, size: file.size })
  return reply.header('content-type', file.media_type).header('content-length', String(file.size)).send(content)
}

/** `/b/<business>/<service>`: when. */
export async function showTimes(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return insideService(request, async (tx, visit, service) => {
    const base = `/b/${visit.business.slug}/${service.slug}`
    if (request.path !== base) return seeOther(reply, visit.link(base, request.query))
    if (request.query.with !== undefined) {
      const person = personIn(await bookablePeople(tx), request.query.with)
      return seeOther(reply, visit.link(base, { ...request.query, with: undefined, staff: person?.id }))
    }
    const { state } = await ageGate(tx, request.asker, 'look')
    if (state !== 'open') return askAge(reply, visit, base, request.query)
    const held = await pageHold(tx, { service, id: request.query.hold })
    const keeping = held ? { ...visit, ...carryHold(visit, held.id) } : visit
    const times = await askTimes(tx, { visit, service, query: request.query, base, next: `${base}/hold` })
    const { t, f } = visit
    const chosen = times.people.find((person) => person.id === times.staffId) ?? (times.people.length === 1 ? times.people[0] : undefined)
    const lost = momentIn(request.query.lost)
    return sendPage(reply, visit, {
      title: `${t('whenSuits')} ${service.name}`,
      about: serviceFacts(visit, service, chosen?.name ?? null),
      announce: spokenDay(visit, times.selected),
      main: html`${stepLine(visit, 'time')}<div class="body"><div><h1>${t('whenSuits')}</h1><p class="soft">${service.name}<span class="narrow">, ${[f.duration(service.duration_minutes), priceOf(visit, service)].filter((part) => part !== '').join(', ')}</span>${chosen && `, ${chosen.name}`}. <a href="${visit.link(`/b/${visit.business.slug}`)}">${t('change')}<span class="vh">: ${t('allServices')}</span></a></p></div>
${lost && html`<div class="problems wait" id="problems" tabindex="-1" autofocus role="alert"><p>${t('lostOnWay', { time: `${f.weekdayDate(lost)}, ${f.time(lost)}` })}</p></div>`}
${held && keptNote(visit, { hold: holdShown(held, tx.now), start: held.starts_at, back: visit.link(`${base}/details`, { staff: times.staffId, start: held.starts_at.toString(), hold: held.id }) })}
${timePicker(keeping, times)}
${service.waitlist && html`<p class="centre"><a class="btn" href="${visit.link(`${base}/waitlist`, { staff: times.staffId })}">${icon('clock')}${t('waitAsk')}</a></p>`}</div>`,
    })
  })
}

/** `/b/<business>/<service>/details?start=…`: who. */
export async function showDetails(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return insideService(request, async (tx, visit, service) => {
    const base = `/b/${visit.business.slug}/${service.slug}`
    const { state, statement } = await ageGate(tx, request.asker, 'book')
    if (state !== 'open') return askAge(reply, visit, base, request.query)
    const start = momentIn(request.query.start)
    const staffId = staffIn(request.query.staff)
    if (!start) return seeOther(reply, visit.link(base, { staff: staffId }))
    const held = await pageHold(tx, { service, start, id: request.query.hold })
    const hold = held && holdShown(held, tx.now)
    const hosts = await serviceHosts(tx, service, { from: start, to: start.add({ minutes: 1 }), staffId })
    if (hold?.state !== 'live' && slotsOf(hosts, tx.now, start, start.add({ minutes: 1 })).length === 0) {
      const date = start.toZonedDateTimeISO(visit.zone).toPlainDate().toString()
      return seeOther(reply, visit.link(base, { staff: staffId, date, lost: start.toString() }))
    }
    return sendPage(
      reply,
      visit,
      detailsPage(visit, {
        service,
        start,
        staffId,
        personName: onlyName(hosts.staff),
        entries: { ...noEntries, ...entriesBefore(visit.prefill) },
        asked: await askedBeside(tx, service, visit, {}),
        questions: await questionsOf(tx, service.id),
        answers: {},
        age: statement,
        hold,
        errors: [],
        once: randomUUID(),
      }),
    )
  })
}

/** A form that was sent: books, or shows it again with what is not right and everything that was typed. */
export async function takeBooking(request: PageRequest, reply: FastifyReply, limiter: Limiter): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const { form } = request
  const visitor = await enterPage(database, request.params.business ?? '')
  const { visit, service, people, asked, age, questions, hold } = await database.inWorkspace(visitor.workspaceId, async (tx) => {
    const found = await serviceBySlug(tx, request.params.service ?? '')
    const wanted = momentIn(form.start)
    const held = wanted && (await pageHold(tx, { service: found, start: wanted, id: form.hold }))
    if (held && form.act === 'extend') await extendHold(tx, visitor.by, held.id)
    const kept = held && (await pageHold(tx, { service: found, id: held.id }))
    const visiting = await visitFor(tx, { ...request, query: withoutTyped(form) })
    return {
      visit: visiting,
      service: found,
      people: await staffOf(tx, found.id),
      age: await ageGate(tx, request.asker, 'book'),
      asked: await askedBeside(tx, found, visiting, form),
      questions: await questionsOf(tx, found.id),
      hold: kept && { ...holdShown(kept, tx.now), staffId: kept.staff_id },
    }
  })
  const agreed = asked.flatMap(({ key, ticked }) => (ticked ? [key] : []))
  const base = `/b/${visit.business.slug}/${service.slug}`
  if (age.state !== 'open') return askAge(reply, visit, base)
  const staffId = staffIn(form.staff)
  const start = momentIn(form.start) ?? momentIn(form.wanted)
  if (!start) return seeOther(reply, visit.link(`/b/${visit.business.slug}/${service.slug}`, { staff: staffId }))
  const entries = entriesOf(form)
  const answers = answersIn(form, questions)
  const once = /^[\w-]{8,64}$/.test(form.once ?? '') ? (form.once ?? '') : randomUUID()
  const personName = onlyName(staffId ? people.filter((person) => person.id === staffId) : people)
  const again = (status: number, facts: Partial<DetailsFacts>) =>
    sendPage(
      reply,
      visit,
      detailsPage(visit, {
        service,
        start,
        staffId,
        personName,
        entries,
        asked,
        questions,
        answers,
        age: age.statement,
        hold,
        errors: [],
        once,
        ...facts,
      }),
      status,
    )

  try {
    await requireSlowly(limiter, bookLimit, request.ip, database.clock().epochMilliseconds)
  } catch (error) {
    if (error instanceof Refusal) return again(429, { notice: visit.t('tooMany') })
    throw error
  }
  const lostTo = async (refusal: Refusal, ranOut: boolean) => {
    const told = await withAlternatives(database, visitor.workspaceId, refusal, { serviceId: service.id, start, staffId })
    const alternatives = told instanceof Refusal ? (told.facts.alternatives as readonly Slot[]) : []
    const nameOf = new Map<string, string>(people.map((person) => [person.id, person.name]))
    const wasTaken = refusal.type === 'scheduling/slot-taken'
    return again(409, { lost: { wasTaken, ranOut, alternatives, nameOf }, once: randomUUID() })
  }
  if (form.act !== undefined) {
    // Asked how it stands: nothing is booked. Who is quick may still have a time that nobody took.
    if (hold?.state === 'live' || (await isFree(visitor, service, start, staffId))) return again(200, {})
    return lostTo(slotRefusal('scheduling/slot-taken', start), hold !== undefined)
  }
  const locale = Locale.safeParse(visit.tag).success ? visit.tag : visit.locale
  const checked = checkEntries(service, entries, {
    start: start.toString(),
    staffId,
    zone: visit.zoneIsKnown ? visit.zone : undefined,
    locale,
  })
  const wrong = answerErrors(questions, readAnswers(questions, answers, true).faults)
  if (!checked.ok || wrong.length > 0) return again(422, { errors: [...(checked.ok ? [] : checked.errors), ...wrong] })
  try {
    const bookingId = await bookOnce(visitor, service, { ...checked.draft, answers, agreed, asker: request.asker }, once, hold)
    return seeOther(reply, await linkTo(visitor, bookingId, visit))
  } catch (error) {
    if (error instanceof Refusal && error.type === 'http/idempotency-key-reused')
      return seeOther(reply, await linkTo(visitor, await bookedBefore(visitor, once), visit))
    if (error instanceof Refusal && error.type === 'contacts/not-a-phone-number')
      return again(422, { errors: [{ field: 'phone', word: 'errPhone' }] })
    if (error instanceof Refusal && error.type === 'privacy/place-not-served') return again(451, { notice: visit.t('notServed') })
    if (!isSlotRefusal(error)) throw error
    return lostTo(error, hold?.state === 'over')
  }
}

const principal = 'page'

/** Books once for one form, however often it is sent. */
async function bookOnce(
  visitor: PageVisitor,
  service: ServiceRow,
  draft: Draft & { readonly agreed: readonly KitKey[]; readonly asker: Asker },
  once: string,
  hold: (HoldShown & { readonly staffId: StaffId }) | undefined,
): Promise<BookingId> {
  const { start, staffId: _wanted, note, placeDetail, answers, attendee, agreed, asker, ...who } = draft
  const request = { principal, key: once, requestHash: hashRequest('POST', service.id, { ...draft, asker: undefined }) }
  // Whoever was kept for her gives it.
  const staffId = draft.staffId ?? (hold?.state === 'live' ? hold.staffId : undefined)
  const { database } = surroundings.get()
  await askCalendarsAgain(database, visitor.workspaceId, { serviceId: service.id, staffId })
  const { answer } = await database.inWorkspace(visitor.workspaceId, (tx) =>
    oncePerKey(tx, request, async () => {
      if (hold) await letGo(tx, hold.id)
      const booking = await bookAppointment(tx, visitor.by, {
        serviceId: service.id,
        staffId,
        start: Temporal.Instant.from(start),
        who,
        note: note ?? null,
        placeDetail: placeDetail ?? null,
        source: 'page',
        outsideHours: false,
        quiet: false,
        holdMinutes: null,
        answers,
        attendee,
        agreed,
      })
      await noteSignals(tx, asker, { contactId: booking.contact_id, seenOn: 'booking' })
      return { status: 303, answer: { bookingId: booking.id } }
    }),
  )
  return bookingIdIn(answer)
}

/** The booking that a form made when it was sent before. */
async function bookedBefore(visitor: PageVisitor, once: string): Promise<BookingId> {
  return surroundings.get().database.inWorkspace(visitor.workspaceId, async (tx) => {
    const { answer } = await tx.db
      .selectFrom('idempotency_key')
      .select('answer')
      .where('workspace_id', '=', tx.workspaceId)
      .where('principal', '=', principal)
      .where('key', '=', once)
      .executeTakeFirstOrThrow()
    return bookingIdIn(answer)
  })
}

function bookingIdIn(answer: unknown): BookingId {
  if (typeof answer === 'object' && answer !== null && 'bookingId' in answer && typeof answer.bookingId === 'string')
    return answer.bookingId as BookingId
  throw new Error('The stored answer of a form names no booking.')
}

async function linkTo(visitor: PageVisitor, bookingId: BookingId, visit: Visit): Promise<string> {
  return surroundings.get().database.inWorkspace(visitor.workspaceId, async (tx) => {
    const token = bookingToken(tx.keys, tx.workspaceId, await bookingById(tx, bookingId), tx.now)
    return visit.link(managePath(token), { just: 'booked' })
  })
}

async function isFree(
  { workspaceId }: PageVisitor,
  service: ServiceRow,
  start: Temporal.Instant,
  staffId: StaffId | undefined,
): Promise<boolean> {
  const stretch = { from: start, to: start.add({ minutes: 1 }) }
  return surroundings
    .get()
    .database.inWorkspace(
      workspaceId,
      async (tx) => slotsOf(await serviceHosts(tx, service, { ...stretch, staffId }), tx.now, stretch.from, stretch.to).length > 0,
      { readOnly: true },
    )
}

/** On the way to another time the kept one goes along: it is let go once that one is chosen. */
const carryHold = ({ link, carried }: Visit, hold: string): Pick<Visit, 'link' | 'carried'> => ({
  link: (to, parameters = {}) => link(to, { hold, ...parameters }),
  carried: [...carried, ['hold', hold]],
})

const onlyName = (people: readonly StaffRow[]): string | null => (people.length === 1 ? (people[0]?.name ?? null) : null)

/** Who reads a page of a business, with what it says about cookies and documents. */
export async function visitFor(
  tx: WorkspaceTx,
  { path, query, languages, asker }: Pick<PageRequest, 'path' | 'query' | 'languages' | 'asker'>,
): Promise<Visit> {
  return noticing(tx, asker, visitOf({ business: await businessFacts(tx), path, query, languages, now: tx.now }), path)
}

/** Does what a page of a business does, in one transaction that only reads. */
export async function insideBusiness<T>(request: PageRequest, work: (tx: WorkspaceTx, visit: Visit) => Promise<T>): Promise<T> {
  const { database } = surroundings.get()
  const { workspaceId } = await enterPage(database, request.params.business ?? '')
  return database.inWorkspace(workspaceId, async (tx) => work(tx, await visitFor(tx, request)), { readOnly: true })
}

/** Opens the page of a service and does what it does, in one transaction that only reads. */
export async function insideService<T>(
  request: PageRequest,
  work: (tx: WorkspaceTx, visit: Visit, service: ServiceRow) => Promise<T>,
): Promise<T> {
  return insideBusiness(request, async (tx, visit) => work(tx, visit, await serviceBySlug(tx, request.params.service ?? '')))
}

/** What the business asks on its booking page: for a number only where the form has one. */
export async function askedBeside(
  tx: WorkspaceTx,
  service: ServiceRow,
  { locale }: Visit,
  form: Readonly<Record<string, string | undefined>>,
) {
  const wordings = await bookingPageWordings(tx, locale)
  return wordings
    .filter(({ channel }) => channel === 'email' || service.phone !== 'hidden')
    .map(({ key, words, seal }) => ({ key, words, seal, ticked: ['on', seal].includes(form[`agree_${key}`] ?? '') }))
}
