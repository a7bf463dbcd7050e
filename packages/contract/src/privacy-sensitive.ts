import { z } from 'zod'
import { RoleName } from './accounts-shapes.ts'
import { idOf } from './ids.ts'
import { routes } from './routes.ts'
import { Instant, Line, PageQuery, pageOf } from './values.ts'

/** What a sensitive field holds. `ssn` also takes an ITIN, `gst` is Canada's GST/HST number. Nothing else that is sensitive can be declared: no origin, faith, opinion, union, biometry, genes or crimes. */
export const SensitiveFieldKind = z
  .enum(['ssn', 'ein', 'sin', 'gst', 'vat', 'insurance_number', 'government_id', 'bank_account', 'health'])
  .meta({ id: 'SensitiveFieldKind' })
export type SensitiveFieldKind = z.infer<typeof SensitiveFieldKind>

/** The ground on which it is kept. */
export const SensitiveGround = z.enum(['tax_law', 'contract', 'explicit_consent', 'legal_obligation']).meta({ id: 'SensitiveGround' })
export type SensitiveGround = z.infer<typeof SensitiveGround>

/** What somebody needs to see a value for. */
export const RevealPurpose = z
  .enum(['tax_form', 'service', 'billing', 'identity_check', 'her_request', 'legal_request'])
  .meta({ id: 'RevealPurpose' })
export type RevealPurpose = z.infer<typeof RevealPurpose>

/** A kind with the grounds it can stand on, whether it is a tax number, and the law behind it. */
export const SensitiveKindFacts = z
  .object({
    kind: SensitiveFieldKind,
    taxId: z.boolean(),
    grounds: z.array(SensitiveGround),
    law: z.object({ name: z.string(), source: z.string(), asOf: z.string() }).nullable(),
  })
  .meta({ id: 'SensitiveKindFacts' })

/** A sensitive field as the workspace declared it. */
export const SensitiveField = z
  .object({
    id: z.uuid(),
    version: z.int(),
    kind: SensitiveFieldKind,
    taxId: z.boolean(),
    label: z.string(),
    ground: SensitiveGround,
    why: z.string(),
    /** Who may see values in full, after saying why. */
    readers: z.array(RoleName),
    /** How many contacts have a value. */
    values: z.int(),
    createdAt: Instant,
    /** Since when nothing new is written down. */
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'SensitiveField' })
export type SensitiveField = z.output<typeof SensitiveField>

/** A field on a contact's card: masked, or empty. */
export const SensitiveValue = z
  .object({
    fieldId: z.uuid(),
    kind: SensitiveFieldKind,
    label: z.string(),
    why: z.string(),
    /** Such as `•••-••-1234`; null where nothing is written down. */
    masked: z.string().nullable(),
    recordedAt: Instant.nullable(),
    recordedBy: z.string().nullable(),
    /** Whether whoever asks may see it in full. */
    mayReveal: z.boolean(),
    mayWrite: z.boolean(),
    /** Tax numbers are not collected any more: until then the tax office may ask for it, then it goes by itself. */
    keptUntil: Instant.nullable(),
  })
  .meta({ id: 'SensitiveValue' })
export type SensitiveValue = z.output<typeof SensitiveValue>

/** Somebody saw a value in full. */
export const SensitiveReveal = z
  .object({
    id: z.uuid(),
    fieldId: z.uuid(),
    label: z.string(),
    by: z.string(),
    purpose: RevealPurpose,
    reason: z.string(),
    at: Instant,
  })
  .meta({ id: 'SensitiveReveal' })
export type SensitiveReveal = z.output<typeof SensitiveReveal>

/** A card or Social Security number that came from outside and was masked before it was kept. */
export const MaskedNumber = z
  .object({
    id: z.uuid(),
    contactId: idOf('contact').nullable(),
    kind: z.enum(['card', 'ssn', 'sin']),
    source: z.enum(['booking', 'message', 'request', 'preference', 'form']),
    at: Instant,
  })
  .meta({ id: 'MaskedNumber' })
export type MaskedNumber = z.output<typeof MaskedNumber>

const readers = z.array(RoleName).min(1).max(12)
const fieldParams = z.strictObject({ fieldId: z.uuid() })
const valueParams = z.strictObject({ contactId: idOf('contact'), fieldId: z.uuid() })

export const DeclareSensitiveFieldBody = z.strictObject({
  kind: SensitiveFieldKind,
  label: Line(60),
  ground: SensitiveGround,
  why: Line(500),
  readers,
})

export const sensitiveRoutes = routes({
  'GET /sensitive-fields': {
    summary: 'The sensitive fields of the workspace, and what can be declared',
    access: 'member',
    answer: z.object({
      items: z.array(SensitiveField),
      /** Whether tax numbers may be written down at all; a privacy setting. */
      taxIds: z.enum(['off', 'on_when_required']),
      kinds: z.array(SensitiveKindFacts),
    }),
  },
  'POST /sensitive-fields': {
    summary: 'Declare a sensitive field: what it is, on which ground, why, and who may see it',
    access: 'member',
    body: DeclareSensitiveFieldBody,
    status: 201,
    answer: SensitiveField,
    refusals: ['privacy/tax-ids-off', 'privacy/ground-does-not-fit'],
  },
  'PUT /sensitive-fields/{fieldId}': {
    summary: 'Change the label, the reason or the readers of a sensitive field',
    access: 'member',
    params: fieldParams,
    body: z.strictObject({ label: Line(60), why: Line(500), readers }),
    ifMatch: true,
    answer: SensitiveField,
  },
  'POST /sensitive-fields/{fieldId}/end': {
    summary: 'End a sensitive field: nothing new is written down; its values can be deleted with it',
    access: 'member',
    params: fieldParams,
    body: z.strictObject({ deleteValues: z.boolean() }),
    answer: SensitiveField,
  },
  'GET /contacts/{contactId}/sensitive-values': {
    summary: 'The sensitive fields of a contact, masked',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    answer: z.object({ items: z.array(SensitiveValue) }),
  },
  'PUT /contacts/{contactId}/sensitive-values/{fieldId}': {
    summary: 'Write down a sensitive value; the answer shows it masked',
    access: 'member',
    params: valueParams,
    body: z.strictObject({ value: Line(200) }),
    numbers: 'belong',
    answer: SensitiveValue,
    refusals: ['privacy/tax-ids-off', 'privacy/not-such-a-number'],
  },
  'DELETE /contacts/{contactId}/sensitive-values/{fieldId}': {
    summary: 'Delete a sensitive value for good',
    access: 'member',
    params: valueParams,
    answer: SensitiveValue,
  },
  'POST /contacts/{contactId}/sensitive-values/{fieldId}/reveal': {
    summary: 'See a sensitive value in full, for a purpose and with a reason; this is remembered',
    access: 'member',
    params: valueParams,
    body: z.strictObject({ purpose: RevealPurpose, reason: Line(300) }),
    answer: z.object({ value: z.string(), /** For how long a screen shows it, in seconds. */ showFor: z.int() }),
    answerIsSecret: true,
    refusals: ['privacy/tax-ids-off', 'privacy/not-a-reader'],
  },
  'GET /contacts/{contactId}/sensitive-reveals': {
    summary: 'Who saw sensitive values of a contact in full, and why, newest first',
    access: 'member',
    params: z.strictObject({ contactId: idOf('contact') }),
    query: PageQuery,
    answer: pageOf(SensitiveReveal),
  },
  'GET /masked-numbers': {
    summary: 'Card and Social Security numbers that came from outside and were masked, newest first',
    access: 'member',
    query: PageQuery,
    answer: pageOf(MaskedNumber),
  },
})
