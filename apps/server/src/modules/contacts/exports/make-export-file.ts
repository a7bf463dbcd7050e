import type { ContactId, HandleChannel, ListExportFormat } from '@frontdesk/contract'
import { type PeopleFormat, type Person, writePeople } from '@frontdesk/interchange'
import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { recordFile } from '../../../platform/files/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { fieldsInUse } from '../fields/list-fields.ts'
import { importSurroundings } from '../import/surroundings.ts'
import { handleColumn } from '../import/targets.rules.ts'
import { narrowedContacts } from '../list-contacts.ts'
import { isAnybodyRelated } from '../relations/relations-in-words.ts'
import type { StoredListExport } from './list-export.tables.ts'
import { fileDays, setExport } from './load-export.ts'
import { fieldNames, type PeopleFacts, peopleOf, relationsColumn } from './people-of.ts'

const AT_ONCE = 500
const LARGEST_BYTES = 2_000_000_000

/** Somebody stopped it meanwhile. */
class Stopped extends Error {}

/** Writes one list into a file, encrypted under a key of its own. Begun anew after a crash; what lay half in the store is swept away. */
export const makeExportFileJob: Job<{ listExportId: string }> = defineJob({
  name: 'contacts.make-export-file',
  endsWithClosing: true,
  payload: z.strictObject({ listExportId: z.uuid() }),
  fields: { listExportId: system },
  timeoutSeconds: 3600,
  concurrency: 1,
  run: async (context, { listExportId }) => {
    try {
      await makeFile(context, listExportId)
    } catch (error) {
      if (error instanceof Stopped) return
      if (context.lastAttempt)
        await context.inWorkspace(async (tx) => {
          const row = await held(tx, listExportId)
          if (row.state === 'running') await setExport(tx, listExportId, { state: 'failed', finished_at: tx.now })
        })
      throw error
    }
  },
})

const formats: Readonly<Record<ListExportFormat, { readonly format: PeopleFormat; readonly ending: string }>> = {
  csv: { format: 'csv', ending: 'csv' },
  xlsx: { format: 'xlsx', ending: 'xlsx' },
  vcard3: { format: 'vcard-3.0', ending: 'vcf' },
  vcard4: { format: 'vcard-4.0', ending: 'vcf' },
  json: { format: 'json', ending: 'json' },
}

async function makeFile(context: JobContext, listExportId: string): Promise<void> {
  const { files } = importSurroundings.get()
  const { row, facts, shape } = await context.inWorkspace((tx) => begin(tx, listExportId))
  const { format, ending } = formats[row.format]
  const now = context.database.clock()
  const written: ContactId[] = []
  const stored = await files.put(
    writePeople(peopleIn(context, row, facts, written), format, {
      shape,
      // A spreadsheet takes UTF-8 for something else without a mark, and would run what begins like a formula.
      writing: { mark: true, guardFormulas: true },
    }),
    {
      workspaceId: context.workspaceId,
      subjects: [], // about many: it goes with the first who is erased
      purpose: 'export',
      name: `contacts-${now.toString().slice(0, 10)}.${ending}`,
      maxBytes: LARGEST_BYTES,
      now,
      expiresAt: now.add({ hours: 24 * fileDays }),
    },
  )
  const kept = await context.inWorkspace(async (tx) => {
    if ((await held(tx, listExportId)).state !== 'running') return 'stopped'
    // Whoever was erased while it was written must not be in it.
    if (!(await areAllHere(tx, written))) return 'again'
    await recordFile(tx, stored)
    await setExport(tx, listExportId, { state: 'ready', file_id: stored.id, size: stored.size, done: written.length, finished_at: tx.now })
    await audit(tx, context.by, { action: 'list_export.written', object: { type: 'list_export', id: listExportId }, result: 'done' })
    return 'kept'
  })
  if (kept === 'kept') return
  await files.erase({ workspaceId: context.workspaceId, id: stored.id })
  if (kept === 'again') throw new Error('Somebody on the list went while it was written.')
}

const held = (tx: WorkspaceTx, listExportId: string): Promise<StoredListExport> =>
  tx.db
    .selectFrom('list_export')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', listExportId)
    .forUpdate()
    .executeTakeFirstOrThrow()

async function begin(tx: WorkspaceTx, listExportId: string) {
  const row = await held(tx, listExportId)
  if (row.state !== 'waiting' && row.state !== 'running') throw new Stopped()
  const { count } = await narrowedContacts(tx, row.only_of, row.narrowing)
  await setExport(tx, listExportId, { state: 'running', total: await count(), done: 0 })
  const fields = await fieldsInUse(tx)
  const members = await tx.db.selectFrom('member').select(['id', 'name']).where('workspace_id', '=', tx.workspaceId).execute()
  const facts: PeopleFacts = {
    fields,
    names: fieldNames(fields),
    members: new Map(members.map(({ id, name }) => [id, name])),
    relations: await isAnybodyRelated(tx),
    onlyOf: row.only_of,
    cards: row.format === 'vcard3' || row.format === 'vcard4',
  }
  const used = await channelsInUse(tx)
  const custom = [...facts.names.values(), ...used.map(handleColumn), ...(facts.relations ? [relationsColumn] : [])]
  return { row, facts, shape: { ...(await widest(tx)), custom } }
}

/** As many columns for addresses and numbers as anybody has, so that each keeps its label; beyond some the last one holds the rest. */
async function widest(
  tx: WorkspaceTx,
): Promise<{ readonly emails: number; readonly phones: number; readonly addresses: number; readonly websites: number }> {
  const counted = await tx.db
    .selectFrom('contact_point')
    .select(['kind', ({ fn }) => fn.countAll<number>().as('most')])
    .where('workspace_id', '=', tx.workspaceId)
    .groupBy(['contact_id', 'kind'])
    .orderBy('most', 'desc')
    .orderBy('kind')
    .execute()
  const most = (kind: 'email' | 'phone') => Math.min(8, Math.max(1, Number(counted.find((each) => each.kind === kind)?.most ?? 1)))
  return { emails: most('email'), phones: most('phone'), addresses: 0, websites: 0 }
}

/** The channels on which anybody has a handle, by name. */
async function channelsInUse(tx: WorkspaceTx): Promise<readonly HandleChannel[]> {
  const { rows } = await sql<{ channel: HandleChannel }>`
    select distinct split_part(value_normalized, ':', 1) as channel from contact_point
    where workspace_id = ${tx.workspaceId} and kind = 'handle' order by 1`.execute(tx.db)
  return rows.map(({ channel }) => channel)
}

/** The persons of the list, some at a time, each in a transaction of its own that also says how far it is. Throws when somebody stopped it. */
async function* peopleIn(context: JobContext, row: StoredListExport, facts: PeopleFacts, written: ContactId[]): AsyncGenerator<Person> {
  let after: ContactId | undefined
  for (;;) {
    context.signal.throwIfAborted()
    const people = await context.inWorkspace(async (tx) => {
      if ((await held(tx, row.id)).state !== 'running') throw new Stopped()
      const { query } = await narrowedContacts(tx, row.only_of, row.narrowing)
      const rows = await query
        .select('contact.id')
        .$if(after !== undefined, (each) => each.where('contact.id', '>', after as ContactId))
        .orderBy('contact.id')
        .limit(AT_ONCE)
        .execute()
      const ids = rows.map(({ id }) => id)
      const found = await peopleOf(tx, ids, facts)
      written.push(...ids)
      after = ids.at(-1)
      if (ids.length > 0) await setExport(tx, row.id, { done: written.length })
      return { found, isLast: ids.length < AT_ONCE }
    })
    yield* people.found
    if (people.isLast) return
  }
}

async function areAllHere(tx: WorkspaceTx, ids: readonly ContactId[]): Promise<boolean> {
  for (let from = 0; from < ids.length; from += 10_000) {
    const some = ids.slice(from, from + 10_000)
    const { count } = await tx.db
      .selectFrom('contact')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', 'in', some)
      .executeTakeFirstOrThrow()
    if (Number(count) !== some.length) return false
  }
  return true
}
