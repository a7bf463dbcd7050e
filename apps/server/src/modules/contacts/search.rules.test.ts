import { expect, it } from 'vitest'
import { readSearch, slipsOf } from './search.rules.ts'

it.each([
  ['Zoë  Müller', { anywhere: ['%zoe%', '%muller%'], indexed: ['%zoe%', '%muller%'], named: 'zoe muller%', began: '% zoe%', digits: null }],
  ['ab c@', { anywhere: ['%ab%', '%c@%'], indexed: ['% ab%', '% c@%'] }],
  ['50% a_b', { anywhere: ['%50\\%%', '%a\\_b%'], indexed: ['% 50\\%%', '% a\\_b%'] }],
  ['%', { anywhere: ['%\\%%'], indexed: [], digits: null }],
  ['(0646) 555-01', { digits: '%64655501%' }],
])('reads %s', (typed, wish) => {
  expect(readSearch(typed)).toMatchObject(wish)
})

it('looks at more people where an index cannot answer what was typed', () => {
  const [plain, ...others] = ['zq', '小明', '%'].map((typed) => readSearch(typed).recent)
  expect(others.every((recent) => recent > (plain ?? 0))).toBe(true)
})

it.each([
  ['johnson', 'jonson', 'a letter too few'],
  ['johnson', 'johnnson', 'a letter too many'],
  ['johnson', 'johnsan', 'another letter'],
  ['johnson', 'jhonson', 'two swapped'],
  ["o'brien", 'obrien', 'a sign left out'],
])('knows that %s was meant by %s: %s', (meant, typed) => {
  const begins = slipsOf(typed).map((pattern) => new RegExp(`^${pattern.slice(2, -1).replaceAll('_', '.')}`))
  expect(begins.some((pattern) => pattern.test(meant))).toBe(true)
})

it('asks for a slip in one word at a time, and in no number, address or word of three letters', () => {
  expect(readSearch('ann jonson').slips).toMatchObject([{ others: ['%ann%'] }])
  expect(readSearch('ximenna jonson').slips.map(({ others }) => others)).toEqual([['%jonson%'], ['%ximenna%']])
  expect(readSearch('ann 12345 a@b.example').slips).toEqual([])
})
