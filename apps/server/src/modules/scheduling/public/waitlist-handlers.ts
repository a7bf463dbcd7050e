import { randomUUID } from 'node:crypto'
import { type DayPart, Locale } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { hashRequest, type Limiter, oncePerKey } from '../../../platform/http/index.ts'
import { ageGate, noteSignals } from '../../privacy/index.ts'
import { enterPage } from '../enter-page.ts'
import { serviceBySlug } from '../find-service.ts'
import { staffOf } from '../hosts.ts'
import { bookLimit } from '../public-routes.ts'
import { surroundings } from '../surroundings.ts'
import { joinWaitlist } from '../waitlist/join-waitlist.ts'
import { withoutTyped } from './address.rules.ts'
import { askAge } from './ask-age.ts'
import { staffIn } from './ask-times.ts'
import { askedBeside, insideService, visitFor } from './booking-handlers.ts'
import { checkEntries, entriesBefore, entriesOf, noEntries } from './entries.rules.ts'
import { type PageRequest, requireSlowly, seeOther, sendPage } from './page-answers.ts'
import { type WaitlistPageFacts, waitingStartedPage, waitlistPage } from './waitlist-page.ts'
import { anyTime, wishErrors, wishesOf } from './wishes.rules.ts'

/** `/b/<business>/<service>/waitlist`: what would suit, and who she is. */
export async function showWaitlist(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return insideService(request, async (tx, visit, service) => {
    const base = `/b/${visit.business.slug}/${service.slug}`
    if (!service.waitlist) return seeOther(reply, visit.link(base))
    const { state, statement } = await ageGate(tx, request.asker, 'book')
    if (state !== 'open') return askAge(reply, visit, base)
    if (request.query.just === 'joined') return sendPage(reply, visit, waitingStartedPage(visit, service))
    const today = tx.now.toZonedDateTimeISO(visit.zone).toPlainDate()
    return sendPage(
      reply,
      visit,
      waitlistPage(visit, {
        service,
        people: await staffOf(tx, service.id),
        entries: { ...noEntries, ...entriesBefore(visit.prefill) },
        wishes: anyTime(today, staffIn(request.query.staff) ?? null),
        today,
        asked: await askedBeside(tx, service, visit, {}),
        age: statement,
        errors: [],
        once: randomUUID(),
      }),
    )
  })
}

/** A form that was sent: puts her on the list, or shows it again with what is not right and everything that was typed. */
export async function takeWaiting(request: PageRequest, reply: FastifyReply, limiter: Limiter): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const { form } = request
  const visitor = await enterPage(database, request.params.business ?? '')
  const { visit, service, people, asked, age } = await database.inWorkspace(visitor.workspaceId, async (tx) => {
    const found = await serviceBySlug(tx, request.params.service ?? '')
    const visiting = await visitFor(tx, { ...request, query: withoutTyped(form) })
    return {
      visit: visiting,
      service: found,
      people: await staffOf(tx, found.id),
      age: await ageGate(tx, request.asker, 'book'),
      asked: await askedBeside(tx, found, visiting, form),
    }
  })
  const base = `/b/${visit.business.slug}/${service.slug}`
  if (!service.waitlist) return seeOther(reply, visit.link(base))
  if (age.state !== 'open') return askAge(reply, visit, base)
  const today = visit.now.toZonedDateTimeISO(visit.zone).toPlainDate()
  const entries = entriesOf(form)
  const wishes = wishesOf(form)
  const once = /^[\w-]{8,64}$/.test(form.once ?? '') ? (form.once ?? '') : randomUUID()
  const again = (status: number, facts: Partial<WaitlistPageFacts>) =>
    sendPage(
      reply,
      visit,
      waitlistPage(visit, { service, people, entries, wishes, today, asked, age: age.statement, errors: [], once, ...facts }),
      status,
    )
  try {
    await requireSlowly(limiter, bookLimit, request.ip, database.clock().epochMilliseconds)
  } catch (error) {
    if (error instanceof Refusal) return again(429, { notice: visit.t('tooMany') })
    throw error
  }
  const checked = checkEntries(service, entries, {
    start: visit.now.toString(),
    staffId: undefined,
    zone: visit.zoneIsKnown ? visit.zone : undefined,
    locale: Locale.safeParse(visit.tag).success ? visit.tag : visit.locale,
  })
  const wrong = wishErrors(wishes, today)
  if (!checked.ok || wrong.length > 0) return again(422, { errors: [...wrong, ...(checked.ok ? [] : checked.errors)] })
  const { start: _, staffId: __, note: ___, answers: ____, attendee: _____, placeDetail, ...who } = checked.draft
  const staffId = service.choose_person ? (people.find((person) => person.id === wishes.staffId)?.id ?? null) : null
  const wish = {
    serviceId: service.id,
    ...wishes,
    fromDate: wishes.fromDate < today.toString() ? today.toString() : wishes.fromDate,
    weekdays: [...wishes.weekdays],
    parts: [...wishes.parts] as DayPart[],
    staffId,
    who,
    placeDetail: placeDetail ?? null,
  }
  const agreed = asked.flatMap(({ key, ticked }) => (ticked ? [key] : []))
  try {
    await database.inWorkspace(visitor.workspaceId, (tx) =>
      oncePerKey(tx, { principal: 'page', key: once, requestHash: hashRequest('POST', `${service.id}/waitlist`, wish) }, async () => {
        const entry = await joinWaitlist(tx, visitor.by, { ...wish, source: 'page', quiet: false, agreed })
        await noteSignals(tx, request.asker, { contactId: entry.contact_id, seenOn: 'booking' })
        return { status: 303, answer: { entryId: entry.id } }
      }),
    )
  } catch (error) {
    if (error instanceof Refusal && error.type === 'contacts/not-a-phone-number')
      return again(422, { errors: [{ field: 'phone', word: 'errPhone' }] })
    if (error instanceof Refusal && error.type === 'privacy/place-not-served') return again(451, { notice: visit.t('notServed') })
    // The same form again, with something else in it: she is on the list already.
    if (!(error instanceof Refusal && error.type === 'http/idempotency-key-reused')) throw error
  }
  return seeOther(reply, visit.link(`${base}/waitlist`, { just: 'joined' }))
}
