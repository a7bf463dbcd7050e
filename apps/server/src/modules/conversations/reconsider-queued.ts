import type { ContactId, MailId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../platform/events/index.ts'
import { reconsiderMails, reconsiderNextMails } from '../../platform/mail/index.ts'

/**
 * What waits for her in the outbox was allowed by what was true when it was written. When her data is restricted, a consent is taken back she asks not to be reached, or the business
 * closes, the gate is asked again about each, at once; only what it still allows goes out.
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
  subscribe('workspace.closing', {
    name: 'conversations.drop-of-closing',
    run: async (context) => {
      let last: MailId | null = null
      do last = (await context.inWorkspace((tx) => reconsiderNextMails(tx, last))) ?? null
      while (last !== null)
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
