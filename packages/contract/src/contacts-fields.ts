import { z } from 'zod'
import { SensitiveFieldKind } from './privacy-sensitive.ts'
import { routes } from './routes.ts'
import { Currency, Instant, Line, Money } from './values.ts'

/** What an own field holds. `person` is somebody who works here, `link` an address on the web. A type stays what it was: values hang on it. */
export const FieldType = z
  .enum(['text', 'number', 'money', 'date', 'choice', 'choices', 'person', 'link', 'yes_no'])
  .meta({ id: 'FieldType' })
export type FieldType = z.output<typeof FieldType>

/** Which kind of personal data an own field holds. What is sensitive is no own field: it is declared as a protected one. */
export const FieldCategory = z
  .enum(['contact_details', 'identifier', 'preference', 'appointment', 'behaviour', 'location', 'financial', 'free_text'])
  .meta({ id: 'FieldCategory' })
export type FieldCategory = z.output<typeof FieldCategory>

/** How a field is named in bodies, exports and imports. Made from its first label, and the same for good. */
export const FieldKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, 'Write the field’s key, like policy_number.')
  .meta({ id: 'FieldKey' })

/** One of the choices of a field. `hue` is 0 to 359; an archived one is not offered any more, and those who have it keep it. */
export const FieldChoice = z
  .object({ key: FieldKey, label: z.string(), hue: z.int().min(0).max(359), archived: z.boolean() })
  .meta({ id: 'FieldChoice' })
export type FieldChoice = z.output<typeof FieldChoice>

/** A field that the business added to its contacts. */
export const ContactField = z
  .object({
    id: z.uuid(),
    version: z.int(),
    key: FieldKey,
    label: z.string(),
    type: FieldType,
    category: FieldCategory,
    /** The heading it stands under on a contact; null for none. */
    group: z.string().nullable(),
    required: z.boolean(),
    /** `ready`: lists can be narrowed by it; `building`: soon, its values are being indexed. */
    filter: z.enum(['off', 'building', 'ready']),
    /** Of a `choice` and of `choices`, in their order. */
    choices: z.array(FieldChoice),
    /** Of `money`. */
    currency: z.string().nullable(),
    createdAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'ContactField' })
export type ContactField = z.output<typeof ContactField>

/** A value of an own field: a text (also of a date `2026-11-22`, a link, a choice's key, a member's id), a number, an amount, a list of choices' keys, or yes and no. */
export const FieldValue = z
  .union([z.string().max(4000), z.number(), z.boolean(), z.array(z.string().max(60)).max(100), Money])
  .meta({ id: 'FieldValue' })
export type FieldValue = z.output<typeof FieldValue>

/** Values by the keys of their fields. */
export const FieldValues = z.record(FieldKey, FieldValue).meta({ id: 'FieldValues' })

/** Values to write; null empties a field, and what is left out stays. */
export const FieldChanges = z.record(FieldKey, FieldValue.nullable()).meta({ id: 'FieldChanges' })
export type FieldChanges = z.output<typeof FieldChanges>

const label = Line(60)
const group = Line(60).nullable()
/** A choice as it is written: one that is there is named by its key; those that are left out are archived. */
const choices = z.array(z.strictObject({ key: FieldKey.optional(), label: Line(60), hue: z.int().min(0).max(359) })).max(100)
/** Somebody looked at a name that sounds like sensitive data and says that it is none. */
const notSensitive = z.boolean().default(false)
const fieldParams = z.strictObject({ fieldId: z.uuid() })

export const CreateFieldBody = z.strictObject({
  label,
  type: FieldType,
  category: FieldCategory,
  group: group.default(null),
  required: z.boolean().default(false),
  filter: z.boolean().default(false),
  choices: choices.default([]),
  currency: Currency.nullable().default(null),
  notSensitive,
})

export const ChangeFieldBody = z.strictObject({
  label: label.optional(),
  category: FieldCategory.optional(),
  group: group.optional(),
  required: z.boolean().optional(),
  filter: z.boolean().optional(),
  choices: choices.optional(),
  notSensitive,
})

export const contactFieldRoutes = routes({
  'GET /contact-fields': {
    summary: 'The own fields of contacts, in their order; archived ones at the end',
    access: 'member',
    answer: z.object({ items: z.array(ContactField) }),
  },
  'POST /contact-fields': {
    summary: 'Add an own field: what it is called, what it holds, and which kind of data that is',
    access: 'member',
    body: CreateFieldBody,
    status: 201,
    answer: ContactField,
    refusals: ['contacts/sensitive-field'],
  },
  'PATCH /contact-fields/{fieldId}': {
    summary: 'Change an own field; only what is sent',
    access: 'member',
    params: fieldParams,
    body: ChangeFieldBody,
    answer: ContactField,
    ifMatch: true,
    refusals: ['contacts/sensitive-field'],
  },
  'PUT /contact-fields/order': {
    summary: 'Put the own fields in this order',
    access: 'member',
    body: z.strictObject({ fieldIds: z.array(z.uuid()).max(200) }),
    answer: z.object({ items: z.array(ContactField) }),
  },
  'DELETE /contact-fields/{fieldId}': {
    summary: 'Archive an own field; its values stay, unseen, and it can be undone',
    access: 'member',
    params: fieldParams,
    answer: ContactField,
  },
  'POST /contact-fields/{fieldId}/restore': {
    summary: 'Bring an archived own field back, with its values',
    access: 'member',
    params: fieldParams,
    answer: ContactField,
  },
})

/** What a name sounds like when it is refused: a kind that can be declared as a protected field, or null where the law wants it kept nowhere. */
export const SensitiveName = z.object({ kind: SensitiveFieldKind.nullable(), word: z.string() })
export type SensitiveName = z.output<typeof SensitiveName>
