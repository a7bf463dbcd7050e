import type { ContactId, Principal, TimelineEventId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { actorOf } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { SummaryValues } from './timeline.tables.ts'

/** One thing that happened to a contact, to be remembered with the change it tells of. */
export type TimelineWish = {
  readonly contactId: ContactId
  /** `noun.verb_in_past`, as events are named. */
  readonly kind: `${string}.${string}`
  readonly actor: Principal
  readonly subject?: { readonly type: string; readonly id: string }
  /** A key of the words with its values, so that each reader sees it in her language. */
  readonly summary: { readonly key: string; readonly values: SummaryValues }
  /** When it happened; now unless given. */
  readonly at?: Temporal.Instant
}

/** What the business does alone. It moves a contact up in the list, and makes nobody one whom it deals with. */
const alone =
  /^(contact\.(?!created)|message\.(?!received)|delivery\.|conversation\.|consent\.invited|request\.(?!received)|suppression\.|hold\.|import\.|lead\.|task\.|file\.)/

/** Writes one event to a contact's timeline, in the caller's transaction, and moves the contact up in the list. Nothing ever rewrites it. */
export async function recordTimeline(tx: WorkspaceTx, wish: TimelineWish): Promise<TimelineEventId> {
  const id = tx.newId<'timeline_event'>()
  const at = wish.at ?? tx.now
  const { type, id: actorId } = actorOf(wish.actor)
  await tx.db
    .insertInto('timeline_event')
    .values({
      workspace_id: tx.workspaceId,
      id,
      contact_id: wish.contactId,
      at,
      kind: wish.kind,
      actor_kind: type,
      actor_id: actorId === '' ? null : actorId,
      subject_type: wish.subject?.type ?? null,
      subject_id: wish.subject?.id ?? null,
      summary_key: wish.summary.key,
      summary_values: JSON.stringify(wish.summary.values),
    })
    .execute()
  const active = Temporal.Instant.compare(at, tx.now) > 0 ? tx.now : at
  await tx.db
    .updateTable('contact')
    .set({ last_activity_at: active })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.contactId)
    .where(sql<boolean>`last_activity_at < ${active}`)
    .execute()
  if (alone.test(wish.kind)) return id
  await tx.db
    .updateTable('contact')
    .set({ last_dealing_at: active })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.contactId)
    .where(sql<boolean>`last_dealing_at < ${active}`)
    .execute()
  return id
}
