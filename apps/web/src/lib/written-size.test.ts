import { describe, expect, it } from 'vitest'
import { writtenSize } from './written-size.ts'

describe('how large it is', () => {
  it.each([
    [0, 'en-US', '1 kB'],
    [1499, 'en-US', '1 kB'],
    [84_300, 'en-US', '84 kB'],
    [1_950_000, 'en-US', '2 MB'],
    [12_340_000, 'es-ES', '12,3 MB'],
    [2_400_000, 'fr-FR', '2,4 Mo'],
  ])('%i bytes are for %s: %s', (bytes, tag, text) => {
    expect(writtenSize(bytes, tag).replace(/\s/g, ' ')).toBe(text)
  })
})
