import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { contactAndMerged, gatherPersonData } from '../../erasure/index.ts'
import { idBounds } from '../breaches/breach.rules.ts'
import { registerSurroundings } from '../surroundings.ts'
import type { StoredLegalRequest } from './legal.tables.ts'
import { keepLegalStep, lockLegalRequest, requireState } from './legal-steps.ts'

type Row = Readonly<Record<string, unknown>>
/** What a request asks for, person by person and table by table, and nothing else. */
export type ScopedData = readonly { readonly contactId: ContactId; readonly tables: Readonly<Record<string, readonly Row[]>> }[]

/** Reads what the scope of a request holds: only the tables it names, only rows written in its time, other people masked, secrets never. */
export async function scopedData(
  tx: WorkspaceTx,
  row: Pick<StoredLegalRequest, 'id' | 'tables' | 'from_at' | 'until_at'>,
): Promise<ScopedData> {
  const subjects = await subjectsOf(tx, row.id)
  const bounds = idBounds(row.from_at ?? Temporal.Instant.fromEpochMilliseconds(0), row.until_at ?? tx.now)
  const found: { contactId: ContactId; tables: Record<string, readonly Row[]> }[] = []
  for (const { contact_id: contactId } of subjects) {
    if (contactId === null) continue
    const { data } = await gatherPersonData(tx, registerSurroundings.get().inventory, await contactAndMerged(tx, contactId))
    const tables: Record<string, readonly Row[]> = {}
    for (const table of row.tables) {
      const rows = (data.tables[table] ?? []).filter(({ id }) => String(id) >= bounds.from && String(id) <= bounds.until)
      if (rows.length > 0) tables[table] = rows
    }
    found.push({ contactId, tables })
  }
  return found
}

/** The people a request is about. */
export const subjectsOf = (tx: WorkspaceTx, id: string) =>
  tx.db
    .selectFrom('legal_request_subject')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('legal_request_id', '=', id)
    .orderBy('id')
    .execute()

/** Counts what the scope holds, and shows the rows of one table of it. Reading is all it can do; each look is audited, and what was seen is not. Throws `http/conflict` before it is valid. */
export async function searchScope(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly legalRequestId: string; readonly table?: string | undefined },
): Promise<{ tables: { table: string; rows: number }[]; rows: Record<string, unknown>[] }> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  requireState(row, 'valid', 'disclosed')
  await keepLegalStep(tx, by, row.id, 'searched')
  const data = await scopedData(tx, row)
  return {
    tables: row.tables.map((table) => ({ table, rows: data.reduce((sum, { tables }) => sum + (tables[table]?.length ?? 0), 0) })),
    rows:
      wish.table === undefined
        ? []
        : data
            .flatMap(({ tables }) => tables[wish.table ?? ''] ?? [])
            .slice(0, 200)
            .map((each) => ({ ...each })),
  }
}
