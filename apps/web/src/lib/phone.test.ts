import { expect, it } from 'vitest'
import { phoneWords } from './phone.ts'

it.each([
  ['', ''],
  ['(207) 555-0172', '(207) 555-0172'],
  ['+12', '+12'],
  ['+12075550172', '(207) 555-0172'],
  ['+33123456789', '01 23 45 67 89'],
  ['+34912345678', '912 345 678'],
  ['+525512345678', '55 1234 5678'],
  ['+49301234567', '+49 301 234 567'],
])('writes %j as %j', (number, written) => {
  expect(phoneWords(number)).toBe(written)
})
