import type { FieldType, FieldValue } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { fitsField, indexed, keyFrom, readFieldValue } from './field-value.rules.ts'

const choices = [
  { key: 'gold', label: 'Gold', hue: 10, archived: false },
  { key: 'silver', label: 'Silver', hue: 40, archived: false },
  { key: 'bronze', label: 'Bronze', hue: 80, archived: true },
]
const ana = '019b0000-0000-7000-8000-00000000000a'
const gone = '019b0000-0000-7000-8000-00000000000b'
const read = (type: FieldType, written: FieldValue | null, before?: FieldValue) =>
  readFieldValue({ type, choices, currency: type === 'money' ? 'USD' : null }, written, { before, members: new Set([ana]) })

describe('what does not fit a field', () => {
  it.each<[FieldType, FieldValue, string]>([
    ['text', 12, 'field_text'],
    ['text', 'x'.repeat(2001), 'field_text'],
    ['text', 'a\u0000b', 'field_text'],
    ['number', '12', 'field_number'],
    ['number', 1e16, 'field_number'],
    ['number', Number.NaN, 'field_number'],
    ['money', 12, 'field_amount'],
    ['money', { minor: '1200', currency: 'EUR' }, 'field_amount'],
    ['money', { minor: '12.5', currency: 'USD' }, 'field_amount'],
    ['date', '2026-02-30', 'field_date'],
    ['date', '22/11/2026', 'field_date'],
    ['date', '0026-11-22', 'field_date'],
    ['choice', 'platinum', 'field_choice'],
    ['choice', 'bronze', 'field_choice'],
    ['choice', ['gold'], 'field_choice'],
    ['choices', 'gold', 'field_choice'],
    ['choices', ['gold', 'bronze'], 'field_choice'],
    ['person', gone, 'field_person'],
    ['person', 'Ana', 'field_person'],
    ['link', 'javascript:alert(1)', 'field_link'],
    ['link', 'https://name:word@home.example', 'field_link'],
    ['link', 'two words.example', 'field_link'],
    ['link', 'nowhere', 'field_link'],
    ['yes_no', 'yes', 'field_yes_no'],
  ])('refuses for %s what is %j', (type, written, code) => {
    expect(read(type, written)).toEqual({ code, message: expect.any(String) })
  })
})

describe('what fits a field', () => {
  it.each<[FieldType, FieldValue, FieldValue | null]>([
    ['text', '  Two\nlines ', 'Two\nlines'],
    ['text', '   ', null],
    ['number', -12.5, -12.5],
    ['number', 0, 0],
    ['money', { minor: '007', currency: 'USD' }, { minor: '7', currency: 'USD' }],
    ['date', '2024-02-29', '2024-02-29'],
    ['choice', 'silver', 'silver'],
    ['choices', ['silver', 'gold', 'gold'], ['gold', 'silver']],
    ['choices', [], null],
    ['person', ana, ana],
    ['link', 'home.example/x', 'https://home.example/x'],
    ['link', 'home.example:8080/x', 'https://home.example:8080/x'],
    ['link', 'HTTP://Home.example', 'http://home.example/'],
    ['yes_no', false, false],
  ])('reads for %s %j as %j', (type, written, value) => {
    expect(read(type, written)).toEqual({ value })
  })

  it('lets a contact keep what is not offered any more', () => {
    expect(read('choice', 'bronze', 'bronze')).toEqual({ value: 'bronze' })
    expect(read('choices', ['bronze', 'gold'], ['bronze'])).toEqual({ value: ['gold', 'bronze'] })
    expect(read('person', gone, gone)).toEqual({ value: gone })
  })

  it('takes an empty text for nothing in a field of any type', () => {
    expect(read('date', '')).toEqual({ value: null })
    expect(read('yes_no', null)).toEqual({ value: null })
  })
})

describe('what is stored', () => {
  it('is not shown in a field of another type', () => {
    expect(fitsField({ type: 'number', choices: [], currency: null }, '12')).toBe(false)
    expect(fitsField({ type: 'choice', choices, currency: null }, 'platinum')).toBe(false)
    expect(fitsField({ type: 'money', choices: [], currency: 'USD' }, { minor: '1', currency: 'EUR' })).toBe(false)
    expect(fitsField({ type: 'choices', choices, currency: null }, ['gold', 'bronze'])).toBe(true)
  })

  it('stands in the index folded, short, and in minor units', () => {
    expect(indexed('text', 'Zoë  ÀB')).toBe('zoe ab')
    expect(indexed('text', 'x'.repeat(500))).toBe('x'.repeat(200))
    expect(indexed('money', { minor: '1250', currency: 'USD' })).toBe(1250)
    expect(indexed('yes_no', false)).toBe('no')
  })
})

it('makes a key of a label that no other has', () => {
  const taken = new Set(['policy_no', 'field'])
  expect(keyFrom('Policy no.', taken, 'field')).toBe('policy_no_2')
  expect(keyFrom('Größe (cm)', taken, 'field')).toBe('grosse_cm')
  expect(keyFrom('2nd visit', taken, 'field')).toBe('nd_visit')
  expect(keyFrom('電話', taken, 'field')).toBe('field_2')
})
