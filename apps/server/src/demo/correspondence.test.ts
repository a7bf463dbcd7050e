import path from 'node:path'
import { expect, it } from 'vitest'
import { type AccountServices, noDocuments, openAuthDatabase } from '../modules/accounts/index.ts'
import { loadConfig } from '../platform/config/index.ts'
import { openPasswords } from '../platform/crypto/index.ts'
import { testDatabase } from '../platform/database/testing.ts'
import { openFiles } from '../platform/files/index.ts'
import { prepareJobs } from '../platform/jobs/index.ts'
import { openLog } from '../platform/log/index.ts'
import { openHouse } from '../rooms.ts'
import type { Services } from '../services.ts'
import { exchangeLetters } from './correspondence.ts'
import { letters } from './letters.ts'
import { furnish, openClinic } from './open-clinic.ts'

const log = openLog({ level: 'silent', role: 'test', strict: true })

/** A clinic in which nobody has booked, with every room of the house around it. */
async function emptyClinic(since: Temporal.Instant) {
  const test = await testDatabase()
  test.clock.set(since)
  const { database, keys, clock, folder } = test
  const auth = openAuthDatabase({ url: test.urls.auth, keys, clock, connections: 2 })
  const accounts: AccountServices = {
    auth,
    database,
    passwords: openPasswords(keys, { iterations: 1000, waiting: 4 }),
    signUp: 'closed',
    ageLimit: null,
    signUpCountries: null,
    documents: noDocuments,
    linkBase: () => 'http://localhost:4600',
    mail: async () => undefined,
    afterwards: (_task, work) => void work(),
  }
  const files = openFiles({ folder: path.join(folder, 'files'), keyFolder: path.join(folder, 'file-keys'), keys })
  const config = loadConfig({}, ['--data', folder], folder)
  // The house keeps what it is given; letters need nothing else of it.
  const house = openHouse({ ...accounts, ...test, log, config, files } as unknown as Services)
  await prepareJobs(test.urls.owner, house.jobs)
  const signIn = { email: 'amara@harbordental.example', password: 'nine wobbling teapots sing', complete: false }
  const by = await openClinic(accounts, signIn)
  const clinic = await database.inWorkspace(by.workspaceId, (tx) => furnish(tx, by))
  await auth.close()
  return { ...test, by, clinic }
}

it.each([
  ['a Sunday at noon', '2026-11-29T12:50'],
  ['a Friday evening', '2026-12-04T19:10'],
  ['the night before Christmas', '2026-12-24T03:00'],
])('every letter is written on %s, though nobody has booked before', async (_, moment) => {
  const today = Temporal.PlainDateTime.from(moment).toZonedDateTime('America/New_York').toInstant()
  const { by, clinic, clock, database, asSuperuser } = await emptyClinic(today.subtract({ hours: 24 * 7 }))
  await exchangeLetters({ by, database, log, clinic, today, setClock: clock.set })

  const { rows } = await asSuperuser(
    `select status, count(*)::int as conversations from conversation where exists
       (select from message where message.conversation_id = conversation.id and direction = 'in') group by status`,
  )
  // Three wait for an answer, one has hers, and with two there is nothing to do: one said thanks, of the other a program wrote.
  const found = Object.fromEntries(rows.map((row) => [row.status, row.conversations]))
  expect(found).toEqual({ open: 3, waiting: 1, resolved: 2 })
  const bookings = await asSuperuser('select count(*)::int as made, min(starts_at) > $1 as ahead from booking', [today.toString()])
  expect(bookings.rows).toEqual([{ made: letters.length, ahead: true }])
  expect(clock()).toEqual(today)
})
