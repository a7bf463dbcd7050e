import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../platform/events/index.ts'
import { reconsiderMails } from '../../platform/mail/index.ts'

/**
 * What waits for her in the outbox was allowed by what was true when it was written. When her data is restricted, a consent is taken back or she asks not to be reached, the gate is
 * asked again about each, at once; only what it still allows goes out.
 */
export const reconsiderQueued: readonly Subscriber[] = [
  subscribe('contact.restricted', {
    name: 'conversations.drop-restricted',
    run: async (context, { payload }) => {
      await context.inWorkspace((tx) => reconsiderMails(tx, payload.contactId as ContactId))
    },
  }),
  subscribe('consent.withdrawn', {
    name: 'conversations.drop-withdrawn',
    run: async (context, { payload }) => {
      await context.inWorkspace((tx) => reconsiderMails(tx, payload.contactId as ContactId))
    },
  }),
  subscribe('suppression.added', {
    name: 'conversations.drop-suppressed',
    run: async (context, { payload }) => {
      await context.inWorkspace(async (tx) => {
        const contactId = await stoppedContact(tx, payload.suppressionId)
        if (contactId !== null) await reconsiderMails(tx, contactId)
      })
    },
  }),
]

/** Whom a stop is about; null where its address is nobody's here. */
async function stoppedContact(tx: WorkspaceTx, suppressionId: string): Promise<ContactId | null> {
  const row = await tx.db
    .selectFrom('suppression')
    .select('contact_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', suppressionId)
    .executeTakeFirst()
  return row?.contact_id ?? null
}
