import { homeCountryOf, writePhone } from '../../contacts/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { addressLine, placeToSay } from '../place.rules.ts'
import type { Visit } from './visit.ts'

type PlaceFacts = Pick<BookingRow, 'place_kind' | 'place_detail'>

/** Where, in a few words, before anything is booked: a video link is not given to strangers. */
export function shortPlace({ t, business }: Visit, place: PlaceFacts): string {
  const said = placeToSay(place, business.address)
  switch (said.key) {
    case 'address':
      return addressLine(said.address)
    case 'placeAtBusiness':
      return t('placeAtBusiness', { business: business.name })
    case 'placePhoneYouCall':
      return t('placePhoneYouCall', { number: writePhone(said.number, homeCountryOf(business)).shown })
    case 'placeVideo':
    case 'placeVideoLater':
      return t('placeVideo')
    case 'placeAtCustomer':
      return t('placeAtCustomer')
    case 'placePhoneWeCall':
      return t('placePhoneWeCall')
  }
}
