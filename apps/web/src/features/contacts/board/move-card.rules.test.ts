import { describe, expect, it } from 'vitest'
import type { ContactRow } from '../table/queries.ts'
import { bodyOfMove, columnBeside, movesUnderWay, onTop, startMove, withMovesUnderWay, without } from './move-card.rules.ts'

const row = (id: string) => ({ id }) as ContactRow
const column = { pages: [{ items: [row('a'), row('b')] }, { items: [row('c')] }], pageParams: [undefined, 'x'] }
const ids = ({ pages }: typeof column) => pages.map(({ items }) => items.map(({ id }) => id).join(''))

describe('a card that goes to another column', () => {
  it('leaves the one and is seen on top of the other', () => {
    expect(ids(without(column, 'b'))).toEqual(['a', 'c'])
    expect(ids(onTop(column, row('d')))).toEqual(['dab', 'c'])
  })

  it.each([
    ['owner', 'm1', false, { ownerMemberId: 'm1' }],
    ['owner', 'none', false, { ownerMemberId: null }],
    ['own.level', 'gold', false, { fields: { level: 'gold' } }],
    ['own.level', 'none', false, { fields: { level: null } }],
    ['own.member', 'yes', true, { fields: { member: true } }],
    ['own.member', 'no', true, { fields: { member: false } }],
  ])('is saved: %s becomes %s', (group, to, isYesNo, body) => {
    expect(bodyOfMove(group, to, isYesNo)).toEqual(body)
  })

  it('stays where it was put while its move is on its way, whatever the server answers', () => {
    const answer = { items: [row('a'), row('b')] }
    const shown = (key: string, isFirst: boolean) =>
      withMovesUnderWay(answer, key, isFirst)
        .items.map(({ id }) => id)
        .join('')
    const arrived = startMove({ row: row('b'), to: 'there' })
    expect([shown('here', true), shown('there', true), shown('there', false), movesUnderWay()]).toEqual(['a', 'ba', 'a', 1])
    arrived()
    expect([shown('here', true), movesUnderWay()]).toEqual(['ab', 0])
  })

  it('goes to the column beside, and stays at the edges', () => {
    const columns = [{ key: 'a' }, { key: 'b' }]
    expect([columnBeside(columns, 'a', 1)?.key, columnBeside(columns, 'b', -1)?.key]).toEqual(['b', 'a'])
    expect([columnBeside(columns, 'a', -1), columnBeside(columns, 'b', 1), columnBeside(columns, 'x', 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
