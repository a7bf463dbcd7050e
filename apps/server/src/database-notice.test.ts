import { expect, it } from 'vitest'
import { databaseNotice } from './database-notice.ts'
import { testWorkspace } from './modules/contacts/testing.ts'
import { testDatabase } from './platform/database/testing.ts'
import { egressGuards } from './platform/egress/index.ts'

const test = await testDatabase()
const config = (databaseUrl: string | undefined) =>
  ({ mail: {}, objectStore: undefined, google: undefined, facebook: undefined, tracesUrl: undefined, databaseUrl }) as never
const outside = config('postgres://desk@db.example/desk')

it('says at the start that the contract with the host of the database does not stand, and only then', async () => {
  let stopped: string | undefined
  const why = 'The contract with Database Co was taken back.'
  egressGuards.provide('test', {
    ask: async (tx, { connection }) =>
      connection === 'database' && tx.workspaceId === stopped ? { allowed: false, why } : { allowed: true },
  })
  expect(await databaseNotice(outside, test.database)).toBeUndefined() // there is no workspace yet
  const [operators, another] = [await testWorkspace(test), await testWorkspace(test, 'Salon Bea')]
  expect(await databaseNotice(outside, test.database)).toBeUndefined()
  stopped = another.workspaceId
  expect(await databaseNotice(outside, test.database)).toBeUndefined()
  stopped = operators.workspaceId
  expect(await databaseNotice(outside, test.database)).toMatch(
    /^The contract with Database Co was taken back\. .*goes on using it.*npm run restore/,
  )
  expect(await databaseNotice(config(undefined), test.database)).toBeUndefined()
  expect(await databaseNotice(config('postgres://desk@localhost/desk'), test.database)).toBeUndefined()
})
