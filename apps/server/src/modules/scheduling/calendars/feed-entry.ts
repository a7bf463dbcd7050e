import type { BookingRow } from '../booking.tables.ts'
import type { Business } from '../business.ts'
import { placeForCalendar } from '../place.rules.ts'
import { surroundings } from '../surroundings.ts'
import type { FeedEntry } from './feed-file.ts'

type Shown = Pick<
  BookingRow,
  'id' | 'thread_id' | 'sequence' | 'starts_at' | 'ends_at' | 'updated_at' | 'place_kind' | 'place_detail' | 'status'
>

/** A booking as a calendar elsewhere shows it: without a name unless one is given, and of a discreet service only that there is something. */
export function feedEntry(
  booking: Shown,
  service: { readonly name: string; readonly discreet: boolean },
  name: string | undefined,
  business: Business,
): FeedEntry {
  const who = service.discreet ? undefined : name
  const what = service.discreet ? business.name : service.name
  return {
    threadId: booking.thread_id,
    sequence: booking.sequence,
    start: booking.starts_at,
    end: booking.ends_at,
    changedAt: booking.updated_at,
    summary: who === undefined ? what : `${what} · ${who}`,
    // Where a customer lives is said as little as her name.
    location:
      service.discreet || (booking.place_kind === 'at_customer' && who === undefined) ? null : placeForCalendar(booking, business.address),
    url: `${surroundings.get().publicUrl()}/w/${business.slug}/calendar?booking=${booking.id}`,
    tentative: booking.status === 'pending',
  }
}
