import type { Touch as RuleTouch, WorkspacePolicy } from '@frontdesk/contact-rules'
import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { prepared, type WorkspaceTx } from '../../../platform/database/index.ts'

/**
 * Whether how often she was reached can decide: then two who ask at once must not both see the last free slot. The law counts calls and offers; only own rules count `reply` and
 * `service`.
 */
export const capsCanDecide = ({ channel, purpose }: RuleTouch, policy?: WorkspacePolicy): boolean =>
  channel === 'call' ||
  purpose === 'marketing' ||
  purpose === 'feedback' ||
  policy?.caps?.some(({ purposes }) => purposes?.includes(purpose)) === true

/** One at a time for one contact, until the transaction ends; of several always in the same order. What she books and what she asks is never held up by this. */
export async function takeTurns(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<void> {
  const turns = [...new Set(contactIds)].sort().map((contactId) => `permit ${tx.workspaceId} ${contactId}`)
  if (turns.length === 0) return
  await sql`select pg_advisory_xact_lock(hashtextextended(turn, 11)) from unnest(${turns}::text[]) as turn ${prepared('gate.turns')}`.execute(
    tx.db,
  )
}
