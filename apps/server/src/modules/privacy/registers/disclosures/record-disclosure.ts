import type { ContactId, DataCategory, DisclosurePurpose, DisclosureRecipient, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import type { DisclosureRow } from './disclosure.tables.ts'

/** A hand-over as rooms record it. */
export type RecordDisclosure = {
  readonly recipientKind: DisclosureRecipient
  readonly recipient: string
  readonly purpose: DisclosurePurpose
  readonly contactId: ContactId | null
  readonly people?: number
  readonly categories: readonly DataCategory[]
  readonly about?: { readonly type: NonNullable<DisclosureRow['about_type']>; readonly id: string }
}

/** Records that data are given to somebody outside, in the transaction in which they are. */
export async function recordDisclosure(tx: WorkspaceTx, by: Principal, wish: RecordDisclosure): Promise<Selectable<DisclosureRow>> {
  const row = await tx.db
    .insertInto('disclosure')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      at: tx.now,
      recipient_kind: wish.recipientKind,
      recipient: wish.recipient,
      purpose: wish.purpose,
      contact_id: wish.contactId,
      people: wish.people ?? 1,
      categories: JSON.stringify(wish.categories),
      about_type: wish.about?.type ?? null,
      about_id: wish.about?.id ?? null,
      done_by: actorText(by),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'disclosure.recorded', object: { type: 'disclosure', id: row.id }, result: 'done' })
  await emit(tx, 'disclosure.recorded', { disclosureId: row.id })
  return row
}
