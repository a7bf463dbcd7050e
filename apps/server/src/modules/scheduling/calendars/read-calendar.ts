import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, defineSchedule, enqueue, type JobContext } from '../../../platform/jobs/index.ts'
import { openingHours } from '../../accounts/index.ts'
import { askCalendar } from './ask-calendar.ts'
import type { CalendarLinkRow } from './calendar.tables.ts'
import { calendarSurroundings } from './calendar-reach.ts'
import { openSecret } from './calendar-secrets.ts'
import { keepReading, noteFailure, noteSame } from './keep-reading.ts'
import { isProvider } from './providers/account.ts'
import { readProvider } from './providers/read-provider.ts'
import { readCaldav } from './read-caldav.ts'
import { type ReadContext, workOut } from './work-out.ts'

/** A calendar that did not change is worked out anew once a day, because the time ahead moves on. */
const workedOutFor = Temporal.Duration.from({ hours: 24 })

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
    await (found.link.kind === 'ics' ? readFile(context, found) : readAccount(context, found))
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

/** A calendar with its secrets, for the time of one reading. */
export type OpenedCalendar = {
  readonly link: CalendarLinkRow
  readonly address: string
  readonly username: string | null
  readonly password: string | null
  readonly collection: string | null
  /** What tells whether it changed since it was read last. */
  readonly mark: string | null
  /** It has to be worked out anew, whether or not it changed. */
  readonly stale: boolean
  readonly zone: string
  readonly now: Temporal.Instant
}

/** Opens a calendar for a reading; undefined where it was let go. */
export async function openCalendar(tx: WorkspaceTx, calendarId: string): Promise<OpenedCalendar | undefined> {
  const link = await tx.db
    .selectFrom('calendar_link')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', calendarId)
    .executeTakeFirst()
  if (!link) return undefined
  return {
    link,
    address: openSecret(tx, link, 'address') ?? '',
    username: openSecret(tx, link, 'username'),
    password: openSecret(tx, link, 'password'),
    collection: openSecret(tx, link, 'collection'),
    mark: openSecret(tx, link, 'etag'),
    stale: link.expanded_at === null || Temporal.Instant.compare(link.expanded_at.add(workedOutFor), tx.now) <= 0,
    zone: (await openingHours(tx)).zone,
    now: tx.now,
  }
}

/** Reads a calendar of an account, by what its server speaks. */
export const readAccount = (context: ReadContext, found: OpenedCalendar): Promise<void> =>
  isProvider(found.link.kind) ? readProvider(context, found) : readCaldav(context, found)

async function readFile(context: JobContext, found: OpenedCalendar): Promise<void> {
  const { link, address, stale } = found
  const answer = await askCalendar(calendarSurroundings.get(), address, stale ? null : found.mark)
  if (answer.kind === 'failed') return context.inWorkspace((tx) => noteFailure(tx, link, answer.failure))
  if (answer.kind === 'unchanged') return context.inWorkspace((tx) => noteSame(tx, link))
  const hash = createHash('sha256').update(answer.text).digest('base64url')
  if (hash === link.content_hash && !stale) return context.inWorkspace((tx) => noteSame(tx, link))
  const worked = await workOut(context, answer.text, found)
  await context.inWorkspace(async (tx) => {
    if (typeof worked === 'string') await noteFailure(tx, link, worked)
    else await keepReading(tx, link, worked.reading, { etag: answer.etag, hash })
  })
}
