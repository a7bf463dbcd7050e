import type { ImportRule } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { StoredImport } from './import.tables.ts'
import { importScreens, type Screened } from './import-screen.ts'
import { byKeys, loadKnown } from './load-known.ts'
import { type PlannedRow, planBatch } from './plan-batch.rules.ts'
import type { ListRow } from './read-list.ts'

/** What would become of some rows now. `hold` keeps everybody whom they are about until the transaction ends. */
export async function planRows(
  tx: WorkspaceTx,
  row: Pick<StoredImport, 'id' | 'match_by' | 'rules'>,
  rows: readonly ListRow[],
  { hold }: { readonly hold: boolean },
): Promise<readonly PlannedRow[]> {
  await byKeys(tx)
  const screened = await screen(tx, rows)
  const known = await loadKnown(tx, rows, { importId: row.id, hold })
  return planBatch(rows, screened, known, {
    matchBy: row.match_by as ('email' | 'phone')[],
    rules: row.rules as Readonly<Record<string, ImportRule>>,
    newId: () => tx.newId(),
  })
}

async function screen(tx: WorkspaceTx, rows: readonly ListRow[]): Promise<readonly Screened[]> {
  const people = rows.map(({ incoming }) => incoming?.points ?? [])
  let found: readonly Screened[] = people.map(() => ({ verdict: null, stopped: false }))
  for (const each of importScreens.all()) {
    const more = await each.screen(tx, people)
    found = found.map((one, place) => ({
      verdict: one.verdict ?? more[place]?.verdict ?? null,
      stopped: one.stopped || (more[place]?.stopped ?? false),
    }))
  }
  return found
}
