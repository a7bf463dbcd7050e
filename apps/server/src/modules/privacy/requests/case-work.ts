import type { ContactId, Principal, RestrictionGround } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { restrictContact, restrictionOf } from '../erasure/index.ts'
import { lockRequest } from './find-request.ts'
import { workOf, works } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { keepWork } from './request-work.ts'
import { notNow } from './take-step.ts'

type Act = ReturnType<typeof workOf>[number]
type KnownCase = StoredRequest & { readonly contact_id: ContactId }

/** Locks a case for something that is done to her data. Throws `http/conflict` before she has proven who she is, after the answer, and where the kind does not ask for it. */
export async function caseAtWork(tx: WorkspaceTx, by: Principal, requestId: string, act: Act): Promise<KnownCase> {
  const row = await lockRequest(tx, by, requestId)
  if (!works(row) || row.contact_id === null) throw notNow(row)
  if (!workOf(row.kind).includes(act))
    throw new Refusal('http/conflict', { detail: 'That is not what was asked for. Do it on the contact itself. Nothing was changed.' })
  return { ...row, contact_id: row.contact_id }
}

/** Our own hands, where the law wants something done at once and nobody has to decide. */
export const ourselves = (tx: WorkspaceTx): Principal => ({ kind: 'system', workspaceId: tx.workspaceId, job: 'privacy.requests' })

/** Keeps her data and does not use it, because of this case. Where it is so already, nothing changes. */
export async function restrictForCase(tx: WorkspaceTx, by: Principal, row: StoredRequest, ground: RestrictionGround): Promise<void> {
  if (row.contact_id === null || (await restrictionOf(tx, row.contact_id))) return
  await restrictContact(tx, by.kind === 'member' ? by : ourselves(tx), { contactId: row.contact_id, ground, requestId: row.id })
  await keepWork(tx, by, row, { kind: 'restriction', state: 'done', details: ground })
}
