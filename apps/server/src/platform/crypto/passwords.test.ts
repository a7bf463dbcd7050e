import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { commonPasswords } from './common-passwords.ts'
import { judgePassword, openKeys, openPasswords, PasswordsBusy } from './index.ts'

const now = Temporal.Instant.from('2026-11-23T10:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'passwords-'))
const keys = openKeys(folder, now)
const quick = openPasswords(keys, { iterations: 10 })
afterAll(() => rmSync(folder, { recursive: true }))

describe('judging a new password', () => {
  const alone = { hasSecondFactor: false, about: ['Anna Schmidt', 'anna.schmidt@salonlindqvist.com'] }
  const second = { ...alone, hasSecondFactor: true }
  const reasons = (password: string, circumstances = alone) => {
    const verdict = judgePassword(password, circumstances)
    return verdict.accepted ? [] : verdict.objections.map((each) => each.reason)
  }

  it.each([
    ['14 characters alone', 'vellum-quartz7', alone, ['too_short']],
    ['7 characters beside a second factor', 'vq7-kLm', second, ['too_short']],
    ['seven emoji, however many code units they are', '🛎️🦊🌵🍋🚲', second, ['too_short']],
    ['1,025 characters', 'ab4~'.repeat(256).concat('x'), alone, ['too_long']],
    ['half an emoji', `${'vellum-quartz-7'}\ud83d`, alone, ['unreadable']],
    ['a common one', 'password1', second, ['common']],
    ['a common one in capitals and digits for letters', 'P4$$w0rd', second, ['common']],
    ['a common one full-width', 'ｐａｓｓｗｏｒｄ１', second, ['common']],
    ['two common ones together', 'letmeinpassword123', alone, ['common']],
    ['a common one with something short behind it', 'qwertyuiop!7', second, ['common']],
    ['one character', 'aaaaaaaaaaaaaaaaaaaa', alone, ['common']],
    ['a repetition', 'xk9xk9xk9xk9xk9xk9', alone, ['common']],
    ['a run', '123456789012345678', alone, ['common']],
    ['the alphabet backwards', 'zyxwvutsrqponmlkjihgf', alone, ['common']],
    ['her own address', 'anna.schmidt@salonlindqvist.com', alone, ['about_you']],
    ['her name and a year', 'AnnaSchmidt2026', alone, ['about_you']],
    ["the product's name", 'frontdesk-2026', second, ['about_you']],
  ])('refuses %s', (_what, password, circumstances, expected) => {
    expect(reasons(password, circumstances)).toEqual(expected)
  })

  it.each([
    ['a passphrase', 'the kettle sings at noon', alone],
    ['a passphrase in another script', 'чайник поёт в полдень', alone],
    ['random letters', 'hqvwkzjtrbnpxdm', alone],
    ['8 characters beside a second factor', 'vq7-kLm%', second],
    ['1,024 characters', `${'ab4~'.repeat(255)}wxyq`, alone],
    ['a passphrase with her name in it', 'Anna hides seven green kettles', alone],
  ])('accepts %s', (_what, password, circumstances) => {
    expect(reasons(password, circumstances)).toEqual([])
  })

  it('knows at least 3,000 common passwords of a length that would otherwise be accepted', () => {
    const known = [...commonPasswords()].filter((password) => password.length >= 8)
    expect(known.length).toBeGreaterThanOrEqual(3000)
    expect(known.slice(0, 200).filter((password) => reasons(password, second).length === 0)).toEqual([])
  })
})

describe('a stored password', () => {
  it('matches neither another password, nor another server, nor no account', async () => {
    const stored = await quick.hash('the kettle sings at noon')
    expect(await quick.verify('the kettle sings at moon', stored)).toEqual({ matches: false, rehash: false })
    expect(await quick.verify('the kettle sings at noon', null)).toEqual({ matches: false, rehash: false })
    expect(await quick.verify('x'.repeat(5000), stored)).toEqual({ matches: false, rehash: false })

    const elsewhere = mkdtempSync(join(tmpdir(), 'passwords-'))
    const theirs = openKeys(elsewhere, now)
    const renamed = stored.replace(/keyid=..../, `keyid=${theirs.currentKeyId('pepper')}`)
    expect((await openPasswords(theirs, { iterations: 10 }).verify('the kettle sings at noon', renamed)).matches).toBe(false)
    rmSync(elsewhere, { recursive: true })
  })

  it.each(['', 'plain', '$pbkdf2-sha256$i=10,l=32,keyid=abcd$c2FsdA$c2hvcnQ'])(
    'that is damaged (%j) is an error, not a mismatch',
    async (stored) => {
      await expect(quick.verify('anything', stored)).rejects.toThrow('stored password')
    },
  )

  it('is not accepted beyond the cap', async () => {
    await expect(quick.hash('x'.repeat(1025))).rejects.toThrow(RangeError)
  })

  it('names its parameters and uses a new salt each time', async () => {
    const [one, two] = [await quick.hash('the kettle sings at noon'), await quick.hash('the kettle sings at noon')]
    expect(one).toMatch(/^\$pbkdf2-sha256\$i=10,l=32,keyid=[a-z0-9]{4}\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
    expect(await quick.verify('the kettle sings at noon', two)).toEqual({ matches: true, rehash: false })
  })

  it('takes 600,000 rounds unless told otherwise', async () => {
    const real = openPasswords(keys)
    const stored = await real.hash('the kettle sings at noon')
    expect(stored).toContain('$i=600000,')
    expect((await real.verify('the kettle sings at noon', stored)).matches).toBe(true)
  })

  it('matches the same characters typed on another keyboard', async () => {
    const stored = await quick.hash('Caf\u00e9 \ufb01lter kettle')
    expect((await quick.verify('Cafe\u0301 filter kettle', stored)).matches).toBe(true)
  })

  it('asks to be hashed anew when the rounds were raised or the pepper changed', async () => {
    const stored = await quick.hash('the kettle sings at noon')
    expect(await openPasswords(keys, { iterations: 11 }).verify('the kettle sings at noon', stored)).toEqual({
      matches: true,
      rehash: true,
    })
    keys.rotate('pepper', now)
    expect(await quick.verify('the kettle sings at noon', stored)).toEqual({ matches: true, rehash: true })
    expect(await quick.verify('wrong', stored)).toEqual({ matches: false, rehash: false })
  })
})

it('refuses the sign-in that is one too many, serves all the others, and serves again afterwards', async () => {
  const small = openPasswords(keys, { iterations: 1000, atOnce: 2, waiting: 3 })
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => small.hash('the kettle sings at noon')))
  expect(results.map((result) => result.status)).toEqual([...Array(5).fill('fulfilled'), 'rejected'])
  expect(results[5]).toMatchObject({ reason: expect.any(PasswordsBusy) })
  await expect(small.hash('the kettle sings at noon')).resolves.toContain('$pbkdf2')
})
