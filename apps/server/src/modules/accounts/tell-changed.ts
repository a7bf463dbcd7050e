import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { sessionChannel } from './end-sessions.ts'

/** Tells every process that what somebody may do has changed: a user's id, an API key's or a grant's. Delivered when the transaction commits. */
export async function tellChanged(tx: WorkspaceTx, subject: string): Promise<void> {
  await sql`select pg_notify(${sessionChannel}, ${subject})`.execute(tx.db)
}
