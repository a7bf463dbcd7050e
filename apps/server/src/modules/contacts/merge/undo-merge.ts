import type { ContactId, Principal, SinceMerge, UndoMergeBody, UndoneMerge } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import { actorOf, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import type { ContactRow } from '../contacts.tables.ts'
import { sameValue } from '../fields/field-value.rules.ts'
import { holdFields } from '../fields/index-values.ts'
import { recordChanges } from '../history/record-changes.ts'
import { firstOver, keepWriters, laterWriters, takeFromUnder } from '../import/buried.ts'
import { loadContact } from '../load-contact.ts'
import { nameOfCompany } from '../name-things.ts'
import { recordTimeline } from '../record-timeline.ts'
import { refreshSearchText } from '../write-points.ts'
import { lockMerge, type MergeRow, presentMerge } from './load-merge.ts'
import type { Images } from './merge.tables.ts'
import { giveRows, moveBack, type Place, placesOf } from './merge-places.ts'
import { partPoints } from './merge-points.ts'
import { mergeSteps } from './merge-steps.ts'
import { asChanges, readTwo, valueNow, writeValues } from './write-values.ts'

type Contact = Selectable<ContactRow>
/** What a person recognises and may say to whom it belongs. What hangs on it goes along. */
const givable: readonly string[] = ['booking', 'conversation', 'note', 'contact_point', 'request']

/** What came to a contact since a merge and could belong to the one who was merged into it, newest first. Throws 404. */
export async function sinceMerge(tx: WorkspaceTx, by: Principal, mergeId: string): Promise<SinceMerge[]> {
  contactsPolicy.require(by, 'contacts.merge')
  const merge = await tx.db
    .selectFrom('contact_merge')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mergeId)
    .executeTakeFirst()
  if (!merge) throw new Refusal('http/not-found', { detail: 'There is no such merge here.' })
  await loadContact(tx, by, merge.survivor_id)
  if (merge.undone_at !== null) return []
  const found = new Map<string, SinceMerge>()
  for (const { table, column } of (await placesOf(tx, 'contact')).filter((place) => givable.includes(place.table))) {
    const { rows } = await sql<{ id: string }>`
      select t.id from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId} and t.${sql.ref(column)} = ${merge.survivor_id} and t.id > ${mergeId}::uuid
      order by t.id desc limit 200`.execute(tx.db)
    for (const { id } of rows) found.set(id, { kind: table, id, at: madeAt(id) })
  }
  return [...found.values()].toSorted((one, other) => (one.id < other.id ? 1 : -1)).slice(0, 200)
}

/** Ids are ordered by the moment they were made, which they begin with (RFC 9562 §5.7). */
const madeAt = (id: string): string =>
  Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toString()

export type UndoMerge = z.output<typeof UndoMergeBody> & { readonly mergeId: string }

/**
 * Takes two contacts apart again. What hung on the merged one is its own again, and fields say what they said, but for what somebody changed since: that stays where it was
 * changed. What came since stays with the contact that stayed, unless it is given. Undoing twice changes nothing. Throws 404, `contacts/undo-later-first`, `contacts/cannot-merge`.
 */
export async function undoMerge(tx: WorkspaceTx, by: Principal, wish: UndoMerge): Promise<UndoneMerge> {
  contactsPolicy.require(by, 'contacts.merge')
  const merge = await lockMerge(tx, wish.mergeId)
  const pair = { survivorId: merge.survivor_id, mergedId: merge.merged_id }
  const { survivor, merged } = await readTwo(tx, by, pair, { hold: true })
  if (merge.undone_at !== null) return answer(tx, by, merge.id, [])
  await refuseLater(tx, merge)
  for (const step of mergeSteps.all()) await step.refuseUndo?.(tx, pair)
  await holdFields(tx, 'together')
  const kept = merge.kept ?? { fields: {}, points: {}, steps: {}, lastDealing: null }

  const places = await placesOf(tx, 'contact')
  for (const { kind, id } of wish.give) await give(tx, places, { kind, id, mergeId: merge.id, from: survivor.id, to: merged.id })
  for (const place of places) {
    if (place.table === 'contact_point') await partPoints(tx, merge.id, pair, kept.points, place)
    else await moveBack(tx, place, merge.id)
  }
  await tx.db
    .updateTable('contact')
    .set({ merged_into: null, merged_at: null, version: merged.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', merged.id)
    .execute()
  await refreshSearchText(tx, merged.id)
  const { back, stayed } = await whatReturns(tx, { merge, survivor }, kept.fields)
  const version = await writeValues(tx, survivor, Object.fromEntries(Object.entries(back).map(([field, { after }]) => [field, after])), {
    ...(sameValue(survivor.last_dealing_at, kept.lastDealing?.after)
      ? { last_dealing_at: Temporal.Instant.from(String(kept.lastDealing?.before)) }
      : {}),
  })
  for (const step of mergeSteps.all()) await step.undo?.(tx, by, { ...pair, kept: kept.steps[step.name], mergedAt: merge.merged_at })

  const who = actorOf(by)
  await tx.db
    .updateTable('contact_merge')
    .set({ kept: null, undone_at: tx.now, undone_by_kind: who.type, undone_by_id: who.id === '' ? null : who.id })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', merge.id)
    .execute()
  await tx.db.deleteFrom('contact_merge_row').where('workspace_id', '=', tx.workspaceId).where('merge_id', '=', merge.id).execute()
  await removeLeftCompanies(tx, kept.fields.company)

  await recordChanges(tx, by, {
    contactId: survivor.id,
    version,
    restored: true,
    changes: [{ field: 'merged', before: { mergeId: merge.id, name: merged.name }, after: null }, ...(await asChanges(tx, back))],
  })
  await audit(tx, by, { action: 'contact.unmerged', object: { type: 'contact', id: survivor.id }, result: 'done' })
  for (const [one, other] of [
    [survivor, merged],
    [merged, survivor],
  ] as const) {
    await recordTimeline(tx, {
      contactId: one.id,
      kind: 'contact.unmerged',
      actor: by,
      subject: { type: 'contact', id: other.id },
      summary: { key: 'contact_unmerged', values: { other: other.name } },
    })
    await emit(tx, 'contact.changed', { contactId: one.id })
  }
  await emit(tx, 'contact.unmerged', { contactId: survivor.id, mergedContactId: merged.id, mergeId: merge.id })
  return answer(tx, by, merge.id, stayed)
}

/** Merges of the same people are undone from the last one back: each kept what it met. */
async function refuseLater(tx: WorkspaceTx, merge: MergeRow): Promise<void> {
  const later = await tx.db
    .selectFrom('contact_merge')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('undone_at', 'is', null)
    .where('id', '>', merge.id)
    .where((or) => or.or([or('survivor_id', '=', merge.survivor_id), or('merged_id', '=', merge.survivor_id)]))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!later) return
  throw new Refusal('contacts/undo-later-first', {
    detail: 'Others were merged with this contact since. Undo the last of these merges first. Nothing was changed.',
    mergeId: later.id,
  })
}

/**
 * The fields that return to what they were, and those that somebody changed since and that stay. Where a list wrote over one since, taking that list back brings back what was there before
 * the merge. A company that is gone cannot come back.
 */
async function whatReturns(tx: WorkspaceTx, { merge, survivor }: { readonly merge: MergeRow; readonly survivor: Contact }, images: Images) {
  const writers = (await laterWriters(tx, [survivor.id], null)).filter(({ kind }) => kind === 'row')
  for (const [field, image] of Object.entries(images)) {
    const over = firstOver(writers, merge.id, survivor.id, field)
    const named = async (value: unknown) => (field === 'company' ? nameOfCompany(tx, value as string | null) : value)
    if (over) takeFromUnder(over, field, { before: await named(image.before), after: await named(image.after) })
  }
  await keepWriters(tx, writers)
  const back: Record<string, { before: unknown; after: unknown }> = {}
  const stayed: string[] = []
  for (const [field, { before, after }] of Object.entries(images)) {
    const now = valueNow(survivor, field)
    const there = field !== 'company' || before === null || (await companyIsThere(tx, String(before)))
    if (sameValue(now, before)) continue
    const over = firstOver(writers, merge.id, survivor.id, field)
    if (!over && sameValue(now, after) && there) back[field] = { before: now, after: before }
    else stayed.push(field)
  }
  return { back, stayed }
}

/** Companies that came with a list that was taken back, and that this merge alone still remembered. */
async function removeLeftCompanies(
  tx: WorkspaceTx,
  image: { readonly before: unknown; readonly after: unknown } | undefined,
): Promise<void> {
  const ids = [image?.before, image?.after].filter((id): id is string => typeof id === 'string')
  if (ids.length === 0) return
  await sql`
    delete from company f where f.workspace_id = ${tx.workspaceId} and f.version = 1 and f.id = any(${ids}::uuid[])
      and not exists (select from contact c where c.workspace_id = f.workspace_id and c.company_id = f.id)
      and not exists (
        select from contact_merge m where m.workspace_id = f.workspace_id and m.undone_at is null and m.kept -> 'fields' -> 'company' ->> 'before' = f.id::text)
      and exists (
        select from import i join import_row r on r.workspace_id = i.workspace_id and r.import_id = i.id
        where i.workspace_id = f.workspace_id and i.state = 'undone' and r.made -> 'companies' ? f.id::text)`.execute(tx.db)
}

async function companyIsThere(tx: WorkspaceTx, companyId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('company')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', companyId)
    .executeTakeFirst()
  return row !== undefined
}

type Give = { readonly kind: string; readonly id: string; readonly mergeId: string; readonly from: ContactId; readonly to: ContactId }

/** Gives something that came since to the contact that goes apart, with what hangs on it. Throws `http/invalid-request` for what there is not. */
async function give(tx: WorkspaceTx, places: readonly Place[], { kind, id, mergeId, from, to }: Give): Promise<void> {
  const own = places.filter(({ table }) => table === kind && givable.includes(table) && id > mergeId)
  const gone: string[] = []
  for (const place of own) {
    if (place.table === 'contact_point') await unprefer(tx, id)
    gone.push(...(await giveRows(tx, place, { ids: [id], from, to })))
  }
  if (gone.length === 0)
    throw new Refusal('http/invalid-request', {
      detail: `give: there is no ${kind.replaceAll('_', ' ')} ${id} that came since the merge. Nothing was changed.`,
      faults: [{ path: 'body.give', code: 'unknown_row', message: 'Choose what GET /merges/{mergeId}/since lists.' }],
    })
  const { rows } = await sql<{ table: string; column: string }>`
    select k.conrelid::regclass::text as "table", a.attname::text as "column" from pg_constraint k
    cross join lateral unnest(k.conkey, k.confkey) as pair (own, theirs)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
    join pg_attribute f on f.attrelid = k.confrelid and f.attnum = pair.theirs
    where k.contype = 'f' and k.conparentid = 0 and k.confrelid = ${`public.${kind}`}::regclass and f.attname = 'id'`.execute(tx.db)
  for (const { table, column } of rows)
    for (const place of places.filter((each) => each.table === table && table !== kind)) {
      const { rows: hanging } = await sql<{ id: string }>`
        select t.id from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId} and t.${sql.ref(column)} = ${id}::uuid`.execute(
        tx.db,
      )
      await giveRows(tx, place, { ids: hanging.map((row) => row.id), from, to })
    }
}

const unprefer = (tx: WorkspaceTx, pointId: string) =>
  sql`update contact_point set preferred = false where workspace_id = ${tx.workspaceId} and id = ${pointId}::uuid`.execute(tx.db)

async function answer(tx: WorkspaceTx, by: Principal, mergeId: string, stayed: readonly string[]): Promise<UndoneMerge> {
  const row = await tx.db
    .selectFrom('contact_merge')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mergeId)
    .executeTakeFirstOrThrow()
  return {
    merge: await presentMerge(tx, row),
    survivor: await loadContact(tx, by, row.survivor_id),
    merged: await loadContact(tx, by, row.merged_id),
    stayed: [...stayed],
  }
}
