import { Refusal } from '../../platform/errors/index.ts'
import type { ServiceRow } from './service.tables.ts'

/** What a visitor gave about herself. */
export type VisitorDetails = {
  readonly placeDetail: string | null
  readonly who: { readonly contactId: string } | { readonly phone?: string | undefined; readonly email?: string | undefined }
}

/** What a service still needs to know of a visitor, by the path of the field. */
export function missingDetails(
  service: Pick<ServiceRow, 'phone' | 'place_kind'>,
  details: VisitorDetails,
): readonly ('email' | 'phone' | 'placeDetail')[] {
  if ('contactId' in details.who) return []
  return [
    ...(details.who.email === undefined ? (['email'] as const) : []),
    ...(service.phone === 'required' && details.who.phone === undefined ? (['phone'] as const) : []),
    ...(service.place_kind === 'at_customer' && details.placeDetail === null ? (['placeDetail'] as const) : []),
  ]
}

const messages = {
  email: 'Give an email address.',
  phone: 'This service needs a phone number.',
  placeDetail: 'Say where we should come to.',
} as const

/** Throws `http/invalid-request` with a fault for each field that is missing. */
export function requireVisitorDetails(service: ServiceRow, details: VisitorDetails): void {
  const missing = missingDetails(service, details)
  const [first] = missing
  if (first === undefined) return
  throw new Refusal('http/invalid-request', {
    detail: `body.${first}: ${messages[first]} Nothing was booked.`,
    faults: missing.map((field) => ({ path: `body.${field}`, code: 'required', message: messages[field] })),
  })
}
