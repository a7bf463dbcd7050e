import { PublicBookingDraft } from '@frontdesk/contract'
import type { z } from 'zod'
import type { ServiceRow } from '../service.tables.ts'
import { missingDetails } from '../visitor-details.rules.ts'
import type { Prefill } from './address.rules.ts'

/** The fields a person fills in, by the names they have in the form. */
export type FieldName = 'name' | 'email' | 'phone' | 'placeDetail' | 'note'
/** Everything that was typed, exactly as typed. */
export type Entries = Readonly<Record<FieldName | 'website' | 'attendeeName' | 'attendeeRelation', string>>
/** A field that is not right, and the word that says what to do. */
export type FieldError = {
  readonly field: FieldName | 'start' | 'website' | 'attendeeName'
  readonly word: 'errName' | 'errEmail' | 'errPhone' | 'errAddress' | 'errNote' | 'errTrap' | 'errChoose' | 'errForElse'
}
export type Draft = z.output<typeof PublicBookingDraft>
export type CheckedEntries = { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly errors: readonly FieldError[] }

const words = {
  name: 'errName',
  email: 'errEmail',
  phone: 'errPhone',
  placeDetail: 'errAddress',
  note: 'errNote',
  start: 'errChoose',
  attendee: 'errForElse',
} as const

export const noEntries: Entries = {
  name: '',
  email: '',
  phone: '',
  placeDetail: '',
  note: '',
  website: '',
  attendeeName: '',
  attendeeRelation: '',
}

/** What stands in the fields before anything is typed. */
export const entriesBefore = ({ notes, ...prefill }: Prefill): Partial<Entries> => ({
  ...prefill,
  ...(notes === undefined ? {} : { note: notes }),
})

/** What was typed, out of a form that was sent. */
export function entriesOf(form: Readonly<Record<string, string>>): Entries {
  return {
    name: form.name ?? '',
    email: form.email ?? '',
    phone: form.phone ?? '',
    placeDetail: form.placeDetail ?? '',
    note: form.note ?? '',
    website: form.website ?? '',
    attendeeName: form.attendeeName ?? '',
    attendeeRelation: form.attendeeRelation ?? '',
  }
}

/** Checks a form by the rules of the API, and names every field that is not right, in the order of the form. */
export function checkEntries(
  service: Pick<ServiceRow, 'phone' | 'place_kind'>,
  entries: Entries,
  choice: { readonly start: string; readonly staffId: string | undefined; readonly zone: string | undefined; readonly locale: string },
): CheckedEntries {
  const typed = (text: string): string | undefined => (text.trim() === '' ? undefined : text)
  const phone = service.phone === 'hidden' ? undefined : typed(entries.phone)
  const placeDetail = service.place_kind === 'at_customer' ? typed(entries.placeDetail) : undefined
  const parsed = PublicBookingDraft.safeParse({
    start: choice.start,
    staffId: choice.staffId,
    name: entries.name,
    email: entries.email,
    phone,
    placeDetail: placeDetail?.replace(/\s+/g, ' '),
    note: typed(entries.note)?.replace(/\r\n/g, '\n'),
    // Both or neither: half of it is asked for.
    attendee: typed(entries.attendeeName + entries.attendeeRelation) && { name: entries.attendeeName, relation: entries.attendeeRelation },
    zone: choice.zone,
    locale: choice.locale,
  })
  const wrong = new Set<string>(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])))
  for (const field of missingDetails(service, { placeDetail: placeDetail ?? null, who: { email: typed(entries.email), phone } }))
    wrong.add(field)
  const order = ['start', 'name', 'email', 'phone', 'attendee', 'placeDetail', 'note'] as const
  const errors: FieldError[] = order
    .filter((field) => wrong.has(field))
    .map((field) => ({ field: field === 'attendee' ? 'attendeeName' : field, word: words[field] }))
  if (entries.website !== '') errors.push({ field: 'website', word: 'errTrap' })
  if (errors.length > 0 || !parsed.success) return { ok: false, errors }
  return { ok: true, draft: parsed.data }
}
