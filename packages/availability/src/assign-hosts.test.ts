import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AssignHosts, type AssignmentRule, assignHosts } from './assign-hosts.ts'

const team = ['ann', 'bo', 'cy']
const oneOf = (members: readonly string[]) => [{ members, required: 1 as const }]
const assign = (change: Partial<AssignHosts>) => assignHosts({ groups: oneOf(team), isFree: () => true, rules: [], facts: {}, ...change })
const picked = (change: Partial<AssignHosts>) => {
  const answer = assign(change)
  return answer.assigned ? answer.picks.map(({ hostId, because }) => `${hostId}: ${because}`) : answer.unfilled
}
const but = (...busy: string[]) => ({ isFree: (id: string) => !busy.includes(id) })

describe('who is picked, and why', () => {
  it('is nobody where a group cannot be filled', () => {
    expect(picked(but('ann', 'bo', 'cy'))).toEqual([{ group: 0, required: 1, free: 0 }])
  })

  it.each<[string, Partial<AssignHosts>, string]>([
    ['the next after the last turn', { rules: ['rotation'], facts: { turns: { order: team, last: 'ann' } } }, 'bo: rotation'],
    ['the first again after the last', { rules: ['rotation'], facts: { turns: { order: team, last: 'cy' } } }, 'ann: rotation'],
    ['the first where nobody had a turn yet', { rules: ['rotation'], facts: { turns: { order: team } } }, 'ann: rotation'],
    [
      'the one after whoever is not free when her turn comes',
      { rules: ['rotation'], facts: { turns: { order: team, last: 'ann' } }, ...but('bo') },
      'cy: rotation',
    ],
    [
      'whoever was booked longest ago',
      { rules: ['least_recent'], facts: { lastAssignedMs: (id) => ({ ann: 5, bo: 3, cy: 4 })[id] } },
      'bo: least_recent',
    ],
    [
      'before all whoever never was',
      { rules: ['least_recent'], facts: { lastAssignedMs: (id) => ({ ann: 5, bo: 3 })[id] } },
      'cy: least_recent',
    ],
    [
      'whoever has least to do',
      { rules: ['least_loaded'], facts: { load: (id) => ({ ann: 2, bo: 3, cy: 1 })[id] ?? 0 } },
      'cy: least_loaded',
    ],
    [
      'for a double share the one with less than double',
      { rules: ['least_loaded'], facts: { load: (id) => ({ ann: 5, bo: 3, cy: 3 })[id] ?? 0, weight: (id) => (id === 'ann' ? 2 : 1) } },
      'ann: least_loaded',
    ],
    [
      'without a share nobody, as long as another can',
      { rules: ['least_loaded'], facts: { load: () => 9, weight: (id) => (id === 'cy' ? 1 : 0) } },
      'cy: least_loaded',
    ],
    ['the lowest number', { rules: ['priority'], facts: { priority: (id) => ({ bo: 1, cy: 2 })[id] } }, 'bo: priority'],
    [
      'whom the customer asks for',
      { rules: ['customers_choice', 'priority'], facts: { wanted: ['cy'], priority: () => 1 } },
      'cy: customers_choice',
    ],
    [
      'by the next rule where whom she asks for is not free',
      { rules: ['customers_choice', 'least_loaded'], facts: { wanted: ['cy'], load: (id) => (id === 'bo' ? 0 : 1) }, ...but('cy') },
      'bo: least_loaded',
    ],
    ['who gave it to this customer last', { rules: ['previous_host'], facts: { previous: ['bo', 'cy'] } }, 'bo: previous_host'],
    [
      'who gave it before that, if the last is not free',
      { rules: ['previous_host'], facts: { previous: ['bo', 'cy'] }, ...but('bo') },
      'cy: previous_host',
    ],
    ['the same one every time where no rule tells them apart', { rules: ['least_loaded', 'priority'] }, 'ann: tie'],
    ['the only one who can', { rules: ['least_loaded'], ...but('ann', 'bo') }, 'cy: only_one_free'],
    ['everybody where all are needed', { groups: [{ members: ['ann', 'bo'], required: 'all' }], rules: ['priority'] }, 'ann: all_needed'],
  ])('%s', (_what, change, answer) => {
    expect(picked(change)).toContain(answer)
  })

  it('comes with what was counted, and with the reason of everybody who was passed over', () => {
    const loads: { [id: string]: number } = { ann: 2, bo: 1, cy: 1, di: 0 }
    const answer = assign({
      groups: oneOf([...team, 'di']),
      rules: ['least_loaded'],
      facts: { load: (id) => loads[id] ?? 0 },
      ...but('di'),
    })
    expect(answer).toEqual({
      assigned: true,
      hostIds: ['bo'],
      picks: [
        {
          group: 0,
          hostId: 'bo',
          because: 'tie',
          passedOver: [
            { hostId: 'di', because: 'not_free' },
            { hostId: 'cy', because: 'tie' },
            { hostId: 'ann', because: 'least_loaded' },
          ],
        },
      ],
    })
    expect(assign({ rules: ['priority'], facts: { priority: (id) => team.indexOf(id) + 1 } })).toMatchObject({
      picks: [{ hostId: 'ann', because: 'priority', counted: 1 }],
    })
  })

  it('fills every group before any rule', () => {
    const groups = [
      { members: ['ann', 'bo'], required: 1 },
      { members: ['ann'], required: 1 },
    ]
    expect(assign({ groups, rules: ['priority'], facts: { priority: (id) => (id === 'ann' ? 1 : 2) } })).toMatchObject({
      picks: [
        { group: 0, hostId: 'bo', because: 'all_needed', passedOver: [{ hostId: 'ann', because: 'placed' }] },
        { group: 1, hostId: 'ann', because: 'only_one_free' },
      ],
    })
  })
})

describe('over many bookings', () => {
  const book = (count: number, rules: AssignmentRule[], weight: (id: string) => number = () => 1) => {
    const load = new Map<string, number>()
    const when = new Map<string, number>()
    const inOrder: string[] = []
    for (let booking = 0; booking < count; booking++) {
      const last = inOrder.at(-1)
      const answer = assign({
        rules,
        facts: { turns: { order: team, last }, load: (id) => load.get(id) ?? 0, weight, lastAssignedMs: (id) => when.get(id) },
      })
      const id = answer.assigned ? answer.hostIds[0]! : ''
      inOrder.push(id)
      when.set(id, booking)
      load.set(id, (load.get(id) ?? 0) + 1)
    }
    return { inOrder, load: Object.fromEntries(load) }
  }

  it('turns go round, and so does who waited longest', () => {
    expect(book(7, ['rotation']).inOrder).toEqual(['ann', 'bo', 'cy', 'ann', 'bo', 'cy', 'ann'])
    expect(book(7, ['least_recent']).inOrder).toEqual(['ann', 'bo', 'cy', 'ann', 'bo', 'cy', 'ann'])
  })

  it('shares come out as the weights are', () => {
    expect(book(120, ['least_loaded'], (id) => ({ ann: 3, bo: 2, cy: 1 })[id] ?? 1).load).toEqual({ ann: 60, bo: 40, cy: 20 })
  })
})

describe('any team', () => {
  it('is picked from as the rules say: no other way of filling the groups has anybody come earlier', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const scene = fc.record({
      groups: fc.array(
        fc.record({ members: fc.subarray(ids, { minLength: 1 }), required: fc.constantFrom<'all' | number>('all', 1, 1, 2) }),
        { minLength: 1, maxLength: 2 },
      ),
      free: fc.subarray(ids, { minLength: 2 }),
      priorities: fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }),
    })
    fc.assert(
      fc.property(scene, ({ groups, free, priorities }) => {
        const number = (id: string) => priorities[ids.indexOf(id)]!
        const answer = assignHosts({ groups, isFree: (id) => free.includes(id), rules: ['priority'], facts: { priority: number } })
        const places = groups.flatMap(({ members, required }) =>
          Array.from({ length: required === 'all' ? members.length : required }, () => members),
        )
        const ways: string[][] = []
        const fill = (used: readonly string[]): void => {
          const members = places[used.length]
          if (!members) ways.push([...used].sort((a, b) => number(a) - number(b)))
          else for (const id of members) if (free.includes(id) && !used.includes(id)) fill([...used, id])
        }
        fill([])
        expect(answer.assigned).toBe(ways.length > 0)
        if (!answer.assigned) return
        const numbersOf = (way: readonly string[]) => way.map(number).toSorted((a, b) => a - b)
        const best = ways.map(numbersOf).sort((a, b) => a.map((value, index) => value - b[index]!).find((by) => by !== 0) ?? 0)[0]
        expect(numbersOf(answer.hostIds)).toEqual(best)
        // Whoever was free and passed over without a place comes after.
        for (const { hostId, passedOver } of answer.picks) {
          for (const other of passedOver) if (other.because === 'priority') expect(number(other.hostId)).toBeGreaterThan(number(hostId))
          expect(passedOver.every(({ because }) => ['not_free', 'placed', 'priority'].includes(because))).toBe(true)
        }
      }),
      { numRuns: 400 },
    )
  })
})
