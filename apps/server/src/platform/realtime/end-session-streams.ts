import { type QueryExecutorProvider, sql } from 'kysely'
import { realtimeChannel } from './notice.ts'

/** Ends the streams of these sessions in every process, once the caller's transaction commits. Takes the database of any room, or a transaction on it. */
export async function endSessionStreams(db: QueryExecutorProvider, sessionIds: readonly string[]): Promise<void> {
  for (const endedSession of sessionIds) await sql`select pg_notify(${realtimeChannel}, ${JSON.stringify({ endedSession })})`.execute(db)
}
