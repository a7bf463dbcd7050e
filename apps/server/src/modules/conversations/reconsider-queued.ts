import type { ContactId, MailId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../platform/events/index.ts'
import { bringBackDropped, dropMails, reconsiderMails, reconsiderNextMails } from '../../platform/mail/index.ts'

/**
 * What waits in the outbox was allowed by what was true when it was written. When her data is restricted, she becomes one with another contact, a consent is taken back, she asks not to be reached, or the business
 * closes, the gate is asked again about each, at once; only what it still allows goes out.
 */
export const reconsiderQueued: readonly Subscriber[] = [
  subscribe('contact.restricted', {
    name: 'conversations.drop-restricted',
    run: async (context, { payload }) => {
      await context.inWorkspace((tx) => reconsiderMails(tx, payload.contactId as ContactId))
    },
  }),
  subscribe('contact.merged', {
    name: 'conversations.drop-of-merged',
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
  subscribe('workspace.reopened', {
    name: 'conversations.bring-back-dropped',
    run: async (context) => {
      await context.inWorkspace(bringBackDropped)
    },
  }),
  subscribe('member.deactivated', {
    name: 'conversations.drop-of-deactivated',
    run: async (context, { payload }) => {
      await context.inWorkspace((tx) => dropWritten(tx, payload.memberId))
    },
  }),
]

/** Nothing goes out in the name of somebody whose account is deactivated; what she wrote and waits stands in the outbox, where a colleague can send it. */
async function dropWritten(tx: WorkspaceTx, memberId: string): Promise<void> {
  const written = await tx.db
    .selectFrom('message')
    .select('mail_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_kind', '=', 'member')
    .where('author_id', '=', memberId)
    .where('delivery', 'in', ['queued', 'permitted'])
    .where('mail_id', 'is not', null)
    .execute()
  const mailIds = written.flatMap(({ mail_id }) => mail_id ?? [])
  await dropMails(tx, mailIds, 'Not sent, because the account of whoever wrote it is deactivated.')
}

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
