import { setImmediate as pause } from 'node:timers/promises'
import type { BookingId, CalendarFailure } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { JobContext } from '../../../platform/jobs/index.ts'
import { type BusyReading, busyTimesOf } from './busy-times.rules.ts'
import { type ParsedCalendar, parseCalendar } from './parse-calendar.ts'

/** As far as a service can be booked ahead, and a little more: what began yesterday may still reach in. */
const daysBack = 2
const daysAhead = 740
/** What one calendar may cost the worker that reads it, of its time on the processor. */
const mostMs = 10_000
const idsAtOnce = 1000

/** The stretch of time that is read of a calendar. */
export const readStretch = (now: Temporal.Instant): { readonly from: Temporal.Instant; readonly to: Temporal.Instant } => ({
  from: now.subtract({ hours: 24 * daysBack }),
  to: now.add({ hours: 24 * daysAhead }),
})

/** What a reading stands on: a job, or somebody who waits for a booking. */
export type ReadContext = Pick<JobContext, 'inWorkspace' | 'signal'>

type Worked = { readonly parsed: ParsedCalendar; readonly reading: BusyReading }

/** Works out what a calendar file says, within bounds. Appointments of ours in it are left out, but those that somebody moved there (`isMoved`). */
export async function workOut(
  context: ReadContext,
  text: string,
  facts: { readonly zone: string; readonly now: Temporal.Instant; readonly isMoved?: (uid: string, calendar: ParsedCalendar) => boolean },
): Promise<Worked | CalendarFailure> {
  const began = process.cpuUsage()
  const limits = {
    pause: () => pause(),
    overTime: () => {
      const { user, system } = process.cpuUsage(began)
      return context.signal.aborted || (user + system) / 1000 > mostMs
    },
  }
  const parsed = await parseCalendar(text, { businessZone: facts.zone, ...limits })
  if (parsed === undefined) return 'not_a_calendar'
  if (parsed === 'too_much') return 'too_much'
  const ours = await context.inWorkspace((tx) => oursAmong(tx, new Set(parsed.events.map(({ uid }) => uid))))
  const { from, to } = readStretch(facts.now)
  const reading = await busyTimesOf(parsed, {
    fromMs: from.epochMilliseconds,
    toMs: to.epochMilliseconds,
    isOurs: (uid) => ours.has(uid) && !facts.isMoved?.(uid, parsed),
    ...limits,
  })
  return reading === 'too_much' ? reading : { parsed, reading }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Appointments of ours that stand in the other calendar as well: it reads our feed, was sent the invitation, or we wrote them. They are claims here already. */
export async function oursAmong(tx: WorkspaceTx, uids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const likely = [...uids].filter((uid) => uuid.test(uid)) as BookingId[]
  const found = new Set<string>()
  for (let at = 0; at < likely.length; at += idsAtOnce) {
    const rows = await tx.db
      .selectFrom('booking')
      .select('thread_id')
      .distinct()
      .where('workspace_id', '=', tx.workspaceId)
      .where('thread_id', 'in', likely.slice(at, at + idsAtOnce))
      .execute()
    for (const row of rows) found.add(row.thread_id)
  }
  return found
}
