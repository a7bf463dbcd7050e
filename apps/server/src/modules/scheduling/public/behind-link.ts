import type { FastifyReply } from 'fastify'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { type BookingFacts, bookingFacts } from '../booking-facts.ts'
import { bookingOfBearer, type LinkBearer, managePath, openBookingLink } from '../booking-link.ts'
import { changeableUntil } from '../change-deadline.rules.ts'
import { surroundings } from '../surroundings.ts'
import { noticing } from './noticing.ts'
import { type PageRequest, seeOther } from './page-answers.ts'
import { type Visit, visitOf } from './visit.ts'

/** What every page behind a link works with. */
export type Behind = {
  readonly tx: WorkspaceTx
  readonly visit: Visit
  readonly facts: BookingFacts
  readonly path: string
  readonly until: Temporal.Instant | null
}

/** Opens a link and does what its page does, in one transaction that only reads. */
export async function behindLink<T>(request: PageRequest, work: (behind: Behind) => Promise<T>): Promise<T> {
  const { database } = surroundings.get()
  const token = request.params.token ?? ''
  const bearer: LinkBearer = await openBookingLink(database, token)
  return database.inWorkspace(
    bearer.workspaceId,
    async (tx) => {
      const facts = await bookingFacts(tx, await bookingOfBearer(tx, bearer.by))
      const { booking } = facts
      const visit = visitOf({
        business: facts.business,
        path: request.path,
        query: request.query,
        languages: request.languages,
        now: tx.now,
        customer: { tag: booking.contact_locale, zone: booking.contact_zone },
      })
      return work({
        tx,
        visit: await noticing(tx, request.asker, visit, request.path),
        facts,
        path: managePath(token),
        until: changeableUntil(facts.service, booking, tx.now),
      })
    },
    { readOnly: true },
  )
}

/** The appointment was changed by somebody else, or it is too late: it is shown as it stands. */
export async function refusedChange(request: PageRequest, reply: FastifyReply, error: unknown): Promise<FastifyReply> {
  const expected: readonly string[] = [
    'scheduling/too-late-to-change',
    'scheduling/already-cancelled',
    'scheduling/booking-changed',
    'scheduling/booking-over',
  ]
  if (!(error instanceof Refusal) || !expected.includes(error.type)) throw error
  return behindLink(request, async ({ visit, path }) => seeOther(reply, visit.link(path, { just: 'changed' })))
}
