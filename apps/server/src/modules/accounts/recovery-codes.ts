import { randomInt } from 'node:crypto'
import type { UserId } from '@frontdesk/contract'
import { type Keys, noWorkspace } from '../../platform/crypto/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { AuthDatabase, AuthTx } from './auth-database.ts'
import { countFailedTry, forgetFailedTries, refuseGuessing } from './failed-tries.ts'

const howMany = 10
// Without letters and digits that look alike: 31 of them, 10 a code, so nearly 50 bits.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

const newCode = () => Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')
const plain = (code: string) => code.toLowerCase().replace(/[^a-z0-9]/g, '')
const hashes = (keys: Keys, userId: UserId, code: string) => keys.hashes(noWorkspace, 'recovery', `${userId} ${plain(code)}`)

/** Makes new recovery codes in place of the old ones. They are shown once; their keyed hashes are stored. */
export async function makeRecoveryCodes(auth: AuthTx, userId: UserId): Promise<readonly string[]> {
  const codes = Array.from({ length: howMany }, newCode)
  await auth.db.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
  await auth.db
    .insertInto('recovery_code')
    .values(
      codes.map((code) => ({
        id: auth.newId(),
        user_id: userId,
        code_hash: auth.keys.hash(noWorkspace, 'recovery', `${userId} ${code}`),
        created_at: auth.now,
        used_at: null,
      })),
    )
    .execute()
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}

/** Accepts a recovery code once. Throws `accounts/wrong-code`, or `http/too-many-requests` after too many. */
export async function acceptRecoveryCode(auth: AuthDatabase, userId: UserId, code: string): Promise<void> {
  const subject = { kind: 'codes', of: userId } as const
  await refuseGuessing(auth, subject)
  const now = auth.clock()
  const { numUpdatedRows } = await auth.db
    .updateTable('recovery_code')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('code_hash', 'in', hashes(auth.keys, userId, code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) {
    await countFailedTry(auth, subject)
    throw new Refusal('accounts/wrong-code', { detail: 'Each recovery code works once. Try another one.' })
  }
  await forgetFailedTries(auth, subject)
}
