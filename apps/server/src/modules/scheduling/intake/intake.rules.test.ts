import { expect, it } from 'vitest'
import { readAnswers } from './intake.rules.ts'

const question = (kind: 'text' | 'choice' | 'yes_no' | 'number' | 'date', required = false) => ({
  id: 'q',
  kind,
  required,
  choices: kind === 'choice' ? ['Dog', 'Cat'] : [],
})
const read = (kind: Parameters<typeof question>[0], typed: string, required = false) => {
  const { answers, faults } = readAnswers([question(kind, required)], { q: typed }, true)
  return faults[0]?.fault ?? answers.get('q')
}

it.each([
  ['choice', 'Bird', 'not_a_choice'],
  ['yes_no', 'maybe', 'not_yes_or_no'],
  ['number', 'twelve', 'not_a_number'],
  ['number', '1.2.3', 'not_a_number'],
  ['date', '2027-02-30', 'not_a_date'],
  ['date', '09.01.2027', 'not_a_date'],
  ['date', '0001-01-01', 'not_a_date'],
  ['text', ' As it is ', 'As it is'],
  ['choice', 'Cat', 'Cat'],
  ['yes_no', 'no', 'no'],
  ['number', '12,5', '12.5'],
  ['number', '1 200', '1200'],
  ['number', '-3', '-3'],
  ['date', '2028-02-29', '2028-02-29'],
] as const)('%s: %s is %s', (kind, typed, expected) => {
  expect(read(kind, typed)).toBe(expected)
})

it('asks for what is required of who books for herself, and lets who changes one answer leave the others', () => {
  const both = [question('text', true), { ...question('number'), id: 'n' }]
  expect(readAnswers(both, { n: '3' }, true).faults).toEqual([{ questionId: 'q', fault: 'missing' }])
  expect(readAnswers(both, { n: '3' }, false)).toEqual({ answers: new Map([['n', '3']]), faults: [] })
  expect(readAnswers(both, { q: ' ' }, false).faults).toEqual([{ questionId: 'q', fault: 'missing' }])
  expect(readAnswers(both, { n: '' }, false).answers).toEqual(new Map([['n', null]]))
  expect(readAnswers(both, { q: 'x', other: 'y' }, true).faults).toEqual([{ questionId: 'other', fault: 'unknown' }])
})
