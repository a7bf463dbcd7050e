import type { ContactId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { contactAndMerged } from '../erasure/whose-rows.ts'
import type { Asker } from './asker.ts'
import type { PrivacySignalRow } from './cookie.tables.ts'

/** Writes down what the browser of somebody we know asks for: once each, so that it holds for her on every way and not in this browser alone. */
export async function noteSignals(
  tx: WorkspaceTx,
  { signals }: Pick<Asker, 'signals'>,
  whose: { readonly contactId: ContactId; readonly seenOn: PrivacySignalRow['seen_on'] },
): Promise<void> {
  for (const signal of ['gpc', 'dnt'] as const) {
    if (!signals[signal]) continue
    await tx.db
      .insertInto('privacy_signal')
      .values({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        contact_id: whose.contactId,
        signal,
        seen_on: whose.seenOn,
        created_at: tx.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Whether her data may be sold, shared, or used for profiles and targeted advertising: never once her browser or she herself said no. */
export async function saidNoToSharing(tx: WorkspaceTx, contactId: ContactId): Promise<boolean> {
  const said = await tx.db
    .selectFrom('privacy_signal')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', 'in', await contactAndMerged(tx, contactId))
    .where('signal', '=', 'gpc')
    .executeTakeFirst()
  if (said) return true
  const asked = await tx.db
    .selectFrom('request')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('contact_id', '=', contactId)
    .where('kind', '=', 'opt_out')
    .where('state', '<>', 'refused')
    .executeTakeFirst()
  return asked !== undefined
}
