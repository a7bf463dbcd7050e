import { expect, it } from 'vitest'
import { normalizeAddress } from './index.ts'

it.each([
  ['upper case', 'Dana@Example.COM', 'dana@example.com'],
  ['room around it', '  dana@example.com\n', 'dana@example.com'],
  ['a domain in its own letters', 'dana@müller.de', 'dana@xn--mller-kva.de'],
  ['the same domain in ASCII', 'dana@XN--MLLER-KVA.de', 'dana@xn--mller-kva.de'],
  ['an accent typed as two characters', 'jose\u0301@example.com', 'jos\u00e9@example.com'],
  ['two at signs', '"a@b"@Example.com', '"a@b"@example.com'],
  ['nothing before the at sign', '@Example.com', '@example.com'],
  ['no at sign', 'Dana', 'dana'],
  ['a domain that is none', 'dana@exa mple', 'dana@exa mple'],
])('compares an address whatever was typed: %s', (_case, typed, compared) => {
  expect(normalizeAddress(typed)).toBe(compared)
  expect(normalizeAddress(compared)).toBe(compared)
})
