import { createHmac, webcrypto } from 'node:crypto'
import { expect, it } from 'vitest'
import { dumpDatabase } from '../../platform/backup/index.ts'
import { openPasswords } from '../../platform/crypto/index.ts'
import { openLog } from '../../platform/log/index.ts'
import { signIn } from './sign-in.ts'
import { arrival, goodPassword, owner, testRoom } from './testing.ts'

const lines: string[] = []
const test = await testRoom('open', {
  log: openLog({ level: 'debug', role: 'test', strict: true, write: (line) => void lines.push(line) }),
})
const dana = await test.ownerBrowser()

/** What RFC 8018 §5.2 gives, by another implementation than ours, and then the pepper. */
async function recompute(
  password: string,
  { salt, iterations, keyId }: { salt: Buffer; iterations: number; keyId: string },
): Promise<string> {
  const key = await webcrypto.subtle.importKey('raw', Buffer.from(password), 'PBKDF2', false, ['deriveBits'])
  const stretched = await webcrypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(salt), iterations }, key, 256)
  const pepper = test.keys.subkey('pepper', 'passwords', keyId).key
  return createHmac('sha256', pepper).update(Buffer.from(stretched)).digest('base64').replaceAll('=', '')
}

it('keeps of a password nothing but what PBKDF2 makes of it, with a salt of its own and at least 600,000 rounds [A6]', async () => {
  const colleague = await test.join(dana, 'member', 'mo@example.com') // she chose the very same password
  const passwords = openPasswords(test.keys)
  for (const email of [owner.email, colleague.email])
    await signIn({ ...test.services, passwords }, { email, password: goodPassword }, arrival)
  await signIn({ ...test.services, passwords }, { email: owner.email, password: `${goodPassword} not` }, arrival).catch(() => undefined)

  const { rows } = await test.asSuperuser(`select secret from auth.credential where kind = 'password'`)
  const records = rows.map(({ secret }) => {
    const [, algorithm, facts = '', salt = '', hash] = String(secret).split('$')
    const [, iterations, keyId] = /^i=(\d+),l=32,keyid=(\w+)$/.exec(facts) ?? []
    return { algorithm, iterations: Number(iterations), keyId: String(keyId), salt: Buffer.from(salt, 'base64'), hash }
  })
  expect(records).toHaveLength(2)
  for (const record of records) {
    expect(record).toMatchObject({ algorithm: 'pbkdf2-sha256' })
    expect(record.iterations).toBeGreaterThanOrEqual(600_000)
    expect(record.salt.length).toBeGreaterThanOrEqual(16)
    expect(record.hash).toBe(await recompute(goodPassword, record))
  }
  expect(records[0]?.salt).not.toEqual(records[1]?.salt)
  expect(records[0]?.hash).not.toBe(records[1]?.hash)

  const dump: string[] = []
  for await (const record of dumpDatabase(test.urls.backup, { version: 'test', createdAt: test.clock() })) {
    if (record.kind === 'rows') dump.push(Buffer.from(record.data).toString())
  }
  const everything = [...dump, ...lines].join('\n')
  expect(everything).toContain('pbkdf2-sha256')
  expect(lines.length).toBeGreaterThan(0)
  for (const form of [
    goodPassword,
    encodeURIComponent(goodPassword),
    Buffer.from(goodPassword).toString('base64').slice(0, -4),
    Buffer.from(goodPassword).toString('hex'),
  ]) {
    expect(everything).not.toContain(form)
  }
})
