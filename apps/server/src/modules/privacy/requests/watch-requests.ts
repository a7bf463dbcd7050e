import type { Principal } from '@frontdesk/contract'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { defineJob, defineSchedule } from '../../../platform/jobs/index.ts'
import { forgetMessages } from '../agents/forget-messages.ts'
import { lockCase } from './find-request.ts'
import { tellOfficer } from './office.ts'
import { nextDue, remindersOf } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { forgetFiles } from './request-files.ts'
import { keepStepOnce, moveTo } from './take-step.ts'

/** How long the evidence of who somebody is stays after a case is closed. */
const EVIDENCE_STAYS = { hours: 24 * 30 }

/** Reminds whoever looks after a case, tells what is overdue, takes a complaint further that was not settled in time, and deletes old evidence. */
export const watchRequestsJob = defineJob({
  name: 'privacy.watch-requests',
  payload: z.strictObject({}),
  fields: {},
  run: async (context) => {
    const ids = await context.inWorkspace(openRequestIds)
    for (const id of ids) await context.inWorkspace((tx) => watchRequest(tx, context.by, id))
    await context.inWorkspace(forgetEvidence)
    await context.inWorkspace(forgetMessages)
  },
})

export const watchRequestsSchedule = defineSchedule({
  name: 'privacy.watch-requests',
  cron: '23 * * * *',
  zone: 'UTC',
  job: watchRequestsJob,
})

const openRequestIds = async (tx: WorkspaceTx): Promise<string[]> =>
  (
    await tx.db
      .selectFrom('request')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('closed_at', 'is', null)
      .orderBy('respond_before')
      .execute()
  ).map(({ id }) => id)

/** Looks at one open case. However far the clock jumped, each reminder is kept once and one mail is written. */
export async function watchRequest(tx: WorkspaceTx, by: Principal, requestId: string): Promise<void> {
  const row = await lockCase(tx, requestId)
  const next = row && nextDue(row, tx.now)
  if (!row || !next) return
  if (next.overdue) await overdue(tx, by, row, next.what)
  else if (next.paused === null) await remind(tx, by, row, next)
}

async function remind(tx: WorkspaceTx, by: Principal, row: StoredRequest, { due }: NonNullable<ReturnType<typeof nextDue>>): Promise<void> {
  const today = tx.now.toZonedDateTimeISO(row.zone).toPlainDate()
  let isNew = false
  for (const { step, from } of remindersOf(row, due)) {
    if (Temporal.PlainDate.compare(today, from) < 0) continue
    if (await keepStepOnce(tx, by, row.id, step)) isNew = true
  }
  if (isNew) await tellOfficer(tx, row, 'due_soon')
}

async function overdue(tx: WorkspaceTx, by: Principal, row: StoredRequest, what: 'respond' | 'resolve'): Promise<void> {
  const complaint = row.kind === 'complaint'
  const step = row.state === 'appealed' ? 'appeal_overdue' : row.extended_at ? 'extended_overdue' : `${what}_overdue`
  const settle = complaint && row.resolve_before !== null && Temporal.Instant.compare(tx.now, row.resolve_before) >= 0
  const isNew = await keepStepOnce(tx, by, row.id, step)
  const escalates = settle && (row.state === 'acknowledged' || row.state === 'answered')
  const last = escalates ? await moveTo(tx, by, row, 'escalated') : row
  if (!isNew && !escalates) return
  const noun = complaint ? 'complaint' : 'request'
  await audit(tx, by, { action: `${noun}.overdue`, object: { type: 'request', id: row.id }, result: 'done' })
  await emit(tx, `${noun}.overdue`, { requestId: row.id })
  await tellOfficer(tx, last, 'overdue')
}

/** Deletes what proved who somebody is, 30 days after her case was closed. */
export async function forgetEvidence(tx: WorkspaceTx): Promise<void> {
  await tx.db
    .updateTable('request')
    .set({ evidence: null, agent_authority: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where((row) => row.or([row('evidence', 'is not', null), row('agent_authority', 'is not', null)]))
    .where('closed_at', '<=', tx.now.subtract(EVIDENCE_STAYS))
    .execute()
  await forgetFiles(tx, tx.now.subtract(EVIDENCE_STAYS))
}
