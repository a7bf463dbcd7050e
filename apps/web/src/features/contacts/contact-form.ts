import type { HandleChannel } from '@frontdesk/contract'
import type { TypedValue } from './fields/own-value.ts'
import type { OwnValue } from './fields/queries.ts'
import type { Contact } from './queries.ts'

/** One address, number or handle as it is edited. `key` tells rows apart while one types; `id` is the server's, for those it knows. */
export type PointValues = {
  readonly key: string
  readonly id: string | null
  readonly kind: 'email' | 'phone' | 'handle'
  /** Where a handle is one's name; of others it says nothing. */
  readonly channel: HandleChannel
  readonly value: string
  readonly label: string
  readonly preferred: boolean
  readonly shared: boolean
}

/** A contact as it is filled in. */
export type ContactValues = {
  name: string
  givenName: string
  familyName: string
  company: string
  companyRole: string
  locale: string
  zone: string
  points: readonly PointValues[]
  tags: readonly string[]
  ownerMemberId: string
  /** Where she lives, how that is known and of which day; empty lines leave what is known as it is. */
  livesCountry: string
  livesAddress: string
  livesSource: string
  livesOn: string
  /** A first note, when somebody is added. */
  note: string
  /** What is needed of the business's own fields when somebody is added, by their keys. */
  own: Readonly<Record<string, TypedValue>>
}

/** Somebody new: one empty line for an address and one for a number. */
export const emptyContact: ContactValues = {
  name: '',
  givenName: '',
  familyName: '',
  company: '',
  companyRole: '',
  locale: '',
  zone: '',
  points: [emptyPoint('email', 'new-email'), emptyPoint('phone', 'new-phone')],
  tags: [],
  ownerMemberId: '',
  livesCountry: '',
  livesAddress: '',
  livesSource: '',
  livesOn: '',
  note: '',
  own: {},
}

/** An empty line for another address, number or handle. */
export function emptyPoint(kind: PointValues['kind'], key: string): PointValues {
  return { key, id: null, kind, channel: 'whatsapp', value: '', label: '', preferred: false, shared: false }
}

/** A contact as the form shows it. */
export const valuesOf = (contact: Contact): ContactValues => ({
  name: contact.name,
  givenName: contact.givenName ?? '',
  familyName: contact.familyName ?? '',
  company: contact.company?.name ?? '',
  companyRole: contact.companyRole ?? '',
  locale: contact.locale ?? '',
  zone: contact.zone ?? '',
  points: contact.points.map((point) => ({
    key: point.id,
    id: point.id,
    kind: point.kind,
    channel: point.channel ?? 'whatsapp',
    value: point.asTyped,
    label: point.label ?? '',
    preferred: point.preferred,
    shared: point.shared,
  })),
  tags: contact.tags,
  ownerMemberId: contact.ownerMemberId ?? '',
  livesCountry: '',
  livesAddress: '',
  livesSource: '',
  livesOn: '',
  note: '',
  own: {},
})

/** The lines that say something; an empty one is no address. */
const written = (points: readonly PointValues[]) =>
  points
    .filter(({ value }) => value.trim() !== '')
    .map(({ id, kind, channel, value, label, preferred, shared }) => ({
      ...(id ? { id } : {}),
      ...(kind === 'handle' ? { kind, channel } : { kind }),
      value: value.trim(),
      label: label.trim() || null,
      preferred,
      shared,
    }))

/** The body of the request that adds somebody. */
export function newContactBody(values: ContactValues, fields: Readonly<Record<string, OwnValue | null>> = {}) {
  return {
    ...textsOf(values),
    name: values.name.trim(),
    points: written(values.points),
    tags: [...values.tags],
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...placeOf(values),
    ...(values.note.trim() ? { note: values.note.trim() } : {}),
  }
}

/** The body of the request that changes somebody: only what is named. */
export function changedContactBody(values: ContactValues, fields: readonly string[]) {
  const all = { ...textsOf(values), name: values.name.trim(), points: written(values.points), tags: [...values.tags] }
  return Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)))
}

/** Where she lives, as it was written, for the body of either request; nothing where it was not. */
export function placeOf({ livesCountry, livesAddress, livesSource, livesOn }: ContactValues) {
  if (livesCountry === '') return {}
  return { livesIn: { country: livesCountry, address: livesAddress.trim() || null, source: livesSource.trim(), asOf: livesOn || null } }
}

/** What is wrong with where she lives: a country, and how it is known, belong to it. */
export function placeFaults({ livesCountry, livesAddress, livesSource, livesOn }: ContactValues): {
  readonly livesCountry?: 'countryMissing'
  readonly livesSource?: 'sourceMissing'
} {
  const written = [livesAddress, livesSource, livesOn].some((text) => text.trim() !== '')
  if (livesCountry === '') return written ? { livesCountry: 'countryMissing' } : {}
  return livesSource.trim() === '' ? { livesSource: 'sourceMissing' } : {}
}

function textsOf({ givenName, familyName, company, companyRole, locale, zone, ownerMemberId }: ContactValues) {
  const or = (text: string): string | null => text.trim() || null
  return {
    givenName: or(givenName),
    familyName: or(familyName),
    company: or(company),
    companyRole: or(companyRole),
    locale: or(locale),
    zone: or(zone),
    ownerMemberId: or(ownerMemberId),
  }
}

/** Makes one address or number the preferred one of its kind. */
export const preferPoint = (points: readonly PointValues[], key: string): readonly PointValues[] => {
  const kind = points.find((point) => point.key === key)?.kind
  return points.map((point) => (point.kind === kind ? { ...point, preferred: point.key === key } : point))
}
