import type { SignInMethods, UserId } from '@frontdesk/contract'
import type { z } from 'zod'
import { presentPasskey } from './passkeys.ts'
import { scopesOf } from './provider-identity.ts'
import type { AccountServices } from './services.ts'

/** The ways to sign in to an account. */
export async function listSignInMethods({ auth }: AccountServices, userId: UserId): Promise<z.input<typeof SignInMethods>> {
  const rows = await auth.db.selectFrom('credential').selectAll().where('user_id', '=', userId).orderBy('created_at').execute()
  const { left } = await auth.db
    .selectFrom('recovery_code')
    .select((select) => select.fn.countAll<number>().as('left'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  const password = rows.find(({ kind }) => kind === 'password')
  const totp = rows.find(({ kind, confirmed_at }) => kind === 'totp' && confirmed_at !== null)
  return {
    password: password ? { changedAt: (password.confirmed_at ?? password.created_at).toString() } : null,
    totp: totp?.confirmed_at ? { since: totp.confirmed_at.toString() } : null,
    passkeys: rows.filter(({ kind }) => kind === 'passkey').map(presentPasskey),
    recoveryCodesLeft: left,
    providers: rows.flatMap(({ kind, email, created_at, last_used_at }) =>
      kind === 'google' || kind === 'facebook'
        ? [
            {
              provider: kind,
              email,
              scopes: [...scopesOf[kind]],
              linkedAt: created_at.toString(),
              lastUsedAt: last_used_at?.toString() ?? null,
            },
          ]
        : [],
    ),
  }
}
