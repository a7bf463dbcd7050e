import type { UserId } from '@frontdesk/contract'
import { newToken, tokenHash } from '../../platform/crypto/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import { recordFailedSignIn, recordSignIn } from './audit-sign-in.ts'
import type { SessionMethod } from './auth.tables.ts'
import { countFailedTry, forgetFailedTries, refuseGuessing } from './failed-tries.ts'
import { unlessBusy } from './new-password.ts'
import { acceptCode } from './one-time-codes.ts'
import { acceptRecoveryCode } from './recovery-codes.ts'
import type { AccountServices } from './services.ts'
import { type Arrival, placeFrom, type StartedSession, startSession } from './sessions.ts'
import { hasOneTimeCodes, savePassword } from './users.ts'

export type SignIn = { readonly email: string; readonly password: string }
export type SecondFactor = 'totp' | 'recovery_code' | 'passkey'
export type SignInResult =
  | { readonly state: 'signed_in'; readonly session: StartedSession }
  | { readonly state: 'second_factor'; readonly challenge: string; readonly methods: readonly SecondFactor[] }

/** How long somebody has for the second step. */
const challengeLasts = Temporal.Duration.from({ minutes: 10 })
const mostAttempts = 6

/**
 * Signs in with address and password. A wrong password and an unknown address give the same answer after the same work: `accounts/wrong-credentials`. Where codes are on,
 * the answer is a challenge for the second step.
 */
export async function signIn(services: AccountServices, wish: SignIn, arrival: Arrival): Promise<SignInResult> {
  const { auth } = services
  const address = normalizeAddress(wish.email)
  const subject = { kind: 'address', of: address } as const
  await refuseGuessing(auth, subject)
  const found = await auth.db
    .selectFrom('user')
    .leftJoin('credential', (join) => join.onRef('credential.user_id', '=', 'user.id').on('credential.kind', '=', 'password'))
    .select(['user.id', 'credential.secret'])
    .where('email_normalized', '=', address)
    .executeTakeFirst()
  const { matches, rehash } = await unlessBusy(() => services.passwords.verify(wish.password, found?.secret ?? null))
  if (!matches || !found) {
    await countFailedTry(auth, subject)
    if (found) services.afterwards('record a failed sign-in', () => recordFailedSignIn(services, found.id))
    throw new Refusal('accounts/wrong-credentials', { detail: 'Check both, or choose a new password by mail.' })
  }

  await forgetFailedTries(auth, subject)
  if (rehash) {
    const hash = await unlessBusy(() => services.passwords.hash(wish.password))
    await auth.transaction((tx) => savePassword(tx, found.id, hash))
  }
  return arrive(services, found.id, 'password', arrival)
}

/** Lets somebody in who proved the first factor, or asks for the second. */
export async function arrive(services: AccountServices, userId: UserId, method: SessionMethod, arrival: Arrival): Promise<SignInResult> {
  const { auth } = services
  if (await hasOneTimeCodes(auth, userId)) return askSecondFactor(services, userId, method)
  return { state: 'signed_in', session: await letIn(services, userId, method, arrival) }
}

async function askSecondFactor({ auth }: AccountServices, userId: UserId, method: SessionMethod): Promise<SignInResult> {
  const { token, hash } = newToken()
  await auth.transaction((tx) =>
    tx.db
      .insertInto('challenge')
      .values({
        id: tx.newId(),
        kind: 'second_factor',
        user_id: userId,
        token_hash: hash,
        challenge: null,
        method,
        identity: null,
        attempts: 0,
        created_at: tx.now,
        expires_at: tx.now.add(challengeLasts),
      })
      .execute(),
  )
  const passkey = await auth.db
    .selectFrom('credential')
    .select('id')
    .where('user_id', '=', userId)
    .where('kind', '=', 'passkey')
    .executeTakeFirst()
  return { state: 'second_factor', challenge: token, methods: ['totp', 'recovery_code', ...(passkey ? (['passkey'] as const) : [])] }
}

export type FinishSignIn = { readonly challenge: string; readonly method: 'totp' | 'recovery_code'; readonly code: string }

/** Finishes a sign-in with a code. Throws `accounts/wrong-code`; after six wrong ones, or ten minutes, the sign-in begins anew. */
export async function finishSignIn(services: AccountServices, wish: FinishSignIn, arrival: Arrival): Promise<StartedSession> {
  const { auth } = services
  const challenge = await auth.db
    .updateTable('challenge')
    .set((set) => ({ attempts: set('attempts', '+', 1) }))
    .where('kind', '=', 'second_factor')
    .where('token_hash', '=', tokenHash(wish.challenge))
    .where('expires_at', '>', auth.clock())
    .where('attempts', '<', mostAttempts)
    .returning(['id', 'user_id', 'method'])
    .executeTakeFirst()
  if (!challenge?.user_id)
    throw new Refusal('accounts/wrong-code', {
      detail: 'This sign-in took too long or had too many wrong codes. Begin again with your password.',
      startAgain: true,
    })
  const userId = challenge.user_id
  try {
    if (wish.method === 'totp') await acceptCode(auth, userId, wish.code)
    else await acceptRecoveryCode(auth, userId, wish.code)
  } catch (error) {
    services.afterwards('record a failed sign-in', () => recordFailedSignIn(services, userId))
    throw error
  }
  await auth.db.deleteFrom('challenge').where('id', '=', challenge.id).execute()
  return letIn(services, userId, methodOf(challenge.method), arrival, { secondFactor: true })
}

const methods: readonly SessionMethod[] = ['setup', 'password', 'passkey', 'google', 'facebook', 'invitation', 'email']
const methodOf = (stored: string | null): SessionMethod => methods.find((method) => method === stored) ?? 'password'

/** Starts the session of somebody who proved everything that is asked, and records it in her workspaces. A passkey verifies its user, and so is two factors in one. */
export async function letIn(
  services: AccountServices,
  userId: UserId,
  method: SessionMethod,
  arrival: Arrival,
  { secondFactor = method === 'passkey' }: { readonly secondFactor?: boolean } = {},
): Promise<StartedSession> {
  const place = await placeFrom(arrival, services.placeOf)
  const session = await services.auth.transaction((auth) =>
    startSession(auth, { userId, method, userAgent: arrival.userAgent, place, secondFactor }),
  )
  await recordSignIn(services, userId, session.sessionId)
  return session
}
