import type { ContactId, ContactPointId, ContactPointInput } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { type NormalizedPoint, normalizePoint, type PointKind } from './contact-point.rules.ts'
import { searchText } from './fold-text.ts'
import { splitHandle } from './handle.rules.ts'
import { lockPoints } from './lock-points.ts'

/** A contact point ready to be stored. */
export type NewPoint = NormalizedPoint & {
  readonly id?: ContactPointId | undefined
  readonly label: string | null
  readonly preferred: boolean
  readonly shared: boolean
}

const nameOfKind: Readonly<Record<PointKind, string>> = { email: 'address', phone: 'number', handle: 'handle' }

/** Normalises what a member wrote: the first of a kind is preferred unless another one is. Throws `contacts/not-a-phone-number` and `contacts/not-a-handle`. */
export function readPoints(inputs: readonly ContactPointInput[], country: string | null): readonly NewPoint[] {
  const points = inputs.map((input) => ({ ...normalizePoint(input, country), input }))
  const unique = points.filter(
    (point, index) => points.findIndex((other) => other.kind === point.kind && other.value === point.value) === index,
  )
  return unique.map(({ input, ...point }) => {
    const ofKind = unique.filter((other) => other.kind === point.kind)
    const preferred = ofKind.find((other) => other.input.preferred) ?? ofKind[0]
    return {
      ...point,
      id: input.id,
      label: input.label ?? null,
      preferred: preferred?.value === point.value,
      shared: input.shared ?? false,
    }
  })
}

/**
 * Makes sure that nobody else has these points, unless they are shared; those who have a shared one share it from now on too. What a contact that was merged kept for an undo is
 * in nobody's way.
 * Throws `contacts/point-taken` with the other contact's id.
 */
export async function claimPoints(tx: WorkspaceTx, contactId: ContactId, points: readonly NewPoint[]): Promise<void> {
  await lockPoints(tx, points)
  for (const point of points) {
    const others = tx.db
      .selectFrom('contact_point')
      .select(['id', 'contact_id'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('kind', '=', point.kind)
      .where('value_normalized', '=', point.value)
      .where('contact_id', '<>', contactId)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('contact')
              .select('contact.id')
              .whereRef('contact.workspace_id', '=', 'contact_point.workspace_id')
              .whereRef('contact.id', '=', 'contact_point.contact_id')
              .where('contact.merged_into', 'is not', null),
          ),
        ),
      )
    const taken = await others.execute()
    if (taken.length === 0) continue
    if (!point.shared) {
      throw new Refusal('contacts/point-taken', {
        detail: `Another contact has ${point.asTyped}. Open that contact, or mark this ${nameOfKind[point.kind]} as shared. Nothing was saved.`,
        value: point.kind === 'handle' ? splitHandle(point.value).value : point.value,
        contactId: taken[0]?.contact_id,
      })
    }
    await tx.db
      .updateTable('contact_point')
      .set({ shared: true })
      .where('workspace_id', '=', tx.workspaceId)
      .where(
        'id',
        'in',
        taken.map((other) => other.id),
      )
      .execute()
  }
}

/** Stores one more point of a contact. The caller has claimed it. */
export async function addPoint(tx: WorkspaceTx, contactId: ContactId, point: NewPoint): Promise<ContactPointId> {
  const id = tx.newId<'contact_point'>()
  await tx.db
    .insertInto('contact_point')
    .values({
      workspace_id: tx.workspaceId,
      id,
      contact_id: contactId,
      kind: point.kind,
      value_normalized: point.value,
      value_as_typed: point.asTyped,
      label: point.label,
      preferred: point.preferred,
      shared: point.shared,
      verified_at: null,
      bounce_kind: null,
      bounced_at: null,
      bounce_retry_after: null,
      last_heard_at: null,
      created_at: tx.now,
    })
    .execute()
  return id
}

/** Which of these points a contact does not have: what was typed anew, and what was corrected. */
export async function pointsNotYetOf(tx: WorkspaceTx, contactId: ContactId, points: readonly NewPoint[]): Promise<readonly NewPoint[]> {
  const has = await tx.db
    .selectFrom('contact_point')
    .select(['kind', 'value_normalized'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .execute()
  return points.filter((point) => !has.some((one) => one.kind === point.kind && one.value_normalized === point.value))
}

/** Replaces the points of a contact by these. A point that stays keeps its id and whether it was verified. */
export async function replacePoints(tx: WorkspaceTx, contactId: ContactId, points: readonly NewPoint[]): Promise<void> {
  await claimPoints(tx, contactId, points)
  const mine = tx.db.selectFrom('contact_point').where('workspace_id', '=', tx.workspaceId).where('contact_id', '=', contactId)
  const before = await mine.select(['id', 'kind', 'value_normalized']).execute()
  const kept = points.map((point) => {
    const same = before.find((one) => one.kind === point.kind && one.value_normalized === point.value)
    const corrected = before.find(
      (one) => one.id === point.id && one.kind === point.kind && !points.some((other) => other.value === one.value_normalized),
    )
    return { point, old: same ?? corrected, corrected: same === undefined }
  })
  const gone = before.filter((one) => !kept.some(({ old }) => old?.id === one.id)).map((one) => one.id)

  const own = tx.db.updateTable('contact_point').where('workspace_id', '=', tx.workspaceId).where('contact_id', '=', contactId)
  if (gone.length > 0) {
    await tx.db
      .deleteFrom('contact_point')
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', '=', contactId)
      .where('id', 'in', gone)
      .execute()
  }
  await own.set({ preferred: false }).execute() // so that the one preferred point may change hands in any order
  for (const { point, old, corrected } of kept) {
    if (!old) {
      await addPoint(tx, contactId, point)
      continue
    }
    await own
      .set({
        value_normalized: point.value,
        value_as_typed: point.asTyped,
        label: point.label,
        preferred: point.preferred,
        shared: point.shared,
        ...(corrected ? { verified_at: null, bounce_kind: null, bounced_at: null, bounce_retry_after: null, last_heard_at: null } : {}),
      })
      .where('id', '=', old.id)
      .execute()
  }
}

/** Writes anew what search looks through, after a name, a company or a point changed. */
export async function refreshSearchText(tx: WorkspaceTx, contactId: ContactId): Promise<void> {
  const contact = await tx.db
    .selectFrom('contact')
    .leftJoin('company', (join) =>
      join.onRef('company.workspace_id', '=', 'contact.workspace_id').onRef('company.id', '=', 'contact.company_id'),
    )
    .select(['contact.name', 'company.name as company'])
    .where('contact.workspace_id', '=', tx.workspaceId)
    .where('contact.id', '=', contactId)
    .executeTakeFirstOrThrow()
  const points = await tx.db
    .selectFrom('contact_point')
    .select(['kind', 'value_normalized'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .orderBy('id')
    .execute()
  await tx.db
    .updateTable('contact')
    .set({
      search_text: searchText(
        contact.name,
        contact.company,
        points.map((point) => (point.kind === 'handle' ? splitHandle(point.value_normalized).value : point.value_normalized)),
      ),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', contactId)
    .execute()
}
