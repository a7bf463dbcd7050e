import type { FilterGroup } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { added, depthOf, dissolved, fullBecause, groupsOf, joined, movedTo, partAt, pruned, replaced, wrapped } from './group-draft.ts'

const tag = (name: string) => ({ on: 'tag', tag: name }) as const
const filter: FilterGroup = { all: [tag('a'), { any: [tag('b'), tag('c')] }] }

describe('a filter that is arranged in groups', () => {
  it('is changed where a part stands, at any depth', () => {
    expect(partAt(filter, [1, 0])).toEqual(tag('b'))
    expect(added(filter, [1], tag('d'))).toEqual({ all: [tag('a'), { any: [tag('b'), tag('c'), tag('d')] }] })
    expect(replaced(filter, [1, 0], tag('x'))).toEqual({ all: [tag('a'), { any: [tag('x'), tag('c')] }] })
    expect(replaced(filter, [0], undefined)).toEqual({ all: [{ any: [tag('b'), tag('c')] }] })
    expect(joined(filter, [1], 'none')).toEqual({ all: [tag('a'), { none: [tag('b'), tag('c')] }] })
  })

  it('is put into groups and out of them, and from one to another', () => {
    expect(wrapped(filter, [0], 'any')).toEqual({ all: [{ any: [tag('a')] }, { any: [tag('b'), tag('c')] }] })
    expect(dissolved(filter, [1])).toEqual({ all: [tag('a'), tag('b'), tag('c')] })
    expect(movedTo(filter, [1, 0], [])).toEqual({ all: [tag('a'), { any: [tag('c')] }, tag('b')] })
    expect(movedTo(filter, [0], [1])).toEqual({ all: [{ any: [tag('b'), tag('c'), tag('a')] }] })
    expect(groupsOf(filter)).toEqual([[], [1]])
    expect(depthOf(filter)).toBe(2)
  })

  it('loses groups in which nothing stands, and is gone with its last condition', () => {
    expect(pruned({ all: [tag('a'), { any: [{ none: [] }] }] })).toEqual({ all: [tag('a')] })
    expect(pruned({ all: [{ any: [] }] })).toBeUndefined()
  })

  it('is full at what the server takes', () => {
    const many = (count: number) => ({ all: Array.from({ length: count }, (_, at) => tag(`t${at}`)) })
    expect(fullBecause(many(25), [])).toBe('inGroup')
    expect(fullBecause({ all: [many(20), many(20)] } as FilterGroup, [])).toBe('conditions')
    expect(fullBecause(filter, [1])).toBeUndefined()
  })
})
