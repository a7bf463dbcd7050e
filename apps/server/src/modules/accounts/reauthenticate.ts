import type { Person } from '@frontdesk/contract'
import { sql } from 'kysely'
import { Refusal } from '../../platform/errors/index.ts'
import type { AuthTx } from './auth-database.ts'
import { sessionChannel } from './end-sessions.ts'
import { countFailedTry, forgetFailedTries, refuseGuessing } from './failed-tries.ts'
import { unlessBusy } from './new-password.ts'
import { acceptCode } from './one-time-codes.ts'
import { checkPasskey, type PasskeyAnswer, type RelyingParty } from './passkeys.ts'
import type { AccountServices } from './services.ts'
import { loadUser } from './show-me.ts'
import { passwordOf } from './users.ts'

export type Proof =
  | { readonly method: 'password'; readonly password: string }
  | { readonly method: 'totp'; readonly code: string }
  | ({ readonly method: 'passkey' } & PasskeyAnswer)

/** Proves once more that it is her. Good for ten minutes of sensitive acts in this session. */
export async function reauthenticate(
  services: AccountServices,
  person: Person,
  party: RelyingParty,
  proof: Proof,
): Promise<Temporal.Instant> {
  switch (proof.method) {
    case 'password':
      await checkPassword(services, person, proof.password)
      break
    case 'totp':
      await acceptCode(services.auth, person.userId, proof.code)
      break
    case 'passkey':
      await checkPasskey(services.auth, party, proof, person.userId)
      break
  }
  return markProved(services, person, { secondFactor: proof.method !== 'password' })
}

/** Writes that the session's person proved who she is, just now; with a code or a passkey also that she has a second factor. */
export const markProved = (
  services: Pick<AccountServices, 'auth'>,
  person: Pick<Person, 'userId' | 'sessionId'>,
  { secondFactor = false }: { readonly secondFactor?: boolean } = {},
): Promise<Temporal.Instant> =>
  services.auth.transaction(async (auth) => {
    await auth.db.updateTable('session').set({ authenticated_at: auth.now }).where('id', '=', person.sessionId).execute()
    if (secondFactor) await markSecondFactor(auth, person)
    await sql`select pg_notify(${sessionChannel}, ${person.userId})`.execute(auth.db)
    return auth.now
  })

/** Writes that this session proved a second factor just now: a workspace that asks for one lets it in. */
export async function markSecondFactor(auth: AuthTx, person: Pick<Person, 'userId' | 'sessionId'>): Promise<void> {
  await auth.db.updateTable('session').set({ second_factor_at: auth.now }).where('id', '=', person.sessionId).execute()
  await sql`select pg_notify(${sessionChannel}, ${person.userId})`.execute(auth.db)
}

async function checkPassword(services: AccountServices, person: Person, password: string): Promise<void> {
  const user = await loadUser(services, person.userId)
  const subject = { kind: 'address', of: user.email_normalized } as const
  await refuseGuessing(services.auth, subject)
  const stored = await passwordOf(services.auth, person.userId)
  const { matches } = await unlessBusy(() => services.passwords.verify(password, stored))
  if (!matches) {
    await countFailedTry(services.auth, subject)
    throw new Refusal('accounts/wrong-credentials', { detail: 'This is not the password of your account.' })
  }
  await forgetFailedTries(services.auth, subject)
}
