import type { ContactId, MessageId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit, type Subscriber, subscribe } from '../../platform/events/index.ts'
import { contactFacts } from '../contacts/index.ts'

/**
 * The clock of speed to lead stops with the first thing that reaches her after the lead was made: a message that somebody wrote, or a booking. What the server writes by itself, such as a
 * confirmation, answers nobody.
 */
export const firstTouchSubscribers: readonly Subscriber[] = [
  subscribe('message.sent', {
    name: 'leads.message-touches',
    run: async (context, { payload, at }) => {
      await context.inWorkspace(async (tx) => {
        const message = await tx.db
          .selectFrom('message')
          .select('automatic')
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', '=', payload.messageId as MessageId)
          .executeTakeFirst()
        if (message && !message.automatic) await noteFirstTouch(tx, payload.contactId as ContactId, Temporal.Instant.from(at))
      })
    },
  }),
  subscribe('booking.confirmed', {
    name: 'leads.booking-touches',
    run: async (context, { payload, at }) => {
      await context.inWorkspace((tx) => noteFirstTouch(tx, payload.contactId as ContactId, Temporal.Instant.from(at)))
    },
  }),
]

/** Notes the first touch on every open lead of a contact that waits for one and was made before it. */
export async function noteFirstTouch(tx: WorkspaceTx, contactId: ContactId, at: Temporal.Instant): Promise<void> {
  const contact = await contactFacts(tx, contactId)
  const touched = await tx.db
    .updateTable('lead')
    .set({ first_touch_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contact.contactId)
    .where('state', '=', 'open')
    .where('first_touch_at', 'is', null)
    .where('created_at', '<=', at)
    .returning('id')
    .execute()
  for (const { id } of touched) await emit(tx, 'lead.changed', { leadId: id, contactId: contact.contactId })
}
