import { createHash } from 'node:crypto'
import type { ContactId } from '@frontdesk/contract'
import type { FastifyReply } from 'fastify'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { statesOfContacts } from '../../privacy/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { businessFacts } from '../business.ts'
import type { PageRequest } from '../public/page-answers.ts'
import { surroundings } from '../surroundings.ts'
import { staffById } from '../write-staff.ts'
import type { CalendarFeedRow } from './calendar.tables.ts'
import { openFeed } from './calendar-feed.ts'
import { feedEntry } from './feed-entry.ts'
import { feedFile } from './feed-file.ts'

const daysBack = 30
const daysAhead = 740
const mostEntries = 3000

/** `/feeds/<token>/calendar.ics`: a person's bookings, for a calendar elsewhere. */
export async function giveFeed(request: PageRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = surroundings.get()
  const { workspaceId, feed } = await openFeed(database, request.params.token ?? '')
  const file = await database.inWorkspace(workspaceId, (tx) => writeFeed(tx, feed), { readOnly: true })
  const etag = `"${createHash('sha256').update(file).digest('base64url').slice(0, 27)}"`
  reply.header('cache-control', 'private, no-cache').header('etag', etag).header('referrer-policy', 'no-referrer')
  if (request.knownTags.includes(etag)) return reply.code(304).send()
  return reply
    .header('content-type', 'text/calendar; charset=utf-8; method=PUBLISH')
    .header('content-disposition', 'inline; filename="calendar.ics"')
    .send(file)
}

async function writeFeed(tx: WorkspaceTx, feed: CalendarFeedRow): Promise<string> {
  const business = await businessFacts(tx)
  const person = await staffById(tx, feed.staff_id)
  const bookings = await tx.db
    .selectFrom('booking')
    .innerJoin('service', (join) =>
      join.onRef('service.id', '=', 'booking.service_id').onRef('service.workspace_id', '=', 'booking.workspace_id'),
    )
    .selectAll('booking')
    .select(['service.name as service_name', 'service.discreet'])
    .where('booking.workspace_id', '=', tx.workspaceId)
    .where('booking.staff_id', '=', feed.staff_id)
    .where('booking.status', 'in', ['pending', 'confirmed', 'attended'])
    .where('booking.starts_at', '>', tx.now.subtract({ hours: 24 * daysBack }))
    .where('booking.starts_at', '<', tx.now.add({ hours: 24 * daysAhead }))
    .orderBy('booking.starts_at')
    .limit(mostEntries)
    .execute()
  const nameOf = feed.shows === 'names' ? await namesOf(tx, bookings) : () => undefined
  const entries = bookings.map((booking) =>
    feedEntry(booking, { name: booking.service_name, discreet: booking.discreet }, nameOf(booking), business),
  )
  return feedFile(`${person.name} · ${business.name}`, entries)
}

/** Who comes, except those whose data are kept and not used (GDPR Art. 18(2)). */
async function namesOf(
  tx: WorkspaceTx,
  bookings: readonly Selectable<BookingRow>[],
): Promise<(booking: Pick<BookingRow, 'attendee_id' | 'contact_id' | 'booked_as'>) => string | undefined> {
  const ids = [...new Set(bookings.map((booking) => booking.attendee_id))]
  if (ids.length === 0) return () => undefined
  const rows = await tx.db
    .selectFrom('contact')
    .select(['id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', 'in', ids)
    .execute()
  const names = new Map<ContactId, string>(rows.map(({ id, name }) => [id, name]))
  const stateOf = await statesOfContacts(tx, ids)
  return ({ attendee_id, contact_id, booked_as }) => {
    if (stateOf(attendee_id) === 'restricted') return undefined
    return attendee_id === contact_id && booked_as !== null ? booked_as : names.get(attendee_id)
  }
}
