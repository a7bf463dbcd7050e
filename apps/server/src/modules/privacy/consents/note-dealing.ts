import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { DealingRow } from './consent.tables.ts'

/** One thing between her and the business: a visit or payment (`transaction`), or a question, application or call of hers (`inquiry`). */
export type Dealing = {
  readonly contactId: ContactId
  readonly kind: DealingRow['kind']
  readonly source: {
    readonly type: 'booking' | 'conversation' | 'call' | 'missed_call' | 'callback' | 'payment' | 'form' | 'order'
    readonly id: string
  }
  /** When it happened; now unless given. A conversation moves its clock with each message of hers. */
  readonly at?: Temporal.Instant | undefined
}

/** Starts the clock of the business relationship or of the inquiry, or moves it on. The room in which the thing happens calls it in its own transaction; how many months it runs is the rulebook's. */
export async function noteDealing(tx: WorkspaceTx, { contactId, kind, source, at = tx.now }: Dealing): Promise<void> {
  await tx.db
    .insertInto('dealing')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      contact_id: contactId,
      kind,
      source_type: source.type,
      source_id: source.id,
      happened_at: at,
      created_at: tx.now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'source_type', 'source_id', 'kind'])
        .doUpdateSet({ happened_at: sql`greatest(dealing.happened_at, excluded.happened_at)` }),
    )
    .execute()
}

/** Takes back what started a clock, because the thing itself was taken back: a visit that was noted by mistake. */
export async function forgetDealing(tx: WorkspaceTx, { kind, source }: Pick<Dealing, 'kind' | 'source'>): Promise<void> {
  await tx.db
    .deleteFrom('dealing')
    .where('workspace_id', '=', tx.workspaceId)
    .where('source_type', '=', source.type)
    .where('source_id', '=', source.id)
    .where('kind', '=', kind)
    .execute()
}
