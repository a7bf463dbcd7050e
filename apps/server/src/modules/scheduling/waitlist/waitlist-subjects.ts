import type { SubjectFacts } from '@frontdesk/contact-rules'
import { prepared } from '../../../platform/database/index.ts'
import type { SubjectSource } from '../../privacy/index.ts'

/** Waiting as the gate asks about it: open while she waits. */
export const waitlistSubjects: SubjectSource = {
  types: ['waitlist_entry'],
  async facts(tx, about, contactId): Promise<SubjectFacts | null> {
    const row = await tx.db
      .selectFrom('waitlist_entry')
      .innerJoin('contact', (join) =>
        join.onRef('contact.workspace_id', '=', 'waitlist_entry.workspace_id').onRef('contact.id', '=', 'waitlist_entry.contact_id'),
      )
      .select(['waitlist_entry.state', 'waitlist_entry.source', 'waitlist_entry.contact_id', 'contact.merged_into'])
      .where('waitlist_entry.workspace_id', '=', tx.workspaceId)
      .where('waitlist_entry.id', '=', about.id)
      .modifyEnd(prepared('waitlist.subject'))
      .executeTakeFirst()
    if (!row || ![row.contact_id, row.merged_into].includes(contactId)) return null
    return { open: row.state === 'waiting' || row.state === 'offered', startedBy: row.source === 'page' ? 'contact' : 'us' }
  },
  async newest(tx, contactId) {
    const entry = await tx.db
      .selectFrom('waitlist_entry')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('contact_id', '=', contactId)
      .where('state', 'in', ['waiting', 'offered'])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return entry ? { type: 'waitlist_entry', id: entry.id } : null
  },
}
