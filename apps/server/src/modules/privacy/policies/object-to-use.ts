import type { ContactId, Principal } from '@frontdesk/contract'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { EndedUse } from './built-in-uses.ts'

/** Ends uses of her data for good, because her objection to them was decided for her (GDPR Art. 21(1)). What is ended already stays as it is. */
export async function endUses(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly contactId: ContactId; readonly uses: readonly EndedUse[]; readonly requestId: string },
): Promise<void> {
  for (const use of wish.uses) {
    await tx.db
      .insertInto('use_objection')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        contact_id: wish.contactId,
        ended_use: use,
        request_id: wish.requestId,
        decided_by: actorText(by),
        since: tx.now,
      })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'contact_id', 'ended_use']).doUpdateSet({ since: tx.now }))
      .execute()
  }
  await audit(tx, by, { action: 'data_use.objected', object: { type: 'contact', id: wish.contactId }, result: 'done' })
}

/** Whether an objection to a use was decided for her, and she has not said yes to it since. */
export async function hasObjected(
  tx: WorkspaceTx,
  contactId: ContactId,
  use: EndedUse,
  answer: { readonly answer: 'yes' | 'no'; readonly created_at: Temporal.Instant } | undefined,
): Promise<boolean> {
  const ended = await tx.db
    .selectFrom('use_objection')
    .select('since')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('ended_use', '=', use)
    .executeTakeFirst()
  if (!ended) return false
  return !(answer?.answer === 'yes' && Temporal.Instant.compare(answer.created_at, ended.since) > 0)
}
