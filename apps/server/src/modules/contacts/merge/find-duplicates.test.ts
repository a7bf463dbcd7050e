import type { ContactId, Principal } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { testDatabase } from '../../../platform/database/testing.ts'
import { backgroundOf } from '../../../platform/events/testing.ts'
import { archiveContact } from '../archive-contact.ts'
import { createContact } from '../create-contact.ts'
import { editContact } from '../edit-contact.ts'
import { createField } from '../fields/define-field.ts'
import { loadContact } from '../load-contact.ts'
import { type TestWorkspace, testWorkspace } from '../testing.ts'
import { findDuplicates } from './find-duplicates.ts'
import { decideDuplicate, duplicatesOf, listDuplicates } from './list-duplicates.ts'
import { duplicateSubscribers, searchDuplicates, searchDuplicatesJob } from './search-duplicates.ts'

const test = await testDatabase()
const background = await backgroundOf(test, { jobs: [searchDuplicatesJob], subscribers: duplicateSubscribers })
let place: TestWorkspace
beforeAll(async () => {
  place = await testWorkspace(test)
  await inside((tx) =>
    createField(tx, place.as.owner, {
      label: 'Birthday',
      type: 'date',
      category: 'identifier',
      choices: [],
      filter: false,
      required: false,
      currency: null,
      group: null,
    } as never),
  )
  await inside((tx) =>
    createField(tx, place.as.owner, {
      label: 'City',
      type: 'text',
      category: 'location',
      choices: [],
      filter: false,
      required: false,
      currency: null,
      group: null,
    } as never),
  )
})

const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const phone = (value: string, shared = true) => ({ kind: 'phone', value, shared }) as const
const email = (value: string) => ({ kind: 'email', value }) as const
const add = async (name: string, more: object = {}, by: Principal = place.as.owner): Promise<ContactId> => {
  const id = await inside((tx) => createContact(tx, by, { points: [], tags: [], ...more, name } as never))
  await background.settle()
  return id
}
const found = async (id: ContactId, by: Principal = place.as.owner) =>
  (await inside((tx) => duplicatesOf(tx, by, id))).map(({ id: pairId, contacts, likeness, reasons }) => ({
    pairId,
    other: contacts.find((each) => each.id !== id)?.name,
    likeness,
    reasons: reasons.map((reason) => (reason.kind === 'name' ? reason.likeness : reason.kind)),
  }))
const others = async (id: ContactId, by?: Principal) => (await found(id, by)).map(({ other }) => other)
const list = (show: 'same' | 'household' | 'not_same' = 'same', limit = 50, cursor?: string) =>
  inside((tx) => listDuplicates(tx, place.as.owner, { show, limit, cursor }))

describe('who may', () => {
  it.each(['representative', 'read_only', 'support', 'auditor', 'billing'] as const)('refuses the role %s', async (role) => {
    const by = place.as[role]
    await expect(inside((tx) => listDuplicates(tx, by, { show: 'same', limit: 1 }))).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(inside((tx) => searchDuplicates(tx, by))).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(inside((tx) => decideDuplicate(tx, by, { pairId: place.workspaceId, notSame: true }))).rejects.toMatchObject({
      type: 'http/not-allowed',
    })
  })

  it('shows a representative pairs of her own contacts only', async () => {
    const by = place.as.representative
    const hers = await add('Rita Real', { points: [phone('+12125550101')] }, by)
    await add('Rita Reál', { points: [phone('+12125550101')] })
    expect(await others(hers)).toEqual(['Rita Reál'])
    expect(await others(hers, by)).toEqual([])
  })
})

describe('somebody new', () => {
  it('is found by a number and a name with a slip, and by who shares the number as a household', async () => {
    const ann = await add('Ann Archer', { points: [phone('+12125550102')] })
    await add('Ann Archre', { points: [phone('+12125550102')] })
    await add('Bob Archer', { points: [phone('+12125550102')] })
    expect(await found(ann)).toMatchObject([
      { other: 'Ann Archre', likeness: 'same', reasons: ['typo', 'phone'] },
      { other: 'Bob Archer', likeness: 'household', reasons: ['family', 'phone'] },
    ])
  })

  it('is found where two come at the same moment, of whom neither sees the other', async () => {
    const create = (name: string) =>
      inside((tx) => createContact(tx, place.as.owner, { points: [phone('+12125550107')], tags: [], name } as never))
    const [one, other] = [await create('Nora Twin'), await create('Nora Twinn')]
    const waits = async () =>
      (
        await test.asSuperuser(
          "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
        )
      ).rowCount
    let second = Promise.resolve(0)
    // The first one has looked and not committed yet when the second one begins to look, which waits for it.
    const first = inside(async (tx) => {
      const count = await findDuplicates(tx, [one])
      second = inside((later) => findDuplicates(later, [other]))
      await expect.poll(waits).toBe(1)
      return count
    })
    expect([await first, await second]).toEqual([0, 1])
    expect(await others(one)).toEqual(['Nora Twinn'])
    await background.settle()
  })

  it('is found by a name in another order with accents, and a company, a birthday or a town', async () => {
    const one = await add('José Núñez', { company: 'Acme' })
    await add('Nunez Jose', { company: 'Acme' })
    expect(await found(one)).toMatchObject([{ other: 'Nunez Jose', reasons: ['order', 'company'] }])
    const born = await add('Zoë Quill', { fields: { birthday: '1980-01-02' } })
    await add('Zoe Quill', { fields: { birthday: '1980-01-02' } })
    await add('Zoe Quill', { fields: { birthday: '1999-01-02' } })
    expect(await found(born)).toMatchObject([{ other: 'Zoe Quill', reasons: ['accents', 'birthday'] }])
    const inTown = await add('Ulla Vogt', { fields: { city: 'Köln' } })
    await add('Ulla Vogt', { fields: { city: 'koln' } })
    expect(await found(inTown)).toMatchObject([{ other: 'Ulla Vogt', reasons: ['same', 'city'] }])
  })

  it('is found by an address that reaches the same mailbox', async () => {
    const one = await add('Pia Post', { points: [email('pia.post@gmail.com')] })
    await add('Pia Post', { points: [email('piapost+news@gmail.com')] })
    expect(await found(one)).toMatchObject([{ reasons: ['same', 'similar_email'] }])
  })

  it('is nobody’s double for a name alone', async () => {
    const one = await add('Solo Name')
    await add('Solo Name')
    expect(await found(one)).toEqual([])
  })

  it('is not compared with everybody at the number of a whole office', async () => {
    const word = (at: number) => String.fromCharCode(97 + at).repeat(6)
    for (let at = 0; at < 45; at++) await add(`${word(at % 9)} ${word(10 + Math.floor(at / 9))}`, { points: [phone('+12125550103')] })
    const last = await add('Zzzzzz Yyyyyy', { points: [phone('+12125550103')] })
    expect(await found(last)).toEqual([])
  })
})

describe('what is no longer so', () => {
  it('goes when a contact is changed or archived, and comes back', async () => {
    const one = await add('Eva Eck', { points: [phone('+12125550104')] })
    const other = await add('Eva Eck', { points: [phone('+12125550104')] })
    expect(await others(one)).toEqual(['Eva Eck'])
    const { version } = await inside((tx) => loadContact(tx, place.as.owner, other))
    await inside((tx) => editContact(tx, place.as.owner, { contactId: other, version, points: [] }))
    await background.settle()
    expect(await others(one)).toEqual([])
    await inside((tx) =>
      editContact(tx, place.as.owner, { contactId: other, version: version + 1, points: [phone('+12125550104')] as never }),
    )
    await background.settle()
    expect(await others(one)).toEqual(['Eva Eck'])
    await inside((tx) => archiveContact(tx, place.as.owner, other))
    await background.settle()
    expect(await others(one)).toEqual([])
  })
})

describe('what somebody decided', () => {
  it('is remembered, whatever is changed later, and can be taken back', async () => {
    const one = await add('Tim Twin', { points: [phone('+12125550105')] })
    const other = await add('Tim Twin', { points: [phone('+12125550105')] })
    const [pair] = await found(one)
    const decide = (notSame: boolean) => inside((tx) => decideDuplicate(tx, place.as.member, { pairId: pair?.pairId ?? '', notSame }))
    expect(await decide(true)).toMatchObject({ state: 'not_same' })
    expect(await decide(true)).toMatchObject({ state: 'not_same' })
    const { version } = await inside((tx) => loadContact(tx, place.as.owner, other))
    await inside((tx) => editContact(tx, place.as.owner, { contactId: other, version, company: 'Twin Ltd' }))
    await background.settle()
    expect(await found(one)).toEqual([])
    expect((await list('not_same')).items.map(({ id }) => id)).toContain(pair?.pairId)
    expect(await decide(false)).toMatchObject({ state: 'open' })
    expect(await others(one)).toEqual(['Tim Twin'])
  })

  it('answers 404 for a pair that is not there', async () => {
    await expect(inside((tx) => decideDuplicate(tx, place.as.owner, { pairId: place.workspaceId, notSame: true }))).rejects.toMatchObject({
      type: 'http/not-found',
    })
  })
})

describe('looking through all', () => {
  it('finds the same pairs as one by one, says how far it is, and runs once at a time', async () => {
    const key = async () => (await allPairs()).map(({ score, contacts }) => `${score} ${contacts.map(({ id }) => id).join(' ')}`).toSorted()
    const before = await key()
    expect(before.length).toBeGreaterThan(5)
    await test.asSuperuser('delete from duplicate_pair where workspace_id = $1 and state = $2', [place.workspaceId, 'open'])
    await test.asSuperuser('delete from duplicate_key where workspace_id = $1', [place.workspaceId])
    const started = await inside((tx) => searchDuplicates(tx, place.as.owner))
    expect(started).toMatchObject({ looked: 0, finishedAt: null })
    await inside((tx) => searchDuplicates(tx, place.as.owner))
    const jobs = (await background.settle()).filter(({ name }) => name === 'contacts.search-duplicates')
    expect(jobs).toHaveLength(1)
    expect(await key()).toEqual(before)
    const { search } = await list()
    expect(search?.looked).toBe(search?.total)
    expect(search?.finishedAt).not.toBeNull()
  })

  it('pages through them, the likeliest first, each once', async () => {
    const all = await allPairs()
    const scores = all.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((one, other) => other - one))
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })
})

async function allPairs() {
  const all = []
  let cursor: string | undefined
  do {
    const page = await list('same', 2, cursor)
    all.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return all
}

it('keeps workspaces apart', async () => {
  const other = await testWorkspace(test, 'Other')
  await inside((tx) => createContact(tx, place.as.owner, { name: 'Ida Inn', points: [phone('+12125550106')], tags: [] } as never))
  const there = await test.database.inWorkspace(other.workspaceId, (tx) =>
    createContact(tx, other.as.owner, { name: 'Ida Inn', points: [phone('+12125550106')], tags: [] } as never),
  )
  await background.settle()
  expect(await test.database.inWorkspace(other.workspaceId, (tx) => duplicatesOf(tx, other.as.owner, there))).toEqual([])
})
