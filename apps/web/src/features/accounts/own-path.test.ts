import { expect, it } from 'vitest'
import { ownPath } from './own-path.ts'

it.each([
  undefined,
  7,
  '',
  'w/desk',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
])('does not go back to %j', (value) => {
  expect(ownPath(value)).toBeUndefined()
})

it('goes back to a screen with its filters', () => {
  expect(ownPath('/w/harbor/contacts?tag=vip#notes')).toBe('/w/harbor/contacts?tag=vip#notes')
})
