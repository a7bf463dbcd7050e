import { createHash } from 'node:crypto'
import type { BookingId, CalendarProvider } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import type { CalendarCopyRow, CalendarLinkRow } from '../calendar.tables.ts'
import { type CopyChange, changeTo } from '../calendar-copies.rules.ts'
import { CalendarFailed } from '../calendar-failed.ts'
import { sealSecret } from '../calendar-secrets.ts'
import { copiesAhead, keepChoice, noteChange } from '../copies.ts'
import { lockLink, noteFailure, setLink } from '../keep-reading.ts'
import type { OpenedCalendar } from '../read-calendar.ts'
import { oursAmong, type ReadContext, readStretch } from '../work-out.ts'
import { writeMissing } from '../write-calendar.ts'
import { openAccount } from './account.ts'
import type { ProviderApi, ProviderChanges, ProviderEvent } from './provider.ts'

/** A calendar of a busy person has some thousand appointments in two years. */
const mostEvents = 5000
const rowsAtOnce = 1000

/** Reads a calendar by its provider's API: what changed since last time, and once a day everything, because the time ahead moves on. */
export async function readProvider(context: ReadContext, found: OpenedCalendar): Promise<void> {
  const { link, now, zone, stale, mark } = found
  try {
    const api = await openAccount(context, link as CalendarLinkRow & { kind: CalendarProvider })
    const calendarId = found.collection ?? (await choose(context, api, link))
    const changes = await api.changes({ calendarId, ...readStretch(now), since: stale ? null : mark, zone })
    await context.inWorkspace((tx) => keepChanges(tx, link, changes, now))
    if (link.writes) await context.inWorkspace((tx) => writeMissing(tx, link))
  } catch (error) {
    if (!(error instanceof CalendarFailed)) throw error
    await context.inWorkspace((tx) => noteFailure(tx, link, error.failure))
  }
}

/** The account's main calendar; all of them are kept to choose from. */
async function choose(context: ReadContext, api: ProviderApi, link: CalendarLinkRow): Promise<string> {
  const calendars = await api.calendars()
  const [chosen] = calendars
  if (!chosen) throw new CalendarFailed('not_a_calendar')
  await context.inWorkspace((tx) => keepChoice(tx, link, calendars, chosen.url))
  return chosen.url
}

/** What stands for an event here: enough to know it again, and no more. */
export const keyOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 22)

async function keepChanges(tx: WorkspaceTx, link: CalendarLinkRow, changes: ProviderChanges, askedAt: Temporal.Instant): Promise<void> {
  if (!(await lockLink(tx, link))) return
  const copies = await copiesAhead(tx, link)
  const { busy, done } = await sort(tx, changes, copies, askedAt)
  for (const { copy, change } of done) await noteChange(tx, copy, change)
  await forget(tx, link, changes)
  await remember(tx, link, busy)
  const isNews = changes.whole || changes.events.length > 0 || changes.gone.length > 0 || link.failing_since !== null
  const change = {
    read_at: tx.now,
    failing_since: null,
    failure: null,
    unknown_from: await cutOff(tx, link),
    etag: sealSecret(tx, link.id, 'etag', changes.mark),
    ...(changes.whole ? { expanded_at: tx.now } : {}),
  }
  await setLink(tx, link, change, isNews)
}

type Sorted = {
  readonly busy: readonly ProviderEvent[]
  readonly done: readonly { readonly copy: CalendarCopyRow; readonly change: CopyChange | undefined }[]
}

/** Tells appointments of ours, which are claims here already, from what else somebody is busy with. One that was moved there counts at both times. */
async function sort(
  tx: WorkspaceTx,
  changes: ProviderChanges,
  copies: readonly CalendarCopyRow[],
  askedAt: Temporal.Instant,
): Promise<Sorted> {
  const { events, gone, whole } = changes
  const byId = new Map(copies.flatMap((copy) => (copy.their_id === null ? [] : [[copy.their_id, copy] as const])))
  const byThread = new Map<string, CalendarCopyRow>(copies.map((copy) => [copy.thread_id, copy]))
  const ours = await oursAmong(tx, new Set(events.flatMap(({ uid }) => (uid === null ? [] : [uid]))))
  const done = new Map<string, { copy: CalendarCopyRow; change: CopyChange | undefined }>()
  const busy: ProviderEvent[] = []
  for (const event of events) {
    const copy = byId.get(event.id) ?? byThread.get(event.uid ?? '')
    if (copy) {
      done.set(copy.id, { copy, change: changeTo(copy, event.takesTime ? event : null, askedAt) })
      if (!standsAt(copy, event)) busy.push(event)
    } else if (!ours.has((event.uid ?? '') as BookingId)) busy.push(event)
  }
  const missing = whole ? copies.filter(({ id }) => !done.has(id)) : gone.flatMap((id) => byId.get(id) ?? [])
  for (const copy of missing) done.set(copy.id, { copy, change: changeTo(copy, null, askedAt) })
  return { busy: busy.filter(({ takesTime }) => takesTime), done: [...done.values()] }
}

const standsAt = (copy: CalendarCopyRow, { startMs, endMs }: ProviderEvent): boolean =>
  copy.starts_at.epochMilliseconds === startMs && copy.ends_at.epochMilliseconds === endMs

/** What is read anew is deleted first. */
async function forget(tx: WorkspaceTx, link: CalendarLinkRow, { whole, events, gone }: ProviderChanges): Promise<void> {
  const known = tx.db.deleteFrom('external_busy').where('workspace_id', '=', tx.workspaceId).where('link_id', '=', link.id)
  if (whole) return void (await known.execute())
  const keys = [...events.map(({ id }) => id), ...gone].map(keyOf)
  for (let at = 0; at < keys.length; at += rowsAtOnce) await known.where('event_key', 'in', keys.slice(at, at + rowsAtOnce)).execute()
}

async function remember(tx: WorkspaceTx, link: CalendarLinkRow, events: readonly ProviderEvent[]): Promise<void> {
  const { from, to } = readStretch(tx.now)
  const moment = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
  const rows = [...new Map(events.map((event) => [event.id, event])).values()]
    .map((event) => ({
      ...event,
      startMs: Math.max(event.startMs, from.epochMilliseconds),
      endMs: Math.min(event.endMs, to.epochMilliseconds),
    }))
    .filter(({ startMs, endMs }) => endMs > startMs)
    .map(({ id, startMs, endMs }) => ({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      link_id: link.id,
      staff_id: link.staff_id,
      starts_at: moment(startMs),
      ends_at: moment(endMs),
      event_key: keyOf(id),
    }))
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await tx.db
      .insertInto('external_busy')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute()
}

/** Of a calendar with more events than anybody has, what comes after the first thousands counts as unknown. */
async function cutOff(tx: WorkspaceTx, link: CalendarLinkRow): Promise<Temporal.Instant | null> {
  const row = await tx.db
    .selectFrom('external_busy')
    .select('starts_at')
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', link.id)
    .orderBy('starts_at')
    .offset(mostEvents)
    .limit(1)
    .executeTakeFirst()
  return row?.starts_at ?? null
}
