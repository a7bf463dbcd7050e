import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { type CaldavCalendar, type CaldavClient, CaldavFailed, caldavClient } from './caldav-client.ts'
import type { CalendarCopyRow, CalendarLinkRow } from './calendar.tables.ts'
import { changeOf, standsElsewhere } from './calendar-copies.rules.ts'
import { calendarSurroundings } from './calendar-reach.ts'
import { sealSecret } from './calendar-secrets.ts'
import { keepReading, noteFailure, noteSame } from './keep-reading.ts'
import type { ParsedCalendar } from './parse-calendar.ts'
import type { OpenedCalendar } from './read-calendar.ts'
import { type ReadContext, readStretch, workOut } from './work-out.ts'
import { writeMissing } from './write-caldav.ts'

/** Reads a calendar by CalDAV: when its person is busy, and what somebody did there with the bookings that were written into it. */
export async function readCaldav(context: ReadContext, found: OpenedCalendar): Promise<void> {
  const { link, address, username, password } = found
  const client = caldavClient(calendarSurroundings.get(), { address, username: username ?? '', password: password ?? '' })
  try {
    const collection = found.collection ?? (await choose(context, client, found))
    const mark = await client.mark(collection)
    if (mark !== null && mark === found.mark && !found.stale) await context.inWorkspace((tx) => noteSame(tx, link))
    else await takeOver(context, client, found, { collection, mark })
    if (link.writes) await context.inWorkspace((tx) => writeMissing(tx, link))
  } catch (error) {
    if (!(error instanceof CaldavFailed)) throw error
    await context.inWorkspace((tx) => noteFailure(tx, link, error.failure))
  }
}

/** The calendar that the address names itself, otherwise the account's first; all of them are kept to choose from. */
async function choose(context: ReadContext, client: CaldavClient, { link, address }: OpenedCalendar): Promise<string> {
  const calendars = await client.calendars()
  const chosen = calendars.find(({ url }) => bare(url) === bare(address)) ?? calendars[0]
  if (!chosen) throw new CaldavFailed('not_a_calendar')
  await context.inWorkspace((tx) => keepChoice(tx, link, calendars, chosen.url))
  return chosen.url
}

const bare = (url: string): string => url.replace(/\/+$/, '')

async function keepChoice(tx: WorkspaceTx, { id }: CalendarLinkRow, calendars: readonly CaldavCalendar[], url: string): Promise<void> {
  await tx.db
    .updateTable('calendar_link')
    .set({
      collection: sealSecret(tx, id, 'collection', url),
      choices: sealSecret(tx, id, 'choices', JSON.stringify(calendars)),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()
}

async function takeOver(
  context: ReadContext,
  client: CaldavClient,
  found: OpenedCalendar,
  { collection, mark }: { readonly collection: string; readonly mark: string | null },
): Promise<void> {
  const { link, now } = found
  const { from, to } = readStretch(now)
  const objects = await client.objects(collection, from, to)
  const copies = await context.inWorkspace((tx) => copiesOf(tx, link))
  const byThread = new Map<string, CalendarCopyRow>(copies.map((copy) => [copy.thread_id, copy]))
  const isMoved = (uid: string, { events }: ParsedCalendar): boolean => {
    const copy = byThread.get(uid)
    return copy !== undefined && events.some((event) => event.uid === uid && standsElsewhere(copy, event))
  }
  const text = ['BEGIN:VCALENDAR', ...objects.map((object) => object.text), 'END:VCALENDAR'].join('\r\n')
  const worked = await workOut(context, text, { ...found, isMoved })
  await context.inWorkspace(async (tx) => {
    if (typeof worked === 'string') return noteFailure(tx, link, worked)
    if (!(await keepReading(tx, link, worked.reading, { etag: mark, hash: null }))) return
    for (const copy of copies) await noteChange(tx, copy, worked.parsed, now)
  })
}

/** Of what lies behind us nobody needs to know that it was moved. */
const copiesOf = (tx: WorkspaceTx, { id }: CalendarLinkRow): Promise<CalendarCopyRow[]> =>
  tx.db
    .selectFrom('calendar_copy')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', id)
    .where('ends_at', '>', tx.now)
    .execute()

async function noteChange(tx: WorkspaceTx, copy: CalendarCopyRow, { events }: ParsedCalendar, askedAt: Temporal.Instant): Promise<void> {
  const change = changeOf(copy, events, askedAt)
  if (!change) return
  const moment = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
  const theirs =
    change.state === 'moved'
      ? { their_start: moment(change.startMs), their_end: moment(change.endMs) }
      : { their_start: null, their_end: null }
  await tx.db
    .updateTable('calendar_copy')
    .set({ state: change.state, ...theirs })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', copy.id)
    // It was written anew meanwhile: what was read is older.
    .where('sequence', '=', copy.sequence)
    .execute()
  await emit(tx, 'calendar_link.changed', { calendarId: copy.link_id })
}
