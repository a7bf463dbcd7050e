import type { MessageId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { type Subscriber, subscribe } from '../../platform/events/index.ts'
import { createLead } from './create-lead.ts'

const longestTitle = 120

/** Whoever writes to the business for the first time becomes a lead, where a pipeline takes such mail. */
export const captureMailSubscribers: readonly Subscriber[] = [
  subscribe('message.received', {
    name: 'leads.capture-mail',
    run: async (context, { payload }) => {
      await context.inWorkspace((tx) => captureMail(tx, payload.messageId as MessageId))
    },
  }),
]

/** Makes a lead of the first mail of somebody whom nobody knew before: she came by it, wrote nothing earlier, and has no lead, however it ended. */
async function captureMail(tx: WorkspaceTx, messageId: MessageId): Promise<void> {
  const routing = await tx.db
    .selectFrom('lead_routing')
    .innerJoin('pipeline', (join) =>
      join.onRef('pipeline.workspace_id', '=', 'lead_routing.workspace_id').onRef('pipeline.id', '=', 'lead_routing.pipeline_id'),
    )
    .select('pipeline_id')
    .where('lead_routing.workspace_id', '=', tx.workspaceId)
    .where('from_mail', '=', true)
    .where('pipeline.archived_at', 'is', null)
    .executeTakeFirst()
  if (!routing) return
  const first = await tx.db
    .selectFrom('message')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'message.workspace_id').onRef('contact.id', '=', 'message.contact_id'),
    )
    .select(['message.contact_id', 'message.subject'])
    .where('message.workspace_id', '=', tx.workspaceId)
    .where('message.id', '=', messageId)
    .where('message.automatic', '=', false)
    .where('contact.source', '=', 'email')
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('message as other')
            .select('other.id')
            .whereRef('other.workspace_id', '=', 'message.workspace_id')
            .whereRef('other.contact_id', '=', 'message.contact_id')
            .whereRef('other.id', '<', 'message.id'),
        ),
      ),
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('lead')
            .select('lead.id')
            .whereRef('lead.workspace_id', '=', 'message.workspace_id')
            .whereRef('lead.contact_id', '=', 'message.contact_id'),
        ),
      ),
    )
    .executeTakeFirst()
  // She may have been erased since, or be known.
  if (!first) return
  const { contact_id: contactId } = first
  const by: Principal = { kind: 'system', workspaceId: tx.workspaceId, job: 'leads.capture-mail' }
  const title = first.subject.trim().slice(0, longestTitle) || undefined
  try {
    await createLead(tx, by, { contactId, source: 'message', pipelineId: routing.pipeline_id, title })
  } catch (error) {
    // Somebody made one in this moment: she is on the board.
    if (!(error instanceof Refusal) || error.type !== 'leads/open-lead-exists') throw error
  }
}
