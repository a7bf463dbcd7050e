import { type CaldavClient, caldavClient } from './caldav-client.ts'
import type { CalendarCopyRow } from './calendar.tables.ts'
import { changeOf, standsElsewhere } from './calendar-copies.rules.ts'
import { CalendarFailed } from './calendar-failed.ts'
import { calendarSurroundings } from './calendar-reach.ts'
import { copiesAhead, keepChoice, noteChange } from './copies.ts'
import { keepReading, noteFailure, noteSame } from './keep-reading.ts'
import type { ParsedCalendar } from './parse-calendar.ts'
import type { OpenedCalendar } from './read-calendar.ts'
import { type ReadContext, readStretch, workOut } from './work-out.ts'
import { writeMissing } from './write-calendar.ts'

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
    if (!(error instanceof CalendarFailed)) throw error
    await context.inWorkspace((tx) => noteFailure(tx, link, error.failure))
  }
}

/** The calendar that the address names itself, otherwise the account's first; all of them are kept to choose from. */
async function choose(context: ReadContext, client: CaldavClient, { link, address }: OpenedCalendar): Promise<string> {
  const calendars = await client.calendars()
  const chosen = calendars.find(({ url }) => bare(url) === bare(address)) ?? calendars[0]
  if (!chosen) throw new CalendarFailed('not_a_calendar')
  await context.inWorkspace((tx) => keepChoice(tx, link, calendars, chosen.url))
  return chosen.url
}

const bare = (url: string): string => url.replace(/\/+$/, '')

async function takeOver(
  context: ReadContext,
  client: CaldavClient,
  found: OpenedCalendar,
  { collection, mark }: { readonly collection: string; readonly mark: string | null },
): Promise<void> {
  const { link, now } = found
  const { from, to } = readStretch(now)
  const objects = await client.objects(collection, from, to)
  const copies = await context.inWorkspace((tx) => copiesAhead(tx, link))
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
    for (const copy of copies) await noteChange(tx, copy, changeOf(copy, worked.parsed.events, now))
  })
}
