import type { ContactId, FieldValue } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { sameValue } from '../fields/field-value.rules.ts'
import { holdFields, indexValues } from '../fields/index-values.ts'
import { readFields } from '../fields/list-fields.ts'
import { foldText } from '../fold-text.ts'
import { lockAllPoints } from '../lock-points.ts'
import type { RowChange, RowOutcome, StoredImport } from './import.tables.ts'
import { importScreens } from './import-screen.ts'
import { findImport, setImport } from './load-import.ts'
import { byKeys, draftsOf } from './load-known.ts'
import { idsOfNames } from './names-in-bulk.ts'
import type { Draft } from './plan-batch.rules.ts'
import { updateContacts } from './write-batch.ts'
import { insertChanges, insertTimelineLines } from './write-history.ts'

const AT_ONCE = 500

type UndoneRow = {
  readonly id: string
  readonly number: number
  readonly outcome: RowOutcome
  readonly contact_id: ContactId | null
  readonly changed: RowChange | null
  /** This list made her, with another row. */
  readonly made_here: boolean
}

/**
 * Takes an import back, from its last row to its first. Who came with it and whom nobody touched since is removed; who was there gets the values back that the list replaced, where they
 * are still those of the list. Whoever was erased meanwhile has no row any more, and stays away.
 */
export const undoImportJob: Job<{ importId: string }> = defineJob({
  name: 'contacts.undo-import',
  payload: z.strictObject({ importId: z.uuid() }),
  fields: { importId: system },
  timeoutSeconds: 3600,
  concurrency: 1,
  retries: { limit: 50, delaySeconds: 2, backoff: 'fixed' },
  run: async (context, { importId }) => {
    for (;;) {
      context.signal.throwIfAborted()
      const row = await context.inWorkspace((tx) => findImport(tx, importId))
      if (row.state !== 'undoing') return
      if (row.done === 0) break
      await undoBatch(context, row)
    }
    await context.inWorkspace(async (tx) => {
      const row = await findImport(tx, importId, { hold: true })
      if (row.state !== 'undoing') return
      await removeMade(tx, importId)
      await setImport(tx, row, { state: 'undone' })
      await emit(tx, 'contacts.changed', { runId: importId, count: row.removed + row.restored })
    })
  },
})

async function undoBatch(context: JobContext, { id: importId, done }: StoredImport): Promise<void> {
  const from = Math.max(0, done - AT_ONCE)
  const rows = await context.inWorkspace((tx) => rowsOf(tx, importId, from, done))
  const created = rows.flatMap(({ outcome, contact_id }) => (outcome === 'created' && contact_id !== null ? [contact_id] : []))
  const gone = new Set<ContactId>()
  if (created.length > 0) {
    for (const screen of importScreens.all())
      for (const id of await screen.remove(context.workspaceId, { importId, contactIds: created })) gone.add(id)
  }
  await context.inWorkspace(async (tx) => {
    const row = await findImport(tx, importId, { hold: true })
    if (row.state !== 'undoing' || row.done !== done) return
    await byKeys(tx)
    await lockAllPoints(tx)
    await holdFields(tx, 'together')
    const there = await rowsOf(tx, importId, from, done)
    const restored = await restore(tx, row, there)
    const staying = there.flatMap(({ id, contact_id }) => (contact_id === null ? [] : [{ rowId: id, contactId: contact_id }]))
    if (staying.length > 0) for (const screen of importScreens.all()) await screen.takenBack(tx, context.by, { importId, rows: staying })
    await sql`update import_row set changed = null where workspace_id = ${tx.workspaceId} and import_id = ${importId}
      and number > ${from} and number <= ${done} and changed is not null`.execute(tx.db)
    const made = there.filter(({ outcome }) => outcome === 'created')
    await setImport(tx, row, {
      done: from,
      // Who is gone has a row without her; who was erased has none.
      removed: row.removed + made.filter(({ contact_id }) => contact_id === null).length,
      kept: row.kept + made.filter(({ contact_id }) => contact_id !== null).length,
      restored: row.restored + restored,
    })
  })
}

async function rowsOf(tx: WorkspaceTx, importId: string, from: number, to: number): Promise<readonly UndoneRow[]> {
  const { rows } = await sql<UndoneRow>`
    select r.id, r.number, r.outcome, r.contact_id, r.changed,
      r.outcome <> 'created' and r.contact_id is not null and exists (
        select from import_row first where first.workspace_id = r.workspace_id and first.contact_id = r.contact_id and first.import_id::text = ${importId}
          and first.outcome = 'created'
      ) as made_here
    from import_row r
    where r.workspace_id = ${tx.workspaceId} and r.import_id = ${importId} and r.number > ${from} and r.number <= ${to}
    order by r.number desc`.execute(tx.db)
  return rows
}

/** Gives those who were there back what these rows replaced. Answers of how many something came back. */
async function restore(tx: WorkspaceTx, row: StoredImport, rows: readonly UndoneRow[]): Promise<number> {
  await unshare(
    tx,
    rows.flatMap(({ changed }) => changed?.shared ?? []),
  )
  const changing = rows.filter(
    ({ contact_id, changed, made_here, outcome }) => contact_id !== null && changed !== null && !made_here && outcome !== 'created',
  )
  const ids = [...new Set(changing.flatMap(({ contact_id }) => contact_id ?? []))]
  if (ids.length === 0) return 0
  const drafts = await draftsOf(tx, ids, row.id, true)
  const points = await removePoints(tx, changing)
  const tags = await removeTags(tx, changing)
  const notes = changing.flatMap(({ changed }) => changed?.note ?? [])
  if (notes.length > 0)
    await sql`delete from note where workspace_id = ${tx.workspaceId} and id = any(${notes}::uuid[]) and version = 1 and removed_at is null`.execute(
      tx.db,
    )
  for (const { contact_id, changed } of changing) {
    const draft = contact_id === null ? undefined : drafts.get(contact_id)
    if (!draft || !changed) continue
    for (const [field, [before, after]] of Object.entries(changed.fields ?? {})) giveBack(draft, field, before, after)
    takePoints(draft, points)
    takeTags(draft, tags.get(draft.id) ?? [])
  }
  const touched = [...drafts.values()].filter(({ before }) => before.size > 0)
  if (touched.length > 0) await writeBack(tx, row, touched)
  return touched.length
}

/** A value of the list gives way to the one before it; one that somebody wrote since stays. */
function giveBack(draft: Draft, field: string, before: unknown, after: unknown): void {
  const now = heldIn(draft, field)
  if (!sameValue(now, after)) return
  if (!draft.before.has(field)) draft.before.set(field, now)
  if (field.startsWith('own.')) {
    const key = field.slice('own.'.length)
    const { [key]: _, ...others } = draft.own
    draft.own = before === null ? others : { ...others, [key]: before as FieldValue }
    return
  }
  switch (field) {
    case 'name':
      draft.name = String(before)
      return
    case 'givenName':
    case 'familyName':
    case 'company':
    case 'companyRole':
    case 'locale':
    case 'zone':
      draft[field] = before === null ? null : String(before)
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

function takePoints(draft: Draft, gone: ReadonlySet<string>): void {
  const left = draft.points.filter(({ id }) => !gone.has(id))
  if (left.length === draft.points.length) return
  if (!draft.before.has('points')) draft.before.set('points', [...draft.points])
  draft.points.splice(0, draft.points.length, ...left)
}

function takeTags(draft: Draft, gone: readonly string[]): void {
  const there = gone.filter((folded) => draft.tags.has(folded))
  if (there.length === 0) return
  if (!draft.before.has('tags')) draft.before.set('tags', [...draft.tags.values()])
  for (const folded of there) draft.tags.delete(folded)
}

/** Points that came with the list go, unless they were corrected or verified since, or she turned up with them herself. */
async function removePoints(tx: WorkspaceTx, rows: readonly UndoneRow[]): Promise<ReadonlySet<string>> {
  const added = rows.flatMap(({ changed }) => changed?.points ?? [])
  if (added.length === 0) return new Set()
  const { rows: gone } = await sql<{ id: string; contact_id: string }>`
    delete from contact_point p
    using unnest(${added.map(([id]) => id)}::uuid[], ${added.map(([, value]) => value)}::text[]) as one (id, value)
    where p.workspace_id = ${tx.workspaceId} and p.id = one.id and p.value_normalized = one.value and p.verified_at is null and p.last_heard_at is null
    returning p.id, p.contact_id`.execute(tx.db)
  if (gone.length === 0) return new Set()
  // Of what somebody added since, the first is preferred where the one of the list was.
  await sql`
    update contact_point p set preferred = true
    where p.workspace_id = ${tx.workspaceId} and p.contact_id = any(${gone.map(({ contact_id }) => contact_id)}::uuid[])
      and not exists (select from contact_point o where o.workspace_id = p.workspace_id and o.contact_id = p.contact_id and o.kind = p.kind and o.preferred)
      and not exists (select from contact_point o where o.workspace_id = p.workspace_id and o.contact_id = p.contact_id and o.kind = p.kind and o.id < p.id)`.execute(
    tx.db,
  )
  return new Set(gone.map(({ id }) => id))
}

async function removeTags(tx: WorkspaceTx, rows: readonly UndoneRow[]): Promise<ReadonlyMap<ContactId, readonly string[]>> {
  const added = rows.flatMap(({ contact_id, changed }) =>
    contact_id === null ? [] : (changed?.tags ?? []).map((tag) => [contact_id, tag] as const),
  )
  if (added.length === 0) return new Map()
  const { rows: gone } = await sql<{ contact_id: ContactId; name: string }>`
    delete from contact_tag t
    using unnest(${added.map(([id]) => id)}::uuid[], ${added.map(([, tag]) => tag)}::uuid[]) as one (contact, tag), tag
    where t.workspace_id = ${tx.workspaceId} and t.contact_id = one.contact and t.tag_id = one.tag and tag.workspace_id = t.workspace_id and tag.id = t.tag_id
    returning t.contact_id, tag.name`.execute(tx.db)
  return new Map([...Map.groupBy(gone, ({ contact_id }) => contact_id)].map(([id, own]) => [id, own.map(({ name }) => foldText(name))]))
}

/** Numbers that became shared with somebody of the list are one person's again where nobody else has them. */
async function unshare(tx: WorkspaceTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update contact_point p set shared = false
    where p.workspace_id = ${tx.workspaceId} and p.id = any(${[...ids]}::uuid[])
      and not exists (select from contact_point o where o.workspace_id = p.workspace_id and o.kind = p.kind and o.value_normalized = p.value_normalized and o.id <> p.id)`.execute(
    tx.db,
  )
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

/** Companies and tags that came with the list go where nobody else carries them. */
async function removeMade(tx: WorkspaceTx, importId: string): Promise<void> {
  const made = (what: string) => sql`
    select value::uuid from import_row r, jsonb_array_elements_text(r.made -> ${what}) as value
    where r.workspace_id = ${tx.workspaceId} and r.import_id = ${importId} and r.made is not null`
  await sql`
    delete from company f where f.workspace_id = ${tx.workspaceId} and f.version = 1 and f.id in (${made('companies')})
      and not exists (select from contact c where c.workspace_id = f.workspace_id and c.company_id = f.id)`.execute(tx.db)
  await sql`
    delete from tag t where t.workspace_id = ${tx.workspaceId} and t.id in (${made('tags')})
      and not exists (select from contact_tag c where c.workspace_id = t.workspace_id and c.tag_id = t.id)`.execute(tx.db)
}
