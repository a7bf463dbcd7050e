import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { channelOf } from '../handle.rules.ts'
import type { ImportActor } from './import-screen.ts'
import type { Draft, DraftPoint } from './plan-batch.rules.ts'
import { asRows, nothing, type Statements } from './statements.ts'

/** One event of somebody's timeline. */
export type TimelineLine = {
  readonly contactId: ContactId
  readonly kind: string
  readonly subject: { readonly type: string; readonly id: string }
  readonly key: string
  readonly values: Readonly<Record<string, string | number>>
  readonly at?: Temporal.Instant
}

/** Writes many events of timelines at once. It moves nobody up in lists. */
export async function insertTimelineLines(tx: WorkspaceTx, actor: ImportActor, lines: readonly TimelineLine[]): Promise<void> {
  await insertingLines(tx, actor, lines)()
}

function insertingLines(tx: WorkspaceTx, actor: ImportActor, lines: readonly TimelineLine[]): Statements {
  if (lines.length === 0) return nothing
  const rows = lines.map(({ contactId, kind, subject, key, values, at }) => ({
    id: tx.newId(),
    contact: contactId,
    kind,
    type: subject.type,
    subject: subject.id,
    key,
    values,
    at: (at ?? tx.now).toString(),
  }))
  const text = asRows(rows)
  return () =>
    sql`
    insert into timeline_event (workspace_id, id, contact_id, at, kind, actor_kind, actor_id, subject_type, subject_id, summary_key, summary_values)
    select ${tx.workspaceId}::uuid, id, contact, at, kind, ${actor.kind}, ${actor.id}, type, subject, key, "values"
    from json_to_recordset(${text}::json) as one (id uuid, contact uuid, at timestamptz, kind text, type text, subject uuid, key text, "values" jsonb)`.execute(
      tx.db,
    )
}

/** What a batch says on the timelines: who was added, who was changed in what, whose notes came along. */
export function timelineOf(
  tx: WorkspaceTx,
  {
    importId,
    actor,
    created,
    changed,
    drafts,
  }: {
    readonly importId: string
    readonly actor: ImportActor
    readonly created: readonly Draft[]
    readonly changed: readonly Draft[]
    readonly drafts: readonly Draft[]
  },
): Statements {
  const subject = { type: 'import', id: importId }
  return insertingLines(tx, actor, [
    ...created.map(
      ({ id }): TimelineLine => ({ contactId: id, kind: 'contact.created', subject, key: 'contact_created', values: { source: 'import' } }),
    ),
    ...changed.map(
      ({ id, before }): TimelineLine => ({
        contactId: id,
        kind: 'contact.changed',
        subject,
        key: 'contact_changed',
        values: { fields: [...before.keys()].join(' ') },
      }),
    ),
    ...drafts.flatMap(({ id, notes }) =>
      notes.map(
        (note): TimelineLine => ({
          contactId: id,
          kind: 'note.added',
          subject: { type: 'note', id: note.id },
          key: 'note_added',
          values: {},
        }),
      ),
    ),
  ])
}

/** A value in the shape in which the history keeps it. */
function keptValue(field: string, draft: Draft): unknown {
  switch (field) {
    case 'name':
    case 'givenName':
    case 'familyName':
    case 'company':
    case 'companyRole':
    case 'locale':
    case 'zone':
      return draft[field]
    case 'points':
      return pointsAsKept(draft.points)
    case 'tags':
      return [...draft.tags.values()].toSorted()
    default:
      return draft.own[field.slice('own.'.length)] ?? null
  }
}

const pointsAsKept = (points: readonly DraftPoint[]): unknown =>
  points
    .map(({ kind, value, asTyped, label, preferred, shared }) => ({
      kind,
      ...channelOf(kind, value),
      value: asTyped,
      label,
      preferred,
      shared,
    }))
    .toSorted((one, other) => (`${one.kind} ${one.value}` < `${other.kind} ${other.value}` ? -1 : 1))

function keptBefore(field: string, value: unknown): unknown {
  if (field === 'points') return pointsAsKept(value as readonly DraftPoint[])
  return field === 'tags' ? (value as readonly string[]).toSorted() : value
}

/** Writes down what changed, field by field, of many contacts. */
export async function insertChanges(tx: WorkspaceTx, drafts: readonly Draft[], actor: ImportActor, restored = false): Promise<void> {
  await insertingChanges(tx, drafts, actor, restored)()
}

/** The same, as statements that are sent later. */
export function insertingChanges(tx: WorkspaceTx, drafts: readonly Draft[], actor: ImportActor, restored = false): Statements {
  const rows = drafts.flatMap((draft) =>
    [...draft.before].map(([field, before]) => ({
      id: tx.newId(),
      contact: draft.id,
      version: draft.version + 1,
      field,
      before: keptBefore(field, before) ?? null,
      after: keptValue(field, draft) ?? null,
    })),
  )
  if (rows.length === 0) return nothing
  const text = asRows(rows)
  return () =>
    sql`
    insert into contact_change (workspace_id, id, contact_id, version, field, before, after, at, actor_kind, actor_id, source, restored, forgotten)
    select ${tx.workspaceId}::uuid, id, contact, version, field, nullif(before, 'null'), nullif(after, 'null'), ${tx.now}, ${actor.kind}, ${actor.id},
      'import', ${restored}, false
    from json_to_recordset(${text}::json) as one (id uuid, contact uuid, version bigint, field text, before jsonb, after jsonb)`.execute(
      tx.db,
    )
}
