import { expect, it } from 'vitest'
import { RecentNotices } from './recent-notices.ts'

it('keeps the notices of a workspace for fifteen seconds, in their order', () => {
  const recent = new RecentNotices()
  recent.keep('a', 'one', 1000)
  recent.keep('b', 'other', 1500)
  recent.keep('a', 'two', 9000)
  expect(recent.of('a', 15_999)).toEqual(['one', 'two'])
  expect(recent.of('a', 16_000)).toEqual(['two'])
  expect(recent.of('b', 16_000)).toEqual(['other'])
  expect(recent.of('b', 16_500)).toEqual([])
  expect(recent.of('nobody', 16_500)).toEqual([])
})

it('says that there were too many, for as long as one that it let go of would have been kept', () => {
  const recent = new RecentNotices()
  for (let count = 0; count <= 100; count += 1) recent.keep('a', `notice ${count}`, 1000 + count)
  expect(recent.of('a', 2000)).toBeUndefined()
  expect(recent.of('a', 16_099)).toBeUndefined()
  expect(recent.of('a', 16_101)).toEqual([])
})
