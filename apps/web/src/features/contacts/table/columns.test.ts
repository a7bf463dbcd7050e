import { expect, it } from 'vitest'
import { moved, readColumns, usualColumns, widths, withWidth, writeColumns } from './columns.ts'

it('columns are read from an address, without what is none of them, and written as they were', () => {
  expect(readColumns(undefined)).toEqual(usualColumns)
  expect(writeColumns(usualColumns)).toBeUndefined()
  const read = readColumns('email,phone:180,nonsense,own.city:99999,email,own.Bad key')
  expect(read.map(({ key, width }) => [key, width])).toEqual([
    ['name', 200],
    ['email', 210],
    ['phone', 180],
    ['own.city', widths.most],
  ])
  expect(writeColumns(read)).toBe('name,email,phone:180,own.city:640')
})

it('a column moves, but never before the name, and is never too narrow to read', () => {
  const columns = readColumns('name,email,phone')
  const keys = (some: typeof columns) => some.map(({ key }) => key)
  expect(keys(moved(columns, 'phone', -1))).toEqual(['name', 'phone', 'email'])
  expect(keys(moved(columns, 'email', -1))).toEqual(['name', 'email', 'phone'])
  expect(keys(moved(columns, 'name', 1))).toEqual(['name', 'email', 'phone'])
  expect(withWidth(columns, 'email', 3)[1]).toEqual({ key: 'email', width: widths.least })
})
