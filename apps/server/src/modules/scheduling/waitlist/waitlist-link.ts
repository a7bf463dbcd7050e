import type { Principal, WorkspaceId } from '@frontdesk/contract'
import type { Keys } from '../../../platform/crypto/index.ts'
import type { Database } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'

const purpose = 'waitlist'
/** The page still says what became of it for some days after the last one that suited. */
const daysAfter = 7

/** The token of the link behind which somebody who waits answers an offer or leaves the list. */
export function waitlistToken(
  keys: Keys,
  workspaceId: WorkspaceId,
  entry: Pick<WaitlistEntryRow, 'id' | 'ends_at'>,
  now: Temporal.Instant,
): string {
  const after = entry.ends_at.add({ hours: 24 * daysAfter })
  const expiresAt = Temporal.Instant.compare(after, now) > 0 ? after : now.add({ hours: 24 })
  return keys.signLink({ purpose, workspaceId, subjectId: entry.id, expiresAt, allows: ['view', 'answer', 'leave'] }, now)
}

/** Where the link leads. */
export const waitingPath = (token: string): string => `/waiting/${token}`

/** Who stands behind such a link. */
export type WaitlistBearer = {
  readonly workspaceId: WorkspaceId
  readonly by: Principal & { kind: 'contact_link' }
  readonly entryId: string
}

/** Checks a link from outside. Throws `scheduling/link-invalid`. */
export async function openWaitlistLink(database: Database, token: string): Promise<WaitlistBearer> {
  const check = database.keys.verifyLink(token, purpose, database.clock())
  if (!check.valid) throw invalidLink(check.reason === 'expired')
  const workspaceId = check.link.workspaceId as WorkspaceId
  const entryId = check.link.subjectId
  const entry = await database.inWorkspace(
    workspaceId,
    (tx) =>
      tx.db
        .selectFrom('waitlist_entry')
        .select('contact_id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', entryId)
        .executeTakeFirst(),
    { readOnly: true },
  )
  if (!entry) throw invalidLink(false)
  return { workspaceId, entryId, by: { kind: 'contact_link', workspaceId, contactId: entry.contact_id } }
}

const invalidLink = (expired: boolean): Refusal =>
  new Refusal('scheduling/link-invalid', { detail: 'Open it again from the newest mail, or call the business.', expired })
