import { randomBytes } from 'node:crypto'
import type { CalendarProvider, IfFailing, Principal, StaffId } from '@frontdesk/contract'
import { z } from 'zod'
import { actorOf } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { businessFacts } from '../../business.ts'
import { schedulingPolicy } from '../../scheduling.policy.ts'
import { surroundings } from '../../surroundings.ts'
import { requireRoom } from '../connect-calendar.ts'
import { calendarById, requireOwnCalendars } from '../own-calendars.ts'
import { mayAsk } from './account.ts'
import { permissionPage } from './permission.ts'
import { calendarProviders, type ProviderClientSettings } from './provider.ts'

export type Departing = {
  readonly staffId: StaffId
  readonly provider: CalendarProvider
  readonly name: string
  readonly ifFailing: IfFailing
  readonly writes: boolean
  /** The calendar that gets a new permission; left out: a new one. */
  readonly calendarId?: string | undefined
}

const patience = Temporal.Duration.from({ minutes: 10 })

/** What is on its way with somebody, sealed for this workspace: nothing of it has to be kept until she comes back. */
const Kept = z.object({
  staffId: z.uuid().transform((id) => id as StaffId),
  provider: z.enum(['google', 'microsoft']),
  name: z.string(),
  ifFailing: z.enum(['block', 'warn']),
  writes: z.boolean(),
  calendarId: z.uuid().optional(),
  verifier: z.string(),
  redirectUri: z.string(),
  actor: z.string(),
  until: z.string(),
})
export type Kept = z.output<typeof Kept>

const placeOf = (tx: WorkspaceTx) => ({ workspaceId: tx.workspaceId, table: 'calendar_link', column: 'departure', rowId: 'state' })
const nameOf = (by: Principal): string => Object.values(actorOf(by)).join(' ')

/** The providers with which this server is registered. */
export function listProviders(by: Principal): { items: CalendarProvider[] } {
  schedulingPolicy.require(by, 'calendars.read')
  const { google, microsoft } = calendarProviders.get()
  return { items: [...(google ? (['google'] as const) : []), ...(microsoft ? (['microsoft'] as const) : [])] }
}

/** Where somebody gives the permission for a calendar of hers. Throws `scheduling/calendar-provider-missing`, `scheduling/too-many-calendars`, `privacy/recipient-stopped`. */
export async function departForCalendar(tx: WorkspaceTx, by: Principal, { calendarId, ...wish }: Departing): Promise<{ url: string }> {
  await requireOwnCalendars(tx, by, 'calendars.manage', wish.staffId)
  const settings = await requireProvider(tx, wish.provider)
  if (calendarId === undefined) await requireRoom(tx, wish.staffId)
  else await requireSame(tx, calendarId, wish)
  const verifier = randomBytes(48).toString('base64url')
  const redirectUri = `${surroundings.get().publicUrl()}/calendars/arrive`
  const kept: z.input<typeof Kept> = {
    ...wish,
    ...(calendarId === undefined ? {} : { calendarId }),
    verifier,
    redirectUri,
    actor: nameOf(by),
    until: tx.now.add(patience).toString(),
  }
  const sealed = tx.keys.encrypt(JSON.stringify(kept), placeOf(tx))
  // The page to which she comes back has to know where in the desk she was; what counts is sealed.
  const { slug } = await businessFacts(tx)
  return {
    url: permissionPage(wish.provider, settings, {
      state: `${slug}~${wish.staffId}~${sealed}`,
      verifier,
      redirectUri,
      writes: wish.writes,
    }),
  }
}

/** What left with somebody, when she comes back. Throws `scheduling/calendar-departure-over` where it is old, forged or somebody else's. */
export function readDeparture(tx: WorkspaceTx, by: Principal, state: string): Kept {
  try {
    const kept = Kept.parse(JSON.parse(tx.keys.decrypt(state.split('~').at(-1) ?? '', placeOf(tx))))
    if (kept.actor === nameOf(by) && Temporal.Instant.compare(kept.until, tx.now) > 0) return kept
  } catch {
    // Forged, or of another workspace: all the same.
  }
  throw new Refusal('scheduling/calendar-departure-over', { detail: 'Begin again from the person’s page. Nothing was connected.' })
}

/** What the operator got from the provider. Throws `scheduling/calendar-provider-missing`, `privacy/recipient-stopped`. */
export async function requireProvider(tx: WorkspaceTx, provider: CalendarProvider): Promise<ProviderClientSettings> {
  const settings = calendarProviders.get()[provider]
  if (!settings)
    throw new Refusal('scheduling/calendar-provider-missing', { detail: 'Whoever runs this server has to register it there first.' })
  const may = await mayAsk(tx, provider)
  if (!may.allowed) throw new Refusal('privacy/recipient-stopped', { detail: may.why })
  return settings
}

async function requireSame(tx: WorkspaceTx, calendarId: string, { staffId, provider }: Omit<Departing, 'calendarId'>): Promise<void> {
  const link = await calendarById(tx, calendarId)
  if (link.staff_id !== staffId || link.kind !== provider)
    throw new Refusal('http/not-found', { detail: 'There is no such calendar here.' })
}
