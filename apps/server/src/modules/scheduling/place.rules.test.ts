import { expect, it } from 'vitest'
import { addressLine } from './place.rules.ts'

it.each([
  ['18 Wharf Street\nPortland, ME 04101', '18 Wharf Street, Portland, ME 04101'],
  ['18 Wharf Street,\r\n\nPortland', '18 Wharf Street, Portland'],
  ['18 Wharf Street', '18 Wharf Street'],
])('writes %j in one line', (address, line) => {
  expect(addressLine(address)).toBe(line)
})
