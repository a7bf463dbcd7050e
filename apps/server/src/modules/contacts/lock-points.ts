import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import type { NormalizedPoint } from './contact-point.rules.ts'

/**
 * Makes everybody else who looks for the same addresses wait until this transaction ends, so that two bookings of one person at one moment find one contact. Taken in
 * one order, so that two who want the same two addresses never wait for each other.
 */
export async function lockPoints(tx: WorkspaceTx, points: readonly NormalizedPoint[]): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`${tx.workspaceId}|points`}, 12))`.execute(tx.db)
  const names = [...new Set(points.map((point) => `${tx.workspaceId}|${point.kind}|${point.value}`))].sort()
  for (const name of names) await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 11))`.execute(tx.db)
}

/** Makes everybody else who looks for any address wait until this transaction ends: a list brings thousands at once, more than can be locked one by one. */
export async function lockAllPoints(tx: WorkspaceTx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.workspaceId}|points`}, 12))`.execute(tx.db)
}
