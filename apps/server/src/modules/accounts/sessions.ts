import type { SessionId, UserId, WorkspaceId } from '@frontdesk/contract'
import { newToken, tokenHash } from '../../platform/crypto/index.ts'
import type { SessionMethod } from './auth.tables.ts'
import type { AuthDatabase, AuthTx } from './auth-database.ts'
import { deviceOf, networkOf } from './device.rules.ts'

/** Where a request comes from, as the session list shows it. */
export type Arrival = { readonly ip: string; readonly userAgent: string }

/** A session ends when it was not used for 14 days, and after 90 days in any case. */
export const idleLimit = Temporal.Duration.from({ hours: 14 * 24 })
export const absoluteLimit = Temporal.Duration.from({ hours: 90 * 24 })
/** How long a proof that it is her is good for sensitive acts. */
export const proofLasts = Temporal.Duration.from({ minutes: 10 })
/** The last use is written at most this often. */
const writeUseEvery = Temporal.Duration.from({ minutes: 1 })

const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (Temporal.Instant.compare(a, b) < 0 ? a : b)

/** When a session ends if it is not used any more. */
export const endOf = (session: { readonly created_at: Temporal.Instant; readonly last_used_at: Temporal.Instant }): Temporal.Instant =>
  earlier(session.last_used_at.add(idleLimit), session.created_at.add(absoluteLimit))

/** A town where the operator provides a source, otherwise the network. Never the address itself. */
export async function placeFrom(arrival: Arrival, placeOf?: (ip: string) => Promise<string | undefined>): Promise<string | null> {
  return (await placeOf?.(arrival.ip)) ?? networkOf(arrival.ip)
}

export type NewSession = {
  readonly userId: UserId
  readonly method: SessionMethod
  readonly userAgent: string
  readonly place: string | null
  readonly workspaceId?: WorkspaceId
}

/** A session that was just started. The token goes into the cookie; only its hash is stored. */
export type StartedSession = {
  readonly sessionId: SessionId
  readonly userId: UserId
  readonly token: string
  readonly authenticatedAt: Temporal.Instant
}

/** Starts a session. */
export async function startSession(auth: AuthTx, { userId, method, userAgent, place, workspaceId }: NewSession): Promise<StartedSession> {
  const { token, hash } = newToken()
  const device = deviceOf(userAgent)
  const sessionId = auth.newId<'session'>()
  await auth.db
    .insertInto('session')
    .values({
      id: sessionId,
      user_id: userId,
      token_hash: hash,
      method,
      browser: device.browser,
      system: device.system,
      device_kind: device.kind,
      place,
      workspace_id: workspaceId ?? null,
      authenticated_at: auth.now,
      created_at: auth.now,
      last_used_at: auth.now,
    })
    .execute()
  return { sessionId, userId, token, authenticatedAt: auth.now }
}

/** A live session as a request finds it. */
export type FoundSession = {
  readonly sessionId: SessionId
  readonly userId: UserId
  readonly authenticatedAt: Temporal.Instant
  readonly workspaceId: WorkspaceId | null
  readonly endsAt: Temporal.Instant
}

/** The live session of a cookie, or undefined. Writes its last use at most once a minute. */
export async function findSession(auth: AuthDatabase, token: string): Promise<FoundSession | undefined> {
  const now = auth.clock()
  const session = await auth.db
    .selectFrom('session')
    .select(['id', 'user_id', 'authenticated_at', 'workspace_id', 'created_at', 'last_used_at'])
    .where('token_hash', '=', tokenHash(token))
    .executeTakeFirst()
  if (!session || Temporal.Instant.compare(endOf(session), now) <= 0) return undefined
  if (Temporal.Instant.compare(session.last_used_at.add(writeUseEvery), now) <= 0) {
    await auth.db.updateTable('session').set({ last_used_at: now }).where('id', '=', session.id).execute()
  }
  return {
    sessionId: session.id,
    userId: session.user_id,
    authenticatedAt: session.authenticated_at,
    workspaceId: session.workspace_id,
    endsAt: endOf({ ...session, last_used_at: now }),
  }
}
