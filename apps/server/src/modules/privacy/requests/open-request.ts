import type { Principal } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { reference } from '../../../platform/inventory/index.ts'
import { defineJob } from '../../../platform/jobs/index.ts'
import { normalizeAddress } from '../../../platform/mail/index.ts'
import { contactFacts } from '../../contacts/index.ts'
import { recordOptOut } from '../suppression/opt-out.ts'
import { suppress } from '../suppression/suppress.ts'
import { lockCase } from './find-request.ts'
import { mailRequester } from './mail-requester.ts'
import { tellOfficer } from './office.ts'
import { raiseWhereSensitive } from './proof-level.ts'
import { needsNoProof } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { aboutHer } from './request-files.ts'
import { keepWork } from './request-work.ts'
import { changeRequest, moveTo, remember } from './take-step.ts'

/** Looks up who asks, honours what is honoured at once, and sends the link that proves who she is, to the address on file alone. */
export const openRequestJob = defineJob({
  name: 'privacy.open-request',
  payload: z.strictObject({ requestId: z.uuid() }),
  fields: { requestId: reference('contact', 'detach') },
  run: async (context, { requestId }) => {
    await context.inWorkspace((tx) => openRequest(tx, context.by, requestId))
  },
})

/** The same in one transaction. Doing it twice changes nothing. */
export async function openRequest(tx: WorkspaceTx, by: Principal, requestId: string): Promise<void> {
  const stored = await lockCase(tx, requestId)
  if (stored?.state !== 'acknowledged' || stored.verified_how !== null) return
  const row = await raiseWhereSensitive(tx, await matched(tx, by, stored))
  await aboutHer(tx, row)
  await honourAtOnce(tx, by, row)
  await tellOfficer(tx, row, 'received')
  if (row.kind === 'complaint') {
    // A complaint needs no proof of who makes it; what is told about her data in the answer does.
    await mailRequester(tx, await changeRequest(tx, row, { verified_at: tx.now, verified_how: 'not_needed' }), { news: 'acknowledged' })
  } else if (needsNoProof(row.kind)) {
    await mailRequester(tx, await moveTo(tx, by, row, 'in_progress', { verified_at: tx.now, verified_how: 'not_needed' }), {
      news: 'acknowledged',
    })
  } else {
    await mailRequester(tx, await moveTo(tx, by, row, 'verifying'), { news: 'challenge' })
  }
}

/** The contact whose address she named, or the one that a member chose. */
async function matched(tx: WorkspaceTx, by: Principal, row: StoredRequest): Promise<StoredRequest> {
  const value = row.requester_email === null ? null : normalizeAddress(row.requester_email)
  if (row.contact_id !== null) {
    const { points } = await contactFacts(tx, row.contact_id)
    const point = points.find((one) => one.kind === 'email' && one.value === value)
    return point ? changeRequest(tx, row, { point_id: point.id }) : row
  }
  if (value === null) return row
  const point = await tx.db
    .selectFrom('contact_point')
    .select(['id', 'contact_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'email')
    .where('value_normalized', '=', value)
    .orderBy('id')
    .executeTakeFirst()
  if (!point) return row
  const found = await changeRequest(tx, row, { contact_id: point.contact_id, point_id: point.id })
  if (found.kind !== 'complaint') await remember(tx, by, found, 'received')
  return found
}

/** Direct marketing stops at once, whoever asks, and whether or not the address is known (GDPR art. 21(3); CCPA: no proof for an opt-out). */
async function honourAtOnce(tx: WorkspaceTx, by: Principal, row: StoredRequest): Promise<void> {
  if (row.kind !== 'objection' && row.kind !== 'withdrawal' && row.kind !== 'opt_out') return
  const contact = row.contact_id === null ? undefined : await contactFacts(tx, row.contact_id)
  if (contact && contact.points.length > 0) {
    await recordOptOut(tx, by, { contactId: contact.contactId, scope: 'marketing', cause: 'asked' })
  } else if (row.requester_email !== null) {
    await suppress(tx, by, { kind: 'email', value: normalizeAddress(row.requester_email), scope: 'marketing', cause: 'page' })
  } else {
    return
  }
  await keepWork(tx, by, row, { kind: 'opt_out', state: 'done' })
}
