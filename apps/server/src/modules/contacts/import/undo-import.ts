import type { ContactId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, enqueue, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { holdFields } from '../fields/index-values.ts'
import { lockAllPoints } from '../lock-points.ts'
import { giveBack, type UndoneRow } from './give-back.ts'
import type { StoredImport } from './import.tables.ts'
import { importScreens } from './import-screen.ts'
import { findImport, setImport } from './load-import.ts'
import { byKeys } from './load-known.ts'

const AT_ONCE = 500

/**
 * Takes an import back, from its last row to its first. Who came with it and whom nobody touched since is removed; who was there gets the values back that the list replaced, where they
 * are still those of the list. Whoever was erased meanwhile has no row any more, and stays away.
 */
export const undoImportJob: Job<{ importId: string }> = defineJob({
  name: 'contacts.undo-import',
  payload: z.strictObject({ importId: z.uuid() }),
  fields: { importId: system },
  timeoutSeconds: 3600,
  concurrency: 1,
  retries: { limit: 50, delaySeconds: 2, backoff: 'fixed' },
  run: async (context, { importId }) => {
    for (;;) {
      context.signal.throwIfAborted()
      const row = await context.inWorkspace((tx) => findImport(tx, importId))
      if (row.state !== 'undoing') return
      if (row.done === 0) break
      if (context.halfTimeOver()) return handOn(context, importId)
      await undoBatch(context, row)
    }
    await context.inWorkspace(async (tx) => {
      const row = await findImport(tx, importId, { hold: true })
      if (row.state !== 'undoing') return
      await removeMade(tx, importId)
      await setImport(tx, row, { state: 'undone' })
      await emit(tx, 'contacts.changed', { runId: importId, count: row.removed + row.restored })
    })
  },
})

/** A list of any length is taken back, however long that takes: a job of its own goes on behind the last batch. */
const handOn = (context: JobContext, importId: string): Promise<void> =>
  context.inWorkspace(async (tx) => void (await enqueue(tx, undoImportJob, { importId })))

async function undoBatch(context: JobContext, { id: importId, done }: StoredImport): Promise<void> {
  const from = Math.max(0, done - AT_ONCE)
  const rows = await context.inWorkspace((tx) => rowsOf(tx, importId, from, done))
  const created = rows.flatMap(({ outcome, contact_id }) => (outcome === 'created' && contact_id !== null ? [contact_id] : []))
  const gone = new Set<ContactId>()
  if (created.length > 0) {
    for (const screen of importScreens.all())
      for (const id of await screen.remove(context.workspaceId, { importId, contactIds: created })) gone.add(id)
  }
  await context.inWorkspace(async (tx) => {
    const row = await findImport(tx, importId, { hold: true })
    if (row.state !== 'undoing' || row.done !== done) return
    await byKeys(tx)
    await lockAllPoints(tx)
    await holdFields(tx, 'together')
    const there = await rowsOf(tx, importId, from, done)
    const restored = await giveBack(tx, row, there)
    const staying = there.flatMap(({ id, contact_id }) => (contact_id === null ? [] : [{ rowId: id, contactId: contact_id }]))
    if (staying.length > 0) for (const screen of importScreens.all()) await screen.takenBack(tx, context.by, { importId, rows: staying })
    await sql`update import_row set changed = null where workspace_id = ${tx.workspaceId} and import_id = ${importId}
      and number > ${from} and number <= ${done} and changed is not null`.execute(tx.db)
    const made = there.filter(({ outcome }) => outcome === 'created')
    await setImport(tx, row, {
      done: from,
      // Who is gone has a row without her; who was erased has none.
      removed: row.removed + made.filter(({ contact_id }) => contact_id === null).length,
      kept: row.kept + made.filter(({ contact_id }) => contact_id !== null).length,
      restored: row.restored + restored,
    })
  })
}

async function rowsOf(tx: WorkspaceTx, importId: string, from: number, to: number): Promise<readonly UndoneRow[]> {
  const { rows } = await sql<UndoneRow>`
    select r.id, r.number, r.outcome, r.contact_id, r.changed,
      r.outcome <> 'created' and r.contact_id is not null and exists (
        select from import_row first where first.workspace_id = r.workspace_id and first.contact_id = r.contact_id and first.import_id::text = ${importId}
          and first.outcome = 'created'
      ) as made_here
    from import_row r
    where r.workspace_id = ${tx.workspaceId} and r.import_id = ${importId} and r.number > ${from} and r.number <= ${to}
    order by r.number desc`.execute(tx.db)
  return rows
}

/** Companies and tags that came with the list go where nobody else carries them; those of lists that were taken back before, and that this one still carried, as well. */
async function removeMade(tx: WorkspaceTx, importId: string): Promise<void> {
  const made = (what: string) => sql`
    select value::uuid from import i join import_row r on r.workspace_id = i.workspace_id and r.import_id = i.id,
      jsonb_array_elements_text(r.made -> ${what}) as value
    where i.workspace_id = ${tx.workspaceId} and (i.id = ${importId} or i.state = 'undone') and r.made is not null`
  await sql`
    delete from company f where f.workspace_id = ${tx.workspaceId} and f.version = 1 and f.id in (${made('companies')})
      and not exists (select from contact c where c.workspace_id = f.workspace_id and c.company_id = f.id)
      -- What a merge would bring back has to be there then.
      and not exists (
        select from contact_merge m where m.workspace_id = f.workspace_id and m.undone_at is null and m.kept -> 'fields' -> 'company' ->> 'before' = f.id::text)`.execute(
    tx.db,
  )
  await sql`
    delete from tag t where t.workspace_id = ${tx.workspaceId} and t.id in (${made('tags')})
      and not exists (select from contact_tag c where c.workspace_id = t.workspace_id and c.tag_id = t.id)`.execute(tx.db)
}
