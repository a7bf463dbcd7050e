import type { ContactId, Disclosure, DisclosureBody, Principal, ProcessingPurpose } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../../platform/http/index.ts'
import { loadContact } from '../../../contacts/index.ts'
import { contactAndMerged, requireUnrestricted } from '../../erasure/index.ts'
import { requireUse } from '../../policies/data-use.ts'
import { requireRecipient } from '../egress.ts'
import { memberNames } from '../member-names.ts'
import { disclosurePolicy } from './disclosure.policy.ts'
import type { DisclosureRow } from './disclosure.tables.ts'
import { recordDisclosure } from './record-disclosure.ts'

/**
 * Writes a hand-over down. The register of recipients has to cover purpose and kinds of data; for offers of the recipient she has to have agreed, and data that are only kept go
 * to nobody but for a claim. Throws `privacy/recipient-stopped`, `privacy/use-not-allowed`, `privacy/data-restricted`.
 */
export async function writeDisclosure(tx: WorkspaceTx, by: Principal, body: DisclosureBody): Promise<Disclosure> {
  disclosurePolicy.require(by, 'disclosures.write')
  const recipient = await requireRecipient(tx, {
    processorId: body.processorId,
    purpose: processingPurpose[body.purpose],
    categories: body.categories,
  })
  const contactId = body.contactId === undefined ? null : (await loadContact(tx, by, body.contactId)).id
  if (contactId !== null && body.purpose !== 'legal_claim') await requireUnrestricted(tx, contactId)
  if (contactId !== null && body.purpose === 'their_offers') await requireUse(tx, contactId, 'third_party_marketing')
  const row = await recordDisclosure(tx, by, {
    recipientKind: recipient.kind,
    recipient: body.note === undefined ? recipient.name : `${recipient.name}: ${body.note}`,
    purpose: body.purpose,
    contactId,
    people: contactId === null ? body.people : 1,
    categories: body.categories,
  })
  return present(row, await memberNames(tx))
}

/** What the register of recipients knows the purposes of hand-overs as. */
export const processingPurpose = {
  accounting: 'compliance',
  advice: 'compliance',
  legal_claim: 'compliance',
  service: 'service',
  their_offers: 'communication',
} as const satisfies Readonly<Record<DisclosureBody['purpose'], ProcessingPurpose>>

/** One page of hand-overs, newest first. */
export async function listDisclosures(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId?: ContactId | undefined; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Disclosure[]; next: string | null }> {
  disclosurePolicy.require(by, 'disclosures.read')
  const before = readCursor(wish.cursor, [z.uuid()])?.[0]
  let query = tx.db.selectFrom('disclosure').selectAll().where('workspace_id', '=', tx.workspaceId)
  if (wish.contactId !== undefined) query = query.where('contact_id', 'in', await contactAndMerged(tx, wish.contactId))
  if (before !== undefined) query = query.where('id', '<', before)
  const rows = await query
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const nameOf = await memberNames(tx)
  return pageFrom(
    rows,
    wish.limit,
    (row) => present(row, nameOf),
    (row) => [row.id],
  )
}

const present = (row: Selectable<DisclosureRow>, nameOf: (actor: string) => string): Disclosure => ({
  id: row.id,
  at: row.at.toString(),
  recipientKind: row.recipient_kind,
  recipient: row.recipient,
  purpose: row.purpose,
  contactId: row.contact_id,
  people: row.people,
  categories: [...row.categories],
  by: nameOf(row.done_by),
})
