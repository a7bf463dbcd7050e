import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { sameValue } from '../fields/field-value.rules.ts'
import { foldText } from '../fold-text.ts'
import type { Images, Kept } from '../merge/merge.tables.ts'
import type { RowChange } from './import.tables.ts'
import { asRows } from './statements.ts'

type Image = { before: unknown; after: unknown }

/** Something that wrote over what others wrote, and can be taken back itself: a row of another list, or a merge. */
export type LaterWriter = {
  readonly kind: 'row' | 'merge'
  /** Ordered by when it wrote. */
  readonly id: string
  /** Whose fields it wrote. */
  readonly contactId: ContactId
  /** Whom it made part of her. */
  readonly mergedId: ContactId | null
  readonly images: Map<string, Image>
  dirty: boolean
}

/**
 * Whatever wrote fields of these contacts and can still be taken back, but for the rows of one list. What was written there is what stands on a card, or what one of these will bring back; so
 * whoever takes back what lies under one of them changes what it brings back. A company is its name.
 */
export async function laterWriters(
  tx: WorkspaceTx,
  contactIds: readonly ContactId[],
  exceptImport: string | null,
): Promise<readonly LaterWriter[]> {
  if (contactIds.length === 0) return []
  const ids = [...contactIds]
  const { rows } = await sql<{ id: string; contact_id: ContactId; fields: NonNullable<RowChange['fields']> }>`
    select id, contact_id, changed -> 'fields' as fields from import_row
    where workspace_id = ${tx.workspaceId} and contact_id = any(${ids}::uuid[]) and changed ? 'fields' and outcome <> 'created'
      and import_id::text is distinct from ${exceptImport}::text
    for update`.execute(tx.db)
  const { rows: merges } = await sql<{ id: string; survivor_id: ContactId; merged_id: ContactId; fields: Images }>`
    select id, survivor_id, merged_id, kept -> 'fields' as fields from contact_merge
    where workspace_id = ${tx.workspaceId} and (survivor_id = any(${ids}::uuid[]) or merged_id = any(${ids}::uuid[])) and undone_at is null and kept ? 'fields'
    for update`.execute(tx.db)
  const names = await companyNames(
    tx,
    merges.flatMap(({ fields }) => [fields.company?.before, fields.company?.after]),
  )
  const named = (field: string, value: unknown) => (field === 'company' && value !== null ? (names.get(String(value)) ?? null) : value)
  return [
    ...rows.map(
      ({ id, contact_id, fields }): LaterWriter => ({
        kind: 'row',
        id,
        contactId: contact_id,
        mergedId: null,
        images: new Map(Object.entries(fields).map(([field, [before, after]]) => [field, { before, after }])),
        dirty: false,
      }),
    ),
    ...merges.map(
      ({ id, survivor_id, merged_id, fields }): LaterWriter => ({
        kind: 'merge',
        id,
        contactId: survivor_id,
        mergedId: merged_id,
        images: new Map(
          Object.entries(fields).map(([field, { before, after }]) => [field, { before: named(field, before), after: named(field, after) }]),
        ),
        dirty: false,
      }),
    ),
  ].toSorted((one, other) => (one.id < other.id ? -1 : 1))
}

/** Whether a field says the same; a company does however its name is written. */
export const saysSame = (field: string, one: unknown, other: unknown): boolean =>
  sameValue(one, other) ||
  (field === 'company' && typeof one === 'string' && typeof other === 'string' && foldText(one) === foldText(other))

/** The first that wrote over a field of a contact since. */
export const firstOver = (writers: readonly LaterWriter[], since: string, contactId: ContactId, field: string): LaterWriter | undefined =>
  writers.find((writer) => writer.contactId === contactId && writer.id > since && writer.images.has(field))

/**
 * Takes a value away under the one who wrote over it: what it would bring back is what was there before. Where a person wrote something in between, that is what it brings back, and stays.
 */
export function takeFromUnder(writer: LaterWriter, field: string, { before, after }: Image): void {
  const image = writer.images.get(field)
  if (!image || !saysSame(field, image.before, after)) return
  image.before = before
  writer.dirty = true
}

/**
 * What a merge took over from the one who was merged, now that she says something else: that, or what the contact that stays said herself. Then the merge writes over nothing any more, and
 * whatever is taken away under it is taken from what stands there.
 */
export function takenAnew(writer: LaterWriter, field: string, was: unknown, now: unknown): unknown {
  const image = writer.images.get(field)
  if (!image) return undefined
  if (saysSame(field, image.after, was) && now === null) {
    writer.images.delete(field)
    writer.dirty = true
    return image.before
  }
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
  const both = (value: unknown) => [...new Set([...list(image.before), ...list(value)])]
  if (saysSame(field, image.after, was)) image.after = now
  else if (Array.isArray(image.after) && sameValue(image.after, both(was))) image.after = both(now).length > 0 ? both(now) : null
  else return undefined
  writer.dirty = true
  return image.after
}

/** Writes what those bring back by now. */
export async function keepWriters(tx: WorkspaceTx, writers: readonly LaterWriter[]): Promise<void> {
  const dirty = writers.filter((writer) => writer.dirty)
  const rows = dirty.filter(({ kind }) => kind === 'row')
  if (rows.length > 0) {
    const text = asRows(
      rows.map(({ id, images }) => ({
        id,
        fields: Object.fromEntries([...images].map(([field, { before, after }]) => [field, [before, after]])),
      })),
    )
    await sql`
      update import_row r set changed = jsonb_set(r.changed, '{fields}', one.fields)
      from json_to_recordset(${text}::json) as one (id uuid, fields jsonb)
      where r.workspace_id = ${tx.workspaceId} and r.id = one.id and r.changed is not null`.execute(tx.db)
  }
  for (const { id, images } of dirty.filter(({ kind }) => kind === 'merge')) {
    const ids = await companyIds(tx, images.get('company'))
    const fields = Object.fromEntries(
      [...images].map(([field, { before, after }]) => [
        field,
        field === 'company' ? { before: ids(before), after: ids(after) } : { before, after },
      ]),
    ) satisfies Kept['fields']
    await sql`
      update contact_merge set kept = jsonb_set(kept, '{fields}', ${JSON.stringify(fields)}::jsonb)
      where workspace_id = ${tx.workspaceId} and id = ${id} and kept is not null`.execute(tx.db)
  }
}

async function companyNames(tx: WorkspaceTx, ids: readonly unknown[]): Promise<ReadonlyMap<string, string>> {
  const wanted = ids.filter((id): id is string => typeof id === 'string')
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from company where workspace_id = ${tx.workspaceId} and id = any(${wanted}::uuid[])`.execute(tx.db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function companyIds(tx: WorkspaceTx, image: Image | undefined): Promise<(name: unknown) => string | null> {
  const names = [image?.before, image?.after].filter((name): name is string => typeof name === 'string')
  if (names.length === 0) return () => null
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from company where workspace_id = ${tx.workspaceId} and name = any(${names}::text[])`.execute(tx.db)
  return (name) => rows.find((row) => row.name === name)?.id ?? null
}
