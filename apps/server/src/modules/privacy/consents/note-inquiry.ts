import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { contactFacts, loadContact, recordTimeline } from '../../contacts/index.ts'
import type { SubjectSource } from '../gate/subject-sources.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { forgetDealing } from './note-dealing.ts'

/** She called and reached nobody, or asked to be called. Until the telephone is part of Frontdesk a member notes it. */
export type Inquiry = 'missed_call' | 'callback'

/** Notes that she called or asks to be called: it may be answered, and the clock of the inquiry starts. Throws 404. */
export async function noteInquiry(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly kind: Inquiry; readonly at?: string | undefined },
): Promise<string> {
  privacyPolicy.require(by, 'inquiries.note')
  await loadContact(tx, by, wish.contactId) // whether these eyes may see her
  const { contactId } = await contactFacts(tx, wish.contactId)
  const at = wish.at === undefined ? tx.now : Temporal.Instant.from(wish.at)
  if (Temporal.Instant.compare(at, tx.now) > 0) {
    throw new Refusal('http/invalid-request', { detail: 'She cannot have called in the future. Correct the time. Nothing was saved.' })
  }
  const id = tx.newId()
  await tx.db
    .insertInto('dealing')
    .values({
      workspace_id: tx.workspaceId,
      id,
      contact_id: contactId,
      kind: 'inquiry',
      source_type: wish.kind,
      source_id: id,
      happened_at: at,
      created_at: tx.now,
    })
    .execute()
  await recordTimeline(tx, {
    contactId,
    kind: wish.kind === 'missed_call' ? 'call.missed' : 'callback.asked',
    actor: by,
    subject: { type: wish.kind, id },
    summary: { key: wish.kind === 'missed_call' ? 'call_missed' : 'callback_asked', values: {} },
    at,
  })
  return id
}

/** Takes back what was noted by a slip. The timeline keeps both. Throws 404. */
export async function forgetInquiry(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly inquiryId: string },
): Promise<void> {
  privacyPolicy.require(by, 'inquiries.note')
  await loadContact(tx, by, wish.contactId)
  const { contactId } = await contactFacts(tx, wish.contactId)
  const row = await inquiryById(tx, wish.inquiryId)
  if (!row || row.contact_id !== contactId) throw new Refusal('http/not-found', { detail: 'This was not noted here.' })
  await forgetDealing(tx, { kind: 'inquiry', source: { type: row.source_type as Inquiry, id: row.source_id } })
  await recordTimeline(tx, {
    contactId,
    kind: 'inquiry.forgotten',
    actor: by,
    subject: { type: row.source_type, id: row.id },
    summary: { key: 'inquiry_forgotten', values: {} },
  })
}

const kinds: readonly string[] = ['missed_call', 'callback'] satisfies readonly Inquiry[]

const inquiryById = (tx: WorkspaceTx, id: string) =>
  tx.db
    .selectFrom('dealing')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('source_type', 'in', [...kinds])
    .executeTakeFirst()

/** What a callback hangs on. How long it may be answered is the rulebook's. */
export const inquirySource: SubjectSource = {
  types: ['missed_call', 'callback'],
  facts: async (tx, about, contactId) => {
    const row = await inquiryById(tx, about.id)
    return row && row.contact_id === contactId && row.source_type === about.type
      ? { open: true, startedBy: 'contact', since: row.happened_at }
      : null
  },
  newest: async (tx, contactId) => {
    const row = await tx.db
      .selectFrom('dealing')
      .select(['id', 'source_type'])
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', '=', contactId)
      .where('kind', '=', 'inquiry')
      .where('source_type', 'in', [...kinds])
      .orderBy('happened_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ? { type: row.source_type as Inquiry, id: row.id } : null
  },
}
