import type { SubjectFacts } from '@frontdesk/contact-rules'
import { prepared } from '../../../platform/database/index.ts'
import type { SubjectSource } from '../../privacy/index.ts'

/** Questions after a visit as the gate asks about them: they hang on the visit that was, and we began them. */
export const reminderSubjects: SubjectSource = {
  types: ['survey'],
  async facts(tx, about, contactId): Promise<SubjectFacts | null> {
    const row = await tx.db
      .selectFrom('reminder')
      .innerJoin('booking', (join) =>
        join.onRef('booking.workspace_id', '=', 'reminder.workspace_id').onRef('booking.id', '=', 'reminder.booking_id'),
      )
      .innerJoin('contact', (join) =>
        join.onRef('contact.workspace_id', '=', 'booking.workspace_id').onRef('contact.id', '=', 'booking.contact_id'),
      )
      .select(['booking.status', 'booking.contact_id', 'booking.attendee_id', 'contact.merged_into'])
      .where('reminder.workspace_id', '=', tx.workspaceId)
      .where('reminder.id', '=', about.id)
      .modifyEnd(prepared('reminder.subject'))
      .executeTakeFirst()
    if (!row || ![row.contact_id, row.attendee_id, row.merged_into].includes(contactId)) return null
    return { open: row.status === 'confirmed' || row.status === 'attended', startedBy: 'us' }
  },
  // A survey is nothing she has open by herself, so nothing is offered as the subject of a new touch.
  newest: async () => null,
}
