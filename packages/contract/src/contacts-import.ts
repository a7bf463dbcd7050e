import { z } from 'zod'
import { CreateFieldBody } from './contacts-fields.ts'
import { DateOrder, Import, ImportGround, ImportRule, ImportSample, ImportTarget, importRule } from './contacts-import-shapes.ts'
import { fileToSave, routes } from './routes.ts'
import { Line, PageQuery, pageOf } from './values.ts'

const params = z.strictObject({ importId: z.uuid() })

/** An own field that is made on the way, for the column of this place. */
const NewField = CreateFieldBody.extend({ column: z.int().min(0) })

/** Only what is sent is changed. `columns` are all of them, in their order. */
export const ChangeImportBody = z.strictObject({
  columns: z.array(ImportTarget).max(4096).optional(),
  newFields: z.array(NewField).max(100).optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Write the country like US.')
    .nullable()
    .optional()
    .meta({ examples: ['US'] }),
  dateOrder: DateOrder.nullable().optional(),
  matchBy: z
    .array(z.enum(['email', 'phone']))
    .max(2)
    .optional(),
  rules: z.record(z.string().max(70), ImportRule).optional(),
  tags: z.array(Line(60)).max(20).optional(),
  ground: ImportGround.optional(),
  /** Said against what was found out: the file is looked at anew. */
  format: z
    .strictObject({
      encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh']).optional(),
      delimiter: z.enum([',', ';', '\t', '|']).optional(),
      header: z.boolean().optional(),
      sheet: z.string().max(120).optional(),
    })
    .optional(),
})

export const importRoutes = routes({
  'GET /imports': { summary: 'Imports of contacts, newest first', access: 'member', query: PageQuery, answer: pageOf(Import) },
  'POST /imports': {
    summary: 'Bring a list of people: CSV, TSV, Excel or vCard, up to 500 MB. It is looked at, and nothing is written before it is started',
    access: 'member',
    upload: importRule,
    status: 201,
    answer: Import,
    refusals: ['contacts/import-unreadable', 'contacts/too-many-imports', 'privacy/terms-not-accepted', 'http/too-large'],
  },
  'POST /imports/paste': {
    summary: 'The same with cells that were copied from a sheet',
    access: 'member',
    body: z.strictObject({ text: z.string().max(5_000_000) }),
    maxBodyBytes: 20_000_000,
    numbers: 'belong',
    status: 201,
    answer: Import,
    refusals: ['contacts/import-unreadable', 'contacts/too-many-imports', 'privacy/terms-not-accepted'],
  },
  'GET /imports/{importId}': {
    summary: 'One import: its columns, how far it is, what it would do and did',
    access: 'member',
    params,
    answer: Import,
  },
  'GET /imports/{importId}/cells': {
    summary: 'The first cells of each column, read from the file',
    access: 'member',
    params,
    answer: z.object({ columns: z.array(z.array(z.string())) }),
    refusals: ['contacts/import-file-gone'],
  },
  'GET /imports/{importId}/sample': {
    summary: 'What would become of the first rows, read from the file as it is mapped now',
    access: 'member',
    params,
    answer: z.object({ items: z.array(ImportSample) }),
    refusals: ['contacts/import-file-gone', 'contacts/import-not-ready'],
  },
  'PATCH /imports/{importId}': {
    summary: 'Settle an import: what becomes of each column, who is known again by what, how you know these people',
    access: 'member',
    params,
    body: ChangeImportBody,
    answer: Import,
    ifMatch: true,
    refusals: ['contacts/import-not-ready', 'contacts/sensitive-field'],
  },
  'POST /imports/{importId}/check': {
    summary: 'A dry run: what it would do and allow. Nothing is written',
    access: 'member',
    params,
    answer: Import,
    refusals: ['contacts/import-not-ready', 'contacts/import-file-gone', 'contacts/ground-missing'],
  },
  'POST /imports/{importId}/start': {
    summary: 'Write the people of a list that was checked. Whoever starts it vouches for how the business knows them',
    access: 'member',
    params,
    body: z.strictObject({ vouched: z.literal(true) }),
    answer: Import,
    refusals: ['contacts/import-not-ready', 'contacts/import-file-gone', 'contacts/ground-missing', 'privacy/terms-not-accepted'],
  },
  'POST /imports/{importId}/pause': {
    summary: 'Hold an import on; what was written stays',
    access: 'member',
    params,
    answer: Import,
    refusals: ['contacts/import-not-ready'],
  },
  'POST /imports/{importId}/resume': {
    summary: 'Go on behind the last row that was written',
    access: 'member',
    params,
    answer: Import,
    refusals: ['contacts/import-not-ready', 'contacts/import-file-gone'],
  },
  'POST /imports/{importId}/cancel': {
    summary: 'End an import where it is. What was written stays, and can be undone',
    access: 'member',
    params,
    answer: Import,
    refusals: ['contacts/import-not-ready'],
  },
  'POST /imports/{importId}/undo': {
    summary: 'Take an import back, within 30 days. What people changed since stays, and whoever was erased stays away',
    access: 'member',
    params,
    answer: Import,
    refusals: ['contacts/import-not-ready'],
  },
  'GET /imports/{importId}/errors': {
    summary: 'The rows that were not taken, or not wholly, with the reasons, in the format of the file',
    access: 'member',
    params,
    answer: fileToSave,
    download: true,
    refusals: ['contacts/import-file-gone'],
  },
})
