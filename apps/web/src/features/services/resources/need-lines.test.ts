import { describe, expect, it } from 'vitest'
import { counts, linesOf, needsWrong, sentNeeds, toggled } from './need-lines.ts'

const line = (required: string, ...resourceIds: string[]) => ({ key: 'a', required, resourceIds })

describe('needs of a service', () => {
  it('come back as they went', () => {
    const needs = [
      { resourceIds: ['room1', 'room2'], required: 1 },
      { resourceIds: ['laser'], required: 'all' as const },
    ]
    expect(sentNeeds(linesOf(needs as never))).toEqual(needs)
  })

  it.each([
    ['nothing chosen', [line('1')], 'needChoose'],
    ['more than are chosen', [line('3', 'room1', 'room2')], 'needTooMany'],
    ['all of one', [line('all', 'laser')], undefined],
    ['one of two', [line('1', 'room1', 'room2')], undefined],
    ['none at all', [], undefined],
  ])('judges %s', (_, lines, wrong) => expect(needsWrong(lines)).toBe(wrong))

  it('offers every number below all, and keeps the one that is set', () => {
    expect(counts(0, '1')).toEqual(['1', 'all'])
    expect(counts(3, '1')).toEqual(['1', '2', 'all'])
    expect(counts(1, '2')).toEqual(['1', '2', 'all'])
  })

  it('adds and takes away', () => {
    expect(toggled(line('1', 'a'), 'b', true).resourceIds).toEqual(['a', 'b'])
    expect(toggled(line('1', 'a', 'b'), 'a', false).resourceIds).toEqual(['b'])
  })
})
