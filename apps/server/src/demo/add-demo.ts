import type { Principal, ServiceId, StaffId } from '@frontdesk/contract'
import { type AccountServices, changeWorkspace, setOpeningHours, setUpServer, setupLink, showMe } from '../modules/accounts/index.ts'
import { addService, addStaff, memberBecomesStaff } from '../modules/scheduling/index.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import type { Log } from '../platform/log/index.ts'
import { seeded } from './chance.ts'
import { confirmByMail, exchangeLetters } from './correspondence.ts'
import { type DemoSignIn, keepSignIn, newSignIn } from './demo-sign-in.ts'
import { bookOnline, type Clinic, changeMinds, leaveTraces, noteOutcomes, takeByPhone, takeNotes } from './desk-life.ts'
import { clinic, colleagues, services, week } from './harbor-dental.ts'

/** A clock that the demo moves through the weeks before today. */
export type DemoClock = Clock & { set(instant: Temporal.Instant): void }

export type AddDemo = {
  readonly accounts: AccountServices
  /** The clock of `accounts`' databases. */
  readonly clock: DemoClock
  readonly dataFolder: string
  readonly log: Log
  readonly today: Temporal.Instant
}

const PAST_DAYS = 21
const VISITS_A_DAY = 13
/** Older confirmations are left out: a start should not take long. */
const MAILED_DAYS = 5

/**
 * Lets a small clinic live through its last weeks, day by day, by the same use cases people use: so that calendar, contacts and timelines look as they would. Nobody is
 * written to. The server must have no owner yet.
 */
export async function addDemo({ accounts, clock, dataFolder, log, today }: AddDemo): Promise<DemoSignIn> {
  const first = today.toZonedDateTimeISO(clinic.zone).subtract({ days: PAST_DAYS }).with({ hour: 8, minute: 5 })
  clock.set(first.toInstant())
  const signIn = newSignIn(clinic.email)
  keepSignIn(dataFolder, signIn)
  const by = await openClinic(accounts, signIn)
  const within = <T>(work: (tx: WorkspaceTx) => Promise<T>) => accounts.database.inWorkspace(by.workspaceId, work)

  const open = await within((tx) => furnish(tx, by))
  const chance = seeded(7)
  const mailsFrom = today.subtract({ hours: 24 * MAILED_DAYS })
  for (let morning = first; isBefore(morning, today); morning = morning.add({ days: 1 })) {
    clock.set(morning.toInstant())
    await within((tx) => noteOutcomes(tx, by, chance))
    for (let visit = 0; visit < VISITS_A_DAY; visit++) {
      const next = clock().add({ minutes: 5 + Math.floor(chance() * 40) })
      if (!isBefore(next, today)) break
      clock.set(next)
      const byPhone = chance() < 0.25
      const id = await within((tx) => (byPhone ? takeByPhone(tx, by, open, chance) : bookOnline(tx, open, chance)))
      if (id && !byPhone && !isBefore(next, mailsFrom)) await within((tx) => confirmByMail(tx, id))
    }
    await within((tx) => changeMinds(tx, by, chance))
    await within((tx) => takeNotes(tx, by, chance))
  }
  await exchangeLetters({ by, database: accounts.database, log, setClock: clock.set, today })
  await within((tx) => noteOutcomes(tx, by, chance))
  await within((tx) => leaveTraces(tx, by, open, chance))
  const complete = { ...signIn, complete: true }
  keepSignIn(dataFolder, complete)
  return complete
}

const isBefore = (moment: Temporal.Instant | Temporal.ZonedDateTime, other: Temporal.Instant): boolean =>
  moment.epochMilliseconds < other.epochMilliseconds

type Owner = Principal & { readonly kind: 'member' }

async function openClinic(accounts: AccountServices, { email, password }: DemoSignIn): Promise<Owner> {
  const link = await setupLink(accounts, '')
  if (link === undefined) throw new Error('This server has an owner. The demo needs a data folder of its own.')
  const { name, zone, locale, currency, country } = clinic
  const session = await setUpServer(
    accounts,
    link.split('/').at(-1) ?? '',
    { name: clinic.owner, email, password, businessName: name, zone, locale, currency, country },
    { ip: '127.0.0.1', userAgent: 'Frontdesk demo' },
  )
  const [workspace] = (await showMe(accounts, session)).workspaces
  if (!workspace) throw new Error('The demo has no workspace.')
  return { kind: 'member', workspaceId: workspace.id, memberId: workspace.memberId, userId: session.userId, role: 'owner' }
}

async function furnish(tx: WorkspaceTx, by: Owner): Promise<Clinic> {
  const { industry, phone, website, address, brandColour } = clinic
  await changeWorkspace(tx, by, { industry, phone, website, address, brandColour, version: 1 })
  await setOpeningHours(tx, by, { weekly: [...week], exceptions: [], holidaySet: 'us', version: 1 })
  await memberBecomesStaff(tx, by.memberId, { onlyAsFirst: false })
  const { id: owner } = await tx.db
    .selectFrom('staff')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', by.memberId)
    .executeTakeFirstOrThrow()
  const staff: StaffId[] = [owner]
  for (const person of colleagues) staff.push((await addStaff(tx, by, { ...person, active: true })).id)
  const offered: { id: ServiceId; minutes: number }[] = []
  for (const { by: givers, price, video, ...service } of services) {
    const row = await addService(tx, by, {
      ...service,
      bufferBeforeMinutes: 0,
      price: price === null ? null : { minor: price, currency: clinic.currency },
      noticeMinutes: 120,
      horizonDays: 60,
      stepMinutes: 15,
      changeNoticeMinutes: 1440,
      place: video === null ? { kind: 'address', detail: null } : { kind: 'video', detail: video },
      phone: 'optional',
      choosePerson: true,
      active: true,
      staffIds: givers.flatMap((index) => staff[index] ?? []),
    })
    offered.push({ id: row.id, minutes: row.duration_minutes })
  }
  return { staff, services: offered, lastVisits: new Map() }
}
