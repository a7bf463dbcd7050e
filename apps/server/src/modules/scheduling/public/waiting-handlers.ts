import type { FastifyReply } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { bookingFacts } from '../booking-facts.ts'
import { bookingToken, managePath } from '../booking-link.ts'
import { bookingById } from '../find-booking.ts'
import { surroundings } from '../surroundings.ts'
import { acceptOffer, leaveWaitlist, passOffer } from '../waitlist/answer-offer.ts'
import { entryById, openOfferOf } from '../waitlist/find-entry.ts'
import { waitlistFacts } from '../waitlist/waitlist-facts.ts'
import { openWaitlistLink, type WaitlistBearer, waitingPath } from '../waitlist/waitlist-link.ts'
import { noticing } from './noticing.ts'
import { type PageRequest, seeOther, sendPage } from './page-answers.ts'
import { type Visit, visitOf } from './visit.ts'
import { type WaitingPageFacts, waitingPage } from './waiting-page.ts'

/** `/waiting/<token>`: the time that is held for her, or where she stands. */
export async function showWaiting(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return behindWaiting(request, async ({ tx, visit, facts, path }) => {
    const offer = await openOfferOf(tx, facts.entry.id)
    const held = offer && (await bookingFacts(tx, await bookingById(tx, offer.booking_id)))
    const until = held?.booking.held_until
    const stands = held?.booking.status === 'held' && until && Temporal.Instant.compare(until, tx.now) > 0
    return sendPage(
      reply,
      visit,
      waitingPage(visit, { facts, path, offer: offer && held && stands ? { offer, held } : undefined, just: justIn(request.query.just) }),
    )
  })
}

/** She takes the time. */
export async function acceptByLink(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return answer(request, reply, async (tx, { by, entryId }, offerId) => {
    const booking = await acceptOffer(tx, by, { entryId, offerId })
    return { path: managePath(bookingToken(tx.keys, tx.workspaceId, booking, tx.now)), just: 'booked' }
  })
}

/** She lets the time go to the next one. */
export async function passByLink(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return answer(request, reply, async (tx, { by, entryId }, offerId) => {
    await passOffer(tx, by, { entryId, offerId })
    return { just: 'passed' }
  })
}

/** She waits no longer. */
export async function leaveByLink(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  return answer(request, reply, async (tx, { by, entryId }) => {
    await leaveWaitlist(tx, by, entryId)
    return { just: 'left' }
  })
}

type Answered = { readonly path?: string; readonly just: string }

/** Does what she pressed and leads on. What is over meanwhile is shown as it stands. */
async function answer(
  request: PageRequest,
  reply: FastifyReply,
  act: (tx: WorkspaceTx, bearer: WaitlistBearer, offerId: string) => Promise<Answered>,
): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const bearer = await openWaitlistLink(database, request.params.token ?? '')
  const { path, just } = await database
    .inWorkspace(bearer.workspaceId, (tx) => act(tx, bearer, request.form.offer ?? ''))
    .catch((error): Answered => {
      if (error instanceof Refusal && over.includes(error.type)) return { just: 'over' }
      throw error
    })
  return behindWaiting({ ...request, query: request.form }, async (behind) =>
    seeOther(reply, behind.visit.link(path ?? behind.path, { just })),
  )
}

const over: readonly string[] = ['scheduling/offer-over', 'scheduling/slot-taken', 'scheduling/booking-changed']

type BehindWaiting = {
  readonly tx: WorkspaceTx
  readonly visit: Visit
  readonly facts: WaitingPageFacts['facts']
  readonly path: string
}

async function behindWaiting<T>(request: PageRequest, work: (behind: BehindWaiting) => Promise<T>): Promise<T> {
  const { database } = surroundings.get()
  const token = request.params.token ?? ''
  const bearer = await openWaitlistLink(database, token)
  return database.inWorkspace(
    bearer.workspaceId,
    async (tx) => {
      const facts = await waitlistFacts(tx, await entryById(tx, bearer.entryId))
      const { entry, business } = facts
      const visit = visitOf({
        business,
        path: request.path,
        query: request.query,
        languages: request.languages,
        now: tx.now,
        customer: { tag: entry.contact_locale, zone: entry.contact_zone },
      })
      return work({ tx, visit: await noticing(tx, request.asker, visit, request.path), facts, path: waitingPath(token) })
    },
    { readOnly: true },
  )
}

const justIn = (text: string | undefined): WaitingPageFacts['just'] =>
  text === 'passed' || text === 'left' || text === 'over' ? text : undefined
