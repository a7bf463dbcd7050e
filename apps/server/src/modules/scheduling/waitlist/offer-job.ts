import type { ServiceId } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { defineJob, defineSchedule, enqueue, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { businessFacts } from '../business.ts'
import { askCalendarsAgain } from '../calendars/ask-again.ts'
import { surroundings } from '../surroundings.ts'
import { setEntry } from './find-entry.ts'
import { NotTold, type OfferOutcome, offerNext } from './offer-times.ts'

/** So often others are faster in a row before the rest is left to the next look. */
const lostAtMost = 5

/**
 * Looks at every waitlist of a business and offers what is free. It is told of nothing: it compares who waits with what is free, so that being killed, running twice or
 * coming late loses and doubles nothing. Each offer is a transaction of its own.
 */
export const offerWaitlistJob: Job<Record<string, never>> = defineJob({
  name: 'scheduling.offer-waitlist',
  payload: z.strictObject({}),
  fields: {},
  endsWithClosing: true,
  timeoutSeconds: 120,
  run: async (context) => {
    const { services, mayWrite } = await context.inWorkspace(async (tx) => {
      await endPast(tx)
      return { services: await waitedFor(tx), mayWrite: surroundings.get().mailLeaves() && !(await businessFacts(tx)).test }
    })
    // An offer that nobody hears of would only hold a time from everybody; the team still makes them by hand.
    if (!mayWrite) return
    for (const serviceId of services) {
      await askCalendarsAgain(context.database, context.workspaceId, { serviceId })
      await offerAll(context, serviceId)
      if (context.halfTimeOver()) return void (await context.inWorkspace(lookAtWaitlist))
    }
  },
})

/** Looks now and then anyway: days come into reach, calendars elsewhere change, and lists end. */
export const offerWaitlistSchedule = defineSchedule({
  name: 'scheduling.offer-waitlist',
  cron: '7,37 * * * *',
  zone: 'UTC',
  job: offerWaitlistJob,
})

/** Whoever takes a cancellation back within some seconds finds the time still free. */
const undoSeconds = 12

/** Has the waitlists looked at, after the commit; `later` where what freed a time may be taken back. */
export async function lookAtWaitlist(tx: WorkspaceTx, later = false): Promise<void> {
  const waits = await tx.db
    .selectFrom('waitlist_entry')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'waiting')
    .limit(1)
    .executeTakeFirst()
  if (!waits) return
  const options = later ? { startAfter: tx.now.add({ seconds: undoSeconds }) } : {}
  await enqueue(tx, offerWaitlistJob, {}, { ...options, singletonKey: later ? 'later' : 'now' })
}

async function offerAll(context: JobContext, serviceId: ServiceId): Promise<void> {
  const skipped = new Set<string>()
  for (let lost = 0; lost < lostAtMost && !context.signal.aborted && !context.halfTimeOver(); ) {
    const outcome = await tryNext(context, serviceId, skipped)
    if (outcome === 'lost') lost += 1
    else if (outcome.kind === 'nobody') return
    else if (outcome.kind === 'not_told') skipped.add(outcome.entryId)
  }
}

async function tryNext(context: JobContext, serviceId: ServiceId, skipped: ReadonlySet<string>): Promise<OfferOutcome | 'lost'> {
  try {
    return await context.inWorkspace((tx) => offerNext(tx, context.by, serviceId, skipped))
  } catch (error) {
    if (error instanceof NotTold) return { kind: 'not_told', entryId: error.entryId }
    // Somebody on the page was a moment faster.
    if (error instanceof Refusal && error.type.startsWith('scheduling/')) return 'lost'
    throw error
  }
}

/** Whose last day is over waits for nothing. */
async function endPast(tx: WorkspaceTx): Promise<void> {
  const past = await tx.db
    .selectFrom('waitlist_entry')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'waiting')
    .where('ends_at', '<=', tx.now)
    .orderBy('id')
    .limit(1000)
    .forUpdate()
    .execute()
  for (const entry of past) await setEntry(tx, entry, { state: 'over', ended_at: tx.now })
}

async function waitedFor(tx: WorkspaceTx): Promise<ServiceId[]> {
  const rows = await tx.db
    .selectFrom('waitlist_entry')
    .select('service_id')
    .distinct()
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'waiting')
    .orderBy('service_id')
    .execute()
  return rows.map((row) => row.service_id)
}
