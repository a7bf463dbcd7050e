import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { recordTimeline } from '../../contacts/index.ts'
import { serviceById } from '../find-service.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'

/** What a contact's timeline says about her waiting. */
export type WaitlistKind =
  | 'waitlist.joined'
  | 'waitlist.offered'
  | 'waitlist.passed'
  | 'waitlist.missed'
  | 'waitlist.left'
  | 'waitlist.removed'

/** Writes a step of somebody's waiting on her timeline. */
export async function rememberWaitlist(
  tx: WorkspaceTx,
  by: Principal,
  kind: WaitlistKind,
  entry: Pick<WaitlistEntryRow, 'id' | 'contact_id' | 'service_id'>,
  start?: Temporal.Instant,
): Promise<void> {
  const service = await serviceById(tx, entry.service_id)
  await recordTimeline(tx, {
    contactId: entry.contact_id,
    kind,
    actor: by,
    subject: { type: 'waitlist_entry', id: entry.id },
    summary: { key: kind, values: { service: service.name, ...(start ? { start: start.toString() } : {}) } },
  })
}
