import type { Booking, BookingActor, Principal } from '@frontdesk/contract'

/** Who acts, as a booking remembers it and its history says it. */
export function bookingActor(by: Principal): BookingActor {
  switch (by.kind) {
    case 'contact_link':
    case 'visitor':
      return 'contact'
    case 'api_key':
      return 'api'
    case 'member':
    case 'operator':
    case 'system':
      return by.kind
  }
}

/** Where a booking comes from that was not made on a public page. */
export function sourceOf({ kind }: Principal): Booking['source'] {
  if (kind === 'api_key') return 'api'
  return kind === 'operator' ? 'operator' : 'member'
}
