import type { HolidaySetName } from '@frontdesk/contract'
import type { call } from '../../../lib/api.ts'
import { type HoursValues, hoursBody, hoursValues } from '../../services/hours-form.ts'

/** Opening hours as the server answers them. */
export type OpeningHours = Awaited<ReturnType<typeof call<'GET /opening-hours'>>>

/** Opening hours as the form shows them; no holiday set is empty text. */
export type OpeningValues = HoursValues & { readonly holidaySet: HolidaySetName | '' }

/** The countries whose holidays are known. */
export const holidaySets = ['us', 'ca', 'mx', 'gb', 'ie', 'fr', 'es'] as const satisfies readonly HolidaySetName[]

/** The form of what the server knows. */
export const openingValues = (hours: OpeningHours): OpeningValues => ({ ...hoursValues(hours), holidaySet: hours.holidaySet ?? '' })

/** The body of the request. */
export function openingBody(values: OpeningValues) {
  const { weekly, exceptions } = hoursBody(true, values)
  return { weekly, exceptions, holidaySet: values.holidaySet || null }
}
