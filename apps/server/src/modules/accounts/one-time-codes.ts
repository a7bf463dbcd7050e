import type { UserId } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import { noWorkspace } from '../../platform/crypto/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { CredentialRow } from './auth.tables.ts'
import type { AuthDatabase, AuthTx } from './auth-database.ts'
import { sessionChannel } from './end-sessions.ts'
import { countFailedTry, forgetFailedTries, refuseGuessing } from './failed-tries.ts'

const stepSeconds = 30
/** A code of the step before or after is taken too: phones' clocks differ. */
const window = 1

const totpOf = (secret: Secret, label: string) =>
  new TOTP({ issuer: 'Frontdesk', label, secret, algorithm: 'SHA1', digits: 6, period: stepSeconds })
const boundTo = (rowId: string) => ({ workspaceId: noWorkspace, table: 'credential', column: 'secret', rowId })

/** What an authenticator app needs: the seed to type, and the address a QR code shows (otpauth URI). */
export type NewCodes = { readonly secret: string; readonly uri: string }

/** Begins to use one-time codes (RFC 6238). A beginning that was not confirmed is replaced. Throws `http/conflict` when they are on already. */
export async function beginOneTimeCodes(auth: AuthDatabase, user: { readonly id: UserId; readonly email: string }): Promise<NewCodes> {
  const secret = new Secret({ size: 20 })
  await auth.transaction(async (tx) => {
    const before = await totpRow(tx, user.id)
    if (before?.confirmed_at) {
      throw new Refusal('http/conflict', { detail: 'One-time codes are on already. Turn them off first to use another app.' })
    }
    if (before) await tx.db.deleteFrom('credential').where('id', '=', before.id).execute()
    const id = tx.newId()
    await tx.db
      .insertInto('credential')
      .values({
        id,
        user_id: user.id,
        kind: 'totp',
        external_id: null,
        secret: tx.keys.encrypt(secret.base32, boundTo(id)),
        counter: 0,
        name: null,
        transports: null,
        synced: false,
        email: null,
        created_at: tx.now,
        confirmed_at: null,
        last_used_at: null,
      })
      .execute()
  })
  return { secret: secret.base32, uri: totpOf(secret, user.email).toString() }
}

/** Turns the codes on when the first one is right. Throws `accounts/wrong-code`. */
export async function confirmOneTimeCodes(auth: AuthTx, userId: UserId, code: string): Promise<void> {
  const row = await totpRow(auth, userId)
  if (!row || row.confirmed_at) throw new Refusal('http/conflict', { detail: 'There is nothing to confirm. Begin again.' })
  const step = stepOfCode(auth, row, code)
  if (step === undefined) throw wrongCode()
  await auth.db
    .updateTable('credential')
    .set({ confirmed_at: auth.now, counter: step, last_used_at: auth.now })
    .where('id', '=', row.id)
    .execute()
}

/** Turns the codes off, and the recovery codes with them. Sessions that came in by them lack a second factor from now on. */
export async function endOneTimeCodes(auth: AuthTx, userId: UserId): Promise<void> {
  await auth.db
    .updateTable('session')
    .set({ second_factor_at: null })
    .where('user_id', '=', userId)
    .where('method', '<>', 'passkey')
    .execute()
  await sql`select pg_notify(${sessionChannel}, ${userId})`.execute(auth.db)
  await auth.db.deleteFrom('credential').where('user_id', '=', userId).where('kind', '=', 'totp').execute()
  await auth.db.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
}

const wrongCode = () =>
  new Refusal('accounts/wrong-code', { detail: 'Use the code that is shown now, or a recovery code that was not used yet.' })

/** Accepts a code once. Throws `accounts/wrong-code` for a wrong or repeated one, `http/too-many-requests` after too many. */
export async function acceptCode(auth: AuthDatabase, userId: UserId, code: string): Promise<void> {
  const subject = { kind: 'codes', of: userId } as const
  await refuseGuessing(auth, subject)
  const accepted = await auth.transaction(async (tx) => {
    const row = await totpRow(tx, userId)
    if (!row?.confirmed_at) return false
    const step = stepOfCode(tx, row, code)
    if (step === undefined) return false
    // The step only moves forward: a code that somebody watched being typed cannot be typed again (RFC 6238 §5.2).
    const { numUpdatedRows } = await tx.db
      .updateTable('credential')
      .set({ counter: step, last_used_at: tx.now })
      .where('id', '=', row.id)
      .where('counter', '<', step)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  })
  if (!accepted) {
    await countFailedTry(auth, subject)
    throw wrongCode()
  }
  await forgetFailedTries(auth, subject)
}

const totpRow = (auth: AuthTx, userId: UserId) =>
  auth.db.selectFrom('credential').selectAll().where('user_id', '=', userId).where('kind', '=', 'totp').forUpdate().executeTakeFirst()

/** The time step a code belongs to, or undefined where it is wrong. */
function stepOfCode(auth: AuthTx, row: Selectable<CredentialRow>, code: string): number | undefined {
  const digits = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const secret = Secret.fromBase32(auth.keys.decrypt(row.secret ?? '', boundTo(row.id)))
  const timestamp = auth.now.epochMilliseconds
  const delta = totpOf(secret, '').validate({ token: digits, timestamp, window })
  return delta === null ? undefined : Math.floor(timestamp / 1000 / stepSeconds) + delta
}
