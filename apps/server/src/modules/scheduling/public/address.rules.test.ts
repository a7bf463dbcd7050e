import { describe, expect, it } from 'vitest'
import { lookOf, prefillOf, withoutTyped } from './address.rules.ts'

describe('an address', () => {
  it('asks for a look that there is, and for nothing else', () => {
    expect(lookOf({ theme: 'dark', colour: 'AD2E6E' })).toEqual({ theme: 'dark', colour: 'ad2e6e' })
    expect(lookOf({ theme: 'neon', colour: 'red;}body{display:none' })).toEqual({})
  })

  it('fills in what a field holds', () => {
    expect(prefillOf({ name: ' Tom ', email: '', notes: 'x'.repeat(3000), staff: 'x' })).toEqual({ name: 'Tom', notes: 'x'.repeat(2000) })
  })

  it('never takes over what was typed into a form', () => {
    expect(withoutTyped({ lang: 'fr', frame: '1', name: 'Tom', email: 'tom@example.com' })).toEqual({ lang: 'fr', frame: '1' })
  })
})
