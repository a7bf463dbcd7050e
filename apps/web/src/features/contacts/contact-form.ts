import type { Contact } from './queries.ts'

/** One address or number as it is edited. `key` tells rows apart while one types; `id` is the server's, for those it knows. */
export type PointValues = {
  readonly key: string
  readonly id: string | null
  readonly kind: 'email' | 'phone'
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
  locale: string
  zone: string
  points: readonly PointValues[]
  tags: readonly string[]
  ownerMemberId: string
  /** A first note, when somebody is added. */
  note: string
}

/** Somebody new: one empty line for an address and one for a number. */
export const emptyContact: ContactValues = {
  name: '',
  givenName: '',
  familyName: '',
  company: '',
  locale: '',
  zone: '',
  points: [emptyPoint('email', 'new-email'), emptyPoint('phone', 'new-phone')],
  tags: [],
  ownerMemberId: '',
  note: '',
}

/** An empty line for another address or number. */
export function emptyPoint(kind: PointValues['kind'], key: string): PointValues {
  return { key, id: null, kind, value: '', label: '', preferred: false, shared: false }
}

/** A contact as the form shows it. */
export const valuesOf = (contact: Contact): ContactValues => ({
  name: contact.name,
  givenName: contact.givenName ?? '',
  familyName: contact.familyName ?? '',
  company: contact.company?.name ?? '',
  locale: contact.locale ?? '',
  zone: contact.zone ?? '',
  points: contact.points.map((point) => ({
    key: point.id,
    id: point.id,
    kind: point.kind,
    value: point.asTyped,
    label: point.label ?? '',
    preferred: point.preferred,
    shared: point.shared,
  })),
  tags: contact.tags,
  ownerMemberId: contact.ownerMemberId ?? '',
  note: '',
})

/** The lines that say something; an empty one is no address. */
const written = (points: readonly PointValues[]) =>
  points
    .filter(({ value }) => value.trim() !== '')
    .map(({ id, kind, value, label, preferred, shared }) => ({
      ...(id ? { id } : {}),
      kind,
      value: value.trim(),
      label: label.trim() || null,
      preferred,
      shared,
    }))

/** The body of the request that adds somebody. */
export function newContactBody(values: ContactValues) {
  return {
    ...textsOf(values),
    name: values.name.trim(),
    points: written(values.points),
    tags: [...values.tags],
    ...(values.note.trim() ? { note: values.note.trim() } : {}),
  }
}

/** The body of the request that changes somebody: only what is named. */
export function changedContactBody(values: ContactValues, fields: readonly string[]) {
  const all = { ...textsOf(values), name: values.name.trim(), points: written(values.points), tags: [...values.tags] }
  return Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)))
}

function textsOf({ givenName, familyName, company, locale, zone, ownerMemberId }: ContactValues) {
  const or = (text: string): string | null => text.trim() || null
  return {
    givenName: or(givenName),
    familyName: or(familyName),
    company: or(company),
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
