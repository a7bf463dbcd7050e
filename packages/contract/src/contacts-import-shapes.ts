import { z } from 'zod'
import { FieldCategory, FieldKey, FieldType } from './contacts-fields.ts'
import { HandleChannel } from './contacts-handles.ts'
import { KitKey } from './privacy-consents.ts'
import { Currency, Instant, Line, Locale, PlainDate, Text } from './values.ts'

/** What a list may be: any file, told by its content. */
export const importRule = { purpose: 'import', types: [], maxBytes: 500_000_000 } as const

/** Where an import is. `reading`: the file is being looked at; `draft`: its columns wait to be settled; `checking`, `checked`: a dry run; `writing` until `finished`, `paused` or `cancelled`. */
export const ImportState = z
  .enum(['reading', 'draft', 'checking', 'checked', 'writing', 'paused', 'cancelled', 'finished', 'undoing', 'undone', 'failed'])
  .meta({ id: 'ImportState' })
export type ImportState = z.output<typeof ImportState>

/** Why a list could not be read, or went no further. */
export const ImportProblem = z
  .enum([
    'empty_file',
    'no_rows',
    'not_a_list',
    'old_workbook',
    'header_unreadable',
    'too_many_columns',
    'not_a_workbook',
    'workbook_damaged',
    'workbook_encrypted',
    'workbook_too_large',
    'no_such_sheet',
    'file_gone',
    'stopped',
  ])
  .meta({ id: 'ImportProblem' })
export type ImportProblem = z.output<typeof ImportProblem>

/** What a contact has that a column may hold. */
export const importFields = [
  'name',
  'namePrefix',
  'givenName',
  'middleName',
  'familyName',
  'nameSuffix',
  'company',
  'jobTitle',
  'email',
  'phone',
  'note',
  'tags',
  'language',
  'zone',
] as const

export const DateOrder = z.enum(['ymd', 'dmy', 'mdy']).meta({ id: 'DateOrder' })
export type DateOrder = z.output<typeof DateOrder>

const slot = z.int().min(0).max(4096)

/** What becomes of one column: nothing, something a contact has, the label of a number or address beside it, what she is called on a channel, an own field, or the day on which she last came or asked. */
export const ImportTarget = z
  .discriminatedUnion('use', [
    z.strictObject({ use: z.literal('ignore') }),
    z.strictObject({ use: z.literal('field'), field: z.enum(importFields), label: Line(40).optional(), slot: slot.optional() }),
    z.strictObject({ use: z.literal('label'), of: z.enum(['email', 'phone']), slot }),
    z.strictObject({ use: z.literal('own'), key: FieldKey }),
    z.strictObject({ use: z.literal('handle'), channel: HandleChannel }),
    z.strictObject({ use: z.literal('when') }),
  ])
  .meta({ id: 'ImportTarget' })
export type ImportTarget = z.output<typeof ImportTarget>

/** An own field as a column suggests it. */
export const FieldSuggestion = z
  .object({ label: z.string(), type: FieldType, category: FieldCategory, currency: Currency.nullable(), choices: z.array(z.string()) })
  .meta({ id: 'FieldSuggestion' })
export type FieldSuggestion = z.output<typeof FieldSuggestion>

/** A column of the list: its name there, what becomes of it, and how sure the proposal is (0 to 1). `suggests` is the own field that could be made for it. */
export const ImportColumn = z
  .object({
    name: z.string(),
    filled: z.int(),
    target: ImportTarget,
    confidence: z.number(),
    asks: z.array(z.enum(['date_order', 'decimal_sign', 'currency'])),
    dateOrder: DateOrder.nullable(),
    decimal: z.enum(['.', ',']),
    suggests: FieldSuggestion,
  })
  .meta({ id: 'ImportColumn' })
export type ImportColumn = z.output<typeof ImportColumn>

/** How the file is written, as it was found out or said. */
export const ImportFormat = z
  .object({
    kind: z.enum(['delimited', 'workbook', 'vcard']),
    program: z.enum(['google', 'google-old', 'outlook', 'hubspot', 'salesforce', 'zoho', 'frontdesk']).nullable(),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    header: z.boolean(),
    sheet: z.string().nullable(),
    sheets: z.array(z.string()),
  })
  .meta({ id: 'ImportFormat' })
export type ImportFormat = z.output<typeof ImportFormat>

/** What happens to something a contact has already: it stays, it is filled in where there is nothing, or the list wins. */
export const ImportRule = z.enum(['keep', 'fill', 'overwrite']).meta({ id: 'ImportRule' })
export type ImportRule = z.output<typeof ImportRule>

/**
 * How the business knows these people. `customers` bought or came, `asked` wrote or called, on the day in the column or, for those without one, on `on`. `consent`: they signed these words; `words` where
 * they were others than those of the kit, `proof` says where the papers are. `bought` and `unknown` allow nothing by themselves.
 */
export const ImportGround = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('customers'), on: PlainDate.optional() }),
    z.strictObject({ kind: z.literal('asked'), on: PlainDate.optional() }),
    z.strictObject({
      kind: z.literal('consent'),
      wording: KitKey,
      locale: Locale,
      words: Text(4000).optional(),
      proof: Line(200),
      on: PlainDate.optional(),
    }),
    z.strictObject({ kind: z.literal('bought') }),
    z.strictObject({ kind: z.literal('unknown') }),
  ])
  .meta({ id: 'ImportGround' })
export type ImportGround = z.output<typeof ImportGround>

const count = z.int()

/**
 * Rows by what became of them: new contacts, changed ones, those that had it all already, further rows of somebody in the same list, rows without anybody, people who were erased here, of places that are not
 * served. Besides, how many rows had cells that could not be read, and how many people are on a stop list.
 */
export const ImportCounts = z
  .object({
    rows: count,
    created: count,
    updated: count,
    unchanged: count,
    duplicate: count,
    invalid: count,
    erased: count,
    refused: count,
    withProblems: count,
    stopped: count,
  })
  .meta({ id: 'ImportCounts' })
export type ImportCounts = z.output<typeof ImportCounts>

/** How many of the people of a list may be reached on one way, once they are here, and what stands in the way of the others. */
export const ImportReach = z
  .object({
    way: z.enum(['email', 'call', 'text', 'ai_call']),
    allowed: count,
    reasons: z.array(z.object({ code: z.string(), count, remedy: z.string().nullable() })),
  })
  .meta({ id: 'ImportReach' })
export type ImportReach = z.output<typeof ImportReach>

export const Import = z
  .object({
    id: z.uuid(),
    version: z.int(),
    state: ImportState,
    problem: ImportProblem.nullable(),
    name: z.string(),
    how: z.enum(['upload', 'paste']),
    size: z.int(),
    format: ImportFormat.nullable(),
    columns: z.array(ImportColumn),
    /** Of telephone numbers without one (ISO 3166). */
    country: z.string().nullable(),
    /** How dates are written where a column does not tell; null: as found out. */
    dateOrder: DateOrder.nullable(),
    /** By what somebody is known again, in this order. */
    matchBy: z.array(z.enum(['email', 'phone'])),
    /** `all` for what is not named; `name`, `company`, `companyRole`, `locale`, `zone`, or `own.` and the key of an own field. */
    rules: z.record(z.string(), ImportRule),
    /** Every contact of the list gets these. */
    tags: z.array(z.string()),
    ground: ImportGround.nullable(),
    /** What a remembered mapping settled. */
    remembered: z.boolean(),
    /** Rows of the file, once they were counted. */
    rows: count.nullable(),
    /** Rows that are behind what runs now. */
    done: count,
    forecast: z.object({ counts: ImportCounts, reach: z.array(ImportReach), asked: count }).nullable(),
    counts: ImportCounts,
    /** Of an undo: contacts taken away, given their earlier values back, and kept because somebody worked with them since. */
    undo: z.object({ removed: count, restored: count, kept: count }),
    hasErrors: z.boolean(),
    undoUntil: Instant.nullable(),
    fileUntil: Instant.nullable(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'Import' })
export type Import = z.output<typeof Import>

/** A row of the list as it would come in. Nothing of it is stored. */
export const ImportSample = z
  .object({
    line: z.int(),
    outcome: z.enum(['created', 'updated', 'unchanged', 'duplicate', 'invalid', 'erased', 'refused']),
    stopped: z.boolean(),
    name: z.string(),
    points: z.array(z.string()),
    /** Whom it would be joined to. */
    contactId: z.uuid().nullable(),
    /** What of her would change: `name`, `points`, `own.colour`. */
    changes: z.array(z.string()),
    reasons: z.array(z.string()),
  })
  .meta({ id: 'ImportSample' })
export type ImportSample = z.output<typeof ImportSample>
