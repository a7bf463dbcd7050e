import { z } from 'zod'
import { idOf } from './ids.ts'
import { fileToSave, routes, type UploadRule } from './routes.ts'
import { Instant, PageQuery, pageOf } from './values.ts'

/** What may be put on a contact's card: anything of up to 25 MB. */
export const contactFileRule = { purpose: 'attachment', types: [], maxBytes: 25_000_000 } as const satisfies UploadRule

/** A file on a contact's card. */
export const ContactFile = z
  .object({
    id: idOf('contact_file'),
    contactId: idOf('contact'),
    name: z.string(),
    /** By its content, not by its name. */
    mediaType: z.string(),
    /** In bytes. */
    size: z.int(),
    addedByMemberId: idOf('member').nullable(),
    createdAt: Instant,
    removedAt: Instant.nullable(),
  })
  .meta({ id: 'ContactFile' })
export type ContactFile = z.output<typeof ContactFile>

const ofContact = z.strictObject({ contactId: idOf('contact') })
const params = z.strictObject({ contactId: idOf('contact'), contactFileId: idOf('contact_file') })

export const contactFileRoutes = routes({
  'GET /contacts/{contactId}/files': {
    summary: 'The files on a contact’s card, newest first',
    access: 'member',
    params: ofContact,
    query: PageQuery,
    answer: pageOf(ContactFile),
  },
  'POST /contacts/{contactId}/files': {
    summary: 'Put a file on a contact’s card, up to 25 MB; it is kept encrypted and goes with the contact',
    access: 'member',
    params: ofContact,
    upload: contactFileRule,
    status: 201,
    answer: ContactFile,
    refusals: ['contacts/merged', 'http/too-large', 'files/refused'],
  },
  'GET /contacts/{contactId}/files/{contactFileId}/content': {
    summary: 'The file, to be saved; each time is recorded in the audit log',
    access: 'member',
    params,
    answer: fileToSave,
    download: true,
  },
  'DELETE /contacts/{contactId}/files/{contactFileId}': {
    summary: 'Take a file off the card; it can be undone',
    access: 'member',
    params,
    answer: ContactFile,
    refusals: ['contacts/merged'],
  },
  'POST /contacts/{contactId}/files/{contactFileId}/restore': {
    summary: 'Bring a file back that was taken off the card',
    access: 'member',
    params,
    answer: ContactFile,
    refusals: ['contacts/merged'],
  },
})
