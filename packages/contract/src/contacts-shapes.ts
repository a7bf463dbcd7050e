import { z } from 'zod'
import { FieldValues } from './contacts-fields.ts'
import { HandleChannel } from './contacts-handles.ts'
import { idOf } from './ids.ts'
import { Instant } from './values.ts'

/** An email address, a phone number or a handle of a contact: as it is compared and dialled (`value`), as it was typed, and as the business's people read it (`shown`: numbers of its own country in national form, others in international). */
export const ContactPoint = z
  .object({
    id: idOf('contact_point'),
    kind: z.enum(['email', 'phone', 'handle']),
    /** Of a handle: where it is one’s name. */
    channel: HandleChannel.nullable(),
    value: z.string(),
    asTyped: z.string(),
    shown: z.string(),
    label: z.string().nullable(),
    preferred: z.boolean(),
    shared: z.boolean(),
    verifiedAt: Instant.nullable(),
    /** Mail to it came back; correcting the address clears it. */
    bounce: z.object({ kind: z.enum(['permanent', 'temporary']), at: Instant }).nullable(),
  })
  .meta({ id: 'ContactPoint' })
export type ContactPoint = z.output<typeof ContactPoint>

/** Where a contact came from. */
export const ContactSource = z
  .enum(['member', 'api', 'booking', 'email', 'import', 'form', 'chat', 'call', 'demo'])
  .meta({ id: 'ContactSource' })
export type ContactSource = z.output<typeof ContactSource>

/** A contact as lists show it. */
export const ContactSummary = z
  .object({
    id: idOf('contact'),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    /** The number as the business's people read it: national form for its own country, international for others. */
    phoneShown: z.string().nullable(),
    company: z.string().nullable(),
    tags: z.array(z.string()),
    ownerMemberId: idOf('member').nullable(),
    lastActivityAt: Instant,
    archivedAt: Instant.nullable(),
  })
  .meta({ id: 'ContactSummary' })
export type ContactSummary = z.output<typeof ContactSummary>

/** Somebody outside the business, with every way to reach her. */
export const Contact = z
  .object({
    id: idOf('contact'),
    version: z.int(),
    name: z.string(),
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    company: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    /** What she is at her company. */
    companyRole: z.string().nullable(),
    locale: z.string().nullable(),
    zone: z.string().nullable(),
    source: ContactSource,
    ownerMemberId: idOf('member').nullable(),
    points: z.array(ContactPoint),
    tags: z.array(z.string()),
    /** What the business’s own fields say, by their keys; empty ones are left out. */
    fields: FieldValues,
    createdAt: Instant,
    updatedAt: Instant,
    lastActivityAt: Instant,
    archivedAt: Instant.nullable(),
    /** The contact this one was merged into; reads follow it. */
    mergedInto: idOf('contact').nullable(),
  })
  .meta({ id: 'Contact' })
export type Contact = z.output<typeof Contact>
