import type { ContactId, Principal, RevealPurpose, SensitiveReveal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { loadField, requireTaxIds } from './declare-field.ts'
import { factsOfKind } from './sensitive-kinds.ts'
import { findValue, isReader, openValue, type ValuePlace } from './sensitive-values.ts'

/** For how long a screen shows a value in full, in seconds. */
export const shownFor = 30

export type RevealValue = ValuePlace & { readonly purpose: RevealPurpose; readonly reason: string }

/** Shows a value in full to a reader who says what for and why, and remembers it. Throws `privacy/not-a-reader`, `privacy/tax-ids-off`, and 404 where nothing is written down. */
export async function revealValue(tx: WorkspaceTx, by: Principal, wish: RevealValue): Promise<{ value: string; showFor: number }> {
  privacyPolicy.require(by, 'sensitive_values.reveal')
  const field = await loadField(tx, wish.fieldId)
  if (by.kind !== 'member' || !isReader(by, field)) {
    throw new Refusal('privacy/not-a-reader', {
      detail: `Values of “${field.label}” are seen in full by people in the roles ${field.readers.join(', ')}. The owner or the privacy officer can change that.`,
      readers: field.readers,
    })
  }
  if (factsOfKind(field.kind).taxId) await requireTaxIds(tx)
  const contact = await loadContact(tx, by, wish.contactId)
  const row = await findValue(tx, { contactId: contact.id, fieldId: field.id })
  if (!row) throw new Refusal('http/not-found', { detail: 'Nothing is written down in this field.' })
  const value = openValue(tx, row)
  if (value === undefined) {
    throw new Refusal('http/conflict', {
      detail:
        'This value cannot be read: it was changed past Frontdesk, or its key is missing. Ask whoever runs the server, or write it down anew.',
    })
  }
  await tx.db
    .insertInto('sensitive_reveal')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      field_id: field.id,
      contact_id: contact.id,
      member_id: by.memberId,
      purpose: wish.purpose,
      reason: wish.reason,
      at: tx.now,
    })
    .execute()
  await audit(tx, by, { action: 'sensitive_value.revealed', object: { type: 'contact', id: contact.id }, result: 'done' })
  return { value, showFor: shownFor }
}

/** Who saw values of a contact in full, newest first. */
export async function listReveals(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: SensitiveReveal[]; next: string | null }> {
  privacyPolicy.require(by, 'sensitive_reveals.read')
  const contact = await loadContact(tx, by, wish.contactId)
  const before = readCursor(wish.cursor, [z.uuid()])
  const rows = await tx.db
    .selectFrom('sensitive_reveal')
    .innerJoin('sensitive_field', (join) =>
      join
        .onRef('sensitive_field.workspace_id', '=', 'sensitive_reveal.workspace_id')
        .onRef('sensitive_field.id', '=', 'sensitive_reveal.field_id'),
    )
    .select(['sensitive_reveal.id', 'field_id', 'label', 'member_id', 'purpose', 'reason', 'at'])
    .where('sensitive_reveal.workspace_id', '=', tx.workspaceId)
    .where('sensitive_reveal.contact_id', '=', contact.id)
    .$if(before !== undefined, (query) => query.where(sql<boolean>`sensitive_reveal.id < ${before?.[0]}::uuid`))
    .orderBy('sensitive_reveal.id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  return pageFrom(
    rows,
    wish.limit,
    (row) => ({
      id: row.id,
      fieldId: row.field_id,
      label: row.label,
      by: `member:${row.member_id}`,
      purpose: row.purpose,
      reason: row.reason,
      at: row.at.toString(),
    }),
    (row) => [row.id],
  )
}
