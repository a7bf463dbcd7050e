import { z } from 'zod'
import { ContactFilter } from './contacts-filter.ts'
import { ContactListQuery } from './contacts-list.ts'
import { fileToSave, routes } from './routes.ts'
import { Instant, PageQuery, pageOf } from './values.ts'

/** The kinds of file that a list is written into. `vcard3` is read by most telephones; own fields have no place in a card, but for birthdays and their like. */
export const ListExportFormat = z.enum(['csv', 'xlsx', 'vcard3', 'vcard4', 'json']).meta({ id: 'ListExportFormat' })
export type ListExportFormat = z.output<typeof ListExportFormat>

/** Which contacts: as `GET /contacts` is narrowed, the filter as it is. */
export const ListNarrowing = ContactListQuery.omit({ cursor: true, limit: true, sort: true })
  .extend({ filter: ContactFilter.optional() })
  .meta({ id: 'ListNarrowing' })
export type ListNarrowing = z.output<typeof ListNarrowing>

/** A list of contacts written into a file, or on its way there. */
export const ListExport = z
  .object({
    id: z.uuid(),
    format: ListExportFormat,
    narrowing: z.record(z.string(), z.unknown()),
    /** Only the contacts of the representative who asked. */
    ownOnly: z.boolean(),
    state: z.enum(['waiting', 'running', 'ready', 'failed', 'cancelled']),
    /** How many contacts there are to write; null until they are counted. */
    total: z.int().nullable(),
    done: z.int(),
    size: z.int().nullable(),
    /** Null once the file is gone: after 30 days, or because somebody on it was erased. */
    fileUntil: Instant.nullable(),
    byMemberId: z.uuid().nullable(),
    downloadedAt: Instant.nullable(),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'ListExport' })
export type ListExport = z.output<typeof ListExport>

const params = z.strictObject({ listExportId: z.uuid() })

export const listExportRoutes = routes({
  'GET /list-exports': {
    summary: 'Lists that were written into files, newest first',
    access: 'member',
    query: PageQuery,
    answer: pageOf(ListExport),
  },
  'POST /list-exports': {
    summary: 'Write the contacts of a list into a file; a representative gets her own ones',
    access: 'member',
    body: z.strictObject({ format: ListExportFormat.meta({ examples: ['csv'] }), narrowing: ListNarrowing.default({ archived: 'no' }) }),
    status: 202,
    answer: ListExport,
    refusals: ['contacts/too-many-exports', 'contacts/filter-not-usable'],
  },
  'GET /list-exports/{listExportId}': {
    summary: 'One of them: how far it is',
    access: 'member',
    params,
    answer: ListExport,
  },
  'POST /list-exports/{listExportId}/cancel': {
    summary: 'Stop writing it, or remove its file',
    access: 'member',
    params,
    answer: ListExport,
  },
  'GET /list-exports/{listExportId}/file': {
    summary: 'The file; each time is recorded in the audit log',
    access: 'member',
    params,
    answer: fileToSave,
    download: true,
    refusals: ['contacts/export-file-gone'],
  },
})
