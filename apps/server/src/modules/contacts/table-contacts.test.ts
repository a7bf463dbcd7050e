import { ContactTableQuery, type Principal } from '@frontdesk/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { testDatabase } from '../../platform/database/testing.ts'
import { createContact } from './create-contact.ts'
import { createField } from './fields/define-field.ts'
import { tableContacts } from './table-contacts.ts'
import { type TestWorkspace, testWorkspace } from './testing.ts'

const test = await testDatabase()
let place: TestWorkspace
const inside = <T>(work: (tx: WorkspaceTx) => Promise<T>) => test.database.inWorkspace(place.workspaceId, work)
const table = (query: z.input<typeof ContactTableQuery>, by: Principal = place.as.owner) =>
  inside((tx) => tableContacts(tx, by, ContactTableQuery.parse(query)))
const names = ({ items }: Awaited<ReturnType<typeof table>>) => items.map(({ name }) => name)

const people = Array.from({ length: 23 }, (_, n) => `Person ${String(n).padStart(2, '0')}`)
beforeAll(async () => {
  place = await testWorkspace(test)
  const field = { type: 'text', category: 'preference', group: null, required: false, filter: false, currency: null } as const
  await inside((tx) => createField(tx, place.as.owner, { ...field, label: 'Boat', choices: [], notSensitive: false }))
  for (const [n, name] of people.entries())
    await inside((tx) =>
      createContact(tx, place.as.owner, {
        name,
        givenName: 'Per',
        points: [],
        tags: n % 2 === 0 ? ['Even'] : [],
        fields: n === 7 ? { boat: 'Skiff' } : {},
        ownerMemberId: n < 4 ? place.as.representative.memberId : null,
      }),
    )
})

describe('the table of contacts', () => {
  it('is refused to whom contacts are, and with a cursor of another order', async () => {
    await expect(table({}, place.as.billing)).rejects.toMatchObject({ facts: { permission: 'contacts.read' } })
    const { next } = await table({ sort: 'name', limit: 5 })
    await expect(table({ sort: 'created', after: next ?? '' })).rejects.toMatchObject({ type: 'http/invalid-request' })
  })

  it('says of a row what stands in its columns', async () => {
    const { items } = await table({ q: 'Person 07' })
    expect(items).toMatchObject([{ name: 'Person 07', givenName: 'Per', version: 1, fields: { boat: 'Skiff' } }])
  })

  const filter = JSON.stringify({ all: [{ on: 'tag', tag: 'Even' }] })
  it.each([
    ['by name', { sort: 'name' }, people],
    ['by name, turned around', { sort: 'name', reverse: 'yes' }, people.toReversed()],
    ['by the day they were added', { sort: 'created' }, people.toReversed()],
    ['by the last activity', { sort: 'recent' }, people.toReversed()],
    ['filtered', { sort: 'name', filter }, people.filter((_, n) => n % 2 === 0)],
    ['with a tag', { sort: 'name', reverse: 'yes', tag: 'even' }, people.filter((_, n) => n % 2 === 0).toReversed()],
  ] as const)('is read %s in both directions, from both ends and from the middle, each row once', async (_, query, expected) => {
    const down: string[] = []
    let part = await table({ ...query, limit: 5 })
    expect(part.previous).toBeNull()
    for (;;) {
      down.push(...names(part))
      if (part.next === null) break
      part = await table({ ...query, limit: 5, after: part.next })
    }
    expect(down).toEqual(expected)

    const up: string[] = []
    part = await table({ ...query, limit: 5, fromEnd: 'yes' })
    expect(part.next).toBeNull()
    for (;;) {
      up.unshift(...names(part))
      if (part.previous === null) break
      part = await table({ ...query, limit: 5, before: part.previous })
    }
    expect(up).toEqual(expected)

    expect(names(await table({ ...query, limit: 4, skip: 3 }))).toEqual(expected.slice(3, 7))
    const late = await table({ ...query, limit: 4, skip: 2, fromEnd: 'yes' })
    expect(names(late)).toEqual(expected.slice(-6, -2))
    expect(names(await table({ ...query, limit: 4, after: late.next ?? '' }))).toEqual(expected.slice(-2))
    expect(await table({ ...query, skip: 500 })).toEqual({ items: [], next: null, previous: null })
  })

  it('holds a representative’s own people alone', async () => {
    expect(names(await table({ sort: 'name', fromEnd: 'yes', limit: 3 }, place.as.representative))).toEqual(people.slice(1, 4))
  })
})
