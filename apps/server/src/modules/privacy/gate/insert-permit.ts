import { CompiledQuery, type Insertable } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { PermitRow } from './permit.tables.ts'

/** In the order in which they are written. */
const columns = [
  'workspace_id',
  'id',
  'contact_id',
  'point_id',
  'channel',
  'voice',
  'dialing',
  'writer',
  'purpose',
  'about_type',
  'about_id',
  'decision',
  'reasons',
  'requires',
  'recording',
  'rulebook_version',
  'next_moment',
  'remedy',
  'expires_at',
  'used_by',
  'used_at',
  'superseded_by',
  'created_at',
] as const satisfies readonly (keyof PermitRow)[]

/** The same text each time, so that neither we nor PostgreSQL work it out for each permit. */
const text = `insert into permit (${columns.join(', ')}) values (${columns.map((_column, place) => `$${place + 1}`).join(', ')}) /* prepared: permit.insert */`

/** Writes one decision. */
export async function insertPermit(tx: WorkspaceTx, row: Insertable<PermitRow>): Promise<void> {
  await tx.db.executeQuery(
    CompiledQuery.raw(
      text,
      columns.map((column) => row[column]),
    ),
  )
}
