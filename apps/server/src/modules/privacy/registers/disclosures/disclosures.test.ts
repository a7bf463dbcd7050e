import { DisclosureBody, DisclosurePurpose, type ProcessorBody, privacyRoutes } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { backgroundOf } from '../../../../platform/events/testing.ts'
import { testWorkspace } from '../../../contacts/testing.ts'
import { exportContact, makeExportJob } from '../../erasure/index.ts'
import { gatherPersonData } from '../../erasure/person-data.ts'
import { providePrivacyPorts } from '../../index.ts'
import { addProcessor } from '../processors.ts'
import { roomInventory, testRegisters } from '../testing.ts'
import { listDisclosures, writeDisclosure } from './disclosures.ts'

const test = await testDatabase()
await backgroundOf(test, { jobs: [makeExportJob] })
const place = await testWorkspace(test)
const { owner, admin, member } = place.as
const inside = <T>(work: Parameters<typeof test.database.inWorkspace<T>>[1]) => test.database.inWorkspace(place.workspaceId, work)
beforeAll(() => {
  providePrivacyPorts()
  testRegisters()
})
const listed = () => inside((tx) => listDisclosures(tx, owner, { limit: 200 }))
const accountant = (change: Partial<ProcessorBody> = {}) =>
  inside((tx) =>
    addProcessor(tx, owner, {
      connection: null,
      name: 'Books Co',
      kind: 'adviser',
      purposes: ['compliance'],
      categories: ['name', 'financial'],
      region: 'US',
      mechanism: 'none',
      contractRef: 'C-7',
      contractOn: null,
      policyUrl: null,
      adheres: false,
      ended: false,
      ...change,
    }),
  )

describe('data that leave', () => {
  it('cannot be sold: there is no such purpose, no such route, and no such row [K1]', async () => {
    expect(DisclosurePurpose.safeParse('sale').success).toBe(false)
    expect(DisclosureBody.safeParse({ processorId: crypto.randomUUID(), purpose: 'sale', categories: ['name'] }).success).toBe(false)
    expect(Object.keys(privacyRoutes).filter((route) => /\b(sale|sell|sold)\b/i.test(route))).toEqual([])
    await expect(
      test.asSuperuser(
        `insert into disclosure (workspace_id, id, at, recipient_kind, recipient, purpose, people, categories, done_by)
         values ($1, gen_random_uuid(), now(), 'partner', 'Broker', 'sale', 1, '[]', 'x')`,
        [place.workspaceId],
      ),
    ).rejects.toThrow('disclosure_purpose_check')
  })

  it('leave a line for every export of somebody’s data, with recipient and purpose [K1]', async () => {
    const contactId = await place.newContact('ann@home.example')
    const before = (await listed()).items.length
    await inside((tx) => exportContact(tx, owner, { contactId, reason: 'access' }))
    await inside((tx) => exportContact(tx, owner, { contactId, reason: 'portability' }))
    const { items } = await listed()
    expect(items.length).toBe(before + 2)
    expect(items.slice(0, 2)).toMatchObject([
      { recipientKind: 'person', recipient: 'Ann Lee', purpose: 'portability', contactId, by: 'The owner' },
      { recipientKind: 'person', purpose: 'access_right', contactId },
    ])
  })

  it('are refused to whoever has no contract, and for kinds of data it does not cover', async () => {
    const bare = await accountant({ name: 'No paper', contractRef: null })
    const wish = { purpose: 'accounting', categories: ['name'], people: 12 } as const
    const write = (processorId: string | null, change = {}) =>
      inside((tx) => writeDisclosure(tx, owner, { ...wish, categories: ['name'], processorId: processorId ?? '', ...change }))
    await expect(write(bare.id)).rejects.toMatchObject({ type: 'privacy/recipient-stopped' })
    const { id } = await accountant()
    await expect(write(id, { categories: ['communication'] })).rejects.toMatchObject({ type: 'privacy/recipient-stopped' })
    expect(await write(id)).toMatchObject({
      recipient: 'Books Co',
      recipientKind: 'adviser',
      purpose: 'accounting',
      people: 12,
      contactId: null,
    })
    await expect(
      inside((tx) => writeDisclosure(tx, admin, { ...wish, categories: ['name'], processorId: id ?? '' })),
    ).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(inside((tx) => listDisclosures(tx, member, { limit: 5 }))).rejects.toMatchObject({ type: 'http/not-allowed' })
  })

  it('are accounted for in what a person receives about herself', async () => {
    const contactId = await place.newContact('ben@home.example', 'Ben Roy')
    const { id } = await accountant({ name: 'Lawyers LLP' })
    await inside((tx) =>
      writeDisclosure(tx, owner, { processorId: id ?? '', purpose: 'legal_claim', categories: ['name'], contactId, people: 1 }),
    )
    const { data } = await inside((tx) => gatherPersonData(tx, roomInventory, [contactId]))
    expect(data.tables.disclosure).toMatchObject([{ recipient: 'Lawyers LLP', purpose: 'legal_claim' }])
  })
})
