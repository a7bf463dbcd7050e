import type { ContactId, ContactPointId } from '@frontdesk/contract'
import { type Selectable, sql, type Updateable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { ContactPointRow } from '../contacts.tables.ts'
import { sameValue } from '../fields/field-value.rules.ts'
import { loadPoints } from '../load-contact.ts'
import type { Images } from './merge.tables.ts'
import { moveBack, moveRows, type Place, placesOf } from './merge-places.ts'
import type { MergingPair } from './merge-steps.ts'

type Point = Selectable<ContactPointRow>
type Facts = Pick<Point, 'preferred' | 'shared' | 'verified_at' | 'last_heard_at'>

/**
 * Prepares the addresses and numbers of two contacts to be one's. What both have stays with each, and whatever names the merged one's names the other's from now on; of the
 * rest, the preferred ones of the contact that stays remain it. Answers what it changed.
 */
export async function settlePoints(tx: WorkspaceTx, mergeId: string, pair: MergingPair): Promise<Readonly<Record<string, Images>>> {
  const survivors = await loadPoints(tx, pair.survivorId)
  const merged = await loadPoints(tx, pair.mergedId)
  const images: Record<string, Images> = {}
  const places = await placesOf(tx, 'contact_point')
  for (const point of merged) {
    const same = survivors.find((each) => each.kind === point.kind && each.value_normalized === point.value_normalized)
    if (same) {
      for (const place of places) await moveRows(tx, place, { mergeId, from: point.id, to: same.id })
      await change(tx, images, same, {
        shared: await sharedWithOthers(tx, same, pair),
        verified_at: same.verified_at ?? point.verified_at,
        last_heard_at: later(same.last_heard_at, point.last_heard_at),
      })
    } else if (point.preferred && survivors.some(({ kind, preferred }) => kind === point.kind && preferred)) {
      await change(tx, images, point, { preferred: false })
    }
  }
  return images
}

async function change(tx: WorkspaceTx, images: Record<string, Images>, point: Point, to: Partial<Facts>): Promise<void> {
  const changed = Object.entries(to).filter(([column, after]) => !sameValue(point[column as keyof Facts], after))
  if (changed.length === 0) return
  images[point.id] = Object.fromEntries(changed.map(([column, after]) => [column, { before: point[column as keyof Facts], after }]))
  await setPoint(tx, point.id, Object.fromEntries(changed))
}

const setPoint = (tx: WorkspaceTx, id: ContactPointId, set: Updateable<ContactPointRow>) =>
  tx.db.updateTable('contact_point').set(set).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()

/** Whether somebody besides these two has it. */
async function sharedWithOthers(tx: WorkspaceTx, point: Point, { survivorId, mergedId }: MergingPair): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    select p.id from contact_point p join contact c on c.workspace_id = p.workspace_id and c.id = p.contact_id
    where p.workspace_id = ${tx.workspaceId} and p.kind = ${point.kind} and p.value_normalized = ${point.value_normalized}
      and p.contact_id <> all (${[survivorId, mergedId]}::uuid[]) and c.merged_into is null limit 1`.execute(tx.db)
  return rows.length > 0 && point.shared
}

const later = (one: Temporal.Instant | null, other: Temporal.Instant | null): Temporal.Instant | null =>
  one === null || (other !== null && Temporal.Instant.compare(other, one) > 0) ? other : one

/** Gives addresses and numbers back to the contact they came from, each as it was before, but for what somebody changed since. */
export async function partPoints(
  tx: WorkspaceTx,
  mergeId: string,
  pair: MergingPair,
  images: Readonly<Record<string, Images>>,
  place: Place,
): Promise<void> {
  const before = await loadPoints(tx, pair.survivorId)
  const going = new Set(
    (
      await tx.db
        .selectFrom('contact_merge_row')
        .select('row_id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('merge_id', '=', mergeId)
        .where('place', '=', 'contact_point.contact_id')
        .execute()
    ).map(({ row_id }) => row_id),
  )
  const leaving = before.filter(({ id }) => going.has(id))
  // So that no two are preferred at once while they change hands.
  for (const { id } of leaving.filter(({ preferred }) => preferred)) await setPoint(tx, id, { preferred: false })
  await moveBack(tx, place, mergeId)
  for (const point of await placesOf(tx, 'contact_point')) await moveBack(tx, point, mergeId)

  const wanted = new Map<string, boolean>()
  for (const point of before) {
    const image = images[point.id] ?? {}
    const back = Object.entries(image).filter(([column, { after }]) => sameValue(point[column as keyof Facts], after))
    const facts = Object.fromEntries(back.map(([column, { before: old }]) => [column, old]))
    const { preferred = point.preferred, ...rest }: { -readonly [F in keyof Facts]?: Facts[F] } = facts
    wanted.set(point.id, preferred)
    // Nobody may have it any more with whom it was shared.
    if (rest.shared === true && !(await isElsewhere(tx, pair, point))) delete rest.shared
    if (Object.keys(rest).length > 0) await setPoint(tx, point.id, momentsOf(rest))
  }
  await settleShared(tx, pair, going)
  await settlePreferred(tx, pair.mergedId, (point) => {
    const chosenSince = wanted.get(point.id) === true && images[point.id]?.preferred === undefined
    return [chosenSince && before.some(({ id, preferred }) => id === point.id && preferred), wanted.get(point.id) ?? point.preferred]
  })
  await settlePreferred(tx, pair.survivorId, (point) => [point.preferred])
}

/** What both have is shared again, now that they are two; what the merged one kept of her own is not where the other lost it meanwhile. */
async function settleShared(tx: WorkspaceTx, pair: MergingPair, moved: ReadonlySet<string>): Promise<void> {
  const merged = await loadPoints(tx, pair.mergedId)
  const kept = new Set(merged.map(({ id }) => id).filter((id) => !moved.has(id)))
  for (const point of [...(await loadPoints(tx, pair.survivorId)), ...merged]) {
    if (point.shared && !kept.has(point.id)) continue
    const shared = await isElsewhere(tx, pair, point)
    if (shared !== point.shared) await setPoint(tx, point.id, { shared })
  }
}

/** Whether somebody else has it, once these two are two again. Those who were merged into one of them before are no one else. */
async function isElsewhere(tx: WorkspaceTx, { mergedId }: MergingPair, { id, kind, value_normalized }: Point): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with holder as (
      select p.id, case when c.id = ${mergedId}::uuid then c.id else coalesce(c.merged_into, c.id) end as contact_id
      from contact_point p join contact c on c.workspace_id = p.workspace_id and c.id = p.contact_id
      where p.workspace_id = ${tx.workspaceId} and p.kind = ${kind} and p.value_normalized = ${value_normalized})
    select other.id from holder own join holder other on other.contact_id <> own.contact_id where own.id = ${id} limit 1`.execute(tx.db)
  return rows.length > 0
}

const momentsOf = (facts: Partial<Facts>): Updateable<ContactPointRow> =>
  Object.fromEntries(
    Object.entries(facts).map(([column, value]) => [
      column,
      column.endsWith('_at') && value !== null ? Temporal.Instant.from(String(value)) : value,
    ]),
  )

/** Leaves one preferred of each kind: the first for which the earliest reason holds. */
async function settlePreferred(tx: WorkspaceTx, contactId: ContactId, reasons: (point: Point) => readonly boolean[]): Promise<void> {
  const points = await loadPoints(tx, contactId)
  for (const [, ofKind] of Map.groupBy(points, ({ kind }) => kind)) {
    const order = (point: Point) => {
      const at = reasons(point).indexOf(true)
      return at < 0 ? Number.MAX_SAFE_INTEGER : at
    }
    const [first] = ofKind.toSorted((one, other) => order(one) - order(other) || (one.id < other.id ? -1 : 1))
    for (const point of ofKind.filter(({ id, preferred }) => preferred && id !== first?.id))
      await setPoint(tx, point.id, { preferred: false })
    if (first && !first.preferred) await setPoint(tx, first.id, { preferred: true })
  }
}
