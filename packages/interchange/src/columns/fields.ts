/** What a column may hold of a person. */
export const personFields = [
  'name',
  'namePrefix',
  'givenName',
  'middleName',
  'familyName',
  'nameSuffix',
  'nickname',
  'company',
  'department',
  'jobTitle',
  'email',
  'phone',
  'website',
  'address',
  'street',
  'poBox',
  'city',
  'region',
  'postalCode',
  'country',
  'birthday',
  'anniversary',
  'note',
  'tags',
  'language',
  'zone',
  'externalId',
] as const

/** One thing that a column may hold of a person. */
export type PersonField = (typeof personFields)[number]

/** Fields of which a person may have several, so that their columns come in numbered or labelled groups. */
export const severalFields: ReadonlySet<PersonField> = new Set([
  'email',
  'phone',
  'website',
  'address',
  'street',
  'poBox',
  'city',
  'region',
  'postalCode',
  'country',
])

/** Parts of one address. Those of the same slot belong together. */
export const addressParts: ReadonlySet<PersonField> = new Set(['address', 'street', 'poBox', 'city', 'region', 'postalCode', 'country'])

/** What a field of the business's own may hold. */
export type CustomKind = 'text' | 'number' | 'money' | 'date' | 'yesNo' | 'choice' | 'choices'

/** In which order a column writes day, month and year. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

/** What becomes of one column. */
export type ColumnTarget =
  | { readonly field: 'ignore' }
  | {
      readonly field: PersonField
      /** "work", "mobile", or whatever stood there. */
      readonly label?: string
      /** Which of several: parts of one address share it, and so do a value and the column of its label. */
      readonly slot?: number
      readonly order?: DateOrder
    }
  /** A column that holds nothing but the label of the value in the same slot. */
  | { readonly field: 'label'; readonly of: 'phone' | 'email' | 'website' | 'address'; readonly slot: number }
  | {
      readonly field: 'custom'
      readonly key: string
      readonly kind: CustomKind
      readonly order?: DateOrder
      readonly decimal?: '.' | ','
      /** ISO 4217, where the cells do not say. */
      readonly currency?: string
      /** Of a choice; without them any word is one. */
      readonly options?: readonly string[]
    }

/** What becomes of a file's columns, in their order. */
export type Mapping = readonly ColumnTarget[]
