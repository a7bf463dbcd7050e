import { sql } from 'kysely'
import { noWorkspace } from '../../platform/crypto/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import type { AuthDatabase } from './auth-database.ts'

/** After this many failed tries within the window nothing is compared any more until it is over. */
export const mostTries = 20
const windowLasts = Temporal.Duration.from({ minutes: 30 })

/** What is guessed at: an address (known here or not), or one person's codes. */
export type TrySubject = { readonly kind: 'address' | 'codes'; readonly of: string }

const hashOf = (auth: AuthDatabase, { kind, of }: TrySubject) => auth.keys.hash(noWorkspace, `tries-${kind}`, of)

/** Throws `http/too-many-requests` when too much was guessed. Asks the same for addresses that nobody here has. */
export async function refuseGuessing(auth: AuthDatabase, subject: TrySubject): Promise<void> {
  const now = auth.clock()
  const row = await auth.db
    .selectFrom('failed_try')
    .select(['tries', 'window_started_at'])
    .where('subject_hash', '=', hashOf(auth, subject))
    .executeTakeFirst()
  if (!row || row.tries < mostTries) return
  const over = row.window_started_at.add(windowLasts)
  if (Temporal.Instant.compare(over, now) <= 0) return
  const minutes = Math.max(1, Math.ceil(now.until(over).total('minutes')))
  throw new Refusal('http/too-many-requests', {
    detail: `There were too many wrong tries. Try again in ${minutes} minutes, use a passkey, or choose a new password by mail.`,
    retryAfterSeconds: minutes * 60,
  })
}

/** Counts one failed try. */
export async function countFailedTry(auth: AuthDatabase, subject: TrySubject): Promise<void> {
  const now = auth.clock()
  const expired = now.subtract(windowLasts).toString()
  await auth.db
    .insertInto('failed_try')
    .values({ subject_hash: hashOf(auth, subject), tries: 1, window_started_at: now })
    .onConflict((conflict) =>
      conflict.column('subject_hash').doUpdateSet({
        tries: sql`case when failed_try.window_started_at < ${expired}::timestamptz then 1 else failed_try.tries + 1 end`,
        window_started_at: sql`case when failed_try.window_started_at < ${expired}::timestamptz then excluded.window_started_at else failed_try.window_started_at end`,
      }),
    )
    .execute()
}

/** Forgets the failed tries of somebody who got it right. */
export async function forgetFailedTries(auth: AuthDatabase, subject: TrySubject): Promise<void> {
  await auth.db.deleteFrom('failed_try').where('subject_hash', '=', hashOf(auth, subject)).execute()
}
