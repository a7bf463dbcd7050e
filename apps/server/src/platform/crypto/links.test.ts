import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { longestLink, newToken, openKeys, type SignedLink, tokenHash } from './index.ts'

const now = Temporal.Instant.from('2026-11-23T10:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'links-'))
const keys = openKeys(folder, now)
afterAll(() => rmSync(folder, { recursive: true }))

const link: SignedLink = {
  purpose: 'booking',
  workspaceId: '01890a5d-ac96-774b-bcce-b302099a8057',
  subjectId: '01890a5d-ac96-7fff-8000-b302099a8058',
  expiresAt: now.add({ hours: 48 }),
  allows: ['view', 'reschedule', 'cancel'],
}
const forged = { valid: false, reason: 'forged' }

it('refuses a link with any one character changed', () => {
  const token = keys.signLink(link, now)
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === 'A' ? 'B' : 'A'
    expect(keys.verifyLink(token.slice(0, at) + other + token.slice(at + 1), 'booking', now)).toEqual(forged)
  }
})

it('refuses a second spelling of the same bytes', () => {
  const token = keys.signLink({ ...link, allows: ['cancel'] }, now) // 68 bytes: two bits of the last character mean nothing
  const bytes = Buffer.from(token, 'base64url')
  const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    .map((last) => token.slice(0, -1) + last)
    .filter((spelling) => spelling !== token && Buffer.from(spelling, 'base64url').equals(bytes))
  expect(spellings).toHaveLength(3)
  for (const spelling of [...spellings, `${token}=`, ` ${token}`]) expect(keys.verifyLink(spelling, 'booking', now)).toEqual(forged)
})

it('refuses whatever strangers type, and never throws', () => {
  const isForged = (text: string) => keys.verifyLink(text, 'booking', now).valid === false
  fc.assert(fc.property(fc.string({ maxLength: 300 }), isForged))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 90 }), (bytes) => isForged(Buffer.from(bytes).toString('base64url'))))
})

it('refuses a link of another server', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'links-'))
  expect(keys.verifyLink(openKeys(elsewhere, now).signLink(link, now), 'booking', now)).toEqual(forged)
  rmSync(elsewhere, { recursive: true })
})

it('refuses a link for another purpose', () => {
  expect(keys.verifyLink(keys.signLink(link, now), 'unsubscribe', now)).toEqual({ valid: false, reason: 'wrong_purpose' })
})

it('refuses an expired link and says whose it was, a minute after its time because clocks differ', () => {
  const token = keys.signLink(link, now)
  expect(keys.verifyLink(token, 'booking', link.expiresAt.add({ seconds: 60 })).valid).toBe(true)
  expect(keys.verifyLink(token, 'booking', link.expiresAt.add({ seconds: 61 }))).toMatchObject({
    valid: false,
    reason: 'expired',
    link: { subjectId: link.subjectId },
  })
})

it('accepts a link on a server whose clock is behind the one that made it', () => {
  expect(keys.verifyLink(keys.signLink(link, now), 'booking', now.subtract({ hours: 1 })).valid).toBe(true)
})

it('refuses to sign what would be useless or too long', () => {
  expect(() => keys.signLink({ ...link, expiresAt: now }, now)).toThrow('expire in the future')
  expect(() => keys.signLink({ ...link, subjectId: 'contact-1' }, now)).toThrow('UUID')
  expect(() => keys.signLink({ ...link, allows: ['a,b'] }, now)).toThrow('lower-case words')
  expect(() => keys.signLink({ ...link, allows: ['view', 'reschedule', 'cancel', 'download'] }, now)).toThrow('too many acts')
})

it('says the same after the journey', () => {
  const token = keys.signLink(link, now)
  expect(token.length).toBeLessThanOrEqual(longestLink)
  expect(token).toMatch(/^[\w-]+$/)
  const check = keys.verifyLink(token, 'booking', now)
  expect(check).toMatchObject({ valid: true, link: { ...link, expiresAt: expect.anything() } })
  expect(check.valid && check.link.expiresAt.toString()).toBe(link.expiresAt.toString())
})

it('carries no workspace before one is known, and works after the key was rotated', () => {
  const token = keys.signLink({ ...link, workspaceId: null, allows: [] }, now)
  keys.rotate('link', now)
  expect(keys.verifyLink(token, 'booking', now)).toMatchObject({ valid: true, link: { workspaceId: null, allows: [] } })
})

it('stores a token by its hash alone', () => {
  const { token, hash } = newToken()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(tokenHash(token)).toBe(hash)
  // FIPS 180-2, appendix B.1
  expect(Buffer.from(tokenHash('abc'), 'base64url').toString('hex')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})
