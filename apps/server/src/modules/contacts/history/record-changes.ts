import type { ChangeSource, ContactId, Principal } from '@frontdesk/contract'
import { actorOf } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { sameValue } from '../fields/field-value.rules.ts'
import { forgetInMerges } from '../merge/forget-in-merges.ts'

/** A field that is another one now. Null is nothing. */
export type FieldChange = { readonly field: string; readonly before: unknown; readonly after: unknown }

/** The fields that differ, in the order of `after`. */
export const changesBetween = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): FieldChange[] =>
  Object.entries(after)
    .filter(([field, value]) => !sameValue(before[field], value))
    .map(([field, value]) => ({ field, before: before[field] ?? null, after: value ?? null }))

export type RecordChanges = {
  readonly contactId: ContactId
  /** The contact's version after them. */
  readonly version: number
  readonly changes: readonly FieldChange[]
  readonly restored?: boolean
  /** She had it corrected: that something changed is kept, what it was is not, and what earlier changes kept of these fields goes too. */
  readonly forget?: boolean
}

/** Writes down what changed, a row for each field. The caller holds the contact. */
export async function recordChanges(tx: WorkspaceTx, by: Principal, wish: RecordChanges): Promise<void> {
  const { contactId, changes, version, restored = false, forget = false } = wish
  if (changes.length === 0) return
  const { type, id } = actorOf(by)
  if (forget) {
    await tx.db
      .updateTable('contact_change')
      .set({ before: null, after: null, forgotten: true })
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', '=', contactId)
      .where(
        'field',
        'in',
        changes.map(({ field }) => field),
      )
      .execute()
    await forgetInMerges(
      tx,
      contactId,
      changes.map(({ field }) => field),
    )
  }
  const kept = (value: unknown): string | null => (forget || value === null || value === undefined ? null : JSON.stringify(value))
  await tx.db
    .insertInto('contact_change')
    .values(
      changes.map(({ field, before, after }) => ({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        contact_id: contactId,
        version,
        field,
        before: kept(before),
        after: kept(after),
        at: tx.now,
        actor_kind: type,
        actor_id: id === '' ? null : id,
        source: sourceOf(by),
        restored,
        forgotten: forget,
      })),
    )
    .execute()
}

/** From where somebody changes things, by who it is: members and operators sit at the desk. */
function sourceOf(by: Principal): ChangeSource {
  switch (by.kind) {
    case 'member':
    case 'operator':
      return 'screen'
    case 'api_key':
      return 'api'
    case 'contact_link':
    case 'visitor':
      return 'own_page'
    case 'system':
      return 'system'
  }
}
