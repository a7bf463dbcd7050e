import { z } from 'zod'
import { newToken, noWorkspace, tokenHash } from '../../platform/crypto/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { AuthTx } from './auth-database.ts'
import type { ProviderIdentity } from './provider-identity.ts'
import type { AccountServices } from './services.ts'

/** Somebody without an account here, as a provider that gave her address knows her. */
export type Newcomer = ProviderIdentity & { readonly email: string }

/** How long she has to answer. The cookie that leads to the record lasts as long. */
const stepLasts = Temporal.Duration.from({ minutes: 10 })
const Kept = z.object({
  provider: z.enum(['google', 'facebook']),
  subject: z.string(),
  name: z.string(),
  email: z.string(),
  authoritative: z.boolean(),
})
const boundTo = (rowId: string) => ({ workspaceId: noWorkspace, table: 'challenge', column: 'identity', rowId })
const over = () =>
  new Refusal('accounts/link-invalid', { detail: 'This step took too long, or was finished. Begin again with the other service.' })

/** Keeps who came from a provider until she answered what every new account is asked; returns the token for her browser, and only for it. */
export async function keepNewcomer({ auth }: Pick<AccountServices, 'auth'>, newcomer: Newcomer): Promise<string> {
  const { token, hash } = newToken()
  await auth.transaction(async (tx) => {
    const id = tx.newId()
    await tx.db
      .insertInto('challenge')
      .values({
        id,
        kind: 'newcomer',
        user_id: null,
        token_hash: hash,
        challenge: null,
        method: newcomer.provider,
        identity: tx.keys.encrypt(JSON.stringify(Kept.parse(newcomer)), boundTo(id)),
        attempts: 0,
        created_at: tx.now,
        expires_at: tx.now.add(stepLasts),
      })
      .execute()
  })
  return token
}

/** Who waits under a token. Throws `accounts/link-invalid`. */
export async function readNewcomer({ auth }: Pick<AccountServices, 'auth'>, token: string | undefined): Promise<Newcomer> {
  const row = await auth.db
    .selectFrom('challenge')
    .select(['id', 'identity'])
    .where('kind', '=', 'newcomer')
    .where('token_hash', '=', tokenHash(token ?? ''))
    .where('expires_at', '>', auth.clock())
    .executeTakeFirst()
  if (!row?.identity) throw over()
  return Kept.parse(JSON.parse(auth.keys.decrypt(row.identity, boundTo(row.id))))
}

/** Takes the record out, in the transaction that makes the account: it makes one. Throws `accounts/link-invalid`. */
export async function takeNewcomer(tx: AuthTx, token: string): Promise<Newcomer> {
  const row = await tx.db
    .deleteFrom('challenge')
    .where('kind', '=', 'newcomer')
    .where('token_hash', '=', tokenHash(token))
    .where('expires_at', '>', tx.now)
    .returning(['id', 'identity'])
    .executeTakeFirst()
  if (!row?.identity) throw over()
  return Kept.parse(JSON.parse(tx.keys.decrypt(row.identity, boundTo(row.id))))
}

/** Forgets who waits under a token: she was refused. */
export async function forgetNewcomer({ auth }: Pick<AccountServices, 'auth'>, token: string): Promise<void> {
  await auth.db.deleteFrom('challenge').where('kind', '=', 'newcomer').where('token_hash', '=', tokenHash(token)).execute()
}
