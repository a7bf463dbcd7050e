/** An empty clinic, for tests of what the demo lets happen in it. */
import path from 'node:path'
import { type AccountServices, noDocuments, openAuthDatabase } from '../modules/accounts/index.ts'
import { loadConfig } from '../platform/config/index.ts'
import { openPasswords } from '../platform/crypto/index.ts'
import { testDatabase } from '../platform/database/testing.ts'
import { openFiles } from '../platform/files/index.ts'
import { prepareJobs } from '../platform/jobs/index.ts'
import { openLog } from '../platform/log/index.ts'
import { openHouse } from '../rooms.ts'
import type { Services } from '../services.ts'
import { furnish, openClinic } from './open-clinic.ts'

export const log = openLog({ level: 'silent', role: 'test', strict: true })

/** A clinic in which nobody has booked, with every room of the house around it. */
export async function emptyClinic(since: Temporal.Instant) {
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
    transferTo: null,
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
