import type pg from 'pg'
import { type KeyPurpose, keyPurposes } from './platform/crypto/index.ts'
import { countFieldsOf, type MoveFields, type MoveProgress, moveFields } from './platform/database/index.ts'
import type { FileKeys } from './platform/files/index.ts'

/** What a change of keys stands on. */
export type ChangeKeys = Omit<MoveFields, 'onProgress'> & {
  readonly fileKeys: FileKeys
  readonly now: Temporal.Instant
  /** Lets the database know a new key, so that the next start works with it. */
  readonly remember: () => Promise<void>
  readonly say: (line: string) => void
}

/** Running processes learn of a new key within seconds, and end what they do within minutes; so long an old one stays in any case. */
export const oldKeysStay = Temporal.Duration.from({ minutes: 10 })

/** Why a retired key of a purpose is never removed; the others are, once nothing needs them. */
const staysForGood: Partial<Record<KeyPurpose, string>> = {
  hash: 'Whoever asked to be left alone is known by hashes under it, which cannot be made anew.',
  audit: 'The signed heads of the audit logs are checked with it.',
  backup: 'Older backups are opened with it.',
  link: 'Links in mails that went out are checked with it.',
  session: 'Whatever was derived from it hangs on it.',
}

/** Reads what somebody typed. Throws a sentence that lists what there is. */
export function readPurpose(typed: string | undefined): KeyPurpose {
  const purpose = keyPurposes.find((each) => each === typed)
  if (purpose) return purpose
  throw new Error(`Say which keys: ${keyPurposes.join(', ')}.`)
}

/** Makes a new key the one in use, and encrypts anew what the old one encrypted, while everybody works on. May be run again after a stop: it goes on. */
export async function rotateKey(work: ChangeKeys, purpose: KeyPurpose): Promise<void> {
  const made = work.keys.rotate(purpose, work.now)
  await work.remember()
  work.say(`The key ${made} is in use for "${purpose}". Older ones still read.`)
  await moveToNewKey(work, purpose)
}

/** Encrypts anew what older keys of a purpose encrypted: fields value by value, files by wrapping their data keys. */
export async function moveToNewKey(work: ChangeKeys, purpose: KeyPurpose): Promise<void> {
  if (purpose === 'file') {
    const moved = await work.fileKeys.rewrap()
    work.say(`${moved} keys of files are wrapped by the new key.`)
  }
  if (purpose !== 'field') return
  const lines = await moveFields({ ...work, onProgress: (progress) => work.say(`  ${inWords(progress)}`) })
  const moved = lines.reduce((sum, line) => sum + line.moved, 0)
  const unreadable = lines.filter((line) => line.unreadable > 0)
  work.say(`${moved} values are encrypted with the new key.`)
  for (const { place, unreadable: count } of unreadable)
    work.say(`  ${count} values of ${place} can be read with none of the keys, and were left as they are.`)
}

const inWords = ({ place, moved, of }: MoveProgress) => `${place}: ${moved} of ${of} (${of === 0 ? 100 : Math.floor((moved * 100) / of)} %)`

/** Removes a retired key for good. Throws where it is in use, where values need it still, where it was retired just now, and where it stays for good. */
export async function removeKey(work: ChangeKeys, purpose: KeyPurpose, keyId: string): Promise<void> {
  const why = staysForGood[purpose]
  if (why) throw new Error(`Keys for "${purpose}" stay, also when they are retired. ${why}`)
  const key = work.keys.describe().find((each) => each.purpose === purpose && each.id === keyId)
  const from = key?.retiredAt ? Temporal.Instant.from(key.retiredAt).add(oldKeysStay) : undefined
  if (from && Temporal.Instant.compare(from, work.now) > 0) {
    throw new Error(
      `The key ${keyId} was retired a short while ago, and something may still be made with it. It can be removed from ${from} on; it was kept.`,
    )
  }
  await work.keys.removeRetired(purpose, keyId, () => countUses(work, purpose, keyId))
  work.say(`The key ${keyId} for "${purpose}" is gone. Make a copy of the keys: npm run backup -- --keys <file outside of this computer>`)
}

/** How many values need a key; null where that is not counted, because such keys stay. */
export async function countUses(work: ChangeKeys, purpose: KeyPurpose, keyId: string): Promise<number> {
  switch (purpose) {
    case 'field':
      return countFieldsOf(work, keyId)
    case 'file':
      return work.fileKeys.countWrappedBy(keyId)
    case 'pepper':
      return countPasswords(work.auth, keyId)
    default:
      return 0
  }
}

async function countPasswords(auth: pg.Pool, keyId: string): Promise<number> {
  const { rows } = await auth.query<{ n: number }>(
    "select count(*)::int as n from auth.credential where secret like '%,keyid=' || $1 || '$%'",
    [keyId],
  )
  return rows[0]?.n ?? 0
}
