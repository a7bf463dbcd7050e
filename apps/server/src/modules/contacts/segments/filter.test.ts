import type { ContactFilter, FilterCondition, FilterPart } from '@frontdesk/contract'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { orderedId } from '../../../platform/ids/index.ts'
import { type ContactOrder, placeOf } from '../contact-order.ts'
import { archiveField } from '../fields/define-field.ts'
import { testOwnFields } from '../fields/own-fields.testing.ts'
import { listContacts } from '../list-contacts.ts'
import { pageContactIds } from '../page-contact-ids.ts'
import { countContacts } from './count-contacts.ts'
import { meets, type Person } from './filter.testing.ts'
import { countFiltered, filteredRows, readyFilter, soonestRows, walkFiltered } from './filter-contacts.ts'
import { standingPermission } from './standing-permission.ts'
import { writePeople } from './write-people.testing.ts'

standingPermission.provide({
  mayBeReached: (tx, channel) => ({
    from: sql`standing_answer p`,
    where: sql`p.workspace_id = ${tx.workspaceId} and ${sql.ref(`p.${channel}`)}`,
    id: sql`p.id`,
  }),
})

const place = await testOwnFields()
const { test, inside, add, settle } = place
const ZONE = 'America/New_York'
const NAMES = ['Ann Lee', 'Änne Leé', 'Bo', 'anna', 'Zoë Ibarra', 'Li Wei', 'Olga']
const TAGS = ['VIP', 'Café', 'New']
const KINDS = ['booking.confirmed', 'call.missed', 'note.added'] as const
const people: Person[] = []
const companies = [0, 1].map(() => orderedId<'company'>(0))
const lists = [0, 1].map(() => orderedId<'list'>(0))
const types = { city: 'text', age: 'number', budget: 'money', joined: 'date', active: 'yes_no', level: 'choice', likes: 'choices' } as const

/** The same people in every run. */
let seed = 7
const random = (most: number): number => {
  seed = (seed * 48271) % 2147483647
  return seed % most
}
const some = <T>(list: readonly T[]): readonly T[] => list.filter(() => random(3) === 0)
const one = <T>(list: readonly T[]): T => list[random(list.length)] as T
const maybe = <T>(value: T): T[] => (random(2) === 0 ? [value] : [])

beforeAll(async () => {
  const choices = [
    { label: 'Tea', hue: 1 },
    { label: 'Cake', hue: 2 },
  ]
  await add({ label: 'City', type: 'text', filter: true })
  await add({ label: 'Age', type: 'number', filter: true })
  await add({ label: 'Budget', type: 'money', currency: 'USD', filter: true })
  await add({ label: 'Joined', type: 'date', filter: true })
  await add({ label: 'Active', type: 'yes_no', filter: true })
  await add({ label: 'Level', type: 'choice', choices, filter: true })
  await add({ label: 'Likes', type: 'choices', choices, filter: true })
  await add({ label: 'Unindexed', type: 'text' })
  await settle()
  for (let number = 0; number < 70; number += 1) people.push(somebody(number))
  await inside((tx) => writePeople(tx, { people, companies, lists, tags: TAGS }))
  // As it is on a desk in use; without statistics the database joins small tables one by one, over and over.
  await test.asSuperuser('analyze')
}, 60_000)

function somebody(number: number): Person {
  const now = test.clock()
  const ago = () => now.subtract({ hours: random(24 * 60) })
  return {
    id: orderedId<'contact'>(number),
    name: one(NAMES),
    companyId: one([null, ...companies]),
    ownerId: one([null, place.as.member.memberId, place.as.representative.memberId]),
    tags: some(TAGS),
    createdAt: ago(),
    lastActivityAt: ago(),
    archived: random(6) === 0,
    own: Object.fromEntries([
      ...maybe(['city', one(['Málaga', 'Lyon', 'lyon'])] as const),
      ...maybe(['age', one([7, 30, 30.5, -2])] as const),
      ...maybe(['budget', { minor: one(['0', '1000', '-500']), currency: 'USD' }] as const),
      ...maybe(['joined', one(['2026-01-31', '2026-02-01'])] as const),
      ...maybe(['active', random(2) === 0] as const),
      ...maybe(['level', one(['tea', 'cake'])] as const),
      ...maybe(['likes', one([['tea'], ['cake'], ['tea', 'cake']])] as const),
    ]),
    has: some(['email', 'phone'] as const),
    lists: some(lists),
    events: Array.from({ length: random(5) }, () => ({ kind: one(KINDS), at: ago() })),
    may: some(['email', 'sms', 'call'] as const),
  }
}

const within = fc.integer({ min: 1, max: 60 })
const day = fc.integer({ min: 0, max: 70 }).map((days) => test.clock().toZonedDateTimeISO(ZONE).toPlainDate().subtract({ days }).toString())
const when = fc.oneof(
  within.map((withinDays) => ({ withinDays })),
  day.map((from) => ({ from })),
  fc.tuple(day, day).map(([from, to]) => ({ from, to })),
)
type FieldWish = Omit<Extract<FilterCondition, { on: 'field' }>, 'on' | 'not'>
const field: fc.Arbitrary<FieldWish> = fc.oneof(
  fc.constantFrom<FieldWish>(
    { key: 'city', is: ['LYON'] },
    { key: 'city', is: ['malaga', 'lyon'] },
    { key: 'age', is: ['30'] },
    { key: 'age', from: '7', to: '30' },
    { key: 'age', from: '7.5' },
    { key: 'budget', to: '0' },
    { key: 'budget', is: ['1000', '-500'] },
    { key: 'joined', from: '2026-02-01' },
    { key: 'active', is: ['no'] },
    { key: 'level', is: ['tea'] },
    { key: 'likes', is: ['cake'] },
  ),
  fc.constantFrom(...Object.keys(types)).map((key) => ({ key, filled: true as const })),
)
const looks: fc.Arbitrary<FilterCondition> = fc.oneof(
  fc.record({
    on: fc.constant('name' as const),
    how: fc.constantFrom('is' as const, 'starts' as const, 'has' as const),
    text: fc.constantFrom('ann', 'Änne', 'e', 'Bo', 'lee'),
  }),
  fc.record({ on: fc.constant('company' as const), companyId: fc.constantFrom(null, ...companies) }),
  fc
    .nat(2)
    .map((at) => ({ on: 'owner' as const, memberId: [null, place.as.member.memberId, place.as.representative.memberId][at] ?? null })),
  fc.record({ on: fc.constant('tag' as const), tag: fc.constantFrom('vip', 'CAFE', 'New') }),
  when.map((time) => ({ on: 'created' as const, ...time })),
  when.map((time) => ({ on: 'last_activity' as const, ...time })),
  fc.constant({ on: 'archived' as const }),
  field.map((wish) => ({ on: 'field' as const, ...wish })),
  fc.record({ on: fc.constant('has' as const), what: fc.constantFrom('email' as const, 'phone' as const) }),
  fc.record({ on: fc.constant('list' as const), listId: fc.constantFrom(...lists) }),
  fc.record({ on: fc.constant('event' as const), kind: fc.constantFrom(...KINDS), times: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    on: fc.constant('event' as const),
    kind: fc.constantFrom(...KINDS),
    times: fc.integer({ min: 1, max: 2 }),
    withinDays: within,
  }),
  fc.record({ on: fc.constant('may' as const), channel: fc.constantFrom('email' as const, 'sms' as const, 'call' as const) }),
)
const conditions = fc.tuple(looks, fc.boolean()).map(([look, not]): FilterCondition => (not ? { ...look, not: true } : look))
const groups = <Part>(part: fc.Arbitrary<Part>) =>
  fc
    .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(part, { minLength: 1, maxLength: 3 }))
    .map(([join, parts]) => ({ [join]: parts }) as never as FilterPart)
const filters = groups(fc.oneof(conditions, groups(fc.oneof(conditions, groups(conditions))))) as fc.Arbitrary<ContactFilter & FilterPart>

describe('a filter', () => {
  it('finds in SQL exactly those whom the oracle finds, page by page, walking and as a set, and counts them', async () => {
    const around = { now: test.clock(), zone: ZONE, types }
    const sorted = (ids: Iterable<string>) => [...ids].toSorted()
    let found = 0
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.constantFrom(3, 1000),
        fc.constantFrom('name', 'recent', 'created'),
        fc.boolean(),
        async (filter, walk, by, reversed) => {
          const expected = people.filter((person) => meets(filter, person, around)).map(({ id }) => id)
          found += expected.length
          await inside(async (tx) => {
            const ready = await readyFilter(tx, filter, { owner: null })
            const all: string[] = []
            let order: ContactOrder = { by, reversed, after: undefined }
            for (;;) {
              const rows = await filteredRows(tx, ready, order, 9, walk)
              all.push(...rows.slice(0, 8).map(({ id }) => id))
              const last = rows[7]
              if (rows.length < 9 || !last) break
              order = { ...order, after: placeOf(last, by) }
            }
            expect(sorted(all)).toEqual(sorted(expected))
            const far = await filteredRows(tx, ready, { by, reversed, after: undefined, skip: 5 }, 4, walk)
            expect(far.map(({ id }) => id)).toEqual(all.slice(5, 9))
            // For somebody who waits: the first page may be short, and nobody is missed behind it.
            for (const soon of [0, 1_000_000]) {
              const first = await soonestRows(tx, ready, { by, reversed, after: undefined }, 9, { walk, soon })
              const ids = first.rows.map(({ id }) => id)
              expect(ids).toEqual(all.slice(0, ids.length))
              if (first.lookedTo === null) expect(ids.length).toBe(Math.min(9, all.length))
              else {
                const rest = await filteredRows(tx, ready, { by, reversed, after: placeOf(first.lookedTo, by) }, 1000, walk)
                expect([...ids, ...rest.map(({ id }) => id)]).toEqual(all)
              }
            }
            expect(await countFiltered(tx, ready)).toBe(expected.length)
            const walked: string[] = []
            let after: string | undefined
            do {
              const page = await walkFiltered(tx, ready, { after, most: 20 })
              walked.push(...page.items)
              after = page.next ?? undefined
            } while (after !== undefined)
            expect(walked).toEqual(sorted(expected))
          })
        },
      ),
      { numRuns: process.env.FRONTDESK_PROVE ? 1500 : 120, seed: 20261130 },
    )
    expect(found).toBeGreaterThan(100)
  }, 120_000)

  it('is refused, with the condition that means nothing here, and nothing is answered', async () => {
    const faulty = async (condition: FilterCondition) =>
      inside((tx) => countContacts(tx, place.as.owner, { filter: { all: [{ on: 'archived', not: true }, condition] }, steps: false })).then(
        () => 'counted',
        (refusal) =>
          [refusal.type, ...refusal.facts.faults.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)].join(' '),
      )
    const at = 'contacts/filter-not-usable filter.all.1'
    expect(await faulty({ on: 'tag', tag: 'Nobody' })).toBe(`${at} filter_tag`)
    expect(await faulty({ on: 'company', companyId: orderedId<'company'>(1) })).toBe(`${at} filter_company`)
    expect(await faulty({ on: 'owner', memberId: orderedId<'member'>(1) })).toBe(`${at} filter_member`)
    expect(await faulty({ on: 'list', listId: orderedId<'list'>(1) })).toBe(`${at} filter_list`)
    expect(await faulty({ on: 'name', how: 'has', text: '´' })).toBe(`${at} filter_text`)
    expect(await faulty({ on: 'field', key: 'nothing', filled: true })).toBe(`${at} filter_field`)
    expect(await faulty({ on: 'field', key: 'unindexed', filled: true })).toBe(`${at} filter_field_off`)
    expect(await faulty({ on: 'field', key: 'age', is: ['ten'] })).toBe(`${at} filter_value`)
    expect(await faulty({ on: 'field', key: 'city', from: 'a' })).toBe(`${at} filter_value`)
    expect(await faulty({ on: 'field', key: 'level', is: ['gold'] })).toBe(`${at} filter_value`)
    const gone = await add({ label: 'Gone', type: 'text', filter: true })
    await inside((tx) => archiveField(tx, place.as.owner, gone.id))
    expect(await faulty({ on: 'field', key: 'gone', filled: true })).toBe(`${at} filter_field_archived`)
  })

  it('says how many each of its parts leaves; a representative counts and lists her own people only', async () => {
    const filter: ContactFilter = {
      all: [
        { on: 'tag', tag: 'VIP' },
        { on: 'event', kind: 'booking.confirmed', times: 1, not: true },
      ],
    }
    const around = { now: test.clock(), zone: ZONE, types }
    const left = (parts: readonly FilterCondition[], whose?: string) =>
      people.filter((person) => (whose === undefined || person.ownerId === whose) && meets({ all: [...parts] }, person, around)).length
    const { as } = place
    const steps = (count: Awaited<ReturnType<typeof countContacts>>) => [
      count.of,
      ...(count.steps ?? []).map((step) => `${step.path} ${step.left}`),
      count.count,
    ]
    const tagged: FilterCondition[] = [{ on: 'tag', tag: 'VIP' }]
    expect(steps(await inside((tx) => countContacts(tx, as.owner, { filter, steps: true })))).toEqual([
      left([]),
      `all.0 ${left(tagged)}`,
      `all.1 ${left(filter.all as FilterCondition[])}`,
      left(filter.all as FilterCondition[]),
    ])
    const own = as.representative.memberId
    expect((await inside((tx) => countContacts(tx, as.representative, { filter, steps: false }))).count).toBe(
      left(filter.all as FilterCondition[], own),
    )
    const page = await inside((tx) => listContacts(tx, as.representative, { filter, sort: 'name', archived: 'no', limit: 50 }))
    expect(page.items.length).toBe(left(filter.all as FilterCondition[], own))
    expect(page.items.every(({ ownerMemberId }) => ownerMemberId === own)).toBe(true)
    const ids = await inside((tx) => pageContactIds(tx, as.representative, { filter, limit: 100 }))
    expect([ids.items.length, ids.next]).toEqual([page.items.length, null])
  })

  it('is narrowed further by what is asked besides it', async () => {
    const around = { now: test.clock(), zone: ZONE, types }
    const both = people.filter((person) =>
      meets(
        {
          all: [
            { on: 'tag', tag: 'VIP' },
            { on: 'has', what: 'phone' },
          ],
        },
        person,
        around,
      ),
    )
    const page = await inside((tx) =>
      listContacts(tx, place.as.owner, {
        filter: { any: [{ on: 'has', what: 'phone' }] },
        tag: 'vip',
        sort: 'recent',
        archived: 'no',
        limit: 200,
      }),
    )
    expect(page.items.map(({ id }) => id).toSorted()).toEqual(both.map(({ id }) => id as string).toSorted())
  })
})
