import type { Day } from '../cells/read-dates.ts'
import type { Amount } from '../cells/read-numbers.ts'

/** A number, address or page of a person, as it is compared and as it was typed. */
export type PersonPoint = { readonly value: string; readonly asTyped: string; readonly label: string | null }
/** A telephone number (E.164). */
export type PersonPhone = PersonPoint & { readonly extension: string | null }

/** A postal address. `text` is the whole of it where its parts are not known. */
export type PostalAddress = {
  readonly label: string | null
  readonly text: string | null
  readonly street: string | null
  readonly poBox: string | null
  readonly city: string | null
  readonly region: string | null
  readonly postalCode: string | null
  readonly country: string | null
  /** ISO 3166, where the country's name is known. */
  readonly countryCode: string | null
}

/** A value for a field of the business's own, `key`. */
export type CustomValue =
  | { readonly key: string; readonly kind: 'text' | 'number' | 'date' | 'choice'; readonly value: string }
  | { readonly key: string; readonly kind: 'money'; readonly value: Amount }
  | { readonly key: string; readonly kind: 'yesNo'; readonly value: boolean }
  | { readonly key: string; readonly kind: 'choices'; readonly value: readonly string[] }

/** A person as a file tells of her, normalised. Empty is null or an empty list. */
export type Person = {
  /** The name as a whole; empty where there is none. */
  readonly name: string
  readonly namePrefix: string | null
  readonly givenName: string | null
  readonly middleName: string | null
  readonly familyName: string | null
  readonly nameSuffix: string | null
  readonly nickname: string | null
  readonly company: string | null
  readonly department: string | null
  readonly jobTitle: string | null
  readonly emails: readonly PersonPoint[]
  readonly phones: readonly PersonPhone[]
  readonly websites: readonly PersonPoint[]
  /** What she is called on networks and messengers; written on cards, and read from columns of the business's own. */
  readonly profiles?: readonly { readonly service: string; readonly value: string }[]
  readonly addresses: readonly PostalAddress[]
  readonly birthday: Day | null
  readonly anniversary: Day | null
  readonly note: string | null
  readonly tags: readonly string[]
  readonly language: string | null
  readonly zone: string | null
  readonly externalId: string | null
  readonly custom: readonly CustomValue[]
}

const noPoints: readonly PersonPoint[] = Object.freeze([])
const noPhones: readonly PersonPhone[] = Object.freeze([])
const noAddresses: readonly PostalAddress[] = Object.freeze([])
const noTags: readonly string[] = Object.freeze([])
const noCustom: readonly CustomValue[] = Object.freeze([])

/** A person of whom nothing is known yet; a reader fills in what it finds. The same shape for all, for speed. */
export type PersonDraft = { -readonly [field in keyof Person]: Person[field] }

/** A new draft. */
export const draftPerson = (): PersonDraft => ({
  name: '',
  namePrefix: null,
  givenName: null,
  middleName: null,
  familyName: null,
  nameSuffix: null,
  nickname: null,
  company: null,
  department: null,
  jobTitle: null,
  emails: noPoints,
  phones: noPhones,
  websites: noPoints,
  addresses: noAddresses,
  birthday: null,
  anniversary: null,
  note: null,
  tags: noTags,
  language: null,
  zone: null,
  externalId: null,
  custom: noCustom,
})

/** A name as a whole from its parts. */
export const wholeName = (person: Pick<Person, 'givenName' | 'middleName' | 'familyName' | 'nameSuffix'>): string => {
  let name = person.givenName ?? ''
  for (const part of [person.middleName, person.familyName, person.nameSuffix]) {
    if (part !== null) name = name === '' ? part : `${name} ${part}`
  }
  return name
}
