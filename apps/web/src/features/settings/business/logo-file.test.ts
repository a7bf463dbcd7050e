import { logoRule } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { faultOfLogo, faultOfRefusal, logoTypes } from './logo-file.ts'

describe('a file chosen as a logo', () => {
  it.each([
    ['an empty file', 'image/png', 0, 'logoEmpty'],
    ['an SVG', 'image/svg+xml', 900, 'logoWrong'],
    ['a document', 'application/pdf', 900, 'logoWrong'],
    ['a file without an ending', '', 900, 'logoWrong'],
    ['a picture that is too large', 'image/jpeg', logoRule.maxBytes + 1, 'logoTooLarge'],
  ])('is refused before it is sent: %s', (_what, type, size, fault) => {
    expect(faultOfLogo({ type, size })).toBe(fault)
  })

  it('is sent when it is what the server takes', () => {
    expect(logoTypes).toEqual(logoRule.types)
    for (const type of logoRule.types) expect(faultOfLogo({ type, size: logoRule.maxBytes })).toBeUndefined()
  })

  it('is explained when the server looks inside and refuses it', () => {
    expect(['files/refused', 'http/too-large', 'http/unavailable', undefined].map(faultOfRefusal)).toEqual([
      'logoWrong',
      'logoTooLarge',
      undefined,
      undefined,
    ])
  })
})
