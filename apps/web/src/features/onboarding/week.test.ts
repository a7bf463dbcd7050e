import { describe, expect, it } from 'vitest'
import { blocksOf, changeBlock, sameWeek, sampleStarts, toggleDay, weekFrom, workingWeek, wrongDays } from './week.ts'

describe('the week', () => {
  it('names days that end before they begin, or lack a time', () => {
    expect(
      wrongDays([
        { weekday: 1, from: '17:00', to: '09:00' },
        { weekday: 2, from: '', to: '09:00' },
        { weekday: 3, from: '09:00', to: '09:00' },
      ]),
    ).toEqual([1, 2, 3])
    expect(wrongDays(workingWeek)).toEqual([])
  })

  it('begins where the reader’s does', () => {
    expect(weekFrom(1)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(weekFrom(7)).toEqual([7, 1, 2, 3, 4, 5, 6])
    expect(weekFrom(6)).toEqual([6, 7, 1, 2, 3, 4, 5])
  })

  it('closes an open day, and opens a closed one like its neighbour', () => {
    const late = changeBlock(workingWeek, workingWeek[4]!, { to: '20:00' })
    expect(blocksOf(toggleDay(late, 6), 6)).toEqual([{ weekday: 6, from: '09:00', to: '20:00' }])
    expect(blocksOf(toggleDay(late, 5), 5)).toEqual([])
    expect(toggleDay([], 3)).toEqual([{ weekday: 3, from: '09:00', to: '17:00' }])
  })

  it('is the same in any order', () => {
    expect(sameWeek(workingWeek, workingWeek.toReversed())).toBe(true)
    expect(sameWeek(workingWeek, toggleDay(workingWeek, 6))).toBe(false)
  })
})

describe('sample starts', () => {
  it('offers none that would run past closing', () => {
    expect(sampleStarts([{ weekday: 1, from: '09:00', to: '09:30' }], 45, 6)).toEqual([])
    expect(sampleStarts([], 30, 6)).toEqual([])
  })

  it('follow one another, over a lunch break', () => {
    const day = [
      { weekday: 1, from: '09:00', to: '11:00' },
      { weekday: 1, from: '13:30', to: '15:00' },
    ]
    expect(sampleStarts(day, 45, 6)).toEqual(['09:00', '09:45', '13:30', '14:15'])
    expect(sampleStarts(day, 15, 3)).toEqual(['09:00', '09:30', '10:00'])
  })
})
