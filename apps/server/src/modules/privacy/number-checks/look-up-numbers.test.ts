import type { ContactId, Role } from '@frontdesk/contract'
import { afterEach, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { createContact, editContact } from '../../contacts/index.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { mayContact } from '../gate/may-contact.ts'
import { addProcessor } from '../registers/processors.ts'
import { testRegisters } from '../registers/testing.ts'
import { listNumberLookups, lookUpNumbers, lookUpNumbersJob } from './look-up-numbers.ts'
import { type AskedNumber, type NumberLookup, numberLookups } from './number-lookups.ts'

const test = await testDatabase()
test.clock.set('2026-10-20T16:00:00Z')
const place = await testWorkspace(test)
testRegisters([])
const background = await backgroundOf(test, { jobs: [lookUpNumbersJob], subscribers: [] })
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
let counter = 0
async function someone() {
  counter += 1
  const number = `+1212555${5000 + counter}`
  const points = [{ kind: 'phone' as const, value: number }]
  return { number, contactId: await inside((tx) => createContact(tx, place.as.owner, { name: `Asked ${counter}`, points, tags: [] })) }
}
const ask = (contactId: ContactId, role: Role = 'member') => inside((tx) => lookUpNumbers(tx, place.as[role], contactId))
const lookedUp = async (contactId: ContactId) =>
  (await inside((tx) => mayContact(tx, place.as.member, contactId))).known
    .filter(({ source }) => source === 'lookup')
    .map(({ kind, answer, on, checkedWith }) => [kind, answer, on, checkedWith])

/** A service that answers as it is told, and remembers what it was asked. */
const asked: AskedNumber[][] = []
const recipient = (name: string, contractRef: string | null) =>
  inside((tx) =>
    addProcessor(tx, place.as.owner, {
      connection: null,
      name,
      kind: 'processor',
      purposes: ['compliance'],
      categories: ['contact_details'],
      region: 'US',
      mechanism: 'none',
      contractRef,
      contractOn: contractRef && '2026-01-01',
      policyUrl: null,
      adheres: false,
      ended: false,
    }),
  )
const entry = await recipient('Number Service', 'C-1')
const service = (change: Partial<NumberLookup> = {}): NumberLookup => ({
  name: 'Number Service',
  processorId: async () => entry.id ?? '',
  lookUp: async (numbers) => {
    asked.push([...numbers])
    return numbers.map(({ number }) => ({ number, line: 'mobile', reassigned: 'no' }))
  },
  ...change,
})
afterEach(() => asked.splice(0))

describe('looking numbers up', () => {
  it('is refused where no service is connected, with what to do instead', async () => {
    const { contactId } = await someone()
    expect(listNumberLookups(place.as.member)).toEqual({ lookups: [] })
    await expect(ask(contactId)).rejects.toMatchObject({ type: 'privacy/no-number-lookup' })
  })

  it('is refused to roles that do not work with contacts, about somebody they may not see, and without a number', async () => {
    numberLookups.provide('test', service())
    const { contactId } = await someone()
    for (const role of ['read_only', 'billing', 'auditor'] as const)
      await expect(ask(contactId, role)).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(ask(contactId, 'representative')).rejects.toMatchObject({ type: 'http/not-found' })
    const without = await inside((tx) => createContact(tx, place.as.owner, { name: 'Nobody', points: [], tags: [] }))
    await expect(ask(without)).rejects.toMatchObject({ type: 'privacy/no-point' })
  })

  it('sends no number to a service whose entry among the recipients does not cover it', async () => {
    const uncovered = await recipient('Without paper', null)
    numberLookups.provide('test', service({ processorId: async () => uncovered.id ?? '' }))
    const { contactId } = await someone()
    await expect(ask(contactId)).rejects.toMatchObject({ type: 'privacy/recipient-stopped' })
    numberLookups.provide('test', service())
    await ask(contactId)
    numberLookups.provide('test', service({ processorId: async () => uncovered.id ?? '' }))
    await background.settle()
    expect([asked, await lookedUp(contactId)]).toEqual([[], []])
  })

  it('records what the service answers, with its name and the day', async () => {
    numberLookups.provide('test', service())
    const { contactId, number } = await someone()
    expect(listNumberLookups(place.as.member)).toEqual({ lookups: [{ name: 'Number Service' }] })
    expect(await ask(contactId)).toEqual({ numbers: 1 })
    await background.settle()
    expect(asked).toEqual([[{ number, since: null }]])
    expect(await lookedUp(contactId)).toEqual([
      ['line', 'mobile', '2026-10-20', 'Number Service'],
      ['reassigned', 'no', '2026-10-20', 'Number Service'],
    ])
  })

  it('asks again where the service could not be reached, and keeps nothing of a number that was corrected meanwhile', async () => {
    const { contactId, number } = await someone()
    let calls = 0
    numberLookups.provide(
      'test',
      service({
        lookUp: async () => {
          calls += 1
          if (calls === 1) throw new Error('The line is dead.')
          const points = [{ kind: 'phone' as const, value: '+12125559999' }]
          await inside((tx) => editContact(tx, place.as.owner, { contactId, version: 1, points }))
          return [{ number, line: 'voip', reassigned: null }]
        },
      }),
    )
    await ask(contactId)
    await background.settle()
    expect([calls, await lookedUp(contactId)]).toEqual([2, []])
  })
})
