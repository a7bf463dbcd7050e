import { DisclosureBody, DisclosurePurpose, type ProcessorBody, privacyRoutes } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../../platform/database/testing.ts'
import { backgroundOf } from '../../../../platform/events/testing.ts'
import { testWorkspace } from '../../../contacts/testing.ts'
import { noteSignals } from '../../cookies/note-signals.ts'
import { exportContact, liftRestriction, makeExportJob, restrictContact } from '../../erasure/index.ts'
import { gatherPersonData } from '../../erasure/person-data.ts'
import { providePrivacyPorts } from '../../index.ts'
import { answerUse } from '../../policies/data-use.ts'
import { changePrivacySettings } from '../../settings/change-privacy-settings.ts'
import { newestSettings } from '../../settings/read-privacy-settings.ts'
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

  it('go to a partner for its own offers as the setting and her word have it, each person for herself [K2] [K6]', async () => {
    const contactId = await place.newContact('offers@home.example', 'Olga Offers')
    const { id } = await accountant({ name: 'Partner Co', kind: 'partner', purposes: ['communication'] })
    const body = { processorId: id ?? '', purpose: 'their_offers', categories: ['name'] } as const
    expect(DisclosureBody.safeParse({ ...body, people: 12 }).success).toBe(false)
    const give = () => inside((tx) => writeDisclosure(tx, owner, { ...body, categories: ['name'], contactId, people: 1 }))
    const given = async () => (await listed()).items.filter(({ recipient }) => recipient === 'Partner Co').length
    const set = (value: 'opt_in' | 'opt_out' | 'off') =>
      inside(async (tx) =>
        changePrivacySettings(tx, owner, {
          changes: { 'sharing.third_party_marketing': value },
          version: (await newestSettings(tx)).version,
        }),
      )
    const refused = (reason: string) => ({ type: 'privacy/use-not-allowed', facts: expect.objectContaining({ reason }) })
    await expect(give()).rejects.toMatchObject(refused('switched_off'))
    await set('opt_in')
    await expect(give()).rejects.toMatchObject(refused('not_asked'))
    await set('opt_out')
    await expect(give()).rejects.toMatchObject(refused('not_asked')) // nobody told her
    expect(await given()).toBe(0)
    const [version] = (
      await test.asSuperuser(
        `insert into policy_version (workspace_id, id, kind, version, weight, settings_version, published_by, published_at)
         values ($1, gen_random_uuid(), 'privacy', 1, 'material', 1, 'member', now()) returning id`,
        [place.workspaceId],
      )
    ).rows
    const [use] = (
      await test.asSuperuser(
        `insert into data_use (workspace_id, id, key, version_id, mode, says, created_at)
         values ($1, gen_random_uuid(), 'third_party_marketing', $2, 'opt_in', '{"en":"x","es":"x","fr":"x"}', now()) returning id`,
        [place.workspaceId, version?.id],
      )
    ).rows
    const say = (answer: 'yes' | 'no') =>
      inside((tx) => answerUse(tx, member, { contactId, useId: String(use?.id), answer, how: 'told', locale: 'en' }))
    await say('yes')
    expect(await give()).toMatchObject({ recipient: 'Partner Co', recipientKind: 'partner', purpose: 'their_offers', contactId, people: 1 })
    expect(await given()).toBe(1)
    await say('no')
    await expect(give()).rejects.toMatchObject(refused('said_no'))
    await say('yes')
    // The signal of her browser ends it, whatever she agreed to before.
    await inside((tx) => noteSignals(tx, { signals: { gpc: true, dnt: false } }, { contactId, seenOn: 'booking' }))
    await expect(give()).rejects.toMatchObject(refused('said_no_to_sharing'))
    expect(await given()).toBe(1)
  })

  it('stay where they are while they are only kept, but for a claim [M9]', async () => {
    test.clock.advance({ hours: 1 }) // what was given of many went out before she came
    const contactId = await place.newContact('kept@home.example', 'Kim Kept')
    const { id } = await accountant({ name: 'Advice LLP', purposes: ['compliance', 'service'] })
    const give = (purpose: 'advice' | 'service' | 'legal_claim') =>
      inside((tx) => writeDisclosure(tx, owner, { processorId: id ?? '', purpose, categories: ['name'], contactId, people: 1 }))
    await inside((tx) => restrictContact(tx, owner, { contactId, ground: 'accuracy_contested' }))
    for (const purpose of ['advice', 'service'] as const)
      await expect(give(purpose)).rejects.toMatchObject({ type: 'privacy/data-restricted' })
    expect(await give('legal_claim')).toMatchObject({ purpose: 'legal_claim' })
    await inside((tx) => liftRestriction(tx, owner, { contactId, because: 'It was right after all', told: { how: 'phone' } }))
    expect(await give('advice')).toMatchObject({ purpose: 'advice' })
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
