import type { ApiKeyId, Principal, WorkspaceId } from '@frontdesk/contract'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { audit } from '../../platform/audit/index.ts'
import { tokenHash } from '../../platform/crypto/index.ts'
import type { Database } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { Authentication } from '../../platform/http/index.ts'
import { asksSecondFactor } from './access-rules.ts'
import { requireKeyRecipient } from './key-recipients.ts'
import { activeMember, isSuspended, mayWork, membershipsOf, principalOf } from './memberships.ts'
import type { AccountServices } from './services.ts'
import type { Found, SessionCache } from './session-cache.ts'
import { readSessionCookie } from './session-cookie.ts'
import { type FoundSession, findSession } from './sessions.ts'

const minute = Temporal.Duration.from({ minutes: 1 })
const hour = Temporal.Duration.from({ hours: 1 })
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Says who knocks: by session cookie, API key (`Bearer fdk_…`) or an operator's code (`Bearer fdo_…`). A key that is not good throws `http/not-signed-in`; a cookie that is not good is nobody. */
export function authenticator(
  services: Pick<AccountServices, 'auth' | 'database'>,
  cache: SessionCache,
): (request: FastifyRequest) => Promise<Authentication> {
  return async (request) => {
    const now = services.database.clock()
    const bearer = /^Bearer (\S{8,200})$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer !== undefined) {
      const found = await cache.through(tokenHash(bearer), now.epochMilliseconds, () => findBearer(services.database, bearer))
      return byBearer(principalNow(found, now), request)
    }
    const token = readSessionCookie(request)
    if (token === undefined) return { byCookie: false }
    const wanted = wantedWorkspace(request)
    const unattended = isUnattended(request)
    const found = await cache.through(`${tokenHash(token)} ${wanted ?? ''} ${unattended}`, now.epochMilliseconds, () =>
      findByCookie(services, token, wanted, unattended),
    )
    if (!found?.session || Temporal.Instant.compare(found.session.endsAt, now) <= 0) return { byCookie: false }
    const { userId, sessionId, authenticatedAt } = found.session
    const principal = principalNow(found, now)
    return { person: { userId, sessionId, authenticatedAt }, ...(principal ? { principal } : {}), byCookie: true }
  }
}

/** Who acts, unless her time is over since it was looked up. */
const principalNow = (found: Found | undefined, now: Temporal.Instant): Principal | undefined =>
  isPast(found?.until ?? null, now) ? undefined : found?.principal

/** The workspace a request means: the header, or for streams the query. An id that is none means no workspace. */
function wantedWorkspace(request: FastifyRequest): string | undefined {
  const header = request.headers['frontdesk-workspace']
  if (typeof header === 'string') return header.toLowerCase()
  const { query } = request
  const named = typeof query === 'object' && query !== null && 'workspace' in query ? query.workspace : undefined
  return typeof named === 'string' ? named.toLowerCase() : undefined
}

/** What a browser asks for while nobody has touched it for a while, and the stream that it keeps open: neither keeps a session alive. */
const isUnattended = (request: FastifyRequest): boolean =>
  request.headers['frontdesk-unattended'] !== undefined || request.routeOptions.url === '/api/v1/stream'

async function findByCookie(
  services: Pick<AccountServices, 'auth' | 'database'>,
  token: string,
  wanted: string | undefined,
  unattended: boolean,
): Promise<Found | undefined> {
  const session = await findSession(services, token, { unattended })
  if (!session) return undefined
  return { subject: session.userId, session, ...(await findPrincipal(services.database, session, wanted)) }
}

async function findPrincipal(
  database: Database,
  session: FoundSession,
  wanted: string | undefined,
): Promise<Pick<Found, 'principal' | 'until'> | undefined> {
  if (wanted !== undefined && !uuid.test(wanted)) return undefined
  const places = await membershipsOf(database, session.userId)
  const place =
    wanted === undefined
      ? (places.find(({ workspaceId }) => workspaceId === session.workspaceId) ?? places[0])
      : places.find(({ workspaceId }) => workspaceId === wanted)
  if (!place) return undefined
  return database.inWorkspace(place.workspaceId, async (tx) => {
    const member = await activeMember(tx, place.memberId)
    if (!member || !mayWork(member)) return undefined
    if (member.last_seen_at === null || isPast(member.last_seen_at.add(hour), tx.now)) {
      await tx.db
        .updateTable('member')
        .set({ last_seen_at: tx.now })
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', member.id)
        .execute()
    }
    const principal = principalOf(member, session.authenticatedAt, {
      suspended: await isSuspended(tx, member.id),
      lacksSecondFactor: !session.secondFactor && (await asksSecondFactor(tx)),
    })
    return { principal, until: member.expires_at ?? undefined }
  })
}

function byBearer(principal: Principal | undefined, request: FastifyRequest): Authentication {
  if (!principal) throw new Refusal('http/not-signed-in', { detail: 'This key is not known, was revoked, or has expired.' })
  if (principal.kind === 'operator' && principal.access === 'read' && request.method !== 'GET') {
    throw new Refusal('http/not-allowed', { detail: 'The workspace allowed the operator to look, not to change. Nothing was changed.' })
  }
  return { principal, byCookie: false }
}

const findBearer = async (database: Database, bearer: string): Promise<Found | undefined> =>
  bearer.startsWith('fdk_')
    ? findApiKey(database, tokenHash(bearer))
    : bearer.startsWith('fdo_')
      ? findOperatorGrant(database, tokenHash(bearer))
      : undefined

async function findApiKey(database: Database, hash: string): Promise<Found | undefined> {
  const { rows } = await sql<{
    workspace_id: WorkspaceId
    api_key_id: ApiKeyId
  }>`select * from platform.workspace_of_api_key(${hash})`.execute(database.outside)
  const [place] = rows
  if (!place) return undefined
  return database.inWorkspace(place.workspace_id, async (tx) => {
    const key = await tx.db
      .selectFrom('api_key')
      .innerJoin('workspace', 'workspace.id', 'api_key.workspace_id')
      .leftJoin('member', (join) =>
        join.onRef('member.workspace_id', '=', 'api_key.workspace_id').onRef('member.id', '=', 'api_key.created_by'),
      )
      .select([
        'api_key.scopes',
        'api_key.test',
        'api_key.expires_at',
        'api_key.revoked_at',
        'api_key.last_used_at',
        'workspace.test_workspace_id',
        'workspace.closes_at',
        'api_key.created_by as maker',
        'api_key.recipient_id',
        'api_key.recipient_purpose',
        'member.deactivated_at as makerRests',
      ])
      .where('api_key.workspace_id', '=', tx.workspaceId)
      .where('api_key.id', '=', place.api_key_id)
      .executeTakeFirst()
    if (!key || key.revoked_at !== null || isPast(key.expires_at, tx.now)) return undefined
    if (key.test && key.test_workspace_id === null) return undefined
    if (key.closes_at !== null) {
      throw new Refusal('http/not-signed-in', {
        detail: 'The workspace of this key is being closed, and its keys are refused. They work again when an owner reopens it.',
      })
    }
    if (key.makerRests !== null) {
      throw new Refusal('http/not-signed-in', {
        detail: 'Whoever made this key has deactivated or is closing her account, and her keys are refused. Make a new one.',
      })
    }
    if (key.recipient_id !== null && key.recipient_purpose !== null)
      await requireKeyRecipient(tx, { processorId: key.recipient_id, purpose: key.recipient_purpose, scopes: key.scopes })
    if (key.last_used_at === null || isPast(key.last_used_at.add(minute), tx.now)) {
      await tx.db
        .updateTable('api_key')
        .set({ last_used_at: tx.now })
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', place.api_key_id)
        .execute()
    }
    const workspaceId = key.test && key.test_workspace_id ? key.test_workspace_id : tx.workspaceId
    return {
      subject: place.api_key_id,
      principal: {
        kind: 'api_key',
        workspaceId,
        keyId: place.api_key_id,
        scopes: key.scopes,
        test: key.test,
        // Whoever is kept from personal data does not reach them by a key of hers either; a test key reaches none.
        ...(!key.test && key.maker !== null && (await isSuspended(tx, key.maker)) ? { suspended: true as const } : {}),
      },
      until: key.expires_at ?? undefined,
    }
  })
}

async function findOperatorGrant(database: Database, hash: string): Promise<Found | undefined> {
  const { rows } = await sql<{
    workspace_id: WorkspaceId
    operator_grant_id: string
  }>`select * from platform.workspace_of_operator_grant(${hash})`.execute(database.outside)
  const [place] = rows
  if (!place) return undefined
  return database.inWorkspace(place.workspace_id, async (tx) => {
    const grant = await tx.db
      .selectFrom('operator_grant')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', place.operator_grant_id)
      .executeTakeFirst()
    if (!grant || grant.revoked_at !== null || isPast(grant.expires_at, tx.now)) return undefined
    const principal: Principal = { kind: 'operator', workspaceId: tx.workspaceId, grantId: grant.id, access: grant.access }
    if (grant.last_used_at === null || isPast(grant.last_used_at.add(minute), tx.now)) {
      await tx.db
        .updateTable('operator_grant')
        .set({ last_used_at: tx.now, first_used_at: grant.first_used_at ?? tx.now })
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', grant.id)
        .execute()
      await audit(tx, principal, { action: 'operator_grant.used', object: { type: 'operator_grant', id: grant.id }, result: 'done' })
    }
    return { subject: grant.id, principal, until: grant.expires_at }
  })
}

const isPast = (moment: Temporal.Instant | null, now: Temporal.Instant) => moment !== null && Temporal.Instant.compare(moment, now) <= 0
