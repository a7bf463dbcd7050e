import { expect, it } from 'vitest'
import { maskOthers } from './mask-others.rules.ts'

const own = ['ann@home.example', '+12125550188']

it.each([
  ['her own address stays', 'Write to Ann@Home.example', 'Write to Ann@Home.example'],
  ['another address is masked', 'Her sister is zoe.lee@mail.example.', 'Her sister is z••@mail.example.'],
  ['her own number stays, however it is written', 'Call (212) 555-0188', 'Call (212) 555-0188'],
  ['another number is masked', 'or +34 600 000 012 after six', 'or ••12 after six'],
  ['days, hours and amounts stay', '2027-01-04 14:00, 120,00 €, room 12', '2027-01-04 14:00, 120,00 €, room 12'],
])('%s', (_case, text, expected) => {
  expect(maskOthers(text, own)).toBe(expected)
})
