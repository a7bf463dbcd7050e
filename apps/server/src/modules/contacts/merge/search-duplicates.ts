import type { ContactId, DuplicateSearch, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit, type Subscriber, subscribe } from '../../../platform/events/index.ts'
import { defineJob, enqueue, type Job } from '../../../platform/jobs/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { findDuplicates } from './find-duplicates.ts'
import type { DuplicateSearchRow } from './merge.tables.ts'

const AT_ONCE = 500
/** A search that did not move for so long was lost; a new one may begin. */
const LOST_AFTER = { hours: 6 }

/** Looks through all contacts, some hundred at a time, and says how far it is. */
export const searchDuplicatesJob: Job<Record<string, never>> = defineJob({
  name: 'contacts.search-duplicates',
  payload: z.strictObject({}),
  fields: {},
  timeoutSeconds: 4 * 3600,
  concurrency: 1,
  run: async ({ inWorkspace, signal }) => {
    await inWorkspace(async (tx) => void (await begin(tx)))
    let after: ContactId | undefined
    do {
      signal.throwIfAborted()
      const from = after
      after = await inWorkspace((tx) => searchNext(tx, from))
    } while (after !== undefined)
    await inWorkspace(async (tx) => {
      await tx.db.updateTable('duplicate_search').set({ finished_at: tx.now }).where('workspace_id', '=', tx.workspaceId).execute()
    })
  },
})

async function searchNext(tx: WorkspaceTx, after: ContactId | undefined): Promise<ContactId | undefined> {
  const contacts = await tx.db
    .selectFrom('contact')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .$if(after !== undefined, (query) => query.where('id', '>', after as ContactId))
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
  await findDuplicates(
    tx,
    contacts.map(({ id }) => id),
  )
  await sql`update duplicate_search set looked = looked + ${contacts.length}, total = greatest(total, looked + ${contacts.length}) where workspace_id = ${tx.workspaceId}`.execute(
    tx.db,
  )
  return contacts.length < AT_ONCE ? undefined : contacts.at(-1)?.id
}

async function begin(tx: WorkspaceTx): Promise<Selectable<DuplicateSearchRow>> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from contact where workspace_id = ${tx.workspaceId}`.execute(
    tx.db,
  )
  const values = { looked: 0, total: rows[0]?.total ?? 0, started_at: tx.now, finished_at: null }
  return tx.db
    .insertInto('duplicate_search')
    .values({ workspace_id: tx.workspaceId, id: tx.newId(), ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id']).doUpdateSet(values))
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** How far the last search is; null where there was none. */
export async function lastSearch(tx: WorkspaceTx): Promise<DuplicateSearch | null> {
  const row = await searchRow(tx)
  return row ? presentSearch(row) : null
}

const searchRow = (tx: WorkspaceTx) =>
  tx.db.selectFrom('duplicate_search').selectAll().where('workspace_id', '=', tx.workspaceId).executeTakeFirst()

const presentSearch = (row: Selectable<DuplicateSearchRow>): DuplicateSearch => ({
  looked: row.looked,
  total: row.total,
  startedAt: row.started_at.toString(),
  finishedAt: row.finished_at?.toString() ?? null,
})

/** Starts to look through all contacts. While one search runs, asking again starts no other. */
export async function searchDuplicates(tx: WorkspaceTx, by: Principal): Promise<DuplicateSearch> {
  contactsPolicy.require(by, 'contacts.merge')
  return beginSearch(tx)
}

/** The same for whoever wrote many contacts at once, and asks nobody's permission. */
export async function beginSearch(tx: WorkspaceTx): Promise<DuplicateSearch> {
  const row = await searchRow(tx)
  const running = row?.finished_at === null && Temporal.Instant.compare(row.started_at.add(LOST_AFTER), tx.now) > 0
  if (row && running) return presentSearch(row)
  await enqueue(tx, searchDuplicatesJob, {}, { singletonKey: 'all' })
  return presentSearch(await begin(tx))
}

const name = 'contacts.look-for-duplicates'

async function lookAt(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<void> {
  const count = await findDuplicates(tx, contactIds)
  const [contactId] = contactIds
  if (count > 0 && contactId !== undefined) await emit(tx, 'duplicates.found', { contactId, count })
}

/** Looks at whoever is new or was changed; after many at once, at all. */
export const duplicateSubscribers: readonly Subscriber[] = [
  subscribe('contact.created', {
    name: `${name}-of-new`,
    run: async (context, { payload }) => void (await context.inWorkspace((tx) => lookAt(tx, [payload.contactId as ContactId]))),
  }),
  subscribe('contact.changed', {
    name: `${name}-of-changed`,
    run: async (context, { payload }) => void (await context.inWorkspace((tx) => lookAt(tx, [payload.contactId as ContactId]))),
  }),
  subscribe('contacts.changed', {
    name: `${name}-of-many`,
    run: async (context) => void (await context.inWorkspace(beginSearch)),
  }),
  ...(['contact.merged', 'contact.unmerged'] as const).map((event) =>
    subscribe(event, {
      name: `${name}-after-${event === 'contact.merged' ? 'merge' : 'undo'}`,
      run: async (context, { payload }) =>
        void (await context.inWorkspace((tx) => lookAt(tx, [payload.contactId as ContactId, payload.mergedContactId as ContactId]))),
    }),
  ),
]
