/** What the tests of this room share: a real database, fast password hashing, and the mails that were queued. */
import { afterAll } from 'vitest'
import { openPasswords } from '../../platform/crypto/index.ts'
import { type TestDatabase, testDatabase } from '../../platform/database/testing.ts'
import { type AuthDatabase, openAuthDatabase } from './auth-database.ts'
import { type AccountMail, type AccountServices, openAfterwards, type SignUpMode } from './services.ts'
import { setUpServer, setupLink } from './set-up-server.ts'

export const goodPassword = 'nine wobbling teapots sing'
export const arrival = { ip: '203.0.113.77', userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' }
export const owner = {
  name: 'Dana Reyes',
  email: 'Dana@example.com',
  password: goodPassword,
  businessName: 'Dana Hair',
  zone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
}

export type TestAccounts = TestDatabase & {
  readonly auth: AuthDatabase
  readonly services: AccountServices
  /** Every mail that was queued, oldest first. */
  readonly mails: readonly AccountMail[]
  /** Waits for what happens after an answer. */
  readonly settled: () => Promise<void>
  /** The part of the newest mail's link after the given path. */
  readonly linkIn: (path: string, to?: string) => string
}

/** A database and the services of this room on it. */
export async function testAccounts(signUp: SignUpMode = 'open'): Promise<TestAccounts> {
  const made = await testDatabase()
  const auth = openAuthDatabase({ url: made.urls.auth, keys: made.keys, clock: made.clock, connections: 8 })
  afterAll(() => auth.close())
  const mails: AccountMail[] = []
  const afterwards = openAfterwards((task, error) => {
    throw new Error(`${task} failed`, { cause: error })
  })
  const services: AccountServices = {
    auth,
    database: made.database,
    passwords: openPasswords(made.keys, { iterations: 1000, waiting: 400 }),
    signUp,
    linkBase: () => 'http://localhost:4600',
    mail: async (_auth, mail) => void mails.push(mail),
    afterwards: afterwards.run,
  }
  return {
    ...made,
    auth,
    services,
    mails,
    settled: afterwards.settled,
    linkIn(path, to) {
      const mail = mails.findLast((one) => to === undefined || one.to.address === to)
      const found = new RegExp(`${path}([\\w-]+)`).exec(mail?.text ?? '')?.[1]
      if (found === undefined)
        throw new Error(`No mail${to ? ` to ${to}` : ''} has a link to ${path}; the newest says: ${mail?.text ?? 'nothing'}`)
      return found
    },
  }
}

/** The owner, signed in, and her workspace. */
export async function setUp(services: AccountServices) {
  const link = await setupLink(services, 'http://localhost')
  if (link === undefined) throw new Error('This server has an owner already.')
  const session = await setUpServer(services, link.split('/').at(-1) ?? '', owner, arrival)
  return { session, link }
}
