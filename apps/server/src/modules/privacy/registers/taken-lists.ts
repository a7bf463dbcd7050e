import type { Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import type { TakenList } from '../../contacts/index.ts'
import { recordDisclosure } from './disclosures/record-disclosure.ts'

/** A list of contacts that the business takes along stands on the account of disclosures, as a copy of everything does: from then on it lies outside of what this server can erase. */
export async function recordTakenList(tx: WorkspaceTx, by: Principal, { listExportId, people }: TakenList): Promise<void> {
  if (people === 0) return
  await recordDisclosure(tx, by, {
    recipientKind: 'business',
    recipient: (await workspaceFacts(tx)).name,
    purpose: 'own_records',
    contactId: null,
    people,
    categories: ['contact_details', 'free_text', 'name', 'preference'],
    about: { type: 'list_export', id: listExportId },
  })
}
