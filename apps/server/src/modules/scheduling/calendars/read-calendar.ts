import { createHash } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'
import type { BookingId, CalendarFailure } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, defineSchedule, enqueue, type JobContext } from '../../../platform/jobs/index.ts'
import { openingHours } from '../../accounts/index.ts'
import { lockPeople } from '../claim-time.ts'
import { askCalendar } from './ask-calendar.ts'
import { type BusyReading, busyTimesOf } from './busy-times.rules.ts'
import type { CalendarLinkRow } from './calendar.tables.ts'
import { calendarSurroundings } from './calendar-reach.ts'
import { parseCalendar } from './parse-calendar.ts'

/** As far as a service can be booked ahead, and a little more: what began yesterday may still reach in. */
const daysBack = 2
const daysAhead = 740
/** A calendar that did not change is worked out anew once a day, because the time ahead moves on. */
const workedOutFor = Temporal.Duration.from({ hours: 24 })
/** What one calendar may cost the worker that reads it, of its time on the processor. */
const mostMs = 10_000
const rowsAtOnce = 1000

/** Reads one calendar elsewhere. What the other side does wrong is noted beside it, and is no failure of the job. */
export const readCalendarJob = defineJob({
  name: 'scheduling.read-calendar',
  payload: z.strictObject({ calendarId: z.uuid() }),
  fields: { calendarId: system },
  timeoutSeconds: 120,
  concurrency: 2,
  run: async (context, { calendarId }) => {
    const found = await context.inWorkspace((tx) => openCalendar(tx, calendarId))
    if (!found) return
    const answer = await askCalendar(calendarSurroundings.get(), found.address, found.link.etag)
    if (answer.kind === 'failed') return context.inWorkspace((tx) => noteFailure(tx, found.link, answer.failure))
    const hash = answer.kind === 'content' ? createHash('sha256').update(answer.text).digest('base64url') : found.link.content_hash
    if (answer.kind === 'unchanged' || (hash === found.link.content_hash && !isStale(found.link, found.now)))
      return context.inWorkspace((tx) => noteSame(tx, found.link))
    const reading = await workOut(context, answer.text, found)
    if (typeof reading === 'string') return context.inWorkspace((tx) => noteFailure(tx, found.link, reading))
    await context.inWorkspace((tx) => keepReading(tx, found.link, reading, { etag: answer.etag, hash }))
  },
})

/** Has every calendar read whose turn it is. */
export const readCalendarsJob = defineJob({
  name: 'scheduling.read-calendars',
  payload: z.strictObject({}),
  fields: {},
  endsWithClosing: true,
  run: async (context) => {
    await context.inWorkspace(async (tx) => {
      for (const { id } of await dueCalendars(tx)) await enqueue(tx, readCalendarJob, { calendarId: id }, { singletonKey: id })
    })
  },
})

export const readCalendarsSchedule = defineSchedule({
  name: 'scheduling.read-calendars',
  cron: '*/10 * * * *',
  zone: 'UTC',
  job: readCalendarsJob,
})

const dueCalendars = (tx: WorkspaceTx) =>
  tx.db
    .selectFrom('calendar_link')
    .innerJoin('staff', (join) =>
      join.onRef('staff.id', '=', 'calendar_link.staff_id').onRef('staff.workspace_id', '=', 'calendar_link.workspace_id'),
    )
    .select('calendar_link.id')
    .where('calendar_link.workspace_id', '=', tx.workspaceId)
    .where('staff.archived_at', 'is', null)
    .where((where) =>
      where.or([where('calendar_link.tried_at', 'is', null), where('calendar_link.tried_at', '<=', tx.now.subtract({ minutes: 5 }))]),
    )
    .execute()

type Opened = { readonly link: CalendarLinkRow; readonly address: string; readonly zone: string; readonly now: Temporal.Instant }

async function openCalendar(tx: WorkspaceTx, calendarId: string): Promise<Opened | undefined> {
  const row = await linkOf(tx, calendarId)
  if (!row) return undefined
  // What did not change is asked for by its etag, unless it has to be worked out anew.
  const link = isStale(row, tx.now) ? { ...row, etag: null } : row
  const address = tx.keys.decrypt(row.address, {
    workspaceId: tx.workspaceId,
    table: 'calendar_link',
    column: 'address',
    rowId: row.id,
  })
  return { link, address, zone: (await openingHours(tx)).zone, now: tx.now }
}

const linkOf = (tx: WorkspaceTx, calendarId: string): Promise<CalendarLinkRow | undefined> =>
  tx.db.selectFrom('calendar_link').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', calendarId).executeTakeFirst()

const isStale = ({ expanded_at }: CalendarLinkRow, now: Temporal.Instant): boolean =>
  expanded_at === null || Temporal.Instant.compare(expanded_at.add(workedOutFor), now) <= 0

async function workOut(context: JobContext, text: string, { zone, now }: Opened): Promise<BusyReading | CalendarFailure> {
  const began = process.cpuUsage()
  const limits = {
    pause: () => pause(),
    overTime: () => {
      const { user, system: kernel } = process.cpuUsage(began)
      return context.signal.aborted || (user + kernel) / 1000 > mostMs
    },
  }
  const parsed = await parseCalendar(text, { businessZone: zone, ...limits })
  if (parsed === undefined) return 'not_a_calendar'
  if (parsed === 'too_much') return 'too_much'
  const ours = await context.inWorkspace((tx) => oursAmong(tx, new Set(parsed.events.map(({ uid }) => uid))))
  return busyTimesOf(parsed, {
    fromMs: now.subtract({ hours: 24 * daysBack }).epochMilliseconds,
    toMs: now.add({ hours: 24 * daysAhead }).epochMilliseconds,
    isOurs: (uid) => ours.has(uid),
    ...limits,
  })
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Appointments of ours that stand in the other calendar as well, because it reads our feed or was sent the invitation. They are claims here already. */
async function oursAmong(tx: WorkspaceTx, uids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const likely = [...uids].filter((uid) => uuid.test(uid)) as BookingId[]
  const found = new Set<string>()
  for (let at = 0; at < likely.length; at += rowsAtOnce) {
    const rows = await tx.db
      .selectFrom('booking')
      .select('thread_id')
      .distinct()
      .where('workspace_id', '=', tx.workspaceId)
      .where('thread_id', 'in', likely.slice(at, at + rowsAtOnce))
      .execute()
    for (const row of rows) found.add(row.thread_id)
  }
  return found
}

/** The locks come first, as everywhere (claim-time.ts): whoever books this person now is answered by what is known before or after, never by half of it. */
async function lockLink(tx: WorkspaceTx, link: CalendarLinkRow): Promise<boolean> {
  await lockPeople(tx, [link.staff_id])
  const still = await tx.db
    .selectFrom('calendar_link')
    .select('address')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', link.id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return still !== undefined
}

async function keepReading(
  tx: WorkspaceTx,
  link: CalendarLinkRow,
  { times, unknownFromMs, broken, endless }: BusyReading,
  { etag, hash }: { readonly etag: string | null; readonly hash: string | null },
): Promise<void> {
  if (!(await lockLink(tx, link))) return
  await tx.db.deleteFrom('external_busy').where('workspace_id', '=', tx.workspaceId).where('link_id', '=', link.id).execute()
  const moment = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
  const rows = times.map(({ startMs, endMs }) => ({
    workspace_id: tx.workspaceId,
    id: tx.newId(),
    link_id: link.id,
    staff_id: link.staff_id,
    starts_at: moment(startMs),
    ends_at: moment(endMs),
  }))
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await tx.db
      .insertInto('external_busy')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute()
  await setLink(
    tx,
    link,
    {
      read_at: tx.now,
      failing_since: null,
      failure: null,
      unknown_from: unknownFromMs === null ? null : moment(unknownFromMs),
      broken_events: broken,
      endless_events: endless,
      etag,
      content_hash: hash,
      expanded_at: tx.now,
    },
    true,
  )
}

async function noteSame(tx: WorkspaceTx, link: CalendarLinkRow): Promise<void> {
  if (!(await lockLink(tx, link))) return
  await setLink(tx, link, { read_at: tx.now, failing_since: null, failure: null }, link.failing_since !== null)
}

/** What was known before goes on counting; how old it is decides whether it is relied on. */
async function noteFailure(tx: WorkspaceTx, link: CalendarLinkRow, failure: CalendarFailure): Promise<void> {
  if (!(await lockLink(tx, link))) return
  await setLink(tx, link, { failure, failing_since: link.failing_since ?? tx.now }, link.failure !== failure)
}

/** Tells only of what somebody would look at: that it was read once more and says the same is nobody's news. */
async function setLink(tx: WorkspaceTx, link: CalendarLinkRow, change: Partial<CalendarLinkRow>, isNews: boolean): Promise<void> {
  await tx.db
    .updateTable('calendar_link')
    .set({ ...change, tried_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', link.id)
    .execute()
  if (isNews) await emit(tx, 'calendar_link.changed', { calendarId: link.id })
}
