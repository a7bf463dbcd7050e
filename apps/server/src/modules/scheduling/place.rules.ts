import type { BookingRow } from './booking.tables.ts'

type PlaceFacts = Pick<BookingRow, 'place_kind' | 'place_detail'>

/** Where an appointment happens, as something to say in words. */
export type PlaceToSay =
  | { readonly key: 'placeAtBusiness' | 'placePhoneWeCall' | 'placeVideoLater' }
  | { readonly key: 'placePhoneYouCall'; readonly number: string }
  | { readonly key: 'placeVideo'; readonly link: string }
  | { readonly key: 'placeAtCustomer'; readonly address: string }
  | { readonly key: 'address'; readonly address: string }

/** Says where an appointment happens. An address that was left open is the business's own. */
export function placeToSay({ place_kind: kind, place_detail: detail }: PlaceFacts, businessAddress: string | null): PlaceToSay {
  switch (kind) {
    case 'address': {
      const address = detail ?? businessAddress
      return address === null ? { key: 'placeAtBusiness' } : { key: 'address', address }
    }
    case 'phone':
      return detail === null ? { key: 'placePhoneWeCall' } : { key: 'placePhoneYouCall', number: detail }
    case 'video':
      return detail === null ? { key: 'placeVideoLater' } : { key: 'placeVideo', link: detail }
    case 'at_customer':
      return { key: 'placeAtCustomer', address: detail ?? '' }
  }
}

/** An address in one line, where there is room for no more: `18 Wharf Street, Portland, ME 04101`. */
export const addressLine = (address: string): string =>
  address
    .split('\n')
    .map((line) => line.trim().replace(/,$/, ''))
    .filter((line) => line !== '')
    .join(', ')

/** What a calendar shows as the place. */
export function placeForCalendar(place: PlaceFacts, businessAddress: string | null): string | null {
  const said = placeToSay(place, businessAddress)
  switch (said.key) {
    case 'address':
    case 'placeAtCustomer':
      return said.address === '' ? null : said.address
    case 'placeVideo':
      return said.link
    case 'placePhoneYouCall':
      return said.number
    case 'placeAtBusiness':
    case 'placePhoneWeCall':
    case 'placeVideoLater':
      return null
  }
}
