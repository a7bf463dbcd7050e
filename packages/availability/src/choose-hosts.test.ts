import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseHosts } from './choose-hosts.ts'
import type { HostGroup } from './types.ts'

const among = (...free: string[]) => ({ isFree: (id: string) => free.includes(id) })

describe('choosing hosts', () => {
  it.each([-1, 0.5, Number.NaN])('refuses a group that requires %s', (required) => {
    expect(() => chooseHosts({ groups: [{ members: ['a'], required }], ...among('a') })).toThrow(
      expect.objectContaining({ code: 'bad_group' }),
    )
  })

  it('names the groups that cannot be filled', () => {
    const groups: HostGroup[] = [
      { members: ['a', 'b'], required: 'all' },
      { members: ['c', 'd'], required: 1 },
      { members: ['c', 'd', 'd'], required: 2 },
    ]
    expect(chooseHosts({ groups, ...among('a', 'c') })).toEqual({
      chosen: false,
      unfilled: [
        { group: 0, required: 2, free: 1 },
        { group: 2, required: 2, free: 1 },
      ],
    })
    expect(chooseHosts({ groups: [{ members: ['a', 'a'], required: 2 }], ...among('a') })).toMatchObject({ chosen: false })
  })

  it('does not let an early choice starve a later group', () => {
    const groups: HostGroup[] = [
      { members: ['a', 'b', 'c'], required: 1 },
      { members: ['a', 'b'], required: 1 },
      { members: ['a'], required: 'all' },
    ]
    expect(chooseHosts({ groups, ...among('a', 'b', 'c') })).toEqual({
      chosen: true,
      hostIds: ['c', 'b', 'a'],
      byGroup: [['c'], ['b'], ['a']],
    })
  })

  it('takes the least loaded, ties by id', () => {
    const load = new Map([
      ['a', 3],
      ['b', 1],
      ['c', 1],
    ])
    const choose = (required: number) =>
      chooseHosts({ groups: [{ members: ['c', 'a', 'b'], required }], isFree: () => true, load: (id) => load.get(id) ?? 0 })
    expect(choose(1)).toMatchObject({ hostIds: ['b'] })
    expect(choose(2)).toMatchObject({ hostIds: ['b', 'c'] })
    expect(choose(0)).toMatchObject({ chosen: true, hostIds: [] })
  })

  it('spreads bookings evenly when load is counted as it grows', () => {
    const load = new Map<string, number>()
    for (let booking = 0; booking < 90; booking++) {
      const choice = chooseHosts({
        groups: [{ members: ['a', 'b', 'c'], required: 2 }],
        isFree: () => true,
        load: (id) => load.get(id) ?? 0,
      })
      for (const id of choice.chosen ? choice.hostIds : []) load.set(id, (load.get(id) ?? 0) + 1)
    }
    expect(Object.fromEntries(load)).toEqual({ a: 60, b: 60, c: 60 })
  })

  it('fills all groups whenever trying everything does, and at the same least load', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const group = fc.record({
      members: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 5 }),
      required: fc.oneof(fc.constant('all' as const), fc.integer({ min: 0, max: 3 })),
    })
    const scene = fc.record({
      groups: fc.array(group, { maxLength: 3 }),
      free: fc.subarray(ids),
      loads: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 6 }),
    })
    fc.assert(
      fc.property(scene, ({ groups, free, loads }) => {
        const load = (id: string) => loads[ids.indexOf(id)]!
        const choice = chooseHosts({ groups, isFree: (id) => free.includes(id), load })
        const least = leastLoadByTryingAll(groups, free, load)
        expect(choice.chosen).toBe(least !== undefined)
        if (!choice.chosen) return
        expect(choice.hostIds.reduce((sum, id) => sum + load(id), 0)).toBe(least)
        expect(new Set(choice.hostIds).size).toBe(choice.hostIds.length)
        choice.byGroup.forEach((chosen, index) => {
          const { members, required } = groups[index]!
          expect(chosen).toHaveLength(required === 'all' ? members.length : required)
          expect(chosen.every((id) => members.includes(id) && free.includes(id))).toBe(true)
        })
      }),
    )
  })
})

function leastLoadByTryingAll(groups: readonly HostGroup[], free: readonly string[], load: (id: string) => number): number | undefined {
  const seats = groups.flatMap(({ members, required }) =>
    Array.from({ length: required === 'all' ? members.length : required }, () => members),
  )
  let least: number | undefined
  const fill = (seat: number, used: readonly string[], sum: number): void => {
    const members = seats[seat]
    if (!members) {
      least = Math.min(least ?? sum, sum)
      return
    }
    for (const id of members) if (free.includes(id) && !used.includes(id)) fill(seat + 1, [...used, id], sum + load(id))
  }
  fill(0, [], 0)
  return least
}
