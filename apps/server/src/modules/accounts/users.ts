import type { UserId } from '@frontdesk/contract'
import { Refusal, sqlState } from '../../platform/errors/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import type { AgeLimit } from './age-check.ts'
import type { AuthDatabase, AuthTx } from './auth-database.ts'

export type NewUser = {
  readonly id: UserId
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly passwordHash: string | null
  readonly phone?: string | null | undefined
  readonly company?: string | null | undefined
  readonly industry?: string | null | undefined
  readonly locale?: string | null | undefined
  readonly zone?: string | null | undefined
  readonly ageConfirmed?: boolean | undefined
  readonly ageLimit?: AgeLimit | null | undefined
}

/** Writes a new account. Throws `accounts/email-taken` where the address has one. */
export async function saveUser(tx: AuthTx, user: NewUser): Promise<void> {
  try {
    await tx.db
      .insertInto('user')
      .values({
        id: user.id,
        name: user.name,
        email: user.email,
        email_normalized: normalizeAddress(user.email),
        email_verified_at: user.emailVerified ? tx.now : null,
        phone: user.phone ?? null,
        company: user.company ?? null,
        industry: user.industry ?? null,
        locale: user.locale ?? null,
        zone: user.zone ?? null,
        age_confirmed_at: user.ageConfirmed ? tx.now : null,
        age_limit: user.ageLimit ?? null,
        closes_at: null,
        deactivated_at: null,
        created_at: tx.now,
        version: 1,
      })
      .execute()
  } catch (error) {
    if (sqlState(error) === '23505')
      throw new Refusal('accounts/email-taken', { detail: 'Sign in with it, or choose a new password by mail. Nothing was saved.' })
    throw error
  }
  if (user.passwordHash !== null) await savePassword(tx, user.id, user.passwordHash)
}

/** Sets the password of an account. */
export async function savePassword(tx: AuthTx, userId: UserId, passwordHash: string): Promise<void> {
  await tx.db
    .insertInto('credential')
    .values({
      id: tx.newId(),
      user_id: userId,
      kind: 'password',
      external_id: null,
      secret: passwordHash,
      counter: 0,
      name: null,
      transports: null,
      synced: false,
      email: null,
      created_at: tx.now,
      confirmed_at: tx.now,
      last_used_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'kind']).where('kind', '<>', 'passkey').doUpdateSet({ secret: passwordHash, confirmed_at: tx.now }),
    )
    .execute()
}

/** The stored password of an account, or null where it has none. */
export async function passwordOf(auth: AuthDatabase, userId: UserId): Promise<string | null> {
  const row = await auth.db
    .selectFrom('credential')
    .select('secret')
    .where('user_id', '=', userId)
    .where('kind', '=', 'password')
    .executeTakeFirst()
  return row?.secret ?? null
}

/** Whether codes are asked for beside the password. */
export async function hasOneTimeCodes(auth: AuthDatabase, userId: UserId): Promise<boolean> {
  const row = await auth.db
    .selectFrom('credential')
    .select('id')
    .where('user_id', '=', userId)
    .where('kind', '=', 'totp')
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}
