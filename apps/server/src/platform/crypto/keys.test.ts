import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bound, CannotDecrypt, KeyStoreError, type Keys, keyPurposes, openKeys } from './index.ts'

const now = Temporal.Instant.from('2026-11-23T10:00:00Z')
const later = now.add({ hours: 24 })
const workspace = '01890a5d-ac96-774b-bcce-b302099a8057'
const neighbour = '01890a5d-ac96-774b-bcce-b302099a8058'
const place: Bound = { workspaceId: workspace, table: 'tax_id', column: 'number', rowId: 'row-1' }

let folder: string
let keys: Keys

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys')
  keys = openKeys(folder, now)
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const reasonOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error instanceof CannotDecrypt ? error.reason : error
  }
  return 'no error'
}

describe('an encrypted field', () => {
  it.each<[string, Bound]>([
    ['row', { ...place, rowId: 'row-2' }],
    ['column', { ...place, column: 'other' }],
    ['table', { ...place, table: 'other' }],
    ['workspace', { ...place, workspaceId: neighbour }],
  ])('cannot be moved to another %s [L2]', (_what, elsewhere) => {
    expect(reasonOf(() => keys.decrypt(keys.encrypt('123-45-6789', place), elsewhere))).toBe('changed')
  })

  it('cannot be swapped with that of another row [L2]', () => {
    const other = { ...place, rowId: 'row-2' }
    const [mine, hers] = [keys.encrypt('mine', place), keys.encrypt('hers', other)]
    expect(reasonOf(() => keys.decrypt(hers, place))).toBe('changed')
    expect(reasonOf(() => keys.decrypt(mine, other))).toBe('changed')
  })

  it('is refused with any one bit of IV, ciphertext or tag flipped [L2]', () => {
    const [version, keyId, ...parts] = keys.encrypt('secret', place).split('|')
    parts.forEach((part, at) => {
      const bytes = Buffer.from(part, 'base64url')
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const changed = Buffer.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const record = [version, keyId, ...parts.map((each, index) => (index === at ? changed.toString('base64url') : each))].join('|')
        expect(reasonOf(() => keys.decrypt(record, place))).toBe('changed')
      }
    })
  })

  it.each(['', 'plain text', 'v2|abcd|a|b|c', 'v1|abcd|a|b', 'v1|abcd|a|b|c|d'])('says that %j is none', (record) => {
    expect(reasonOf(() => keys.decrypt(record, place))).toBe('malformed')
  })

  it('names the key that is missing', () => {
    const record = keys.encrypt('secret', place).replace(/^v1\|..../, 'v1|zzzz')
    expect(reasonOf(() => keys.decrypt(record, place))).toBe('unknown_key')
    expect(() => keys.decrypt(record, place)).toThrow('the key zzzz')
  })

  it('refuses a place whose parts would run together', () => {
    expect(() => keys.encrypt('x', { ...place, table: 'a|b' })).toThrow(TypeError)
    expect(() => keys.encrypt('x', { ...place, rowId: '' })).toThrow(TypeError)
  })

  it.each(['', 'ß', '𝕱rontdesk 🛎️', 'مرحبا', 'x'.repeat(100_000)])('keeps the text it was given', (text) => {
    expect(keys.decrypt(keys.encrypt(text, place), place)).toBe(text)
  })

  it('has a nonce of 96 random bits of its own each time, and a tag of 128 [L2]', () => {
    const records = Array.from({ length: 20_000 }, () => keys.encrypt('the same text', place).split('|'))
    const nonces = new Set(records.map(([, , nonce = '']) => nonce))
    expect(nonces.size).toBe(records.length)
    for (const [, , nonce = '', , tag = ''] of records.slice(0, 100))
      expect([Buffer.from(nonce, 'base64url').length, Buffer.from(tag, 'base64url').length]).toEqual([12, 16])
  })

  it('never looks the same twice and shows nothing of its text', () => {
    const [one, two] = [keys.encrypt('MARKER', place), keys.encrypt('MARKER', place)]
    expect(one).not.toBe(two)
    expect(one).not.toContain(Buffer.from('MARKER').toString('base64url'))
    expect(one).toMatch(/^v1\|[a-z0-9]{4}\|[\w-]{16}\|[\w-]{8}\|[\w-]{22}$/)
  })
})

describe('rotation', () => {
  it('refuses to remove the key in use', async () => {
    await expect(keys.removeRetired('field', keys.currentKeyId('field'), async () => 0)).rejects.toThrow('in use')
  })

  it('refuses to remove a retired key that values still need, and keeps it', async () => {
    const record = keys.encrypt('old', place)
    const old = keys.currentKeyId('field')
    keys.rotate('field', later)
    await expect(keys.removeRetired('field', old, async () => 3)).rejects.toThrow('still needed by 3 values')
    expect(openKeys(folder, later).decrypt(record, place)).toBe('old')
  })

  it('refuses while another process changes the keys, and goes on after one that died', () => {
    writeFileSync(join(folder, 'changing.lock'), '1')
    expect(() => keys.rotate('field', later)).toThrow(KeyStoreError)
    writeFileSync(join(folder, 'changing.lock'), '999999999')
    expect(keys.rotate('field', later)).toBe(keys.currentKeyId('field'))
    expect(readdirSync(folder)).not.toContain('changing.lock')
  })

  it('reads old values, writes with the new key, and moves the old ones over', async () => {
    const record = keys.encrypt('old', place)
    expect(keys.reencryptIfOld(record, place)).toBeUndefined()
    const old = keys.currentKeyId('field')
    const fresh = keys.rotate('field', later)
    expect(fresh).not.toBe(old)
    expect(keys.decrypt(record, place)).toBe('old')
    expect(keys.encrypt('new', place).split('|')[1]).toBe(fresh)

    const moved = keys.reencryptIfOld(record, place) ?? ''
    expect(moved.split('|')[1]).toBe(fresh)
    await keys.removeRetired('field', old, async () => 0)
    expect(keys.decrypt(moved, place)).toBe('old')
    expect(reasonOf(() => keys.decrypt(record, place))).toBe('unknown_key')
  })

  it('is learned by another process at the first value of an unknown key, and by refresh', () => {
    const other = openKeys(folder, now)
    keys.rotate('field', later)
    expect(other.decrypt(keys.encrypt('new', place), place)).toBe('new')
    keys.rotate('hash', later)
    expect(other.currentKeyId('hash')).not.toBe(keys.currentKeyId('hash'))
    other.refresh()
    expect(other.currentKeyId('hash')).toBe(keys.currentKeyId('hash'))
  })
})

describe('a keyed hash', () => {
  it('differs between workspaces, kinds and values', () => {
    const all = [
      keys.hash(workspace, 'tel', '+12125550100'),
      keys.hash(neighbour, 'tel', '+12125550100'),
      keys.hash(workspace, 'eml', '+12125550100'),
      keys.hash(workspace, 'tel', '+12125550101'),
    ]
    expect(new Set(all).size).toBe(4)
  })

  it('is the same each time, in this process and the next', () => {
    expect(openKeys(folder, later).hash(workspace, 'eml', 'a@example.com')).toBe(keys.hash(workspace, 'eml', 'a@example.com'))
  })

  it('is still found after rotation, the newest first', () => {
    const before = keys.hash(workspace, 'eml', 'a@example.com')
    keys.rotate('hash', later)
    const after = keys.hash(workspace, 'eml', 'a@example.com')
    expect(keys.hashes(workspace, 'eml', 'a@example.com')).toEqual([after, before])
  })
})

describe('wrapping', () => {
  it('opens for the same place and ring only', () => {
    const secret = Buffer.from('a data key')
    const wrapped = keys.wrap('file', secret, 'file 1')
    expect(keys.unwrap('file', wrapped, 'file 1')).toEqual(secret)
    expect(reasonOf(() => keys.unwrap('file', wrapped, 'file 2'))).toBe('changed')
    expect(reasonOf(() => keys.unwrap('field', wrapped, 'file 1'))).toBe('unknown_key')
  })

  it('derives one key for each label', () => {
    expect(keys.subkey('audit', 'heads').key).not.toEqual(keys.subkey('audit', 'pseudonyms').key)
    expect(keys.subkey('audit', 'heads').key).toEqual(keys.subkey('audit', 'heads', keys.currentKeyId('audit')).key)
    expect(() => keys.subkey('audit', 'heads', 'zzzz')).toThrow(CannotDecrypt)
  })
})

describe('the key store', () => {
  it.each([
    ['no JSON', 'nonsense', 'cannot be read as JSON'],
    ['no keys', '{"purpose":"field"}', 'holds no keys'],
    ['a short key', '{"purpose":"field","keys":[{"id":"abcd","createdAt":"x","retiredAt":null,"secret":"AAAA"}]}', 'damaged key'],
    ['two keys in use', undefined, 'exactly one key in use'],
    ['the keys of another purpose', '{"purpose":"hash","keys":[]}', 'another purpose'],
  ])('stops at %s and leaves the file alone', (_what, text, message) => {
    const path = join(folder, 'field.json')
    const ring = JSON.parse(readFileSync(path, 'utf8'))
    const content = text ?? JSON.stringify({ ...ring, keys: [...ring.keys, { ...ring.keys[0], id: 'zzzz' }] })
    writeFileSync(path, content)
    expect(() => openKeys(folder, now)).toThrow(message)
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  it('is for its own account only', () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const purpose of keyPurposes) expect(statSync(join(folder, `${purpose}.json`)).mode & 0o777).toBe(0o600)
  })

  it('makes each key once', () => {
    expect(openKeys(folder, later).describe()).toEqual(keys.describe())
    expect(keys.describe()).toHaveLength(keyPurposes.length)
    expect(JSON.stringify(keys.describe())).not.toContain('secret')
  })
})
