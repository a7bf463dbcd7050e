import type { BookingId, Principal, WorkspaceId } from '@frontdesk/contract'
import type { Keys } from '../../platform/crypto/index.ts'
import type { Database, WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { BookingRow } from './booking.tables.ts'
import { bookingById, latestOfThread } from './find-booking.ts'

const purpose = 'booking'
/** The link stays readable for a day after the appointment; changing is bound by the service's own deadline. */
const daysAfter = 1
/** A link made for an appointment that is over still opens its page for a moment. */
const leastMinutes = 60

/** The token of the link with which a customer sees, moves or cancels her appointment, wherever it was moved to. */
export function bookingToken(
  keys: Keys,
  workspaceId: WorkspaceId,
  booking: Pick<BookingRow, 'thread_id' | 'ends_at'>,
  now: Temporal.Instant,
): string {
  const after = booking.ends_at.add({ hours: 24 * daysAfter })
  const least = now.add({ minutes: leastMinutes })
  const expiresAt = Temporal.Instant.compare(after, least) > 0 ? after : least
  return keys.signLink({ purpose, workspaceId, subjectId: booking.thread_id, expiresAt, allows: ['view', 'reschedule', 'cancel'] }, now)
}

/** Where the link leads. */
export const managePath = (token: string): string => `/m/${token}`

/** Where she books anew. The address of a discreet service would name it. */
export const bookAgainUrl = (
  origin: string,
  {
    business,
    service,
  }: { readonly business: { readonly slug: string }; readonly service: { readonly slug: string; readonly discreet: boolean } },
): string => `${origin}/b/${business.slug}${service.discreet ? '' : `/${service.slug}`}`

/** Who stands behind a link. */
export type LinkBearer = {
  readonly workspaceId: WorkspaceId
  readonly by: Principal & { kind: 'contact_link' }
  readonly threadId: BookingId
}

/** Checks a link from outside and finds its workspace and contact. Throws `scheduling/link-invalid`. */
export async function openBookingLink(database: Database, token: string): Promise<LinkBearer> {
  const check = database.keys.verifyLink(token, purpose, database.clock())
  if (!check.valid) throw invalidLink(check.reason === 'expired')
  const workspaceId = check.link.workspaceId as WorkspaceId
  const threadId = check.link.subjectId as BookingId
  const booking = await database.inWorkspace(workspaceId, (tx) => latestOfThread(tx, threadId), { readOnly: true })
  if (!booking) throw invalidLink(false)
  return {
    workspaceId,
    threadId,
    by: { kind: 'contact_link', workspaceId, contactId: booking.contact_id, bookingId: booking.id },
  }
}

/** The appointment a link's bearer may see, as it stands now. Throws `scheduling/link-invalid`. */
export async function bookingOfBearer(tx: WorkspaceTx, by: Principal): Promise<BookingRow> {
  if (by.kind !== 'contact_link' || by.bookingId === undefined) throw invalidLink(false)
  const { thread_id: threadId } = await bookingById(tx, by.bookingId)
  const booking = await latestOfThread(tx, threadId)
  if (!booking) throw invalidLink(false)
  return booking
}

function invalidLink(expired: boolean): Refusal {
  const detail = expired
    ? 'The appointment is over, so its link has expired. Book a new time, or call the business.'
    : 'Open it again from the newest mail, or call the business.'
  return new Refusal('scheduling/link-invalid', { detail, expired })
}
