import { z } from 'zod'
import { FieldKey, FieldValue } from './contacts-fields.ts'
import { idOf } from './ids.ts'
import { LeadSource } from './leads-shapes.ts'
import { KitKey, kitKeys } from './privacy-consents.ts'
import { routes } from './routes.ts'
import { EmailAddress, Instant, Line, Locale, PageQuery, PhoneInput, pageOf, Text } from './values.ts'

/** What a form can ask: `own` fills an own field of the contact, `question` stands with the answers alone. */
export const FormFieldKind = z.enum(['name', 'email', 'phone', 'message', 'own', 'question'])
export type FormFieldKind = z.output<typeof FormFieldKind>

/** One field of a form. `key` names the answer in bodies: of an own field it is the field's own. */
export const FormField = z
  .object({
    key: FieldKey,
    kind: FormFieldKind,
    /** The business's words; null for those in the reader's language, or of the own field. */
    label: z.string().nullable(),
    help: z.string().nullable(),
    required: z.boolean(),
  })
  .meta({ id: 'FormField' })
export type FormField = z.output<typeof FormField>

/** The languages the pages of forms speak. */
export const formLocales = ['en', 'es', 'fr'] as const
export const FormLocale = z.enum(formLocales).meta({ id: 'FormLocale' })

/** A form by which people ask for something, and what becomes of it. */
export const Form = z
  .object({
    id: z.uuid(),
    version: z.int(),
    name: z.string(),
    /** The last part of its address. */
    slug: z.string(),
    pageUrl: z.string(),
    /** The language it begins in; null: the reader's. */
    locale: FormLocale.nullable(),
    title: z.string().nullable(),
    intro: z.string().nullable(),
    button: z.string().nullable(),
    fields: z.array(FormField),
    /** What people may agree to beside it, in the words of the consent kit. */
    consents: z.array(KitKey),
    /** Every consent waits for a click in a mail. Without it only those for mail do. */
    doubleOptIn: z.boolean(),
    thanks: z.string().nullable(),
    thanksUrl: z.string().nullable(),
    /** Null: where new leads go. */
    pipelineId: z.uuid().nullable(),
    source: LeadSource,
    /** A form of plain HTML on another site may send to it. */
    plainHtml: z.boolean(),
    /** How many came in, and how many are held back. */
    taken: z.int(),
    held: z.int(),
    createdAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'Form' })
export type Form = z.output<typeof Form>

/** Why something was held back for a person to look at. */
export const HoldReason = z.enum(['trap', 'links', 'markup', 'flood', 'repeated']).meta({ id: 'HoldReason' })
export type HoldReason = z.output<typeof HoldReason>

/** What somebody sent with a form. */
export const FormSubmission = z
  .object({
    id: z.uuid(),
    formId: z.uuid(),
    formName: z.string(),
    state: z.enum(['taken', 'held']),
    reasons: z.array(HoldReason),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    answers: z.array(z.object({ key: z.string(), label: z.string(), text: z.string() })),
    consents: z.array(KitKey),
    via: z.enum(['page', 'plain', 'api']),
    /** The page it was sent from, without its query, where the browser said so. */
    cameFrom: z.string().nullable(),
    campaign: z.string().nullable(),
    contact: z.object({ id: idOf('contact'), name: z.string() }).nullable(),
    leadId: idOf('lead').nullable(),
    /** It was added to a lead that was open already. */
    joined: z.boolean(),
    at: Instant,
    /** When it is deleted unless somebody lets it in. */
    heldUntil: Instant.nullable(),
  })
  .meta({ id: 'FormSubmission' })
export type FormSubmission = z.output<typeof FormSubmission>

const webUrl = z
  .string()
  .trim()
  .max(500)
  .refine((value) => {
    try {
      return ['http:', 'https:'].includes(new URL(value).protocol)
    } catch {
      return false
    }
  }, 'Write a whole address, like https://example.com/thanks.')
  .meta({ examples: ['https://example.com/thanks'] })

const formFields = z
  .array(
    z.strictObject({
      key: FieldKey.optional(),
      kind: FormFieldKind,
      label: Line(120).nullish(),
      help: Line(200).nullish(),
      required: z.boolean().default(false),
    }),
  )
  .min(1, 'A form asks at least for a name.')
  .max(30)
  .meta({
    examples: [
      [
        { kind: 'name', required: true },
        { kind: 'email', required: true },
        { kind: 'question', label: 'How many people?', required: false },
      ],
    ],
  })

export const EditFormBody = z.strictObject({
  name: Line(80).optional(),
  locale: FormLocale.nullish(),
  title: Line(120).nullish(),
  intro: Text(600).nullish(),
  button: Line(40).nullish(),
  fields: formFields.optional(),
  consents: z.array(KitKey).max(kitKeys.length).optional(),
  doubleOptIn: z.boolean().optional(),
  thanks: Text(600).nullish(),
  thanksUrl: webUrl.nullish(),
  pipelineId: z.uuid().nullish(),
  source: LeadSource.optional(),
  plainHtml: z.boolean().optional(),
})

/** What a program sends for somebody; answers by the keys of the form's fields. */
export const SubmitFormBody = z
  .strictObject({
    name: Line(120),
    email: EmailAddress.optional(),
    phone: PhoneInput.optional(),
    message: Text(4000).optional(),
    answers: z.record(FieldKey, FieldValue).optional(),
    locale: Locale.optional(),
    cameFrom: webUrl.optional(),
    campaign: Line(200).optional(),
  })
  .meta({ examples: [{ name: 'Ann Archer', email: 'ann@example.com', message: 'Balayage on Friday?' }] })

const params = z.strictObject({ formId: z.uuid() })
const submission = z.strictObject({ submissionId: z.uuid() })

export const FormSubmissionQuery = PageQuery.extend({
  formId: z.uuid().optional(),
  leadId: idOf('lead').optional(),
  state: z.enum(['taken', 'held', 'all']).default('all'),
})
export type FormSubmissionQuery = z.output<typeof FormSubmissionQuery>

export const formRoutes = routes({
  'GET /forms': {
    summary: 'The forms by which people ask for something; those that were put away at the end',
    access: 'member',
    answer: z.object({ items: z.array(Form) }),
  },
  'POST /forms': {
    summary: 'Add a form; it begins with name, email, phone and message, and has its address at once',
    access: 'member',
    body: z.strictObject({ name: Line(80) }),
    status: 201,
    answer: Form,
  },
  'GET /forms/{formId}': { summary: 'One form', access: 'member', params, answer: Form },
  'PATCH /forms/{formId}': {
    summary: 'Change a form; only what is sent, and fields whole, in their order',
    access: 'member',
    params,
    body: EditFormBody,
    answer: Form,
    ifMatch: true,
  },
  'DELETE /forms/{formId}': {
    summary: 'Put a form away: its page says that it is closed, and what came in stays',
    access: 'member',
    params,
    answer: Form,
  },
  'POST /forms/{formId}/restore': { summary: 'Open a form again that was put away', access: 'member', params, answer: Form },
  'GET /forms/{formId}/snippets': {
    summary: 'How a form is put on another site: a frame that grows with it, or a form of plain HTML',
    access: 'member',
    params,
    answer: z.object({ pageUrl: z.string(), frame: z.string(), plain: z.string() }).meta({ id: 'FormSnippets' }),
  },
  'POST /forms/{formId}/submissions': {
    summary: 'Send a form for somebody, as a program; agreeing to anything is not part of it',
    description:
      'Finds the contact of the address or number, or makes one; adds to the open lead in the form’s pipeline, or opens one. The same content within ten minutes is the same submission.',
    access: 'member',
    params,
    body: SubmitFormBody,
    status: 201,
    answer: FormSubmission,
    refusals: ['leads/form-closed', 'privacy/erased-before', 'privacy/place-not-served', 'contacts/not-a-phone-number'],
  },
  'GET /form-submissions': {
    summary: 'What came in with forms, newest first; a representative sees those of her own contacts',
    access: 'member',
    query: FormSubmissionQuery,
    answer: pageOf(FormSubmission),
  },
  'POST /form-submissions/{submissionId}/release': {
    summary: 'Let in what was held back: contact and lead are made as if it had come now',
    access: 'member',
    params: submission,
    answer: FormSubmission,
    refusals: ['leads/not-held', 'leads/form-closed', 'privacy/place-not-served'],
  },
  'DELETE /form-submissions/{submissionId}': {
    summary: 'Delete what was held back, for good',
    access: 'member',
    params: submission,
    status: 204,
    answer: z.undefined(),
    refusals: ['leads/not-held'],
  },
})
