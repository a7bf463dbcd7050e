import type { Busy } from '@frontdesk/availability'
import type { BookingId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { HostId } from './booking.tables.ts'

export type ClaimedWish = {
  readonly since: Temporal.Instant
  readonly until: Temporal.Instant
  /** No claim that begins earlier reaches into the stretch. */
  readonly earliest: Temporal.Instant
  readonly movingBookingId?: BookingId | undefined
}

/**
 * When these are taken by bookings, by who is. A hold that has run out counts as free, although its claim is still there. The times of each come as one text: a month of fifty people holds
 * tens of thousands, and as rows they would take ten times as long to read as the free starts to find.
 */
export async function claimedTimes(
  tx: WorkspaceTx,
  hostIds: readonly HostId[],
  { since, until, earliest, movingBookingId }: ClaimedWish,
): Promise<ReadonlyMap<HostId, Busy[]>> {
  const { rows } = await sql<{ claimed_id: HostId; times: string; bookings: string }>`
    select claimed_id, string_agg((date_part('epoch', busy_from) * 1000)::bigint || ' ' || (date_part('epoch', busy_until) * 1000)::bigint, ' ') as times,
      string_agg(booking_id::text, '') as bookings
    from claim
    where workspace_id = ${tx.workspaceId} and claimed_id = any(${[...hostIds]}::uuid[]) and active
      and busy_from > ${earliest} and busy_from < ${until} and busy_until > ${since}
      and (expires_at is null or expires_at > ${tx.now})
      and booking_id is distinct from ${movingBookingId ?? null}::uuid
    group by claimed_id`.execute(tx.db)
  return new Map(rows.map(({ claimed_id, times, bookings }) => [claimed_id, readTimes(times, bookings)]))
}

const idLength = 36
const blank = 32

/** Reads the numbers digit by digit, which leaves nothing to be cleared away. */
function readTimes(times: string, bookings: string): Busy[] {
  const busy: Busy[] = []
  let number = 0
  let startMs = -1
  for (let at = 0; at <= times.length; at += 1) {
    const code = at < times.length ? times.charCodeAt(at) : blank
    if (code !== blank) {
      number = number * 10 + code - 48
      continue
    }
    if (startMs === -1) startMs = number
    else {
      busy.push(new Claimed(startMs, number, bookings, busy.length))
      startMs = -1
    }
    number = 0
  }
  return busy
}

/** A taken time that names its booking only when somebody asks for it. */
class Claimed implements Busy {
  readonly startMs: number
  readonly endMs: number
  readonly bookings: string
  readonly place: number
  constructor(startMs: number, endMs: number, bookings: string, place: number) {
    this.startMs = startMs
    this.endMs = endMs
    this.bookings = bookings
    this.place = place
  }
  get ref(): string {
    return bookingRef(this.bookings.slice(this.place * idLength, (this.place + 1) * idLength) as BookingId)
  }
}

/** A busy time names what stands there, so that a closed slot can say why. */
export const bookingRef = (bookingId: string): string => `booking:${bookingId}`
