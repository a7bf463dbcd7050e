import { Line, type Slot, type StaffId } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { allowFraming, html } from '../../../platform/http/index.ts'
import { bookingOfBearer, bookingToken, type LinkBearer, managePath, openBookingLink } from '../booking-link.ts'
import { entryOf } from '../calendar-entry.ts'
import { calendarFile, calendarFileName } from '../calendar-file.ts'
import { askCalendarsAgain } from '../calendars/ask-again.ts'
import { cancelBooking } from '../cancel-booking.ts'
import { staffOf } from '../hosts.ts'
import { answersOf } from '../intake/answers.ts'
import { questionsOf } from '../intake/questions.ts'
import { isSlotRefusal, withAlternatives } from '../offer-alternatives.ts'
import { rescheduleBooking } from '../reschedule-booking.ts'
import { surroundings } from '../surroundings.ts'
import { answersOpen } from './answers-part.ts'
import { askTimes, momentIn, staffIn } from './ask-times.ts'
import { behindLink, refusedChange } from './behind-link.ts'
import { type BookingPageFacts, bookingPage } from './booking-page.ts'
import { cancelPage, type MoveFacts, movePage } from './change-pages.ts'
import { type PageRequest, seeOther, sendPage } from './page-answers.ts'
import { spokenDay, timePicker } from './time-page.ts'

/** `/m/<token>`: the appointment as it stands now. */
export async function showBooking(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return behindLink(request, async ({ tx, visit, facts, until }) => {
    const { mailLeaves } = surroundings.get()
    const path = managePath(bookingToken(tx.keys, tx.workspaceId, facts.booking, tx.now))
    return sendPage(
      reply,
      visit,
      bookingPage(visit, {
        facts,
        path,
        manageUrl: `${request.origin}${path}`,
        changeableUntil: until,
        just: justIn(request.query.just),
        answers: {
          items: await answersOf(tx, facts.booking.thread_id),
          asks: (await questionsOf(tx, facts.service.id)).length > 0,
          open: answersOpen(facts.booking, tx.now),
        },
        mailLeaves: mailLeaves() && !facts.business.test,
      }),
    )
  })
}

/** `/m/<token>/calendar.ics`: the entry for any calendar. */
export async function giveCalendar(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return behindLink(request, async ({ tx, visit, facts, path }) => {
    const { mailAddress } = surroundings.get()
    const entry = entryOf(facts, {
      now: tx.now,
      manageUrl: `${request.origin}${path}`,
      organizerEmail: facts.business.email ?? mailAddress(),
      attendeeEmail: null,
    })
    return allowFraming(reply, visit.framedBy ?? [])
      .header('content-type', 'text/calendar; charset=utf-8; method=PUBLISH')
      .header('content-disposition', `attachment; filename="${calendarFileName}"`)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .send(calendarFile(entry, 'PUBLISH'))
  })
}

/** `/m/<token>/move`: other times, and with `start` the question whether to take one. */
export async function showMove(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return behindLink(request, async ({ tx, visit, facts, path, until }) => {
    if (until === null) return seeOther(reply, visit.link(path))
    const { t, f } = visit
    const staffId = staffIn(request.query.staff)
    const start = momentIn(request.query.start)
    const people = await staffOf(tx, facts.service.id)
    if (start) {
      const person = people.find((one) => one.id === staffId)
      return sendPage(reply, visit, movePage(visit, { facts, path, start, personName: person?.name ?? null, staffId: person?.id }))
    }
    const base = `${path}/move`
    const times = await askTimes(tx, {
      visit,
      service: facts.service,
      query: request.query,
      base,
      next: base,
      movingBookingId: facts.booking.id,
    })
    return sendPage(reply, visit, {
      title: t('moveTo'),
      isPrivate: true,
      announce: spokenDay(visit, times.selected),
      main: html`<div class="body"><div><h1>${t('moveTo')}</h1><p class="soft">${facts.service.name}. ${t('moveNow', { moment: f.weekdayDateTime(facts.booking.starts_at) })}. <a href="${visit.link(path)}">${t('keepIt')}</a></p></div>${timePicker(visit, times)}</div>`,
    })
  })
}

/** A move that was confirmed. A lost time is answered with others. */
export async function moveByLink(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const asked = { ...request, query: request.form }
  const start = momentIn(request.form.start)
  const staffId = staffIn(request.form.staff)
  if (!start) return behindLink(asked, async ({ visit, path }) => seeOther(reply, visit.link(`${path}/move`)))
  const bearer = await openBookingLink(database, request.params.token ?? '')
  const concerned = bearer.by.bookingId
  if (concerned) await askCalendarsAgain(database, bearer.workspaceId, { bookingId: concerned, staffId })
  try {
    const path = await database.inWorkspace(bearer.workspaceId, async (tx) => {
      const { id } = await bookingOfBearer(tx, bearer.by)
      const moved = await rescheduleBooking(tx, bearer.by, { bookingId: id, start, staffId, outsideHours: false, quiet: false })
      return managePath(bookingToken(tx.keys, tx.workspaceId, moved, tx.now))
    })
    return behindLink(asked, async ({ visit }) => seeOther(reply, visit.link(path, { just: 'moved' })))
  } catch (error) {
    if (!isSlotRefusal(error)) return refusedChange(asked, reply, error)
    const lost = await lostTime(bearer, error, start, staffId)
    return behindLink(asked, async ({ visit, facts, path }) =>
      sendPage(reply, visit, movePage(visit, { facts, path, start, personName: null, staffId, lost }), 409),
    )
  }
}

/** What can be had instead. Asked outside of any other transaction: one that waits for a second connection could wait for itself. */
async function lostTime(
  bearer: LinkBearer,
  refusal: Refusal,
  start: Temporal.Instant,
  staffId: StaffId | undefined,
): Promise<NonNullable<MoveFacts['lost']>> {
  const { database } = surroundings.get()
  const { booking, people } = await database.inWorkspace(bearer.workspaceId, async (tx) => {
    const found = await bookingOfBearer(tx, bearer.by)
    return { booking: found, people: await staffOf(tx, found.service_id) }
  })
  const told = await withAlternatives(database, bearer.workspaceId, refusal, {
    serviceId: booking.service_id,
    start,
    staffId,
    movingBookingId: booking.id,
  })
  return {
    alternatives: told instanceof Refusal ? (told.facts.alternatives as readonly Slot[]) : [],
    nameOf: new Map<string, string>(people.map((person) => [person.id, person.name])),
  }
}

/** `/m/<token>/cancel`: asks. */
export async function showCancel(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return behindLink(request, async ({ visit, facts, path, until }) =>
    until === null ? seeOther(reply, visit.link(path)) : sendPage(reply, visit, cancelPage(visit, { facts, path })),
  )
}

/** A cancellation that was confirmed. */
export async function cancelByLink(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const asked = { ...request, query: request.form }
  const bearer = await openBookingLink(database, request.params.token ?? '')
  const reason = Line(300).safeParse((request.form.reason ?? '').replace(/\s+/g, ' '))
  try {
    await database.inWorkspace(bearer.workspaceId, async (tx) => {
      const { id } = await bookingOfBearer(tx, bearer.by)
      await cancelBooking(tx, bearer.by, { bookingId: id, reason: reason.success ? reason.data : null, quiet: false })
    })
  } catch (error) {
    return refusedChange(asked, reply, error)
  }
  return behindLink(asked, async ({ visit, path }) => seeOther(reply, visit.link(path, { just: 'cancelled' })))
}

function justIn(text: string | undefined): BookingPageFacts['just'] {
  return text === 'booked' || text === 'moved' || text === 'cancelled' || text === 'changed' || text === 'answered' ? text : undefined
}
