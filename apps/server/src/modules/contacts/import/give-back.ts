import type { ContactId, FieldValue } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { indexValues } from '../fields/index-values.ts'
import { readFields } from '../fields/list-fields.ts'
import { foldText } from '../fold-text.ts'
import { carryUp, holdAllParts } from '../merge/carry-up.ts'
import { forgetTaken } from '../segments/take-back-act.ts'
import { firstOver, keepWriters, type LaterWriter, laterWriters, saysSame, takeFromUnder, takenAnew } from './buried.ts'
import type { RowChange, RowOutcome, StoredImport } from './import.tables.ts'
import { draftsOf } from './load-known.ts'
import { idsOfNames } from './names-in-bulk.ts'
import type { Draft } from './plan-batch.rules.ts'
import { type PointValue, unshare, unshareLast } from './unshare.ts'
import { updateContacts } from './write-batch.ts'
import { insertChanges, insertTimelineLines } from './write-history.ts'

/** What a row did, and whether its list made her with another row. */
export type UndoneRow = {
  readonly id: string
  readonly number: number
  readonly outcome: RowOutcome
  readonly contact_id: ContactId | null
  readonly changed: RowChange | null
  readonly made_here: boolean
}

type Changing = UndoneRow & { readonly contact_id: ContactId; readonly changed: RowChange }

/**
 * Gives those who were there back what these rows replaced, the last row first. A value of the list gives way to the one before it; where another list or a merge wrote over it, that one
 * brings back what was there before this list; one that a person wrote since stays. Who is part of another contact by now is given hers, and the other one what she has from her. Answers of
 * how many something came back.
 */
export async function giveBack(tx: WorkspaceTx, row: StoredImport, rows: readonly UndoneRow[]): Promise<number> {
  const changing = rows.filter(
    (one): one is Changing => one.contact_id !== null && one.changed !== null && !one.made_here && one.outcome !== 'created',
  )
  let restored = 0
  if (changing.length > 0) restored = await giveBackTo(tx, row, changing)
  await unshare(
    tx,
    rows.flatMap(({ changed }) => changed?.shared ?? []),
  )
  return restored
}

async function giveBackTo(tx: WorkspaceTx, row: StoredImport, changing: readonly Changing[]): Promise<number> {
  const cards = [...new Set(changing.map(({ contact_id }) => contact_id))]
  const parts = await holdAllParts(tx, cards)
  const drafts = await draftsOf(tx, parts, row.id, true)
  const writers = await laterWriters(tx, parts, row.id)
  for (const { id, contact_id, changed } of changing)
    for (const [field, [before, after]] of Object.entries(changed.fields ?? {}))
      giveBackField({ drafts, writers }, { card: contact_id, since: id, field, before, after })
  await keepWriters(tx, writers)
  const gone = await removePoints(tx, changing)
  await removeTags(tx, changing)
  const notes = changing.flatMap(({ changed }) => changed.note ?? [])
  if (notes.length > 0)
    await sql`delete from note where workspace_id = ${tx.workspaceId} and id = any(${notes}::uuid[]) and version = 1 and removed_at is null`.execute(
      tx.db,
    )
  if (changing.some(({ changed }) => changed.points)) await carryUp(tx, 'contact_point', parts)
  // What hung behind one that went is looked at as well, now that it stands in its place.
  await unshareLast(tx, gone)
  if (changing.some(({ changed }) => changed.tags)) await carryUp(tx, 'contact_tag', parts)
  noteWhatHangs(drafts, await draftsOf(tx, parts, row.id, false))
  const touched = [...drafts.values()].filter(({ before }) => before.size > 0)
  if (touched.length > 0) await writeBack(tx, row, touched)
  return touched.filter(({ id }) => cards.includes(id)).length
}

type Around = { readonly drafts: ReadonlyMap<ContactId, Draft>; readonly writers: readonly LaterWriter[] }
type Given = { readonly card: ContactId; readonly since: string; readonly field: string; readonly before: unknown; readonly after: unknown }

function giveBackField(around: Around, { card, since, field, before, after }: Given): void {
  const over = firstOver(around.writers, since, card, field)
  if (over) takeFromUnder(over, field, { before, after })
  else {
    const draft = around.drafts.get(card)
    if (!draft || !saysSame(field, heldIn(draft, field), after)) return
    setIn(draft, field, before)
  }
  // The contact that she is part of has it from her.
  const merge = around.writers.find(({ mergedId, images }) => mergedId === card && images.has(field))
  if (!merge) return
  const taken = merge.images.get(field)?.after
  const now = takenAnew(merge, field, after, before)
  if (now !== undefined) giveBackField(around, { card: merge.contactId, since: merge.id, field, before: now, after: taken })
}

function setIn(draft: Draft, field: string, value: unknown): void {
  if (!draft.before.has(field)) draft.before.set(field, heldIn(draft, field))
  if (field.startsWith('own.')) {
    const key = field.slice('own.'.length)
    const { [key]: _, ...others } = draft.own
    draft.own = value === null ? others : { ...others, [key]: value as FieldValue }
    return
  }
  switch (field) {
    case 'name':
      draft.name = String(value)
      return
    case 'givenName':
    case 'familyName':
    case 'company':
    case 'companyRole':
    case 'locale':
    case 'zone':
      draft[field] = value === null ? null : String(value)
  }
}

function heldIn(draft: Draft, field: string): unknown {
  switch (field) {
    case 'name':
    case 'givenName':
    case 'familyName':
    case 'company':
    case 'companyRole':
    case 'locale':
    case 'zone':
      return draft[field]
    default:
      return draft.own[field.slice('own.'.length)] ?? null
  }
}

/** Points and tags as they are now; what they were goes into the history. */
function noteWhatHangs(drafts: ReadonlyMap<ContactId, Draft>, now: ReadonlyMap<ContactId, Draft>): void {
  const listed = (values: Iterable<string>): string => [...values].toSorted().join('\n')
  for (const draft of drafts.values()) {
    const other = now.get(draft.id)
    if (!other) continue
    if (listed(draft.points.map(({ id }) => id)) !== listed(other.points.map(({ id }) => id))) {
      draft.before.set('points', [...draft.points])
      draft.points.splice(0, draft.points.length, ...other.points)
    }
    if (listed(draft.tags.keys()) !== listed(other.tags.keys())) {
      draft.before.set('tags', [...draft.tags.values()])
      draft.tags.clear()
      for (const [folded, name] of other.tags) draft.tags.set(folded, name)
    }
  }
}

/** Points that came with the list go, unless they were corrected or verified since, or she turned up with them herself. */
async function removePoints(tx: WorkspaceTx, rows: readonly Changing[]): Promise<readonly PointValue[]> {
  const added = rows.flatMap(({ changed }) => changed.points ?? [])
  if (added.length === 0) return []
  const { rows: gone } = await sql<PointValue & { contact_id: string }>`
    delete from contact_point p
    using unnest(${added.map(([id]) => id)}::uuid[], ${added.map(([, value]) => value)}::text[]) as one (id, value)
    where p.workspace_id = ${tx.workspaceId} and p.id = one.id and p.value_normalized = one.value and p.verified_at is null and p.last_heard_at is null
    returning p.contact_id, p.kind, p.value_normalized as value`.execute(tx.db)
  if (gone.length === 0) return []
  // Of what somebody added since, the first is preferred where the one of the list was.
  await sql`
    update contact_point p set preferred = true
    where p.workspace_id = ${tx.workspaceId} and p.contact_id = any(${gone.map(({ contact_id }) => contact_id)}::uuid[])
      and not exists (select from contact_point o where o.workspace_id = p.workspace_id and o.contact_id = p.contact_id and o.kind = p.kind and o.preferred)
      and not exists (select from contact_point o where o.workspace_id = p.workspace_id and o.contact_id = p.contact_id and o.kind = p.kind and o.id < p.id)`.execute(
    tx.db,
  )
  return gone
}

/** The rows by which the list put tags on go; where somebody took one off and put it on again, it is hers. */
async function removeTags(tx: WorkspaceTx, rows: readonly Changing[]): Promise<void> {
  const exact: string[] = []
  const old: (readonly [ContactId, string])[] = []
  for (const { contact_id, changed } of rows)
    for (const tag of changed.tags ?? []) {
      if (typeof tag === 'string') old.push([contact_id, tag])
      else exact.push(tag[1])
    }
  if (old.length > 0)
    await sql`
      delete from contact_tag t
      using unnest(${old.map(([id]) => id)}::uuid[], ${old.map(([, tag]) => tag)}::uuid[]) as one (contact, tag)
      where t.workspace_id = ${tx.workspaceId} and t.contact_id = one.contact and t.tag_id = one.tag`.execute(tx.db)
  if (exact.length === 0) return
  await sql`delete from contact_tag where workspace_id = ${tx.workspaceId} and id = any(${exact}::uuid[])`.execute(tx.db)
  await forgetTaken(tx, exact)
}

async function writeBack(tx: WorkspaceTx, row: StoredImport, drafts: readonly Draft[]): Promise<void> {
  const actor = { kind: row.actor_kind, id: row.actor_id }
  const { ids: companies } = await idsOfNames(
    tx,
    'company',
    drafts.flatMap((draft) => (draft.before.has('company') && draft.company !== null ? [draft.company] : [])),
  )
  await updateContacts(tx, drafts, (draft) => {
    if (!draft.before.has('company')) return draft.companyId
    return draft.company === null ? null : (companies.get(foldText(draft.company)) ?? null)
  })
  const fields = await readFields(tx)
  const filtered = fields.filter(({ filter }) => filter !== 'off')
  const indexable = drafts.filter(({ before }) => filtered.some(({ key }) => before.has(`own.${key}`)))
  await indexValues(
    tx,
    indexable.map(({ id, own }) => ({ id, own_values: own })),
    fields,
  )
  await insertChanges(tx, drafts, actor, true)
  await insertTimelineLines(
    tx,
    actor,
    drafts.map(({ id, before }) => ({
      contactId: id,
      kind: 'contact.changed',
      subject: { type: 'import', id: row.id },
      key: 'contact_changed',
      values: { fields: [...before.keys()].join(' ') },
    })),
  )
}
