import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { loadContact } from '../load-contact.ts'
import { presentChange } from './list-changes.ts'

export type Overwriting = {
  readonly contactId: ContactId
  /** The version that was read, and the one that is there. */
  readonly read: number
  readonly current: number
  /** What would be written. */
  readonly fields: readonly string[]
}

/**
 * Lets an edit through that began before others were saved, as long as these were about something else. Throws `http/version-mismatch` with the current values and the
 * changes that it would overwrite; also where it cannot be known what changed since, so that nothing is ever lost unseen.
 */
export async function refuseOverwriting(tx: WorkspaceTx, by: Principal, { contactId, read, current, fields }: Overwriting): Promise<void> {
  if (read === current) return
  const since = await tx.db
    .selectFrom('contact_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('version', '>', read)
    .orderBy('id', 'desc')
    .execute()
  const known = read < current && new Set(since.map(({ version }) => version)).size === current - read
  const met = since.filter(({ field }) => fields.includes(field))
  if (known && met.length === 0) return
  const newest = met.filter((change, at) => met.findIndex(({ field }) => field === change.field) === at)
  throw new Refusal('http/version-mismatch', {
    detail: 'Somebody changed this contact since you opened it. Nothing was saved; look at the current values and try again.',
    current: await loadContact(tx, by, contactId),
    conflicts: newest.map((change) => {
      const { field, after, at, by: whose, source } = presentChange(change)
      return { field, theirs: after, at, by: whose, source }
    }),
  })
}
