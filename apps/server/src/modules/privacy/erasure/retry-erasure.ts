import type { Erasure, Principal } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { loadErasure } from './erase-contact.ts'
import { eraseContactJob } from './erasure-job.ts'

/** Tries an erasure now that a hold, or tries that were used up, keep waiting. One that is done stays as it is. Throws 404. */
export async function retryErasure(tx: WorkspaceTx, by: Principal, erasureId: string): Promise<Erasure> {
  privacyPolicy.require(by, 'contacts.erase')
  const erasure = await loadErasure(tx, by, erasureId)
  if (erasure.state === 'done') return erasure
  await enqueue(tx, eraseContactJob, { erasureId }, { singletonKey: erasureId })
  await audit(tx, by, { action: 'contact.erasure_retried', object: { type: 'erasure', id: erasureId }, result: 'done' })
  return erasure
}
