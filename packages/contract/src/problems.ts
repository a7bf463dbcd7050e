import { z } from 'zod'

/**
 * Every refusal the API can give, by slug `room/reason`: its HTTP status and its English title. A title says what happened; `detail` in the answer says
 * what was kept and what to do next. RFC 9457.
 */
export const problems = {
  'http/invalid-request': { status: 400, title: 'Something in the request is not right' },
  'http/not-json': { status: 400, title: 'The body is not valid JSON' },
  'http/unsupported-media-type': { status: 415, title: 'This content type is not accepted here' },
  'http/too-large': { status: 413, title: 'The request is too large' },
  'http/not-signed-in': { status: 401, title: 'Please sign in' },
  'http/not-allowed': { status: 403, title: 'Your role does not allow this' },
  'http/missing-scope': { status: 403, title: 'The API key lacks a scope' },
  'http/wrong-origin': { status: 403, title: 'The request came from another site' },
  'http/not-found': { status: 404, title: 'There is nothing here' },
  'http/method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'http/conflict': { status: 409, title: 'This cannot be done in the present state' },
  'http/idempotency-key-reused': { status: 422, title: 'The idempotency key was used for another request' },
  'http/version-mismatch': { status: 412, title: 'Somebody changed this in the meantime' },
  'http/version-required': { status: 428, title: 'Say which version you are changing' },
  'http/too-many-requests': { status: 429, title: 'Too many requests' },
  'http/number-in-text': { status: 422, title: 'There is a card or Social Security number in this text' },
  'http/unexpected': { status: 500, title: 'Something broke on our side' },
  'http/unavailable': { status: 503, title: 'Not available at the moment' },
  'accounts/setup-link-used': { status: 410, title: 'This setup link was used or has expired' },
  'accounts/sign-up-closed': { status: 403, title: 'Sign-up is closed on this server' },
  'accounts/wrong-credentials': { status: 401, title: 'The address or the password is wrong' },
  'accounts/wrong-code': { status: 401, title: 'The code is wrong or has expired' },
  'accounts/reauthentication-required': { status: 403, title: 'Please confirm that it is you' },
  'accounts/password-too-weak': { status: 422, title: 'This password is too easy to guess' },
  'accounts/email-taken': { status: 409, title: 'There is already an account with this address' },
  'accounts/link-invalid': { status: 410, title: 'This link is not valid any more' },
  'accounts/last-owner': { status: 409, title: 'A workspace needs at least one owner' },
  'accounts/slug-taken': { status: 409, title: 'This address is taken' },
  'accounts/busy': { status: 503, title: 'Too many people are signing in at this moment' },
  'accounts/provider-not-configured': { status: 404, title: 'This way to sign in is not set up' },
  'accounts/country-not-served': { status: 451, title: 'Accounts cannot be opened from that country here' },
  'accounts/too-young': { status: 403, title: 'An account cannot be opened by yourself' },
  'accounts/age-not-confirmed': { status: 422, title: 'Please confirm your age' },
  'accounts/role-too-high': { status: 403, title: 'You cannot give a role above your own' },
  'contacts/point-taken': { status: 409, title: 'Another contact has this address or number' },
  'contacts/not-a-phone-number': { status: 422, title: 'This is not a phone number that can be dialled' },
  'privacy/refused': { status: 409, title: 'This person may not be contacted this way now' },
  'privacy/nothing-to-stop': { status: 409, title: 'There is no address or number to stop' },
  'privacy/unreadable-list': { status: 422, title: 'No number or address was found in this file' },
  'privacy/bookings-ahead': { status: 409, title: 'This person still has appointments ahead' },
  'privacy/erased-before': { status: 409, title: 'This person was erased at her request' },
  'privacy/export-not-ready': { status: 409, title: 'This copy cannot be downloaded now' },
  'privacy/retention-period': { status: 422, title: 'This period cannot be' },
  'privacy/preview-outdated': { status: 409, title: 'This preview does not show what would go now' },
  'privacy/recipient-stopped': { status: 409, title: 'Nothing may be sent to this recipient' },
  'privacy/terms-not-accepted': { status: 403, title: 'The processing terms were not accepted yet' },
  'privacy/training-overdue': { status: 403, title: 'Please confirm the rules for personal data first' },
  'privacy/second-person-needed': { status: 409, title: 'Somebody else has to look at this too' },
  'privacy/affiliate-not-bound': { status: 422, title: 'An affiliate has to keep to this privacy policy' },
  'privacy/tax-ids-off': { status: 403, title: 'Tax numbers are not collected here' },
  'privacy/ground-does-not-fit': { status: 422, title: 'This ground cannot carry such a field' },
  'privacy/not-such-a-number': { status: 422, title: 'This is no such number' },
  'privacy/not-a-reader': { status: 403, title: 'Your role does not see this in full' },
  'privacy/place-not-served': { status: 451, title: 'This business does not serve that country' },
  'privacy/link-invalid': { status: 410, title: 'This link is not valid any more' },
  'privacy/setting-waits': { status: 409, title: 'This setting waits for a part that does not exist yet' },
  'privacy/draft-changed': { status: 409, title: 'This document has changed since you looked at it' },
  'privacy/nothing-to-publish': { status: 409, title: 'This document says the same as the published one' },
  'privacy/no-officer': { status: 409, title: 'Nobody looks after privacy yet' },
  'privacy/proof-missing': { status: 422, title: 'A consent on paper needs its photo' },
  'privacy/wording-incomplete': { status: 422, title: 'These words leave out what a consent has to say' },
  'privacy/no-point': { status: 422, title: 'There is no address or number for this consent' },
  'scheduling/slot-taken': { status: 409, title: 'This time was just taken' },
  'scheduling/slot-not-offered': { status: 409, title: 'This time is not offered' },
  'scheduling/service-closed': { status: 410, title: 'This service cannot be booked at the moment' },
  'scheduling/already-cancelled': { status: 409, title: 'This booking is already cancelled' },
  'scheduling/too-late-to-change': { status: 409, title: 'It is too late to change this booking here' },
  'scheduling/booking-changed': { status: 409, title: 'This booking was changed in the meantime' },
  'scheduling/booking-over': { status: 409, title: 'This booking is over' },
  'scheduling/not-started': { status: 409, title: 'This booking has not begun yet' },
  'scheduling/nothing-to-undo': { status: 409, title: 'There is nothing to take back' },
  'scheduling/slug-taken': { status: 409, title: 'Another service has this address' },
  'scheduling/staff-has-bookings': { status: 409, title: 'This person still has bookings ahead' },
  'scheduling/link-invalid': { status: 410, title: 'This link is not valid any more' },
  'files/refused': { status: 422, title: 'This file cannot be accepted' },
  'mail/not-configured': { status: 409, title: 'Sending mail is not set up' },
  'mail/not-waiting': { status: 409, title: 'This mail is not waiting to be sent' },
} as const satisfies Record<`${string}/${string}`, { status: number; title: string }>

export type ProblemType = keyof typeof problems

/** One thing that is wrong with a request: where, and what to do about it. */
export const Fault = z.object({ path: z.string(), code: z.string(), message: z.string() })

/** The body of every refusal, `application/problem+json` (RFC 9457). `type` ends in the slug of the registry. */
export const ProblemDetails = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    reference: z.string().optional(),
    faults: z.array(Fault).optional(),
  })
  .meta({ id: 'ProblemDetails' })
export type ProblemDetails = z.infer<typeof ProblemDetails>
