import { describe, expect, it } from 'vitest'
import { moveOnBoard, stepFrom } from './move-on-board.ts'
import type { Board } from './queries.ts'

const board = {
  columns: [
    { stageId: 'new', count: 3, items: ['a', 'b', 'c'].map((id) => ({ id, stageId: 'new' })) },
    { stageId: 'offer', count: 9, items: [{ id: 'd', stageId: 'offer' }] },
  ],
} as unknown as Board
const shape = ({ columns }: Board) => columns.map(({ count, items }) => `${count}: ${items.map(({ id }) => id).join('')}`)

describe('a lead on the board', () => {
  it.each([
    ['below another one of its stage', 'a', { stageId: 'new', belowLeadId: 'b' }, ['3: bac', '9: d']],
    ['on top', 'c', { stageId: 'new', belowLeadId: null }, ['3: cab', '9: d']],
    ['into another stage, on top', 'b', { stageId: 'offer', belowLeadId: null }, ['2: ac', '10: bd']],
    ['to the end, where the one above is not in sight', 'b', { stageId: 'offer', belowLeadId: 'zz' }, ['2: ac', '10: db']],
    ['nowhere, where it is not on the board', 'x', { stageId: 'offer', belowLeadId: null }, ['3: abc', '9: d']],
  ])('goes %s', (_, lead, goal, expected) => {
    expect(shape(moveOnBoard(board, lead, goal))).toEqual(expected)
  })

  it('goes step by step with the keyboard, and stays at the edges', () => {
    expect(stepFrom(board, 'b', 'up')).toEqual({ stageId: 'new', belowLeadId: null })
    expect(stepFrom(board, 'a', 'down')).toEqual({ stageId: 'new', belowLeadId: 'b' })
    expect(stepFrom(board, 'b', 'after')).toEqual({ stageId: 'offer', belowLeadId: null })
    expect(stepFrom(board, 'a', 'up')).toBeUndefined()
    expect(stepFrom(board, 'c', 'down')).toBeUndefined()
    expect(stepFrom(board, 'a', 'before')).toBeUndefined()
    expect(stepFrom(board, 'd', 'after')).toBeUndefined()
  })
})
