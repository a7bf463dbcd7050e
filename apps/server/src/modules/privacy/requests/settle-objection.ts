import type { MailId, ObjectedUse, Principal } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job } from '../../../platform/jobs/index.ts'
import { keepUnused, liftRestriction, restrictionOf } from '../erasure/index.ts'
import { endUses } from '../policies/object-to-use.ts'
import { recordOptOut } from '../suppression/opt-out.ts'
import { ourselves } from './case-work.ts'
import { lockCase } from './find-request.ts'
import { looksAgain, waitsForLetter } from './letter-left.ts'
import type { StoredRequest } from './request.tables.ts'
import { keepWork, setWork } from './request-work.ts'

/** What an upheld objection ends: what was chosen, everything where nothing was. Undefined where the case is no objection to a use. Throws `http/invalid-request` for a choice that does not belong there. */
export function endsOf(row: StoredRequest, chosen: readonly ObjectedUse[] | undefined): readonly ObjectedUse[] | undefined {
  if (row.kind === 'objection_use') return chosen === undefined || chosen.includes('everything') ? ['everything'] : [...new Set(chosen)]
  if (chosen === undefined) return undefined
  throw new Refusal('http/invalid-request', { detail: 'Only an objection to a use ends uses. Nothing was changed.' })
}

/**
 * What was paused for the time of deciding is settled for her: all of it stays unused, or the chosen uses end for good and the rest goes on once she was told (GDPR Art. 21(1), 18(3)).
 */
export async function upholdObjection(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredRequest,
  { ends, letter }: { readonly ends: readonly ObjectedUse[]; readonly letter: MailId | null },
): Promise<void> {
  if (row.contact_id === null) return
  const contactId = row.contact_id
  const acting = by.kind === 'member' ? by : ourselves(tx)
  if (ends.includes('everything')) {
    await keepUnused(tx, acting, contactId, row.id)
  } else {
    if (ends.includes('messages')) await recordOptOut(tx, by, { contactId, scope: 'marketing', cause: 'asked' })
    const uses = ends.filter((use) => use !== 'messages' && use !== 'everything')
    await endUses(tx, by, { contactId, uses, requestId: row.id })
  }
  await keepWork(tx, by, row, { kind: 'objection_upheld', state: 'done', details: ends.join(' ') })
  if (!ends.includes('everything')) await resumeAfterLetter(tx, by, row, letter)
}

/** The pause was for the time of deciding alone: the use goes on once she was told of the decision (GDPR Art. 18(3)). */
export async function resumeAfterLetter(tx: WorkspaceTx, by: Principal, row: StoredRequest, letter: MailId | null): Promise<void> {
  if (row.contact_id === null || (await restrictionOf(tx, row.contact_id))?.ground !== 'objection_pending') return
  const work = await keepWork(tx, by, row, { kind: 'restriction_lifted', state: 'planned', wish: { afterMail: letter } })
  await enqueue(tx, resumeUseJob, { workId: work.id })
}

/** Lifts the pause once the letter has left; until then it looks again. */
export const resumeUseJob: Job<{ workId: string }> = defineJob({
  name: 'privacy.resume-use',
  payload: z.strictObject({ workId: z.uuid() }),
  fields: { workId: system },
  run: (context, { workId }) =>
    context.inWorkspace(async (tx) => {
      if (await resumeUse(tx, context.by, workId)) return
      await enqueue(tx, resumeUseJob, { workId }, { startAfter: tx.now.add(looksAgain) })
    }),
})

/** The same in one transaction; false while it has to wait. A pause that somebody has settled in another way since is left alone. */
async function resumeUse(tx: WorkspaceTx, by: Principal, workId: string): Promise<boolean> {
  const work = await tx.db
    .selectFrom('request_work')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', workId)
    .forUpdate()
    .executeTakeFirst()
  if (work?.kind !== 'restriction_lifted' || work.state !== 'planned') return true
  if (await waitsForLetter(tx, work.wish?.afterMail, work.at)) return false
  const row = await lockCase(tx, work.request_id)
  if (row?.contact_id && (await restrictionOf(tx, row.contact_id))?.ground === 'objection_pending')
    await liftRestriction(tx, by, {
      contactId: row.contact_id,
      because: `Case ${row.number}`,
      told: { how: work.wish?.afterMail ? 'mail' : 'case_page' },
      requestId: row.id,
    })
  await setWork(tx, work.id, { state: 'done' })
  return true
}
