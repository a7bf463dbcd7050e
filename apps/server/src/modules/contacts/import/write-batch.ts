import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { numbersAndAddresses } from '../arrival-guards.ts'
import { indexing } from '../fields/index-values.ts'
import type { FieldRow } from '../fields/list-fields.ts'
import { foldText, searchText } from '../fold-text.ts'
import { splitHandle } from '../handle.rules.ts'
import type { RowMade } from './import.tables.ts'
import type { ImportActor, Landed } from './import-screen.ts'
import { idsOfNames } from './names-in-bulk.ts'
import type { Draft, PlannedRow } from './plan-batch.rules.ts'
import { asRows, nothing, type Statements } from './statements.ts'
import { insertingChanges, timelineOf } from './write-history.ts'

export type WriteBatch = {
  readonly importId: string
  readonly actor: ImportActor
  readonly planned: readonly PlannedRow[]
  readonly fields: readonly FieldRow[]
  readonly whileWriting?: () => void
}

/** Sends statements one behind the other, while the texts of the next ones are made. Nothing goes out behind one that failed. */
class InTurn {
  #last: Promise<unknown> = Promise.resolve()

  /** Goes on once what was sent is on its way, so that the database works meanwhile. */
  async send(statements: Statements): Promise<void> {
    this.#last = this.#last.then(statements)
    this.#last.catch(() => undefined) // heard in `done`
    await nextTurn()
  }

  async done(): Promise<void> {
    await this.#last
  }
}

/**
 * Writes a planned batch: contacts, points, tags, notes, timeline, history and what each row did. A dozen statements, however many rows. Answers who is here now, for the other rooms.
 * `whileWriting` is called once the longest statements are sent: what it begins costs no time.
 */
export async function writeBatch(
  tx: WorkspaceTx,
  { importId, actor, planned, fields, whileWriting }: WriteBatch,
): Promise<readonly Landed[]> {
  const drafts = [...new Set(planned.flatMap(({ draft }) => draft ?? []))]
  const created = drafts.filter(({ isNew }) => isNew)
  const changed = drafts.filter((draft) => !draft.isNew && draft.before.size > 0)
  const written = [...created, ...changed]

  const moved = ({ isNew, before }: Draft) => isNew || before.has('company')
  const companies = await idsOfNames(
    tx,
    'company',
    written.flatMap((draft) => (moved(draft) && draft.company !== null ? [draft.company] : [])),
  )
  const tagged = ({ isNew, before }: Draft) => isNew || before.has('tags')
  const tags = await idsOfNames(
    tx,
    'tag',
    written.flatMap((draft) => (tagged(draft) ? [...draft.tags.values()] : [])),
  )
  const companyOf = (draft: Draft): string | null => {
    if (!moved(draft)) return draft.companyId
    return draft.company === null ? null : (companies.ids.get(foldText(draft.company)) ?? null)
  }
  const filtered = fields.filter(({ filter }) => filter !== 'off')
  const indexable = (some: readonly Draft[]) =>
    some
      .filter(({ own, isNew, before }) => filtered.some(({ key }) => (isNew ? key in own : before.has(`own.${key}`))))
      .map(({ id, own }) => ({ id, own_values: own }))

  const inTurn = new InTurn()
  await inTurn.send(insertContacts(tx, created, companyOf))
  await inTurn.send(changed.length > 0 ? updatingContacts(tx, changed, companyOf) : nothing)
  const sharing = planned.flatMap(({ sharing: ids }) => ids)
  await inTurn.send(insertPoints(tx, drafts, sharing))
  await inTurn.send(indexing(tx, indexable(created), fields, { areNew: true }))
  const changedValues = indexable(changed)
  await inTurn.send(changedValues.length > 0 ? indexing(tx, changedValues, fields) : nothing)
  const carrying = tagRows(tx, written, tags.ids)
  await inTurn.send(insertTags(tx, carrying))
  await inTurn.send(insertNotes(tx, drafts, actor))
  await inTurn.send(timelineOf(tx, { importId, actor, created, changed, drafts }))
  await inTurn.send(insertingChanges(tx, changed, actor))
  const { rowIds, statements } = insertRows(tx, importId, planned, { companies: companies.made, tags: tags.made }, carrying)
  await inTurn.send(statements)
  whileWriting?.()
  await inTurn.done()

  return planned.flatMap((row, place): Landed[] => {
    const rowId = rowIds[place]
    if (!row.draft || rowId === undefined) return []
    const { id, points } = row.draft
    return [
      {
        rowId,
        contactId: id,
        points: numbersAndAddresses(row.arriving),
        every: numbersAndAddresses(points),
        when: row.row.incoming?.when ?? null,
      },
    ]
  })
}

const searchOf = ({ name, company, points }: Draft): string =>
  searchText(
    name,
    company,
    points.map(({ kind, value }) => (kind === 'handle' ? splitHandle(value).value : value)),
  )

function insertContacts(tx: WorkspaceTx, drafts: readonly Draft[], companyOf: (draft: Draft) => string | null): Statements {
  if (drafts.length === 0) return nothing
  const rows = drafts.map((draft) => ({
    id: draft.id,
    name: draft.name,
    sort: foldText(draft.name),
    given: draft.givenName,
    family: draft.familyName,
    company: companyOf(draft),
    role: draft.companyRole,
    locale: draft.locale,
    zone: draft.zone,
    own: draft.own,
    search: searchOf(draft),
  }))
  const text = asRows(rows)
  return () =>
    sql`
    insert into contact (workspace_id, id, version, name, name_sort, given_name, family_name, company_id, company_role, locale, zone, source, own_values,
      search_text, last_activity_at, last_dealing_at, created_at, updated_at)
    select ${tx.workspaceId}::uuid, id, 1, name, sort, given, family, company, role, locale, zone, 'import', own, search,
      ${tx.now}, ${tx.now}, ${tx.now}, ${tx.now}
    from json_to_recordset(${text}::json) as one (id uuid, name text, sort text, given text, family text, company uuid, role text, locale text,
      zone text, own jsonb, search text)`.execute(tx.db)
}

/** Writes what changed of contacts that the transaction holds. */
export async function updateContacts(tx: WorkspaceTx, drafts: readonly Draft[], companyOf: (draft: Draft) => string | null): Promise<void> {
  await updatingContacts(tx, drafts, companyOf)()
}

function updatingContacts(tx: WorkspaceTx, drafts: readonly Draft[], companyOf: (draft: Draft) => string | null): Statements {
  const rows = drafts.map((draft) => ({
    id: draft.id,
    version: draft.version + 1,
    name: draft.name,
    sort: foldText(draft.name),
    given: draft.givenName,
    family: draft.familyName,
    company: companyOf(draft),
    role: draft.companyRole,
    locale: draft.locale,
    zone: draft.zone,
    own: draft.own,
    search: searchOf(draft),
  }))
  const text = asRows(rows)
  return () =>
    sql`
    update contact set version = one.version, name = one.name, name_sort = one.sort, given_name = one.given, family_name = one.family,
      company_id = one.company, company_role = one.role, locale = one.locale, zone = one.zone, own_values = one.own, search_text = one.search,
      last_activity_at = greatest(last_activity_at, ${tx.now}), updated_at = ${tx.now}
    from json_to_recordset(${text}::json) as one (id uuid, version bigint, name text, sort text, given text, family text, company uuid, role text,
      locale text, zone text, own jsonb, search text)
    where contact.workspace_id = ${tx.workspaceId} and contact.id = one.id`.execute(tx.db)
}

function insertPoints(tx: WorkspaceTx, drafts: readonly Draft[], shared: readonly string[]): Statements {
  const rows = drafts.flatMap(({ id, points }) =>
    points.flatMap((point) =>
      point.isNew
        ? [
            {
              id: point.id,
              contact: id,
              kind: point.kind,
              value: point.value,
              typed: point.asTyped,
              label: point.label,
              preferred: point.preferred,
              shared: point.shared,
            },
          ]
        : [],
    ),
  )
  const text = asRows(rows)
  return async () => {
    if (shared.length > 0)
      await sql`update contact_point set shared = true where workspace_id = ${tx.workspaceId} and id = any(${[...shared]}::uuid[])`.execute(
        tx.db,
      )
    if (rows.length === 0) return
    await sql`
    insert into contact_point (workspace_id, id, contact_id, kind, value_normalized, value_as_typed, label, preferred, shared, created_at)
    select ${tx.workspaceId}::uuid, id, contact, kind, value, typed, label, preferred, shared, ${tx.now}
    from json_to_recordset(${text}::json) as one (id uuid, contact uuid, kind text, value text, typed text, label text, preferred boolean,
      shared boolean)`.execute(tx.db)
  }
}

type TagRow = { readonly id: string; readonly contact: ContactId; readonly tag: string }
/** The rows that carry tags, by contact and folded name. */
type TagRows = ReadonlyMap<string, TagRow>
const tagKey = (contact: ContactId, folded: string): string => `${contact} ${folded}`

function tagRows(tx: WorkspaceTx, drafts: readonly Draft[], ids: ReadonlyMap<string, string>): TagRows {
  const rows = new Map<string, TagRow>()
  for (const { id: contact, tags, isNew, before } of drafts) {
    if (!isNew && !before.has('tags')) continue
    for (const folded of tags.keys()) {
      const tag = ids.get(folded)
      if (tag !== undefined) rows.set(tagKey(contact, folded), { id: tx.newId(), contact, tag })
    }
  }
  return rows
}

function insertTags(tx: WorkspaceTx, rows: TagRows): Statements {
  if (rows.size === 0) return nothing
  const text = asRows([...rows.values()])
  return () =>
    sql`
    insert into contact_tag (workspace_id, id, contact_id, tag_id, created_at)
    select ${tx.workspaceId}::uuid, id, contact, tag, ${tx.now}
    from json_to_recordset(${text}::json) as one (id uuid, contact uuid, tag uuid)
    on conflict (workspace_id, contact_id, tag_id) do nothing`.execute(tx.db)
}

function insertNotes(tx: WorkspaceTx, drafts: readonly Draft[], actor: ImportActor): Statements {
  const rows = drafts.flatMap(({ id: contact, notes }) => notes.map(({ id, body }) => ({ id, contact, body })))
  if (rows.length === 0) return nothing
  const author = actor.kind === 'member' ? actor.id : null
  const text = asRows(rows)
  return () =>
    sql`
    insert into note (workspace_id, id, version, contact_id, body, author_member_id, created_at, updated_at)
    select ${tx.workspaceId}::uuid, id, 1, contact, body, ${author}::uuid, ${tx.now}, ${tx.now}
    from json_to_recordset(${text}::json) as one (id uuid, contact uuid, body text)`.execute(tx.db)
}

type MadeNames = { readonly companies: ReadonlyMap<string, string>; readonly tags: ReadonlyMap<string, string> }

function insertRows(
  tx: WorkspaceTx,
  importId: string,
  planned: readonly PlannedRow[],
  made: MadeNames,
  carrying: TagRows,
): { readonly rowIds: readonly string[]; readonly statements: Statements } {
  const companies = new Map(made.companies)
  const tags = new Map(made.tags)
  const take = (from: Map<string, string>, folded: string): string[] => {
    const id = from.get(folded)
    if (id === undefined) return []
    from.delete(folded)
    return [id]
  }
  const rows = planned.map(({ row, outcome, draft, change, reasons }) => {
    const madeHere: RowMade = {
      companies: draft?.company == null ? [] : take(companies, foldText(draft.company)),
      tags: draft ? [...draft.tags.keys()].flatMap((folded) => take(tags, folded)) : [],
    }
    const isMade = (madeHere.companies?.length ?? 0) + (madeHere.tags?.length ?? 0) > 0
    const rowsOfTag = (name: string): [string, string][] => {
      const found = draft && carrying.get(tagKey(draft.id, foldText(name)))
      return found ? [[found.tag, found.id]] : []
    }
    const tagsOfRow = change?.tags ? { tags: change.tags.flatMap((tag) => (typeof tag === 'string' ? rowsOfTag(tag) : [])) } : {}
    return {
      id: tx.newId(),
      number: row.number,
      outcome,
      contact: draft?.id ?? null,
      version: draft ? (draft.isNew || draft.before.size > 0 ? draft.version + 1 : draft.version) : null,
      changed: change ? { ...change, ...tagsOfRow } : null,
      made: isMade ? madeHere : null,
      reasons: reasons.length > 0 ? reasons : null,
    }
  })
  const text = asRows(rows)
  const statements = () =>
    sql`
    insert into import_row (workspace_id, id, import_id, number, outcome, contact_id, version, changed, made, reasons, created_at)
    select ${tx.workspaceId}::uuid, id, ${importId}::uuid, number, outcome, contact, version, changed, made,
      case when reasons is null then null else array(select json_array_elements_text(reasons)) end, ${tx.now}
    from json_to_recordset(${text}::json) as one (id uuid, number bigint, outcome text, contact uuid, version bigint, changed jsonb, made jsonb,
      reasons json)`.execute(tx.db)
  return { rowIds: rows.map(({ id }) => id), statements }
}
