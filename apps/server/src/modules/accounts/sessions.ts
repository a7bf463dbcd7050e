import type { SessionId, UserId, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { newToken, tokenHash } from '../../platform/crypto/index.ts'
import type { SessionMethod } from './auth.tables.ts'
import type { AuthTx } from './auth-database.ts'
import { deviceOf, networkOf } from './device.rules.ts'
import { endSessions } from './end-sessions.ts'
import type { AccountServices } from './services.ts'

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

/** How long the sessions of one person last: without use, and in any case. */
export type SessionLimits = { readonly idle: Temporal.Duration; readonly absolute: Temporal.Duration }

/** The limits for one person: the server's, or the strictest of the workspaces she works in. */
export async function sessionLimitsOf({ database }: Pick<AccountServices, 'database'>, userId: UserId): Promise<SessionLimits> {
  const { rows } = await sql<{ idle_minutes: number | null; hours: number | null }>`
    select * from platform.session_limits_of_user(${userId})`.execute(database.outside)
  const { idle_minutes: minutes, hours } = rows[0] ?? { idle_minutes: null, hours: null }
  return {
    idle: minutes === null ? idleLimit : Temporal.Duration.from({ minutes }),
    absolute: hours === null ? absoluteLimit : Temporal.Duration.from({ hours }),
  }
}

/** When a session ends if it is not used any more. */
export const endOf = (
  session: { readonly created_at: Temporal.Instant; readonly last_used_at: Temporal.Instant },
  { idle, absolute }: SessionLimits,
): Temporal.Instant => earlier(session.last_used_at.add(idle), session.created_at.add(absolute))

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
  /** A second factor was proved on the way in. */
  readonly secondFactor?: boolean
}

/** A session that was just started. The token goes into the cookie; only its hash is stored. */
export type StartedSession = {
  readonly sessionId: SessionId
  readonly userId: UserId
  readonly token: string
  readonly authenticatedAt: Temporal.Instant
}

/** Starts a session. */
export async function startSession(
  auth: AuthTx,
  { userId, method, userAgent, place, workspaceId, secondFactor = false }: NewSession,
): Promise<StartedSession> {
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
      second_factor_at: secondFactor ? auth.now : null,
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
  readonly secondFactor: boolean
  readonly workspaceId: WorkspaceId | null
  readonly endsAt: Temporal.Instant
}

/**
 * The live session of a cookie, or undefined; one whose time is over is ended. Writes its last use at most once a minute, and not for what a browser asks by itself while nobody
 * sits before it.
 */
export async function findSession(
  services: Pick<AccountServices, 'auth' | 'database'>,
  token: string,
  { unattended = false }: { readonly unattended?: boolean } = {},
): Promise<FoundSession | undefined> {
  const { auth } = services
  const now = auth.clock()
  const session = await auth.db
    .selectFrom('session')
    .select(['id', 'user_id', 'authenticated_at', 'second_factor_at', 'workspace_id', 'created_at', 'last_used_at'])
    .where('token_hash', '=', tokenHash(token))
    .executeTakeFirst()
  if (!session) return undefined
  const limits = await sessionLimitsOf(services, session.user_id)
  if (Temporal.Instant.compare(endOf(session, limits), now) <= 0) {
    await auth.transaction((tx) => endSessions(tx, session.user_id, { only: session.id }))
    return undefined
  }
  if (!unattended && Temporal.Instant.compare(session.last_used_at.add(writeUseEvery), now) <= 0) {
    await auth.db.updateTable('session').set({ last_used_at: now }).where('id', '=', session.id).execute()
  }
  return {
    sessionId: session.id,
    userId: session.user_id,
    authenticatedAt: session.authenticated_at,
    secondFactor: session.second_factor_at !== null,
    workspaceId: session.workspace_id,
    endsAt: endOf(unattended ? session : { ...session, last_used_at: now }, limits),
  }
}
