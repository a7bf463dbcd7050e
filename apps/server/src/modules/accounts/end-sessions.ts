import type { SessionId, UserId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { endSessionStreams } from '../../platform/realtime/index.ts'
import type { AuthTx } from './auth-database.ts'

/** The channel on which every process hears whose sessions or rights changed; its payload is the id of a user, an API key or a grant. */
export const sessionChannel = 'frontdesk_sessions'

/** Ends sessions of one person: one, all but one, or all. Every process forgets them, and ends their streams, when the transaction commits. */
export async function endSessions(
  auth: AuthTx,
  userId: UserId,
  which: { readonly only: SessionId } | { readonly except: SessionId } | 'all',
): Promise<number> {
  const all = auth.db.deleteFrom('session').where('user_id', '=', userId)
  const chosen = which === 'all' ? all : 'only' in which ? all.where('id', '=', which.only) : all.where('id', '<>', which.except)
  const ended = await chosen.returning('id').execute()
  await sql`select pg_notify(${sessionChannel}, ${userId})`.execute(auth.db)
  await endSessionStreams(
    auth.db,
    ended.map(({ id }) => id),
  )
  return ended.length
}
