import type { IfFailing, Principal, StaffId } from '@frontdesk/contract'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { lockHosts } from '../claim-time.ts'
import type { CalendarLinkRow } from './calendar.tables.ts'
import { addressToAsk, calendarSurroundings } from './calendar-reach.ts'
import { choiceId, knownCalendars, sealSecret } from './calendar-secrets.ts'
import { calendarById, requireOwnCalendars } from './own-calendars.ts'
import { readCalendarJob } from './read-calendar.ts'

export type ConnectCalendar = {
  readonly staffId: StaffId
  readonly name: string
  readonly address: string
  readonly ifFailing: IfFailing
  /** Of a CalDAV server. */
  readonly account?: { readonly username: string; readonly password: string; readonly writes: boolean } | undefined
}
export type ChangeCalendar = {
  readonly calendarId: string
  readonly version: number
  readonly name?: string | undefined
  readonly ifFailing?: IfFailing | undefined
  readonly writes?: boolean | undefined
  /** Another of the account's calendars. */
  readonly choice?: string | undefined
}

const mostCalendars = 10

const because = {
  unreadable: 'This is no address of the web.',
  not_https: 'The address has to begin with https:// or webcal://.',
  credentials: 'The address must not hold a name and a password.',
  inside: 'The address leads into a private network, which whoever runs this server has to allow first (CALENDAR_NETWORKS).',
  unknown_name: 'Nobody answers for the name of this address.',
} as const

/** Counts the busy times of a calendar elsewhere for a person, and has it read at once. Throws `scheduling/calendar-refused`, `scheduling/too-many-calendars`. */
export async function connectCalendar(tx: WorkspaceTx, by: Principal, wish: ConnectCalendar): Promise<CalendarLinkRow> {
  await requireOwnCalendars(tx, by, 'calendars.manage', wish.staffId)
  const { account } = wish
  const address = addressToAsk(wish.address)
  const why = calendarSurroundings.get().refuses(address)
  if (why) throw new Refusal('scheduling/calendar-refused', { detail: `${because[why]} Nothing was saved.`, reason: why })
  const id = await prepareCalendar(tx, wish.staffId)
  return insertCalendar(tx, by, {
    id,
    staffId: wish.staffId,
    kind: account ? 'caldav' : 'ics',
    name: wish.name,
    address,
    ifFailing: wish.ifFailing,
    writes: account?.writes ?? false,
    secrets: account ? { username: account.username, password: account.password } : {},
  })
}

/** Makes room for one more calendar, and the id of its row. Whoever books its person at this moment is waited for: from now on the calendar counts. Throws `scheduling/too-many-calendars`. */
export async function prepareCalendar(tx: WorkspaceTx, staffId: StaffId): Promise<string> {
  await lockHosts(tx, [staffId])
  await requireRoom(tx, staffId)
  return tx.newId<'calendar_link'>()
}

export type NewCalendar = {
  readonly id: string
  readonly staffId: StaffId
  readonly kind: CalendarLinkRow['kind']
  readonly name: string
  readonly address: string
  readonly ifFailing: IfFailing
  readonly writes: boolean
  readonly secrets: { readonly username?: string; readonly password?: string; readonly permission?: string }
}

/** Writes down a calendar of which nothing is known yet, and has it read at once. */
export async function insertCalendar(tx: WorkspaceTx, by: Principal, calendar: NewCalendar): Promise<CalendarLinkRow> {
  const { id, secrets } = calendar
  const sealed = (column: keyof NewCalendar['secrets']): string | null => {
    const value = secrets[column]
    return value === undefined ? null : sealSecret(tx, id, column, value)
  }
  await tx.db
    .insertInto('calendar_link')
    .values({
      workspace_id: tx.workspaceId,
      id,
      staff_id: calendar.staffId,
      kind: calendar.kind,
      name: calendar.name,
      address: sealSecret(tx, id, 'address', calendar.address),
      username: sealed('username'),
      password: sealed('password'),
      permission: sealed('permission'),
      collection: null,
      choices: null,
      writes: calendar.writes,
      host: new URL(calendar.address).hostname,
      if_failing: calendar.ifFailing,
      tried_at: null,
      read_at: null,
      failing_since: null,
      failure: null,
      unknown_from: null,
      broken_events: 0,
      endless_events: 0,
      etag: null,
      content_hash: null,
      expanded_at: null,
      created_at: tx.now,
      updated_at: tx.now,
      version: 1,
    })
    .execute()
  await audit(tx, by, { action: 'calendar.connected', object: { type: 'calendar_link', id }, result: 'done' })
  await emit(tx, 'calendar_link.changed', { calendarId: id })
  await enqueue(tx, readCalendarJob, { calendarId: id })
  return calendarById(tx, id)
}

/** Changes what is settled about a calendar. What was written into the calendar before another is chosen stays there. */
export async function changeCalendar(
  tx: WorkspaceTx,
  by: Principal,
  { calendarId, version, ...wish }: ChangeCalendar,
): Promise<CalendarLinkRow> {
  const before = await calendarById(tx, calendarId)
  await requireOwnCalendars(tx, by, 'calendars.manage', before.staff_id)
  await lockHosts(tx, [before.staff_id])
  if (wish.writes && before.kind === 'ics') throw invalid('writes', 'A calendar behind an address can only be read.')
  const { numUpdatedRows } = await tx.db
    .updateTable('calendar_link')
    .set({
      name: wish.name ?? before.name,
      if_failing: wish.ifFailing ?? before.if_failing,
      writes: wish.writes ?? before.writes,
      ...(wish.choice === undefined ? {} : chosen(tx, before, wish.choice)),
      updated_at: tx.now,
      version: version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', calendarId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n)
    throw new Refusal('http/version-mismatch', {
      detail: 'Nothing was saved. Look at it as it is now and change it again.',
      currentVersion: before.version,
    })
  if (wish.choice !== undefined)
    await tx.db.deleteFrom('calendar_copy').where('workspace_id', '=', tx.workspaceId).where('link_id', '=', calendarId).execute()
  await emit(tx, 'calendar_link.changed', { calendarId })
  if (wish.choice !== undefined || wish.writes) await enqueue(tx, readCalendarJob, { calendarId }, { singletonKey: calendarId })
  return calendarById(tx, calendarId)
}

/** Another calendar of the account, of which nothing is known yet. */
function chosen(tx: WorkspaceTx, row: CalendarLinkRow, choice: string) {
  const found = knownCalendars(tx, row).find(({ url }) => choiceId(url) === choice)
  if (!found) throw invalid('choice', 'The account has no such calendar.')
  return { collection: sealSecret(tx, row.id, 'collection', found.url), etag: null, expanded_at: null, read_at: null }
}

const invalid = (field: string, message: string): Refusal =>
  new Refusal('http/invalid-request', {
    detail: `body.${field}: ${message} Nothing was saved.`,
    faults: [{ path: `body.${field}`, code: 'invalid', message }],
  })

/** Lets go of a calendar; its busy times go with it. */
export async function disconnectCalendar(tx: WorkspaceTx, by: Principal, calendarId: string): Promise<void> {
  const { staff_id } = await calendarById(tx, calendarId)
  await requireOwnCalendars(tx, by, 'calendars.manage', staff_id)
  await tx.db.deleteFrom('calendar_link').where('workspace_id', '=', tx.workspaceId).where('id', '=', calendarId).execute()
  await audit(tx, by, { action: 'calendar.disconnected', object: { type: 'calendar_link', id: calendarId }, result: 'done' })
  await emit(tx, 'calendar_link.changed', { calendarId })
}

/** Has a calendar read now, without waiting for its turn. */
export async function readNow(tx: WorkspaceTx, by: Principal, calendarId: string): Promise<CalendarLinkRow> {
  const row = await calendarById(tx, calendarId)
  await requireOwnCalendars(tx, by, 'calendars.manage', row.staff_id)
  await enqueue(tx, readCalendarJob, { calendarId }, { singletonKey: calendarId })
  return row
}

/** Throws `scheduling/too-many-calendars` where a person has as many as she can. */
export async function requireRoom(tx: WorkspaceTx, staffId: StaffId): Promise<void> {
  const { calendars } = await tx.db
    .selectFrom('calendar_link')
    .select((select) => select.fn.countAll<number>().as('calendars'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow()
  if (Number(calendars) < mostCalendars) return
  throw new Refusal('scheduling/too-many-calendars', {
    detail: `A person has at most ${mostCalendars} calendars. Let go of one first. Nothing was saved.`,
    most: mostCalendars,
  })
}
