import type { ErasureMode, Principal } from '@frontdesk/contract'
import { z } from 'zod'
import { actorText } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../../platform/jobs/index.ts'
import { eraseContact } from '../erasure/index.ts'
import { caseAtWork } from './case-work.ts'
import { lockCase } from './find-request.ts'
import { looksAgain, waitsForLetter } from './letter-left.ts'
import { mailRequester } from './mail-requester.ts'
import type { StoredRequest } from './request.tables.ts'
import { keepWork, setWork } from './request-work.ts'
import { moveTo } from './take-step.ts'

export type EraseForRequest = {
  readonly requestId: string
  readonly text: string
  readonly mode?: ErasureMode | undefined
  readonly neverContactAgain: boolean
}

/**
 * Answers, and erases or anonymizes her once the answer has left: her address goes with her, and afterwards nobody could tell her. The receipt stays with the case.
 */
export async function eraseForRequest(tx: WorkspaceTx, by: Principal, wish: EraseForRequest): Promise<StoredRequest> {
  const row = await caseAtWork(tx, by, wish.requestId, 'erase')
  const answered = await moveTo(tx, by, row, 'answered', { answer: wish.text, answered_by: actorText(by) })
  const afterMail = await mailRequester(tx, answered, { news: 'answered', text: wish.text })
  const mode = wish.mode ?? (row.kind === 'anonymization' ? 'anonymize' : 'erase')
  const work = await keepWork(tx, by, answered, {
    kind: 'erasure',
    state: 'planned',
    wish: { mode, neverContactAgain: wish.neverContactAgain, afterMail },
  })
  await enqueue(tx, carryOutErasureJob, { workId: work.id })
  return answered
}

/** Erases once the answer has left; until then it looks again. */
export const carryOutErasureJob: Job<{ workId: string }> = defineJob({
  name: 'privacy.carry-out-erasure',
  payload: z.strictObject({ workId: z.uuid() }),
  fields: { workId: system },
  run: (context, { workId }) =>
    context.inWorkspace(async (tx) => {
      if ((await carryOutErasure(tx, context.by, workId)) === 'waits')
        await enqueue(tx, carryOutErasureJob, { workId }, { startAfter: tx.now.add(looksAgain) })
    }),
})

/** The same in one transaction. Doing it twice changes nothing. */
export async function carryOutErasure(tx: WorkspaceTx, by: Principal, workId: string): Promise<'waits' | 'begun' | 'over'> {
  const work = await tx.db
    .selectFrom('request_work')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', workId)
    .forUpdate()
    .executeTakeFirst()
  if (work?.kind !== 'erasure' || work.state !== 'planned') return 'over'
  const row = await lockCase(tx, work.request_id)
  if (!row?.contact_id) {
    await setWork(tx, work.id, { state: 'done' }) // she was erased another way in the meantime
    return 'over'
  }
  if (await waitsForLetter(tx, work.wish?.afterMail, work.at)) return 'waits'
  const erasure = await eraseContact(tx, by, {
    contactId: row.contact_id,
    mode: work.wish?.mode ?? 'erase',
    ground: row.for_whom === 'child' ? 'child' : 'person_asked',
    bookingsAhead: 'cancel',
    neverContactAgain: work.wish?.neverContactAgain ?? false,
  })
  await setWork(tx, work.id, { state: 'running', ref_id: erasure.id })
  return 'begun'
}
