import { ContactGroupsQuery, ContactTableQuery, type Principal } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { createContact } from '../create-contact.ts'
import { rowsByField } from '../field-order.ts'
import { testOwnFields } from '../fields/own-fields.testing.ts'
import { readyList } from '../list-contacts.ts'
import { tableContacts } from '../table-contacts.ts'
import { groupContacts } from './group-contacts.ts'

const place = await testOwnFields()
const groups = async (query: z.input<typeof ContactGroupsQuery>, by: Principal = place.as.owner) =>
  (await place.inside((tx) => groupContacts(tx, by, ContactGroupsQuery.parse(query)))).groups
const counts = async (...wish: Parameters<typeof groups>) => (await groups(...wish)).map(({ name, count }) => `${name} ${count}`)
const table = (query: z.input<typeof ContactTableQuery>, by: Principal = place.as.owner) =>
  place.inside((tx) => tableContacts(tx, by, ContactTableQuery.parse(query)))
const names = ({ items }: Awaited<ReturnType<typeof table>>) => items.map(({ name }) => name)

const people = Array.from({ length: 12 }, (_, n) => `Person ${String(n).padStart(2, '0')}`)
beforeAll(async () => {
  const choices = ['Gold', 'Silver', 'Tin'].map((label) => ({ label, hue: 0 }))
  await place.add({ label: 'Level', type: 'choice', filter: true, choices })
  await place.add({ label: 'Sports', type: 'choices', filter: true, choices: choices.slice(0, 2) })
  await place.add({ label: 'Age', type: 'number', filter: true })
  await place.add({ label: 'Joined', type: 'date', filter: true })
  await place.add({ label: 'Quiet', type: 'text' })
  await place.settle()
  for (const [n, name] of people.entries())
    await place.inside((tx) =>
      createContact(tx, place.as.owner, {
        name,
        points: [],
        tags: n % 3 === 0 ? ['Third', ...(n === 0 ? ['First'] : [])] : [],
        company: n < 5 ? 'Acme' : null,
        ownerMemberId: n < 2 ? place.as.representative.memberId : null,
        fields: {
          ...(n % 2 === 0 ? { level: n < 6 ? 'gold' : 'silver' } : {}),
          ...(n === 1 ? { sports: ['gold', 'silver'] } : {}),
          // Two of one age, and some of whom nobody knows it.
          ...(n < 8 ? { age: [30, 4.5, 30, 100, -2, 7, 8, 9][n] } : {}),
          ...(n < 3 ? { joined: `2024-0${9 - n}-01` } : {}),
        } as never,
      }),
    )
}, 60_000)

describe('groups', () => {
  it('are refused for what has no choices, is not narrowed by, or is not there', async () => {
    for (const by of ['own.age', 'own.quiet', 'own.nothing'] as const)
      await expect(groups({ by })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(groups({ by: 'owner' }, place.as.billing)).rejects.toMatchObject({ type: 'http/not-allowed' })
    await expect(table({ groupBy: 'company', inGroup: 'acme' })).rejects.toMatchObject({ type: 'http/invalid-request' })
  })

  it('say how many are in each, empty choices too, those in none last, and each of several once', async () => {
    expect(await counts({ by: 'own.level' })).toEqual(['Gold 3', 'Silver 3', 'Tin 0', 'null 6'])
    expect(await counts({ by: 'own.sports' })).toEqual(['Gold 1', 'Silver 1', 'null 11'])
    expect(await counts({ by: 'company' })).toEqual(['Acme 5', 'null 7'])
    expect(await counts({ by: 'tag' })).toEqual(['First 1', 'Third 4', 'null 8'])
    expect((await counts({ by: 'owner' })).filter((one) => !one.endsWith(' 0'))).toEqual(['The representative 2', 'null 10'])
    const filter = JSON.stringify({ all: [{ on: 'tag', tag: 'Third' }] })
    expect(await counts({ by: 'own.level', filter } as never)).toEqual(['Gold 1', 'Silver 1', 'Tin 0', 'null 2'])
  })

  it('count a representative’s own people alone', async () => {
    expect(await counts({ by: 'company' }, place.as.representative)).toEqual(['Acme 2'])
    expect(await counts({ by: 'owner' }, place.as.representative)).toEqual(['The representative 2'])
  })

  it('hold exactly those whom the table shows of each', async () => {
    for (const by of ['owner', 'company', 'tag', 'own.level', 'own.sports'] as const)
      for (const { key, count } of await groups({ by }))
        expect([by, key, (await table({ groupBy: by, inGroup: key, sort: 'name' })).items.length]).toEqual([by, key, count])
    expect(names(await table({ groupBy: 'own.level', inGroup: 'gold', sort: 'name' }))).toEqual(['Person 00', 'Person 02', 'Person 04'])
    expect(names(await table({ groupBy: 'own.level', inGroup: 'none', sort: 'own.age', limit: 3 }))).toEqual([
      'Person 01',
      'Person 05',
      'Person 07',
    ])
  })
})

describe('a table ordered by an own field', () => {
  const byAge = [4, 1, 5, 6, 7, 0, 2, 3].map((n) => people[n] ?? '')
  const without = people.slice(8)

  it('is refused for one without an order, one that lists are not narrowed by, and with a cursor of another order', async () => {
    for (const sort of ['own.level', 'own.quiet', 'own.nothing'] as const)
      await expect(table({ sort })).rejects.toMatchObject({ type: 'http/invalid-request' })
    const { next } = await table({ sort: 'own.age', limit: 2 })
    await expect(table({ sort: 'own.joined', after: next ?? '' })).rejects.toMatchObject({ type: 'http/invalid-request' })
    await expect(table({ sort: 'name', after: next ?? '' })).rejects.toMatchObject({ type: 'http/invalid-request' })
  })

  const third = JSON.stringify({ all: [{ on: 'tag', tag: 'Third' }] })
  it.each([
    ['rising', { sort: 'own.age' }, [...byAge, ...without]],
    ['falling, those without a value still last', { sort: 'own.age', reverse: 'yes' }, [...byAge.toReversed(), ...without]],
    ['by a day', { sort: 'own.joined' }, [people[2], people[1], people[0], ...people.slice(3)]],
    ['filtered', { sort: 'own.age', filter: third }, [people[6], people[0], people[3], people[9]]],
  ] as const)('is read %s in both directions, from both ends and from the middle, each row once', async (_, query, expected) => {
    const down: string[] = []
    let part = await table({ ...query, limit: 3 })
    expect(part.previous).toBeNull()
    for (;;) {
      down.push(...names(part))
      if (part.next === null) break
      part = await table({ ...query, limit: 3, after: part.next })
    }
    expect(down).toEqual(expected)
    const up: string[] = []
    part = await table({ ...query, limit: 3, fromEnd: 'yes' })
    expect(part.next).toBeNull()
    for (;;) {
      up.unshift(...names(part))
      if (part.previous === null) break
      part = await table({ ...query, limit: 3, before: part.previous })
    }
    expect(up).toEqual(expected)
    for (const skip of [0, 1, 2, 3, 7, 8, 9]) {
      expect([skip, names(await table({ ...query, limit: 2, skip }))]).toEqual([skip, expected.slice(skip, skip + 2)])
      const end = expected.length - skip
      const last = names(await table({ ...query, limit: 2, skip, fromEnd: 'yes' }))
      expect([skip, last]).toEqual([skip, end <= 0 ? [] : expected.slice(Math.max(0, end - 2), end)])
    }
  })

  it('is the same when few meet a filter and the whole set is asked for', async () => {
    const read = (walk: number) =>
      place.inside(async (tx) => {
        const ready = await readyList(tx, null, ContactTableQuery.parse({ filter: third }))
        const { sort } = { sort: { slot: 'number_1', type: 'number' } as const }
        const order = { sort, falling: false, backwards: false, after: undefined, skip: 1 }
        return (await rowsByField(tx, ready, order, 10, walk)).map(({ id }) => id)
      })
    expect(await read(0)).toEqual(await read(1000))
    expect(await read(0)).toHaveLength(3)
  })
})
