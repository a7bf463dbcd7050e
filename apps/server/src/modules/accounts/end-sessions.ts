import type { SessionId, UserId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { AuthTx } from './auth-database.ts'

/** The channel on which every process hears whose sessions or memberships changed; its payload is the user's id. */
export const sessionChannel = 'frontdesk_sessions'

/** Ends sessions of one person: one, all but one, or all. Every process forgets them when the transaction commits. */
export async function endSessions(
  auth: AuthTx,
  userId: UserId,
  which: { readonly only: SessionId } | { readonly except: SessionId } | 'all',
): Promise<number> {
  const all = auth.db.deleteFrom('session').where('user_id', '=', userId)
  const { numDeletedRows } = await (which === 'all'
    ? all
    : 'only' in which
      ? all.where('id', '=', which.only)
      : all.where('id', '<>', which.except)
  ).executeTakeFirst()
  await sql`select pg_notify(${sessionChannel}, ${userId})`.execute(auth.db)
  return Number(numDeletedRows)
}
