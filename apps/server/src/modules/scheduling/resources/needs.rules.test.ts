import type { ResourceId } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { chooseResources, fillsExactly, inTheWay, type Need, requiredOf, unmeetable } from './needs.rules.ts'

const ids = (...names: string[]) => names as ResourceId[]
const oneOf = (...names: string[]): Need => ({ members: ids(...names), required: 1 })
const [laser] = ids('laser')
const rooms = oneOf('room1', 'room2', 'room3')
const noLoad = () => 0

describe('needs', () => {
  it('asks for all members where no number stands, those out of use included', () => {
    expect(requiredOf(null, 3)).toBe(3)
    expect(requiredOf(2, 3)).toBe(2)
    expect(unmeetable([{ members: ids('laser'), required: 2 }])).toBe(true)
    expect(unmeetable([rooms])).toBe(false)
    expect(unmeetable([])).toBe(false)
    expect(unmeetable([oneOf('room1'), oneOf('room1')])).toBe(true)
  })

  it('gives no choice where too few are free, and an empty one where nothing is needed', () => {
    expect(chooseResources({ needs: [rooms], isFree: () => false, load: noLoad })).toEqual([])
    expect(chooseResources({ needs: [rooms, oneOf('laser')], isFree: (id) => id !== laser, load: noLoad })).toEqual([])
    expect(chooseResources({ needs: [], isFree: () => false, load: noLoad })).toEqual([[]])
  })

  it('takes the least used, and knows a second choice without it', () => {
    const load = (id: string) => (id === 'room1' ? 5 : 1)
    expect(chooseResources({ needs: [rooms], isFree: () => true, load })).toEqual([['room2'], ['room3']])
  })

  it('keeps what the booking has, however much it is used', () => {
    const [first] = chooseResources({
      needs: [rooms],
      isFree: () => true,
      load: (id) => (id === 'room1' ? 9 : 0),
      preferred: new Set(ids('room1')),
    })
    expect(first).toEqual(['room1'])
  })

  it('fills overlapping needs with different ones', () => {
    const needs = [oneOf('room1', 'room2'), oneOf('room1')]
    const [first] = chooseResources({ needs, isFree: () => true, load: noLoad })
    expect([...(first ?? [])].sort()).toEqual(['room1', 'room2'])
  })

  it('names those that would be taken if they were free, and no others', () => {
    const free =
      (...names: string[]) =>
      (id: string) =>
        names.includes(id)
    expect([...inTheWay([rooms], free('room2'))]).toEqual([])
    expect([...inTheWay([rooms], free())]).toEqual(['room1', 'room2', 'room3'])
    expect([...inTheWay([rooms, oneOf('laser')], free('room1'))]).toEqual(['laser'])
    // The one that is free is needed where no other will do, so another has to take its place.
    expect([...inTheWay([oneOf('room1', 'room2'), oneOf('room1')], free('room1'))]).toEqual(['room2'])
  })

  it.each([
    ['one of three rooms', [rooms], ids('room3'), true],
    ['two where one is needed', [rooms], ids('room1', 'room2'), false],
    ['a device where a room is needed', [rooms], ids('laser'), false],
    ['nothing where something is needed', [rooms], [], false],
    ['the same one twice', [rooms, rooms], ids('room1', 'room1'), false],
    ['a room and the device', [rooms, oneOf('laser')], ids('laser', 'room2'), true],
  ])('judges %s', (_, needs, given, fits) => {
    expect(fillsExactly(needs, given)).toBe(fits)
  })
})
