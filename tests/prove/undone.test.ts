import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../rights/scenario.ts'
import { sized } from '../setup/sizes.ts'
import { pictureOf, strayed, takeBack, wrongPages } from '../undo/check.ts'
import { fields } from '../undo/model.ts'
import { type ListedPerson, type NewPerson, tagNames, type UndoPlace, type UndoWorld, undoPlace, undoWorld } from '../undo/world.ts'

/** The everyday runs are the same each time; the proof looks at others whenever it is run, and names the seed of what it finds. */
const parameters = { numRuns: sized(2, 150), endOnFailure: true, ...(process.env.FRONTDESK_PROVE ? {} : { seed: 1 }) }

let house: TestHouse
let shared: UndoPlace
beforeAll(async () => {
  house = await testHouse()
  shared = await undoPlace(house)
})

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const anybody = fc.nat({ max: 30 })
const role = maybe(fc.constantFrom('Cook', 'Baker', 'Owner'))
const level = maybe(fc.constantFrom('a', 'b'))
const company = maybe(fc.constantFrom('Acme', 'Umbra'))
const digit = maybe(fc.nat({ max: 2 }))
const name = fc.constantFrom('Ann', 'Bob', 'Cy')

const person = fc.record({
  name,
  role,
  level,
  company,
  tags: fc.uniqueArray(fc.constantFrom(...tagNames)),
  phone: digit,
  life: fc.boolean(),
})
const listed = fc.record({
  who: anybody,
  fresh: fc.nat({ max: 3 }).map((at) => at === 0),
  name,
  role,
  level,
  company: maybe(fc.constantFrom('Acme', 'Umbra', 'Nova')),
  tag: maybe(fc.constantFrom(...tagNames, 'came')),
  phone: digit,
  note: fc.boolean(),
})
/** What is done to many, which can be taken back. */
const machine = fc.oneof(
  fc.record({ what: fc.constant('import' as const), rows: fc.array(listed, { minLength: 1, maxLength: 4 }), overwrite: fc.boolean() }),
  fc.record({
    what: fc.constant('bulk' as const),
    whom: maybe(fc.array(anybody, { minLength: 1, maxLength: 3 })),
    tag: maybe(fc.constantFrom(...tagNames)),
    on: fc.boolean(),
  }),
  fc.record({ what: fc.constant('merge' as const), one: anybody, other: anybody, picks: fc.array(fc.nat({ max: 2 }), { minLength: 1 }) }),
)
const undo = fc.record({ what: fc.constant('undo' as const), which: anybody })
/** What a person does, which stays. */
const byHand = fc.record({
  what: fc.constantFrom(
    'edit' as const,
    'tag' as const,
    'list' as const,
    'email' as const,
    'note' as const,
    'book' as const,
    'live' as const,
  ),
  who: anybody,
  field: fc.constantFrom(...fields),
  tag: fc.constantFrom(...tagNames),
})
type Step = ValueOf<typeof machine> | ValueOf<typeof undo> | ValueOf<typeof byHand>
type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never

async function take(world: UndoWorld, step: Step): Promise<void> {
  world.later()
  switch (step.what) {
    case 'import':
      return world.bring(step.rows, step.overwrite ? 'overwrite' : 'fill')
    case 'bulk':
      return world.bulk(
        step.whom === null ? 'all' : [...new Set(step.whom.map(world.chosen))],
        step.tag === null ? 'lists' : 'tags',
        step.tag ?? '',
        step.on,
      )
    case 'merge':
      return world.merge(world.chosen(step.one), world.chosen(step.other), step.picks)
    case 'undo': {
      const standing = world.acts.filter(({ by, undone }) => by !== 'human' && !undone)
      const act = standing[step.which % Math.max(1, standing.length)]
      if (act) await takeBack(world, act)
      return
    }
    case 'edit':
      return world.edit(world.chosen(step.who), step.field)
    case 'tag':
      return world.tag(world.chosen(step.who), step.tag)
    case 'list':
      return world.list(world.chosen(step.who))
    case 'email':
      return world.addEmail(world.chosen(step.who))
    case 'note':
      return world.note(world.chosen(step.who))
    case 'book':
      return world.book(world.chosen(step.who))
    case 'live':
      return world.live(world.chosen(step.who))
  }
}

/** Does all of it, takes back what can be, in the order of `order`, and looks at every page after each step; in the business that is shared, after each that takes back. */
async function hold(place: UndoPlace, people: readonly NewPerson[], steps: readonly Step[], order: readonly number[]): Promise<void> {
  const world = await undoWorld(house, place, people)
  await house.background.settle()
  const since = world.acts.length
  const before = await pictureOf(world)
  const look = async (step: unknown) => expect({ step, wrong: await wrongPages(world) }).toEqual({ step, wrong: [] })
  await look('at first')
  for (const step of steps) {
    await take(world, step)
    await house.background.settle()
    if (place !== shared || step.what === 'undo') await look(step)
  }
  for (let at = 0; world.acts.some(({ by, undone }) => by !== 'human' && !undone); at += 1) {
    const standing = world.acts.filter(({ by, undone }) => by !== 'human' && !undone)
    const act = standing[(order[at % order.length] ?? 0) % standing.length]
    if (act && !(await takeBack(world, act))) for (const last of standing.toReversed()) if (await takeBack(world, last)) break
    if (place !== shared) await look({ undone: act })
  }
  await look('at last')
  expect(strayed(world, before, await pictureOf(world), since)).toEqual([])
}

/** The same, in a business of its own. */
const anew = async (...all: [readonly NewPerson[], readonly Step[], readonly number[]]): Promise<void> =>
  hold(await undoPlace(house), ...all)

const people = fc.array(person, { minLength: 3, maxLength: 4 })
const order = fc.array(anybody, { minLength: 3, maxLength: 8 })

const ann = { name: 'Ann', role: null, level: null, company: null, tags: [], phone: 0, life: false } as const
const bob = { ...ann, name: 'Bob', phone: 1 } as const
const cy = { ...ann, name: 'Cy', phone: null } as const
const row = { who: 0, fresh: false, name: 'Ann', role: null, level: null, company: null, tag: null, phone: null, note: false } as const
const list = (...rows: Partial<ListedPerson>[]): Step =>
  ({ what: 'import', rows: rows.map((one) => ({ ...row, ...one })), overwrite: true }) as Step
const tagging = (whom: readonly number[], on = true): Step => ({ what: 'bulk', whom: [...whom], tag: 'vip', on })
const merging = (one: number, other: number, pick = 0): Step => ({ what: 'merge', one, other, picks: [pick] })
const back = (which: number): Step => ({ what: 'undo', which })
const hand = (what: 'tag' | 'edit', who: number, tag = 'vip'): Step => ({ what, who, field: 'companyRole', tag }) as Step

// Each is a fault that the properties below have found.
it.each<[string, readonly Step[]]>([
  ['a number that became shared with somebody who was there is one person’s again', [list({ who: 1, phone: 0 })]],
  [
    'a number that two lists brought is shared no longer once the first is taken back',
    [list({ phone: 2 }), list({ who: 1, phone: 2 }), back(0)],
  ],
  [
    'who came with a list goes with it though many were changed at once, once that is taken back',
    [list({ fresh: true }), tagging([0, 1, 2, 3]), back(1)],
  ],
  [
    'who came with a list goes with it though another list changed her, once that is taken back',
    [list({ fresh: true }), list({ who: 3, role: 'Cook' }), back(1)],
  ],
  ['a value that a later list wrote over does not come back with that list', [list({ role: 'Cook' }), list({ role: 'Baker' }), back(0)]],
  [
    'a tag that a list put on goes from behind a merge, and nobody else’s',
    [hand('tag', 0), list({ who: 1, tag: 'vip' }), merging(0, 1), back(0)],
  ],
  ['a value that a merge took over from a list goes with the list', [list({ who: 1, role: 'Cook' }), merging(0, 1, 1), back(0)]],
  [
    'a value of a list that a merge wrote over does not come back with the merge',
    [list({ role: 'Cook' }), list({ who: 1, role: 'Baker' }), merging(0, 1, 1), back(0)],
  ],
  [
    'a merge that a list wrote over does not come back with the list',
    [list({ who: 1, role: 'Cook' }), merging(0, 1, 1), list({ role: 'Baker' }), back(1)],
  ],
  ['many who were tagged lose it though two of them were merged', [tagging([0, 1]), merging(0, 1), back(0)]],
  ['a tag that was taken off many and put on again by hand stays', [tagging([0, 1]), hand('tag', 0), hand('tag', 0), back(0)]],
  [
    'a tag that was taken off many, put on by hand and taken off by hand stays off',
    [hand('tag', 0), tagging([0], false), hand('tag', 0), hand('tag', 0), back(0)],
  ],
  ['a tag that was taken off many stands with the card of which it was', [hand('tag', 1), tagging([1], false), merging(0, 1), back(0)]],
  [
    'a tag that was taken off many twice stays off until both are taken back',
    [hand('tag', 0), tagging([0], false), list({ tag: 'vip' }), tagging([0], false), back(0)],
  ],
  [
    'a number that three share is one person’s again once two lists are taken back',
    [list({ who: 1, phone: 0 }), list({ who: 2, phone: 0 }), back(0)],
  ],
  [
    'a number that the one who was merged prefers is there again once the like of it is taken back',
    [list({ who: 1, phone: 0 }), merging(1, 0), back(0)],
  ],
  [
    'a tag that one gave further up comes back to her, whatever those behind her have',
    [
      ...[hand('tag', 0), hand('tag', 0, 'late'), hand('tag', 1), hand('tag', 1, 'late')],
      ...[tagging([2]), merging(0, 1), merging(1, 0), back(0)],
    ],
  ],
  [
    'a number that two who are one now had is no shared one once another is taken out again',
    [list({ who: 1, phone: 0 }), merging(0, 1), merging(0, 1), back(2)],
  ],
  [
    'a tag that hung behind one who lost it comes to her, though whom she was merged into has it too',
    [hand('tag', 1), hand('tag', 2), tagging([0]), merging(0, 2), merging(1, 0), back(0)],
  ],
  ['a column that was empty in one list is read in the next', [list({ role: 'Cook' }), list({ who: 1, level: 'b' })]],
  [
    'what the one who stays said before a list comes back with it, though a merge had taken another value of the same list',
    [hand('edit', 0), list({ role: 'Cook' }, { who: 1, role: 'Baker' }), merging(0, 1, 1), back(0)],
  ],
  [
    'a company that came with a list, and that only a merge still remembers, is there when the merge is taken back',
    [list({ who: 1, company: 'Acme' }), list({ fresh: true, company: 'Nova' }), merging(3, 1, 1), back(1), back(1)],
  ],
  [
    'who came with a list goes with it though many lost a tag, once that was hers by nothing any more',
    [list({ fresh: true }), tagging([3]), tagging([3], false), back(1), back(0)],
  ],
  [
    'a number that stands in the place of one that went with a list is one person’s',
    [list({ who: 1, phone: 0 }), list({ who: 2, phone: 0 }), merging(1, 0), back(1), back(0)],
  ],
  ['a company that two lists brought goes with the last of them', [list({ company: 'Nova' }), list({ who: 1, company: 'nova' }), back(0)]],
])('%s', async (_, steps) => hold(shared, [ann, bob, cy], steps, [0, 1, 2]))

it('merges, imports and bulk changes that are taken back in any order leave everything as it was, and every page is right at every moment', async () => {
  const steps = fc.array(fc.oneof({ weight: 4, arbitrary: machine }, { weight: 1, arbitrary: undo }), { minLength: 2, maxLength: 6 })
  await fc.assert(fc.asyncProperty(people, steps, order, anew), parameters)
})

it('what people do in between stays where they did it, whatever is taken back before and after', async () => {
  const any = fc.oneof({ weight: 3, arbitrary: machine }, { weight: 3, arbitrary: byHand }, { weight: 2, arbitrary: undo })
  await fc.assert(fc.asyncProperty(people, fc.array(any, { minLength: 3, maxLength: 9 }), order, anew), parameters)
})
