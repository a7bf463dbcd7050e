import type { ContactFilter, MemberId, Principal, Segment, TableLook } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { resolveFilter } from './resolve-filter.ts'
import type { SegmentRow } from './segment.tables.ts'

type Row = Selectable<SegmentRow>

const memberOf = (by: Principal): MemberId | null => (by.kind === 'member' ? by.memberId : null)

/** Shared ones, and those that she made herself. What nobody owns any more is everybody's. */
const visibleTo = (tx: WorkspaceTx, by: Principal) =>
  tx.db
    .selectFrom('segment')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where((where) =>
      where.or([where('shared', '=', true), where('owner_member_id', 'is', null), where('owner_member_id', '=', memberOf(by))]),
    )

/** The segments that whoever asks may see, by name. */
export async function listSegments(tx: WorkspaceTx, by: Principal): Promise<Segment[]> {
  contactsPolicy.require(by, 'segments.read')
  const rows = await visibleTo(tx, by).where('removed_at', 'is', null).orderBy('name').orderBy('id').execute()
  return rows.map(presentSegment)
}

/** One segment, a removed one too. Throws 404, also for a private one of somebody else. */
export async function loadSegment(tx: WorkspaceTx, by: Principal, segmentId: string): Promise<Segment> {
  contactsPolicy.require(by, 'segments.read')
  const row = await visibleTo(tx, by).where('id', '=', segmentId).executeTakeFirst()
  if (!row) throw noSuchSegment()
  return presentSegment(row)
}

export type CreateSegment = {
  readonly name: string
  readonly filter: ContactFilter
  /** How its table looks, where somebody said so. */
  readonly look: TableLook | null
  readonly shared: boolean
}

/** Keeps a filter. Throws `contacts/filter-not-usable`. */
export async function createSegment(tx: WorkspaceTx, by: Principal, wish: CreateSegment): Promise<Segment> {
  contactsPolicy.require(by, 'segments.write')
  if (wish.shared) contactsPolicy.require(by, 'segments.share')
  await resolveFilter(tx, wish.filter, 'body.filter')
  const row = await tx.db
    .insertInto('segment')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      name: wish.name,
      filter: JSON.stringify(wish.filter),
      look: wish.look && JSON.stringify(wish.look),
      owner_member_id: memberOf(by),
      shared: wish.shared,
      created_at: tx.now,
      updated_at: tx.now,
      removed_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return told(tx, by, row, 'segment.added')
}

export type EditSegment = { readonly segmentId: string; readonly version: number } & {
  readonly [Key in keyof CreateSegment]?: CreateSegment[Key] | undefined
}

/** Changes what is sent of a segment: its owner may, and of a shared one whoever may share. Throws `http/version-mismatch` with the current values, `contacts/filter-not-usable`. */
export async function editSegment(tx: WorkspaceTx, by: Principal, wish: EditSegment): Promise<Segment> {
  const before = await lockSegment(tx, by, wish.segmentId)
  if (before.version !== wish.version)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this segment in the meantime. Nothing was saved.',
      current: presentSegment(before),
    })
  if (wish.shared !== undefined && wish.shared !== before.shared) contactsPolicy.require(by, 'segments.share')
  if (wish.filter) await resolveFilter(tx, wish.filter, 'body.filter')
  return write(tx, by, before, 'segment.changed', {
    ...(wish.name === undefined ? {} : { name: wish.name }),
    ...(wish.filter === undefined ? {} : { filter: JSON.stringify(wish.filter) }),
    ...(wish.look === undefined ? {} : { look: wish.look && JSON.stringify(wish.look) }),
    ...(wish.shared === undefined ? {} : { shared: wish.shared }),
  })
}

/** Removes a segment, or brings it back. Twice changes nothing more. */
export async function removeSegment(tx: WorkspaceTx, by: Principal, segmentId: string, remove: boolean): Promise<Segment> {
  const before = await lockSegment(tx, by, segmentId)
  if ((before.removed_at !== null) === remove) return presentSegment(before)
  return write(tx, by, before, remove ? 'segment.removed' : 'segment.restored', { removed_at: remove ? tx.now : null })
}

async function lockSegment(tx: WorkspaceTx, by: Principal, segmentId: string): Promise<Row> {
  contactsPolicy.require(by, 'segments.write')
  const row = await visibleTo(tx, by).where('id', '=', segmentId).forUpdate().executeTakeFirst()
  if (!row) throw noSuchSegment()
  if (row.owner_member_id === null || row.owner_member_id !== memberOf(by)) contactsPolicy.require(by, 'segments.share')
  return row
}

type Action = 'segment.added' | 'segment.changed' | 'segment.removed' | 'segment.restored'

async function write(
  tx: WorkspaceTx,
  by: Principal,
  before: Row,
  action: Action,
  change: { name?: string; filter?: string; look?: string | null; shared?: boolean; removed_at?: Temporal.Instant | null },
): Promise<Segment> {
  const row = await tx.db
    .updateTable('segment')
    .set({ ...change, version: before.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return told(tx, by, row, action)
}

async function told(tx: WorkspaceTx, by: Principal, row: Row, action: Action): Promise<Segment> {
  await audit(tx, by, { action, object: { type: 'segment', id: row.id }, result: 'done' })
  await emit(tx, 'segment.changed', { segmentId: row.id })
  return presentSegment(row)
}

const noSuchSegment = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such segment.' })

/** A segment as the API shows it. */
const presentSegment = (row: Row): Segment => ({
  id: row.id,
  version: row.version,
  name: row.name,
  filter: row.filter,
  look: row.look,
  ownerMemberId: row.owner_member_id,
  shared: row.shared,
  createdAt: row.created_at.toString(),
  updatedAt: row.updated_at.toString(),
  removedAt: row.removed_at?.toString() ?? null,
})
