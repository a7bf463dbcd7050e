import type { ContactId, Principal, TimelineEntry } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../platform/http/index.ts'
import { contactsPolicy } from './contacts.policy.ts'
import { loadContact } from './load-contact.ts'
import { seenEvents } from './notes/seen-notes.ts'
import type { TimelineEventRow } from './timeline.tables.ts'

export type TimelinePage = { readonly contactId: ContactId; readonly cursor?: string | undefined; readonly limit: number }

/** One page of a contact's timeline, newest first, with the events of the contacts that were merged into it. Throws 404. */
export async function timelinePage(
  tx: WorkspaceTx,
  by: Principal,
  wish: TimelinePage,
): Promise<{ items: TimelineEntry[]; next: string | null }> {
  contactsPolicy.require(by, 'contacts.read')
  const contact = await loadContact(tx, by, wish.contactId)
  const ids = [contact.id, ...(await mergedInto(tx, contact.id))]
  const before = readCursor(wish.cursor, [z.iso.datetime(), z.uuid()])
  let query = tx.db
    .selectFrom('timeline_event')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', ids)
    .where(seenEvents(tx, by))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
  if (before) query = query.where(sql<boolean>`(at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`)
  return pageFrom(await query.execute(), wish.limit, presentEvent, (row) => [row.at.toString(), row.id])
}

async function mergedInto(tx: WorkspaceTx, contactId: ContactId): Promise<ContactId[]> {
  const { rows } = await sql<{ id: ContactId }>`
    with recursive merged as (
      select id from contact where workspace_id = ${tx.workspaceId} and merged_into = ${contactId}
      union
      select contact.id from contact join merged on contact.merged_into = merged.id where contact.workspace_id = ${tx.workspaceId}
    ) select id from merged limit 200`.execute(tx.db)
  return rows.map((row) => row.id)
}

const presentEvent = (row: Selectable<TimelineEventRow>): TimelineEntry => ({
  id: row.id,
  at: row.at.toString(),
  recordedAt: recordedAt(row.id).toString(),
  kind: row.kind,
  actor: { kind: row.actor_kind, id: row.actor_id },
  subject: row.subject_type === null || row.subject_id === null ? null : { type: row.subject_type, id: row.subject_id },
  summary: { key: row.summary_key, values: row.summary_values },
})

/** A UUIDv7 begins with the milliseconds of its making (RFC 9562 §5.7). */
const recordedAt = (id: string): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))
