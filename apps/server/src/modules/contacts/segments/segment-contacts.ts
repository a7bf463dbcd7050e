import type { ContactCount, ContactSummary, MemberId, Principal, Segment } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { seesOnlyOf } from '../contacts.policy.ts'
import { listContacts } from '../list-contacts.ts'
import { countContacts } from './count-contacts.ts'
import { loadSegment } from './segments.ts'

/** A kept count is never older. */
const FRESH = { seconds: 5 }

export type CountSegment = { readonly segmentId: string; readonly steps: boolean }

/** How many meet a segment: the kept count while it is fresh, otherwise counted now, by one for all who ask. A representative counts her own people. Throws 404, `contacts/filter-not-usable`. */
export async function countSegment(tx: WorkspaceTx, by: Principal, { segmentId, steps }: CountSegment): Promise<ContactCount> {
  const segment = await loadSegment(tx, by, segmentId)
  const whose = seesOnlyOf(by)
  if (!steps) {
    const kept = (await keptCount(tx, segment, whose)) ?? (await inTurn(tx, segment, whose))
    if (kept) return kept
  }
  const counted = await countContacts(tx, by, { filter: segment.filter, steps })
  await sql`
    insert into segment_count (workspace_id, id, segment_id, segment_version, of_member_id, contacts, counted_at)
    values (${tx.workspaceId}, ${tx.newId()}, ${segment.id}, ${segment.version}, ${whose}, ${counted.count}, ${tx.now})
    on conflict (workspace_id, segment_id, of_member_id) do update
      set segment_version = excluded.segment_version, contacts = excluded.contacts, counted_at = excluded.counted_at`.execute(tx.db)
  return counted
}

/** Whoever comes while another one counts waits for that count. */
async function inTurn(tx: WorkspaceTx, segment: Segment, whose: MemberId | null): Promise<ContactCount | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`segment count ${segment.id} ${whose ?? ''}`}, 0))`.execute(tx.db)
  return keptCount(tx, segment, whose)
}

async function keptCount(tx: WorkspaceTx, segment: Segment, whose: MemberId | null): Promise<ContactCount | undefined> {
  const row = await tx.db
    .selectFrom('segment_count')
    .select(['contacts', 'counted_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('segment_id', '=', segment.id)
    .where('segment_version', '=', segment.version)
    .where('of_member_id', 'is not distinct from', whose)
    .where('counted_at', '>', tx.now.subtract(FRESH))
    .executeTakeFirst()
  return row && { count: row.contacts, countedAt: row.counted_at.toString(), steps: null, of: null }
}

export type ListSegmentContacts = {
  readonly segmentId: string
  readonly sort: 'recent' | 'name'
  readonly cursor?: string | undefined
  readonly limit: number
}

/** One page of those who meet a segment now. Throws 404, `contacts/filter-not-usable`. */
export async function listSegmentContacts(
  tx: WorkspaceTx,
  by: Principal,
  { segmentId, ...page }: ListSegmentContacts,
): Promise<{ items: ContactSummary[]; next: string | null }> {
  const { filter } = await loadSegment(tx, by, segmentId)
  return listContacts(tx, by, { ...page, filter, archived: 'no' })
}
