import type { OwnRecord, Person } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import { linksKept } from './jobs.ts'
import { linkLasts } from './mail-links.ts'
import { inEachWorkspace } from './memberships.ts'
import type { AccountServices } from './services.ts'
import { absoluteLimit } from './sessions.ts'

const daysOf = (...parts: readonly Temporal.Duration[]): number => Math.ceil(parts.reduce((sum, part) => sum + part.total('hours'), 0) / 24)

/** How long letters of the server to one person stay (`platform/mail/send-person-mail.ts`), and visits of public pages (`privacy/cookies/fold-web-log.ts`); a test compares both. */
export const letterDays = 7
export const visitDays = 30

/**
 * Everything that is recorded of somebody's devices, the places she comes from and how she uses her account: what of her stands in it, how many there are, and when one goes. The inventory
 * has the same columns; a test holds the two together.
 */
export async function listRecords(
  { auth, database }: Pick<AccountServices, 'auth' | 'database'>,
  { userId }: Person,
): Promise<z.input<typeof OwnRecord>[]> {
  const { rows } = await sql<{ sessions: number; ways_in: number; links: number; letters: number }>`
    select (select count(*)::int from auth.session where user_id = ${userId}) as sessions,
      (select count(*)::int from auth.credential where user_id = ${userId}) as ways_in,
      (select count(*)::int from auth.mail_link where user_id = ${userId}) as links,
      (select count(*)::int from auth.person_mail where user_id = ${userId}) as letters`.execute(auth.db)
  const own = rows[0] ?? { sessions: 0, ways_in: 0, links: 0, letters: 0 }
  let signIns = 0
  let seen = 0
  await inEachWorkspace(database, userId, async (tx, member) => {
    const entries = await tx.db
      .selectFrom('audit_entry')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('workspace_id', '=', tx.workspaceId)
      .where('actor_id', '=', member.id)
      .where('action', '=', 'session.started')
      .executeTakeFirstOrThrow()
    signIns += Number(entries.count)
    seen += member.last_seen_at === null ? 0 : 1
  })
  return [
    {
      kind: 'sessions',
      fields: ['browser', 'system', 'device', 'network', 'way', 'times'],
      count: own.sessions,
      days: daysOf(absoluteLimit),
    },
    { kind: 'sign_ins', fields: ['member', 'times'], count: signIns, days: null },
    { kind: 'last_seen', fields: ['times'], count: seen, days: null },
    { kind: 'ways_in', fields: ['name', 'times'], count: own.ways_in, days: null },
    { kind: 'links', fields: ['address', 'times'], count: own.links, days: daysOf(linkLasts.confirm_email, linksKept) },
    { kind: 'letters', fields: ['address', 'content', 'times'], count: own.letters, days: letterDays },
    { kind: 'failed_tries', fields: ['hash', 'times'], count: null, days: 1 },
    { kind: 'web_log', fields: ['page', 'none_of_hers'], count: null, days: visitDays },
  ]
}
