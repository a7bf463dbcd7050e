import { contactsRoutes } from '@frontdesk/contract'
import { mount } from '../../platform/http/index.ts'
import { archiveContact, restoreContact } from './archive-contact.ts'
import { listCompanies, listCompanyContacts, loadCompany } from './companies/read-companies.ts'
import { archiveCompany, createCompany, editCompany, restoreCompany } from './companies/write-company.ts'
import { contactsPolicy as policy } from './contacts.policy.ts'
import { createContact } from './create-contact.ts'
import { editContact } from './edit-contact.ts'
import { beginExport, cancelExport, exportFile } from './exports/begin-export.ts'
import { listExports, loadExport } from './exports/load-export.ts'
import { archiveField, changeField, createField, orderFields, restoreField } from './fields/define-field.ts'
import { listFields } from './fields/list-fields.ts'
import { addContactFile, listContactFiles, openContactFile, removeContactFile } from './files/contact-files.ts'
import { groupContacts } from './groups/group-contacts.ts'
import { goBack } from './history/go-back.ts'
import { listChanges } from './history/list-changes.ts'
import { beginImport, pasteImport } from './import/begin-import.ts'
import { cancelImport, changeImport, checkImport, pauseImport, resumeImport, startImport, undoImport } from './import/change-import.ts'
import { listImports, loadImport } from './import/load-import.ts'
import { errorFile, firstCells, sampleRows } from './import/show-list.ts'
import { listContacts } from './list-contacts.ts'
import { listTags } from './list-tags.ts'
import { loadContact } from './load-contact.ts'
import { decideDuplicate, duplicatesOf, listDuplicates } from './merge/list-duplicates.ts'
import { listMerges } from './merge/load-merge.ts'
import { mergeContacts, previewMerge } from './merge/merge-contacts.ts'
import { searchDuplicates } from './merge/search-duplicates.ts'
import { sinceMerge, undoMerge } from './merge/undo-merge.ts'
import { noteSeen } from './note-seen.ts'
import { addNote, editNote, listNotes, removeNote, restoreNote } from './notes/write-note.ts'
import { addRelation, editRelation, listRelations, removeRelation } from './relations/relations.ts'
import { searchContacts } from './search-contacts.ts'
import { changeMany, loadBulkChange, undoBulkChange } from './segments/bulk-change.ts'
import { countContacts } from './segments/count-contacts.ts'
import { archiveList, createList, listLists, loadList, renameList } from './segments/lists.ts'
import { listsOf, putOnList } from './segments/on-list.ts'
import { countSegment, listSegmentContacts } from './segments/segment-contacts.ts'
import { createSegment, editSegment, listSegments, loadSegment, removeSegment } from './segments/segments.ts'
import { tableContacts } from './table-contacts.ts'
import { countTasks, listTasks, loadTask } from './tasks/read-tasks.ts'
import { completeTask, createTask, editTask, removeTask, reopenTask } from './tasks/write-task.ts'
import { timelinePage } from './timeline-page.ts'

const read = { policy, may: 'contacts.read' } as const
const readCompanies = { policy, may: 'companies.read' } as const
const writeCompanies = { policy, may: 'companies.write' } as const
const manage = { policy, may: 'contact_fields.manage' } as const
const bring = { policy, may: 'contacts.import' } as const
const takeOut = { policy, may: 'list_exports.make' } as const
const merge = { policy, may: 'contacts.merge' } as const
const readSegments = { policy, may: 'segments.read' } as const
const writeSegments = { policy, may: 'segments.write' } as const
const readLists = { policy, may: 'lists.read' } as const
const writeLists = { policy, may: 'lists.write' } as const
const fillLists = { policy, may: 'lists.fill' } as const
const readTasks = { policy, may: 'tasks.read' } as const
const writeTasks = { policy, may: 'tasks.write' } as const
const write = { policy, may: 'contacts.write' } as const

/** The API of the contacts room. */
export const mountedRoutes = mount(contactsRoutes, {
  'GET /contacts': { ...read, run: ({ tx, by, query }) => listContacts(tx, by, query) },
  'GET /contacts/table': { ...read, run: ({ tx, by, query }) => tableContacts(tx, by, query) },
  'GET /contacts/groups': { ...read, run: ({ tx, by, query }) => groupContacts(tx, by, query) },
  'GET /contacts/count': {
    ...read,
    run: ({ tx, by, query }) => countContacts(tx, by, { filter: query.filter, steps: query.steps === 'yes' }),
  },
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
  'GET /contacts/{contactId}/files': { ...read, run: ({ tx, by, params, query }) => listContactFiles(tx, by, { ...query, ...params }) },
  'POST /contacts/{contactId}/files': { ...write, run: ({ tx, by, params, file }) => addContactFile(tx, by, { ...params, file }) },
  'GET /contacts/{contactId}/files/{contactFileId}/content': { ...read, run: ({ tx, by, params }) => openContactFile(tx, by, params) },
  'DELETE /contacts/{contactId}/files/{contactFileId}': { ...write, run: ({ tx, by, params }) => removeContactFile(tx, by, params, true) },
  'POST /contacts/{contactId}/files/{contactFileId}/restore': {
    ...write,
    run: ({ tx, by, params }) => removeContactFile(tx, by, params, false),
  },
  'GET /contacts/{contactId}/changes': { ...read, run: ({ tx, by, params, query }) => listChanges(tx, by, { ...query, ...params }) },
  'POST /contacts/{contactId}/changes/{changeId}/back': {
    ...write,
    run: async ({ tx, by, params }) => {
      await goBack(tx, by, params)
      return loadContact(tx, by, params.contactId)
    },
  },
  'GET /duplicates': { ...merge, run: ({ tx, by, query }) => listDuplicates(tx, by, query) },
  'POST /duplicates/search': { ...merge, run: ({ tx, by }) => searchDuplicates(tx, by) },
  'POST /duplicates/{pairId}/not-same': { ...merge, run: ({ tx, by, params }) => decideDuplicate(tx, by, { ...params, notSame: true }) },
  'POST /duplicates/{pairId}/reopen': { ...merge, run: ({ tx, by, params }) => decideDuplicate(tx, by, { ...params, notSame: false }) },
  'GET /contacts/{contactId}/duplicates': {
    ...read,
    run: async ({ tx, by, params }) => ({ items: await duplicatesOf(tx, by, params.contactId) }),
  },
  'GET /contacts/{contactId}/merge/{mergedId}': { ...merge, run: ({ tx, by, params }) => previewMerge(tx, by, params) },
  'POST /contacts/{contactId}/merge': { ...merge, run: ({ tx, by, params, body }) => mergeContacts(tx, by, { ...body, ...params }) },
  'GET /contacts/{contactId}/merges': {
    ...read,
    run: async ({ tx, by, params }) => ({ items: await listMerges(tx, by, params.contactId) }),
  },
  'GET /merges/{mergeId}/since': { ...merge, run: async ({ tx, by, params }) => ({ items: await sinceMerge(tx, by, params.mergeId) }) },
  'POST /merges/{mergeId}/undo': { ...merge, run: ({ tx, by, params, body }) => undoMerge(tx, by, { ...body, ...params }) },
  'GET /contacts/{contactId}/relations': {
    ...read,
    run: async ({ tx, by, params }) => ({ items: await listRelations(tx, by, params.contactId) }),
  },
  'POST /contacts/{contactId}/relations': { ...write, run: ({ tx, by, params, body }) => addRelation(tx, by, { ...body, ...params }) },
  'PATCH /contacts/{contactId}/relations/{relationId}': {
    ...write,
    run: ({ tx, by, params, body, version }) => editRelation(tx, by, { ...body, ...params, version }),
  },
  'DELETE /contacts/{contactId}/relations/{relationId}': {
    ...write,
    run: ({ tx, by, params }) => removeRelation(tx, by, { ...params, removed: true }),
  },
  'POST /contacts/{contactId}/relations/{relationId}/restore': {
    ...write,
    run: ({ tx, by, params }) => removeRelation(tx, by, { ...params, removed: false }),
  },
  'GET /companies': { ...readCompanies, run: ({ tx, by, query }) => listCompanies(tx, by, query) },
  'POST /companies': { ...writeCompanies, run: ({ tx, by, body }) => createCompany(tx, by, body) },
  'GET /companies/{companyId}': { ...readCompanies, run: ({ tx, by, params }) => loadCompany(tx, by, params.companyId) },
  'PATCH /companies/{companyId}': {
    ...writeCompanies,
    run: ({ tx, by, params, body, version }) => editCompany(tx, by, { ...body, ...params, version }),
  },
  'DELETE /companies/{companyId}': { ...writeCompanies, run: ({ tx, by, params }) => archiveCompany(tx, by, params.companyId) },
  'POST /companies/{companyId}/restore': { ...writeCompanies, run: ({ tx, by, params }) => restoreCompany(tx, by, params.companyId) },
  'GET /companies/{companyId}/contacts': {
    ...readCompanies,
    run: ({ tx, by, params, query }) => listCompanyContacts(tx, by, { ...query, ...params }),
  },
  'GET /contact-fields': { policy, may: 'contact_fields.read', run: async ({ tx, by }) => ({ items: await listFields(tx, by) }) },
  'POST /contact-fields': { ...manage, run: ({ tx, by, body }) => createField(tx, by, body) },
  'PATCH /contact-fields/{fieldId}': {
    ...manage,
    run: ({ tx, by, params, body, version }) => changeField(tx, by, { ...body, ...params, version }),
  },
  'PUT /contact-fields/order': { ...manage, run: async ({ tx, by, body }) => ({ items: await orderFields(tx, by, body.fieldIds) }) },
  'DELETE /contact-fields/{fieldId}': { ...manage, run: ({ tx, by, params }) => archiveField(tx, by, params.fieldId) },
  'POST /contact-fields/{fieldId}/restore': { ...manage, run: ({ tx, by, params }) => restoreField(tx, by, params.fieldId) },
  'GET /imports': { ...bring, run: ({ tx, by, query }) => listImports(tx, by, query) },
  'POST /imports': { ...bring, run: ({ tx, by, file }) => beginImport(tx, by, { file, how: 'upload' }) },
  'POST /imports/paste': { ...bring, run: ({ tx, by, body }) => pasteImport(tx, by, body) },
  'GET /imports/{importId}': { ...bring, run: ({ tx, by, params }) => loadImport(tx, by, params.importId) },
  'GET /imports/{importId}/cells': { ...bring, run: ({ tx, by, params }) => firstCells(tx, by, params.importId) },
  'GET /imports/{importId}/sample': { ...bring, run: ({ tx, by, params }) => sampleRows(tx, by, params.importId) },
  'PATCH /imports/{importId}': {
    ...bring,
    run: ({ tx, by, params, body, version }) => changeImport(tx, by, { ...body, ...params, version }),
  },
  'POST /imports/{importId}/check': { ...bring, run: ({ tx, by, params }) => checkImport(tx, by, params.importId) },
  'POST /imports/{importId}/start': { ...bring, run: ({ tx, by, params }) => startImport(tx, by, params.importId) },
  'POST /imports/{importId}/pause': { ...bring, run: ({ tx, by, params }) => pauseImport(tx, by, params.importId) },
  'POST /imports/{importId}/resume': { ...bring, run: ({ tx, by, params }) => resumeImport(tx, by, params.importId) },
  'POST /imports/{importId}/cancel': { ...bring, run: ({ tx, by, params }) => cancelImport(tx, by, params.importId) },
  'POST /imports/{importId}/undo': { ...bring, run: ({ tx, by, params }) => undoImport(tx, by, params.importId) },
  'GET /imports/{importId}/errors': { ...bring, run: ({ tx, by, params }) => errorFile(tx, by, params.importId) },
  'GET /segments': { ...readSegments, run: async ({ tx, by }) => ({ items: await listSegments(tx, by) }) },
  'POST /segments': { ...writeSegments, run: ({ tx, by, body }) => createSegment(tx, by, body) },
  'GET /segments/{segmentId}': { ...readSegments, run: ({ tx, by, params }) => loadSegment(tx, by, params.segmentId) },
  'PATCH /segments/{segmentId}': {
    ...writeSegments,
    run: ({ tx, by, params, body, version }) => editSegment(tx, by, { ...body, ...params, version }),
  },
  'DELETE /segments/{segmentId}': { ...writeSegments, run: ({ tx, by, params }) => removeSegment(tx, by, params.segmentId, true) },
  'POST /segments/{segmentId}/restore': { ...writeSegments, run: ({ tx, by, params }) => removeSegment(tx, by, params.segmentId, false) },
  'GET /segments/{segmentId}/count': {
    ...readSegments,
    run: ({ tx, by, params, query }) => countSegment(tx, by, { ...params, steps: query.steps === 'yes' }),
  },
  'GET /segments/{segmentId}/contacts': {
    ...readSegments,
    run: ({ tx, by, params, query }) => listSegmentContacts(tx, by, { ...query, ...params }),
  },
  'GET /lists': { ...readLists, run: async ({ tx, by, query }) => ({ items: await listLists(tx, by, query) }) },
  'POST /lists': { ...writeLists, run: ({ tx, by, body }) => createList(tx, by, body) },
  'GET /lists/{listId}': { ...readLists, run: ({ tx, by, params }) => loadList(tx, by, params.listId) },
  'PATCH /lists/{listId}': {
    ...writeLists,
    run: ({ tx, by, params, body, version }) => renameList(tx, by, { ...body, ...params, version }),
  },
  'DELETE /lists/{listId}': { ...writeLists, run: ({ tx, by, params }) => archiveList(tx, by, params.listId, true) },
  'POST /lists/{listId}/restore': { ...writeLists, run: ({ tx, by, params }) => archiveList(tx, by, params.listId, false) },
  'GET /contacts/{contactId}/lists': {
    ...readLists,
    run: async ({ tx, by, params }) => ({ items: await listsOf(tx, by, params.contactId) }),
  },
  'PUT /contacts/{contactId}/lists/{listId}': { ...fillLists, run: ({ tx, by, params }) => putOnList(tx, by, { ...params, on: true }) },
  'DELETE /contacts/{contactId}/lists/{listId}': { ...fillLists, run: ({ tx, by, params }) => putOnList(tx, by, { ...params, on: false }) },
  'POST /contacts/bulk': { ...write, run: ({ tx, by, body }) => changeMany(tx, by, body) },
  'GET /bulk-changes/{bulkChangeId}': { ...read, run: ({ tx, by, params }) => loadBulkChange(tx, by, params.bulkChangeId) },
  'POST /bulk-changes/{bulkChangeId}/undo': { ...write, run: ({ tx, by, params }) => undoBulkChange(tx, by, params.bulkChangeId) },
  'GET /list-exports': { ...takeOut, run: ({ tx, by, query }) => listExports(tx, by, query) },
  'POST /list-exports': { ...takeOut, run: ({ tx, by, body }) => beginExport(tx, by, body) },
  'GET /list-exports/{listExportId}': { ...takeOut, run: ({ tx, by, params }) => loadExport(tx, by, params.listExportId) },
  'POST /list-exports/{listExportId}/cancel': { ...takeOut, run: ({ tx, by, params }) => cancelExport(tx, by, params.listExportId) },
  'GET /list-exports/{listExportId}/file': { ...takeOut, run: ({ tx, by, params }) => exportFile(tx, by, params.listExportId) },
  'GET /tasks': { ...readTasks, run: ({ tx, by, query }) => listTasks(tx, by, query) },
  'GET /tasks/count': { ...readTasks, run: ({ tx, by, query }) => countTasks(tx, by, query) },
  'POST /tasks': { ...writeTasks, run: ({ tx, by, body }) => createTask(tx, by, body) },
  'GET /tasks/{taskId}': { ...readTasks, run: ({ tx, by, params }) => loadTask(tx, by, params.taskId) },
  'PATCH /tasks/{taskId}': { ...writeTasks, run: ({ tx, by, params, body, version }) => editTask(tx, by, { ...body, ...params, version }) },
  'POST /tasks/{taskId}/complete': { ...writeTasks, run: ({ tx, by, params }) => completeTask(tx, by, params.taskId) },
  'POST /tasks/{taskId}/reopen': { ...writeTasks, run: ({ tx, by, params }) => reopenTask(tx, by, params.taskId) },
  'DELETE /tasks/{taskId}': { ...writeTasks, run: ({ tx, by, params }) => removeTask(tx, by, params.taskId, true) },
  'POST /tasks/{taskId}/restore': { ...writeTasks, run: ({ tx, by, params }) => removeTask(tx, by, params.taskId, false) },
  'GET /tags': { ...read, run: async ({ tx, by }) => ({ items: await listTags(tx, by) }) },
})
