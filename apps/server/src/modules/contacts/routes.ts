import { contactsRoutes } from '@frontdesk/contract'
import { mount } from '../../platform/http/index.ts'
import { archiveContact, restoreContact } from './archive-contact.ts'
import { contactsPolicy as policy } from './contacts.policy.ts'
import { createContact } from './create-contact.ts'
import { editContact } from './edit-contact.ts'
import { listContacts } from './list-contacts.ts'
import { listTags } from './list-tags.ts'
import { loadContact } from './load-contact.ts'
import { noteSeen } from './note-seen.ts'
import { searchContacts } from './search-contacts.ts'
import { timelinePage } from './timeline-page.ts'
import { addNote, editNote, listNotes, removeNote, restoreNote } from './write-note.ts'

const read = { policy, may: 'contacts.read' } as const
const write = { policy, may: 'contacts.write' } as const

/** The API of the contacts room. */
export const mountedRoutes = mount(contactsRoutes, {
  'GET /contacts': { ...read, run: ({ tx, by, query }) => listContacts(tx, by, query) },
  'GET /contacts/search': { ...read, run: async ({ tx, by, query }) => ({ items: await searchContacts(tx, by, query) }) },
  'POST /contacts': { ...write, run: async ({ tx, by, body }) => loadContact(tx, by, await createContact(tx, by, body)) },
  'GET /contacts/{contactId}': {
    ...read,
    run: async ({ tx, by, params }) => {
      const contact = await loadContact(tx, by, params.contactId)
      await noteSeen(tx, by, contact.id)
      return contact
    },
  },
  'PATCH /contacts/{contactId}': {
    ...write,
    run: async ({ tx, by, params, body, version }) => {
      await editContact(tx, by, { ...body, contactId: params.contactId, version })
      return loadContact(tx, by, params.contactId)
    },
  },
  'DELETE /contacts/{contactId}': {
    ...write,
    run: async ({ tx, by, params }) => {
      await archiveContact(tx, by, params.contactId)
      return loadContact(tx, by, params.contactId)
    },
  },
  'POST /contacts/{contactId}/restore': {
    ...write,
    run: async ({ tx, by, params }) => {
      await restoreContact(tx, by, params.contactId)
      return loadContact(tx, by, params.contactId)
    },
  },
  'GET /contacts/{contactId}/timeline': { ...read, run: ({ tx, by, params, query }) => timelinePage(tx, by, { ...query, ...params }) },
  'GET /contacts/{contactId}/notes': { ...read, run: ({ tx, by, params, query }) => listNotes(tx, by, { ...query, ...params }) },
  'POST /contacts/{contactId}/notes': { ...write, run: ({ tx, by, params, body }) => addNote(tx, by, { ...body, ...params }) },
  'PATCH /contacts/{contactId}/notes/{noteId}': {
    ...write,
    run: ({ tx, by, params, body, version }) => editNote(tx, by, { ...body, ...params, version }),
  },
  'DELETE /contacts/{contactId}/notes/{noteId}': { ...write, run: ({ tx, by, params }) => removeNote(tx, by, params) },
  'POST /contacts/{contactId}/notes/{noteId}/restore': { ...write, run: ({ tx, by, params }) => restoreNote(tx, by, params) },
  'GET /tags': { ...read, run: async ({ tx, by }) => ({ items: await listTags(tx, by) }) },
})
