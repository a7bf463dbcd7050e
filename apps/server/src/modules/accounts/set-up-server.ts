import { timingSafeEqual } from 'node:crypto'
import type { NewOwner, UserId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import { tokenHash } from '../../platform/crypto/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { firstWorkspace } from './acceptance.ts'
import type { AuthTx } from './auth-database.ts'
import { createWorkspace } from './create-workspace.ts'
import { hashNewPassword } from './new-password.ts'
import type { AccountServices } from './services.ts'
import { type Arrival, placeFrom, type StartedSession, startSession } from './sessions.ts'
import { saveUser } from './users.ts'

export type SetUpServer = z.output<typeof NewOwner>
type Doors = Pick<AccountServices, 'auth' | 'database'>

const used = () =>
  new Refusal('accounts/setup-link-used', { detail: 'Frontdesk is set up already. Sign in, or ask an owner for an invitation.' })

/** Whether this server has a workspace, and so an owner. */
export async function isSetUp(database: Database): Promise<boolean> {
  return (await firstWorkspace(database)) !== undefined
}

/**
 * The address that makes its first reader the owner of this server, or undefined once there is one. The token is the same at every start: it is derived from a key
 * that only this server has, and stored as a hash.
 */
export async function setupLink({ auth, database }: Doors, origin: string): Promise<string | undefined> {
  if (await isSetUp(database)) return undefined
  const token = await auth.transaction(async (tx) => {
    await tx.db
      .insertInto('setup_link')
      .values({ id: tx.newId(), only_one: true, token_hash: '', user_id: null, created_at: tx.now, used_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { id } = await tx.db.selectFrom('setup_link').select('id').executeTakeFirstOrThrow()
    const derived = tx.keys.subkey('link', `setup ${id}`).key.subarray(0, 16).toString('base64url')
    await tx.db
      .updateTable('setup_link')
      .set({ token_hash: tokenHash(derived) })
      .execute()
    return derived
  })
  return `${origin}/setup/${token}`
}

/** Whether a setup link can still be used. */
export async function isSetupLinkValid({ auth, database }: Doors, token: string): Promise<boolean> {
  const row = await auth.db.selectFrom('setup_link').select(['token_hash', 'used_at']).executeTakeFirst()
  if (!row || row.used_at !== null || row.token_hash === '') return false
  if (!timingSafeEqual(Buffer.from(tokenHash(token)), Buffer.from(row.token_hash))) return false
  return !(await isSetUp(database))
}

/**
 * Makes the first owner and her workspace. Of several at once exactly one succeeds. Account and workspace live under different roles, hence in two transactions: after a
 * crash between them the link still works, and its reader takes the half-made account over.
 */
export async function setUpServer(services: AccountServices, token: string, wish: SetUpServer, arrival: Arrival): Promise<StartedSession> {
  const { auth, database } = services
  if (!(await isSetupLinkValid(services, token))) throw used()
  const passwordHash = await hashNewPassword(services.passwords, wish.password, [wish.name, wish.email, wish.businessName])
  const place = await placeFrom(arrival, services.placeOf)

  return auth.transaction(async (lock) => {
    const { rows } = await sql<{
      taken: boolean
    }>`select pg_try_advisory_xact_lock(hashtextextended('frontdesk setup', 0)) as taken`.execute(lock.db)
    if (rows[0]?.taken !== true) {
      throw new Refusal('accounts/setup-link-used', {
        detail: 'Somebody else is using this link at this moment. If it was not you, tell the operator.',
      })
    }
    if (!(await isSetupLinkValid(services, token))) throw used()
    const owner = await auth.transaction((tx) => saveFirstOwner(tx, wish, passwordHash))
    const { workspaceId } = await createWorkspace(
      database,
      { userId: owner, name: wish.name, email: wish.email },
      { ...wish, name: wish.businessName },
    )
    await lock.db.updateTable('setup_link').set({ used_at: lock.now }).execute()
    return startSession(lock, { userId: owner, method: 'setup', userAgent: arrival.userAgent, place, workspaceId })
  })
}

async function saveFirstOwner(tx: AuthTx, wish: SetUpServer, passwordHash: string): Promise<UserId> {
  const before = await tx.db.selectFrom('setup_link').select('user_id').executeTakeFirst()
  if (before?.user_id) await tx.db.deleteFrom('user').where('id', '=', before.user_id).execute()
  const id = tx.newId<'user'>()
  await saveUser(tx, { ...wish, id, company: wish.businessName, emailVerified: false, passwordHash })
  await tx.db.updateTable('setup_link').set({ user_id: id }).execute()
  return id
}
