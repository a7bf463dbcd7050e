import { formats } from '@frontdesk/i18n'
import { describe, expect, it } from 'vitest'
import { shownValue, typedOf, valueFrom } from './own-value.ts'

const of = (type: Parameters<typeof typedOf>[0]['type']) => ({ type, currency: type === 'money' ? 'USD' : null })

describe('what is typed', () => {
  it.each([
    ['12', 12],
    ['-12.5', -12.5],
    ['12,5', 12.5],
    ['1,200.5', 1200.5],
    ['1.200,5', 1200.5],
    ['1 200', 1200],
    ['1,200,300', 1200300],
    ['0', 0],
  ])('reads the number %s as %d', (typed, value) => {
    expect(valueFrom(of('number'), typed)).toEqual({ value })
  })

  it.each(['twelve', '1e5', '12 kg', '.'])('refuses the number %s', (typed) => {
    expect(valueFrom(of('number'), typed)).toEqual({ fault: 'numberWrong' })
  })

  it('reads amounts in minor units, with their sign', () => {
    expect(valueFrom(of('money'), '12.50')).toEqual({ value: { minor: '1250', currency: 'USD' } })
    expect(valueFrom(of('money'), '-12')).toEqual({ value: { minor: '-1200', currency: 'USD' } })
    expect(valueFrom(of('money'), '12.5057')).toEqual({ fault: 'amountWrong' })
  })

  it('takes nothing for nothing', () => {
    for (const type of ['text', 'number', 'money', 'date', 'choice', 'person', 'link', 'yes_no'] as const)
      expect(valueFrom(of(type), '  ')).toEqual({ value: null })
    expect(valueFrom(of('choices'), [])).toEqual({ value: null })
  })

  it.each([
    ['text', 'a b'],
    ['number', -1.5],
    ['money', { minor: '1250', currency: 'USD' }],
    ['date', '2026-11-22'],
    ['choices', ['a', 'b']],
    ['yes_no', false],
  ] as const)('comes back as it was: %s', (type, value) => {
    expect(valueFrom(of(type), typedOf(of(type), value as never))).toEqual({ value })
  })
})

it('is shown as people read it', () => {
  const around = {
    formats: formats('en-US', 'UTC'),
    words: { yes: 'Yes', no: 'No', somebody: 'Somebody', nothing: 'nothing' },
    members: [{ id: 'm', name: 'Ana' }],
  }
  const choices = [
    { key: 'a', label: 'Apple', hue: 1, archived: false },
    { key: 'b', label: 'Pear', hue: 2, archived: true },
  ]
  const shown = (type: Parameters<typeof typedOf>[0]['type'], value: unknown) => shownValue({ type, choices }, value, around)
  expect(shown('number', 1200.5)).toBe('1,200.5')
  expect(shown('money', { minor: '1200', currency: 'USD' })).toBe('$12')
  expect(shown('date', '2026-11-22')).toBe('Nov 22, 2026')
  expect(shown('choices', ['a', 'b'])).toBe('Apple and Pear')
  expect(shown('person', 'm')).toBe('Ana')
  expect(shown('person', 'x')).toBe('Somebody')
  expect(shown('yes_no', false)).toBe('No')
  expect(shown('link', 'https://www.home.example/')).toBe('home.example')
  expect(shown('text', null)).toBe('nothing')
})
