import type { AccountServices } from '../modules/accounts/index.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import type { Log } from '../platform/log/index.ts'
import { fillCards } from './cards-life.ts'
import { seeded } from './chance.ts'
import { confirmByMail, exchangeLetters } from './correspondence.ts'
import { type DemoSignIn, keepSignIn, newSignIn } from './demo-sign-in.ts'
import { bookOnline, changeMinds, leaveTraces, noteOutcomes, takeByPhone, takeNotes } from './desk-life.ts'
import { clinic } from './harbor-dental.ts'
import { askAround } from './leads-life.ts'
import { furnish, openClinic } from './open-clinic.ts'
import { liveWithPrivacy } from './privacy-life.ts'
import { planTasks } from './tasks-life.ts'

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
  await liveWithPrivacy({ by, database: accounts.database, setClock: clock.set, today })
  await exchangeLetters({ by, database: accounts.database, log, setClock: clock.set, today, clinic: open })
  await within((tx) => noteOutcomes(tx, by, chance))
  await within((tx) => askAround(tx, by))
  await within((tx) => leaveTraces(tx, by, open, chance))
  await within((tx) => planTasks(tx, by))
  await within((tx) => fillCards(tx, by, chance))
  const complete = { ...signIn, complete: true }
  keepSignIn(dataFolder, complete)
  return complete
}

const isBefore = (moment: Temporal.Instant | Temporal.ZonedDateTime, other: Temporal.Instant): boolean =>
  moment.epochMilliseconds < other.epochMilliseconds
