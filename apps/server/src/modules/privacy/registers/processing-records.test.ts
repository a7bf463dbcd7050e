import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { inventoryOf, personal, system } from '../../../platform/inventory/index.ts'
import { testWorkspace } from '../../contacts/testing.ts'
import { noteDealing } from '../consents/note-dealing.ts'
import { addCounterparty, changeCounterparty, listCounterparties, purgeCounterparties } from './counterparties.ts'
import { personKindsOf } from './person-kinds.ts'
import { categoriesFor, processingActivities, purposes } from './processing-records.rules.ts'
import { addProcessor } from './processors.ts'
import { processingTable, readProcessingRecords } from './read-processing-records.ts'
import { roomInventory, testRegisters } from './testing.ts'

const test = await testDatabase()
testRegisters([{ connection: 'smtp', host: 'mail.example' }])
const place = await testWorkspace(test)
const { owner, member, auditor, privacy_officer: officer } = place.as
const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
const records = () => inside((tx) => readProcessingRecords(tx, owner))

describe('the records of processing', () => {
  it('are not for whoever works at the desk', async () => {
    await expect(inside((tx) => readProcessingRecords(tx, member))).rejects.toMatchObject({ type: 'http/not-allowed' })
    expect(await inside((tx) => readProcessingRecords(tx, auditor))).toMatchObject({ business: 'Salon Ana' })
  })

  it('keep what the operator decides apart from what it does for the business [W2]', async () => {
    const { controller, processor } = await records()
    const tables = (side: typeof controller) => new Set(side.flatMap((activity) => activity.tables))
    expect([...tables(controller)].filter((table) => tables(processor).has(table))).toEqual([])
    expect(tables(processor)).toContain('contact')
    expect(tables(controller)).toContain('auth.user')
    const sides = await Promise.all(
      (['controller', 'processor'] as const).map((side) => inside((tx) => processingTable(tx, owner, { side }))),
    )
    expect(sides.map(({ csv }) => csv.split('\r\n').length - 2)).toEqual([controller.length, processor.length])
    expect(sides[0]?.csv).not.toContain('contact_point')
    expect(sides[1]?.csv).toContain('contact_point')
  })

  it('name a ground and its law for every purpose that a column or a message has [N12]', async () => {
    const { controller, processor, contactPurposes } = await records()
    const told = [...controller, ...processor]
    for (const purpose of purposes) {
      if (categoriesFor(roomInventory, purpose).length > 0) expect(told.map((activity) => activity.purpose)).toContain(purpose)
    }
    expect(told.filter(({ basis, law }) => !basis || !/^GDPR Art\. \d/.test(law))).toEqual([])
    expect(contactPurposes.map(({ purpose }) => purpose)).toEqual(['reply', 'service', 'legal', 'feedback', 'marketing'])
  })

  it('list all seven kinds of person with the tables that hold them, and every table with personal data has its kind [A16] [C9]', async () => {
    const ann = await place.newContact('ann@home.example')
    await place.newContact('ben@home.example')
    const bookingId = await inside(async (tx) => tx.newId())
    await inside((tx) => noteDealing(tx, { contactId: ann, kind: 'transaction', source: { type: 'booking', id: bookingId } }))
    await inside((tx) => addCounterparty(tx, owner, counterparty()))
    const { persons } = await records()
    expect(Object.fromEntries(persons.map(({ kind, count }) => [kind, count]))).toEqual({
      customer: 1,
      end_user: 10,
      representative: 0,
      site_user: null,
      newsletter_subscriber: 0,
      prospect: 1,
      counterparty: 1,
    })
    expect(persons.filter(({ tables }) => tables.length === 0)).toEqual([])
    const personalTables = roomInventory.filter(({ columns }) => Object.values(columns).some((field) => field.kind === 'personal'))
    expect(personalTables.filter((declared) => personKindsOf(declared).length === 0)).toEqual([])
  })

  it('take a new column in by themselves, and tell who receives its kind of data', async () => {
    const made = inventoryOf<{ id: string; gait: string }>('gait', {
      subjects: [{ root: 'contact', via: ['id'] }],
      columns: {
        id: system,
        gait: personal({
          category: 'behaviour',
          purpose: 'operation',
          basis: 'consent',
          retention: 'contact',
          erase: 'delete_row',
          export: true,
        }),
      },
    })
    const recipient = { name: 'Gait Ltd', purposes: ['operation'], categories: ['behaviour'], stopped: null } as const
    const { processor } = processingActivities([...roomInventory, made], [recipient as never])
    const operation = processor.find(({ purpose }) => purpose === 'operation')
    expect(operation?.tables).toContain('gait')
    expect(operation?.otherBases).toContain('consent')
    expect(operation?.recipients).toEqual(['Gait Ltd'])
  })

  it('list transfers with what allows them', async () => {
    await inside((tx) =>
      addProcessor(tx, officer, {
        connection: null,
        name: 'Books GmbH',
        kind: 'adviser',
        purposes: ['compliance'],
        categories: ['name'],
        region: 'EU',
        mechanism: 'scc',
        contractRef: 'C-1',
        contractOn: '2026-01-02',
        policyUrl: null,
        adheres: false,
        ended: false,
      }),
    )
    expect((await records()).transfers).toEqual([{ recipient: 'Books GmbH', region: 'EU', mechanism: 'scc' }])
  })
})

describe('a counterparty', () => {
  it('is changed with its version, and stays no longer than its contract needs [W6] [C9]', async () => {
    const made = await inside((tx) => addCounterparty(tx, owner, counterparty({ name: 'Cleaners', endsOn: '2019-05-31' })))
    expect(made.deletedOn).toBe('2026-05-31')
    const change = { ...counterparty({ name: 'Cleaners Inc', endsOn: '2019-05-31' }), counterpartyId: made.id }
    await inside((tx) => changeCounterparty(tx, owner, { ...change, version: 1 }))
    await expect(inside((tx) => changeCounterparty(tx, owner, { ...change, version: 1 }))).rejects.toMatchObject({
      type: 'http/version-mismatch',
    })
    const names = async () => (await inside((tx) => listCounterparties(tx, owner, { limit: 50 }))).items.map(({ name }) => name)
    expect(await names()).toContain('Cleaners Inc')
    test.clock.set(Temporal.Instant.from('2026-06-02T12:00:00Z'))
    await inside(purgeCounterparties)
    expect(await names()).not.toContain('Cleaners Inc')
    expect(await names()).toContain('Landlord LLC')
  })
})

function counterparty(change: { name?: string; endsOn?: string } = {}) {
  return {
    name: 'Landlord LLC',
    representative: 'Lou Landlord',
    email: 'lou@landlord.example',
    contractRef: 'Lease 7',
    signedOn: '2015-01-01',
    endsOn: null,
    ...change,
  }
}
