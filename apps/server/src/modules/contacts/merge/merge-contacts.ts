import type { ContactId, ContactMerge, MergeContactsBody, MergePreview, Principal, Contact as ShownContact } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { actorOf, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import type { ContactRow } from '../contacts.tables.ts'
import { holdFields } from '../fields/index-values.ts'
import { recordChanges } from '../history/record-changes.ts'
import { loadContact, loadPoints } from '../load-contact.ts'
import { refuseMerged } from '../lock-contact.ts'
import { lockPoints } from '../lock-points.ts'
import { nameOfCompany } from '../name-things.ts'
import { idOfNobody } from '../nobody.ts'
import { recordTimeline } from '../record-timeline.ts'
import { pairOf } from './list-duplicates.ts'
import { mergeOf, presentMerge } from './load-merge.ts'
import type { Kept } from './merge.tables.ts'
import { compareFields, valuesTaken } from './merge-fields.ts'
import { countRows, moveRows, placesOf } from './merge-places.ts'
import { settlePoints } from './merge-points.ts'
import { type MergingPair, mergeSteps } from './merge-steps.ts'
import { asChanges, readTwo, writeValues } from './write-values.ts'

type Contact = Selectable<ContactRow>
type Two = { readonly survivor: Contact; readonly merged: Contact }

/** What merging one contact into another would do. Throws 404, `contacts/merged` and `contacts/cannot-merge`. */
export async function previewMerge(
  tx: WorkspaceTx,
  by: Principal,
  { contactId, mergedId }: { readonly contactId: ContactId; readonly mergedId: ContactId },
): Promise<MergePreview> {
  contactsPolicy.require(by, 'contacts.merge')
  const wanted = { survivorId: contactId, mergedId }
  refuseOdd(tx, wanted)
  const { survivor, merged } = await readTwo(tx, by, wanted, { hold: false })
  refuseMerged(survivor)
  refuseMerged(merged)
  for (const step of mergeSteps.all()) await step.refuse?.(tx, wanted)
  const fields = await compareFields(tx, survivor, merged)
  const shown = async (field: string, value: unknown) => (field === 'company' ? nameOfCompany(tx, value as string | null) : value)
  const moves = new Map<string, number>()
  for (const place of await placesOf(tx, 'contact')) {
    const count = await countRows(tx, place, merged.id)
    if (count > 0) moves.set(place.table, (moves.get(place.table) ?? 0) + count)
  }
  const pair = await pairOf(tx, survivor.id, merged.id)
  return {
    survivor: await loadContact(tx, by, survivor.id),
    merged: await loadContact(tx, by, merged.id),
    fields: await Promise.all(
      fields.map(async (field) => ({
        ...field,
        survivor: await shown(field.field, field.survivor),
        merged: await shown(field.field, field.merged),
      })),
    ),
    moves: [...moves].map(([kind, count]) => ({ kind, count })),
    pair: pair ? { id: pair.id, score: pair.score, reasons: [...pair.reasons] } : null,
  }
}

export type MergeContacts = z.output<typeof MergeContactsBody> & { readonly contactId: ContactId }

/**
 * Merges one contact into another: what hangs on it hangs on the other from now on, field by field as it was chosen. Nothing is lost; `undoMerge` takes them apart again. Asking
 * again for a merge that was made answers that one. Throws 404, `http/version-mismatch`, `contacts/merged` and `contacts/cannot-merge`.
 */
export async function mergeContacts(
  tx: WorkspaceTx,
  by: Principal,
  wish: MergeContacts,
): Promise<{ merge: ContactMerge; contact: ShownContact }> {
  contactsPolicy.require(by, 'contacts.merge')
  const pair = { survivorId: wish.contactId, mergedId: wish.mergedId }
  refuseOdd(tx, pair)
  const { survivor, merged } = await readTwo(tx, by, pair, { hold: true })
  const done = merged.merged_into === survivor.id ? await mergeOf(tx, merged.id) : undefined
  if (done?.survivor_id === survivor.id) return answer(tx, by, done.id, survivor.id)
  refuseMerged(survivor)
  refuseMerged(merged)
  await refuseChanged(tx, by, { survivor, merged }, wish)
  for (const step of mergeSteps.all()) await step.refuse?.(tx, pair)
  await holdFields(tx, 'together')
  const points = [...(await loadPoints(tx, survivor.id)), ...(await loadPoints(tx, merged.id))]
  await lockPoints(
    tx,
    points.map(({ kind, value_normalized, value_as_typed }) => ({ kind, value: value_normalized, asTyped: value_as_typed })),
  )

  const compared = await compareFields(tx, survivor, merged)
  const fields = { ...unseen({ survivor, merged }, compared), ...valuesTaken(compared, wish.take) }
  const mergeId = tx.newId()
  const who = actorOf(by)
  await tx.db
    .insertInto('contact_merge')
    .values({
      workspace_id: tx.workspaceId,
      id: mergeId,
      survivor_id: survivor.id,
      merged_id: merged.id,
      merged_by_kind: who.type,
      merged_by_id: who.id === '' ? null : who.id,
      merged_at: tx.now,
      kept: null,
      undone_at: null,
      undone_by_kind: null,
      undone_by_id: null,
    })
    .execute()
  const steps: Record<string, unknown> = {}
  for (const step of mergeSteps.all()) {
    const kept = await step.merge?.(tx, by, pair)
    if (kept !== undefined) steps[step.name] = kept
  }
  const lastDealing = { before: survivor.last_dealing_at, after: later(survivor.last_dealing_at, merged.last_dealing_at) }
  const kept: Kept = { fields, points: await settlePoints(tx, mergeId, pair), steps, lastDealing }
  for (const place of await placesOf(tx, 'contact')) await moveRows(tx, place, { mergeId, from: merged.id, to: survivor.id })
  await tx.db
    .updateTable('contact')
    .set({ merged_into: survivor.id, merged_at: tx.now, version: merged.version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', merged.id)
    .execute()
  const version = await writeValues(tx, survivor, Object.fromEntries(Object.entries(fields).map(([field, { after }]) => [field, after])), {
    last_activity_at: later(survivor.last_activity_at, merged.last_activity_at),
    last_dealing_at: lastDealing.after,
  })
  await tx.db
    .updateTable('contact_merge')
    .set({ kept: JSON.stringify(kept) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mergeId)
    .execute()
  await tx.db
    .deleteFrom('duplicate_pair')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'open')
    .where((or) => or.or([or('first_id', '=', merged.id), or('second_id', '=', merged.id)]))
    .execute()

  await recordChanges(tx, by, {
    contactId: survivor.id,
    version,
    changes: [{ field: 'merged', before: null, after: { mergeId, name: merged.name } }, ...(await asChanges(tx, fields))],
  })
  await audit(tx, by, { action: 'contact.merged', object: { type: 'contact', id: survivor.id }, result: 'done' })
  await recordTimeline(tx, {
    contactId: survivor.id,
    kind: 'contact.merged',
    actor: by,
    subject: { type: 'contact', id: merged.id },
    summary: { key: 'contact_merged', values: { other: merged.name } },
  })
  await emit(tx, 'contact.merged', { contactId: survivor.id, mergedContactId: merged.id, mergeId })
  await emit(tx, 'contact.changed', { contactId: survivor.id })
  return answer(tx, by, mergeId, survivor.id)
}

/** Throws `contacts/cannot-merge` for a contact with itself and for the one who is nobody. */
function refuseOdd(tx: WorkspaceTx, { survivorId, mergedId }: MergingPair): void {
  if (survivorId === mergedId)
    throw new Refusal('contacts/cannot-merge', {
      detail: 'This is one contact already. Choose another one to merge it with. Nothing was merged.',
    })
  if ([survivorId, mergedId].includes(idOfNobody(tx.workspaceId)))
    throw new Refusal('contacts/cannot-merge', {
      detail: 'One of the two is where anonymized appointments and messages are kept; it is about nobody. Nothing was merged.',
    })
}

async function refuseChanged(tx: WorkspaceTx, by: Principal, { survivor, merged }: Two, wish: MergeContacts): Promise<void> {
  if (survivor.version === wish.version && merged.version === wish.mergedVersion) return
  throw new Refusal('http/version-mismatch', {
    detail: 'Somebody changed one of the two since you compared them. Nothing was merged; look at the current values and choose again.',
    current: await loadContact(tx, by, survivor.version === wish.version ? merged.id : survivor.id),
  })
}

/** Values that no field in use shows, such as those of archived ones: they come along where nothing is in their way. */
function unseen({ survivor, merged }: Two, compared: readonly { readonly field: string }[]): Kept['fields'] {
  return Object.fromEntries(
    Object.entries(merged.own_values)
      .filter(([key]) => survivor.own_values[key] === undefined && !compared.some(({ field }) => field === `own.${key}`))
      .map(([key, value]) => [`own.${key}`, { before: null, after: value }]),
  )
}

const later = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(one, other) >= 0 ? one : other

async function answer(tx: WorkspaceTx, by: Principal, mergeId: string, contactId: ContactId) {
  const row = await tx.db
    .selectFrom('contact_merge')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mergeId)
    .executeTakeFirstOrThrow()
  return { merge: await presentMerge(tx, row), contact: await loadContact(tx, by, contactId) }
}
