import type { Person, Session, SessionId } from '@frontdesk/contract'
import type { z } from 'zod'
import { Refusal } from '../../platform/errors/index.ts'
import { endSessions } from './end-sessions.ts'
import type { AccountServices } from './services.ts'
import { endOf, sessionLimitsOf } from './sessions.ts'

type Auth = Pick<AccountServices, 'auth'>
type AuthAndHouse = Pick<AccountServices, 'auth' | 'database'>

/** Where she is signed in, last used first. */
export async function listSessions(services: AuthAndHouse, person: Person): Promise<z.input<typeof Session>[]> {
  const { auth } = services
  const now = auth.clock()
  const limits = await sessionLimitsOf(services, person.userId)
  const rows = await auth.db
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', person.userId)
    .where('last_used_at', '>', now.subtract(limits.idle))
    .where('created_at', '>', now.subtract(limits.absolute))
    .orderBy('last_used_at', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    current: row.id === person.sessionId,
    device: { browser: row.browser, system: row.system, kind: row.device_kind },
    place: row.place,
    createdAt: row.created_at.toString(),
    lastUsedAt: row.last_used_at.toString(),
    expiresAt: endOf(row, limits).toString(),
  }))
}

/** Signs out in one place. Throws `http/not-found`. */
export async function endSession({ auth }: Auth, person: Person, sessionId: SessionId): Promise<void> {
  const ended = await auth.transaction((tx) => endSessions(tx, person.userId, { only: sessionId }))
  if (ended === 0) throw new Refusal('http/not-found', { detail: 'This session ended already.' })
}

/** Signs out everywhere else. */
export const endOtherSessions = ({ auth }: Auth, person: Person): Promise<number> =>
  auth.transaction((tx) => endSessions(tx, person.userId, { except: person.sessionId }))
