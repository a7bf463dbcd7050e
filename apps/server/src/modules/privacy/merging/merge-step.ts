import type { ContactId, Principal } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { contactFacts, type MergeStep, type MergingPair } from '../../contacts/index.ts'
import { restrictionOf } from '../erasure/restriction-of.ts'
import { stop } from '../suppression/suppress.ts'
import { stricterWishes, type Wishes } from './stricter-wishes.rules.ts'

/** What protects a person holds for whoever she turns out to be, and after an undo for both whom it may have been about. */
export const mergeStep: MergeStep = {
  name: 'privacy',
  async refuse(tx, pair) {
    await refuseErased(tx, pair)
    await refuseGuardian(tx, pair)
  },
  async merge(tx, _by, pair) {
    if (!(await restrictionOf(tx, pair.survivorId)) && (await restrictionOf(tx, pair.mergedId)))
      await emit(tx, 'contact.restricted', { contactId: pair.survivorId })
    return joinWishes(tx, pair)
  },
  refuseUndo: (tx, pair) => refuseErased(tx, pair),
  async undo(tx, by, { kept, mergedAt, ...pair }) {
    await partWishes(tx, pair, kept)
    await keepForBoth(tx, by, pair, mergedAt)
  },
}

async function refuseErased(tx: WorkspaceTx, { survivorId, mergedId }: MergingPair): Promise<void> {
  const erasure = await tx.db
    .selectFrom('erasure')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', [survivorId, mergedId])
    .executeTakeFirst()
  if (!erasure) return
  throw new Refusal('contacts/cannot-merge', { detail: 'One of the two is being erased. Nothing was changed.' })
}

async function refuseGuardian(tx: WorkspaceTx, { survivorId, mergedId }: MergingPair): Promise<void> {
  const ids = [survivorId, mergedId]
  const asked = await tx.db
    .selectFrom('guardian_consent')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', ids)
    .where('child_id', 'in', ids)
    .executeTakeFirst()
  if (!asked) return
  throw new Refusal('contacts/cannot-merge', { detail: 'One of the two is the parent or guardian of the other. Nothing was merged.' })
}

const columns = ['channels_off', 'hours', 'languages', 'at_most'] as const

const wishesOf = (tx: WorkspaceTx, contactId: ContactId) =>
  tx.db
    .selectFrom('preference')
    .select(['id', 'version', ...columns])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .forUpdate()
    .executeTakeFirst()

type JoinedWishes = { readonly id: string; readonly before: Wishes; readonly after: Wishes }

/** Where both asked for something, the one who stays asks for the stricter of the two. */
async function joinWishes(tx: WorkspaceTx, { survivorId, mergedId }: MergingPair): Promise<JoinedWishes | undefined> {
  const [own, others] = [await wishesOf(tx, survivorId), await wishesOf(tx, mergedId)]
  if (!own || !others) return undefined
  const { id, version, ...before } = own
  const after = stricterWishes(before, others)
  await setWishes(tx, id, version + 1, after)
  return { id, before, after }
}

const setWishes = (tx: WorkspaceTx, id: string, version: number, wishes: Wishes) =>
  tx.db
    .updateTable('preference')
    .set({
      version,
      updated_at: tx.now,
      channels_off: JSON.stringify(wishes.channels_off),
      hours: JSON.stringify(wishes.hours),
      languages: JSON.stringify(wishes.languages),
      at_most: wishes.at_most === null ? null : JSON.stringify(wishes.at_most),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

const keptWishes = z.object({ id: z.uuid(), before: z.record(z.string(), z.unknown()), after: z.record(z.string(), z.unknown()) })

/** What she asked for before, but for what she changed on her page since. */
async function partWishes(tx: WorkspaceTx, { survivorId }: MergingPair, kept: unknown): Promise<void> {
  const read = keptWishes.safeParse(kept)
  const now = await wishesOf(tx, survivorId)
  if (!read.success || now?.id !== read.data.id) return
  const { before, after } = read.data
  const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
  const back = Object.fromEntries(columns.map((column) => [column, same(now[column], after[column]) ? before[column] : now[column]]))
  await setWishes(tx, now.id, now.version + 1, { ...now, ...back } as Wishes)
}

/** What she said, or was said about her, while they were one, and that only ever protects: it may have been about either. */
async function keepForBoth(tx: WorkspaceTx, by: Principal, pair: MergingPair, mergedAt: Temporal.Instant): Promise<void> {
  const since = (column: string) => sql`${sql.ref(`r.${column}`)} > ${mergedAt}`
  await copyRows(tx, pair, 'consent', sql`r.action = 'withdrawn' and ${since('created_at')}`)
  await copyRows(tx, pair, 'data_use_answer', sql`r.answer = 'no' and ${since('created_at')}`)
  await copyRows(tx, pair, 'privacy_signal', since('created_at'))
  await copyRows(tx, pair, 'use_objection', since('since'))
  await copyRows(tx, pair, 'under_age', since('created_at'))
  const restricted = await copyRows(tx, pair, 'restriction', sql`r.lifted_at is null and ${since('since')}`)
  if (restricted > 0) await emit(tx, 'contact.restricted', { contactId: pair.mergedId })
  const stops = await tx.db
    .selectFrom('suppression')
    .select(['scope', 'channel', 'cause'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', pair.survivorId)
    .where('lifted_at', 'is', null)
    .where('created_at', '>', mergedAt)
    .execute()
  if (stops.length === 0) return
  const { points } = await contactFacts(tx, pair.mergedId)
  for (const { scope, channel, cause } of stops)
    for (const { kind, value } of points)
      if (scope !== 'channel' || channel !== null)
        await stop(tx, by, { kind, value, scope, ...(channel === null ? {} : { channel }), cause, contactId: pair.mergedId })
}

type Protecting = 'consent' | 'data_use_answer' | 'privacy_signal' | 'use_objection' | 'under_age' | 'restriction'

/** Writes rows of the one who stayed once more about the other, where the like is not there. Answers how many. */
async function copyRows(
  tx: WorkspaceTx,
  { survivorId, mergedId }: MergingPair,
  table: Protecting,
  which: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select r.id from ${sql.table(table)} r where r.workspace_id = ${tx.workspaceId} and r.contact_id = ${survivorId} and ${which} order by r.id`.execute(
    tx.db,
  )
  let copied = 0
  for (const { id } of rows) {
    const result = await sql`
      insert into ${sql.table(table)}
      select (jsonb_populate_record(r, jsonb_build_object('id', ${tx.newId()}::uuid, 'contact_id', ${mergedId}::uuid))).* from ${sql.table(table)} r
      where r.workspace_id = ${tx.workspaceId} and r.id = ${id}::uuid on conflict do nothing`.execute(tx.db)
    copied += Number(result.numAffectedRows ?? 0n)
  }
  return copied
}
