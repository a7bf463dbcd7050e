import { beforeAll, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { addCounterparty, purgeCounterparties } from './counterparties.ts'
import { listScreenings, recordScreening } from './screenings.ts'
import { testRegisters } from './testing.ts'

const test = await testDatabase()
const place = await testWorkspace(test)
const { owner, admin, auditor } = place.as
const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
beforeAll(() => testRegisters())

it('a counterparty is looked up and what came of it is kept as long as its contract, and no longer [W5]', async () => {
  const body = { name: 'Cleaners', representative: null, email: null, contractRef: 'C-1', signedOn: '2015-01-01', endsOn: '2020-05-31' }
  const { id } = await inside((tx) => addCounterparty(tx, owner, body))
  const wish = { counterpartyId: id, list: 'OFAC SDN', result: 'clear' } as const
  await expect(inside((tx) => recordScreening(tx, admin, wish))).rejects.toMatchObject({ type: 'http/not-allowed' })
  await expect(inside((tx) => recordScreening(tx, owner, { ...wish, checkedOn: '2099-01-01' }))).rejects.toMatchObject({
    type: 'http/invalid-request',
  })
  await inside((tx) => recordScreening(tx, owner, wish))
  await inside((tx) => recordScreening(tx, owner, { ...wish, result: 'hit', note: 'Same name, another birthday' }))
  expect((await inside((tx) => listScreenings(tx, auditor, id))).items).toMatchObject([
    { result: 'hit', note: 'Same name, another birthday', by: 'The owner' },
    { result: 'clear', list: 'OFAC SDN' },
  ])
  test.clock.set(Temporal.Instant.from('2027-06-02T12:00:00Z'))
  expect(await inside(purgeCounterparties)).toBe(1)
  const left = await test.asSuperuser('select count(*)::int as n from counterparty_screening')
  expect(left.rows[0].n).toBe(0)
  await expect(inside((tx) => listScreenings(tx, auditor, id))).rejects.toMatchObject({ type: 'http/not-found' })
})
