import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { recordFile } from '../../../platform/files/index.ts'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { writeZip, type ZipEntry } from '../../../platform/zip/index.ts'
import { erasureSurroundings } from '../erasure/index.ts'
import { entriesOf } from './workspace-entries.ts'

const LIVES = { hours: 720 }
/** A part ends with the entry that makes it larger: what downloads well on a line that breaks off, and far below what a ZIP file can hold (65,535 entries, 4 GB). */
const PART_BYTES = 500_000_000
const PART_ENTRIES = 20_000
const LARGEST_BYTES = 4_000_000_000

/** Makes one copy: table by table and file by file into ZIP files, each encrypted under a key of its own. Begun anew after a crash; what lay half in the store is swept away. */
export const makeWorkspaceExportJob: Job<{ exportId: string }> = defineJob({
  name: 'privacy.make-workspace-export',
  payload: z.strictObject({ exportId: z.uuid() }),
  fields: { exportId: system },
  timeoutSeconds: 4 * 3600,
  concurrency: 1,
  run: async (context, { exportId }) => {
    try {
      await makeExport(context, exportId)
    } catch (error) {
      if (context.lastAttempt) await setExport(context, exportId, { state: 'failed' })
      throw error
    }
  },
})

async function makeExport(context: JobContext, exportId: string): Promise<void> {
  const { files } = erasureSurroundings.get()
  if (!(await beginAnew(context, exportId))) return
  const entries = entriesOf(context, (share) => setExport(context, exportId, { progress: Math.min(99, Math.floor(share * 100)) }))
  let next = await entries.next()
  for (let number = 1; !next.done; number += 1) {
    const part = takePart(entries, next)
    const now = context.database.clock()
    const stored = await files.put(writeZip(part.entries()), {
      workspaceId: context.workspaceId,
      subjects: [], // about everybody: it goes with the first who is erased
      purpose: 'export',
      name: `workspace-${number}.zip`,
      maxBytes: LARGEST_BYTES,
      now,
      expiresAt: now.add(LIVES),
    })
    next = part.rest()
    await context.inWorkspace(async (tx) => {
      await recordFile(tx, stored)
      await tx.db
        .insertInto('workspace_export_part')
        .values({
          workspace_id: tx.workspaceId,
          id: tx.newId(),
          export_id: exportId,
          number,
          file_id: stored.id,
          size: stored.size,
          downloaded_at: null,
        })
        .execute()
    })
  }
  await context.inWorkspace(async (tx) => {
    await tx.db
      .updateTable('workspace_export')
      .set({ state: 'ready', progress: 100, finished_at: tx.now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', exportId)
      .execute()
    await audit(tx, context.by, { action: 'workspace.exported', object: { type: 'workspace_export', id: exportId }, result: 'done' })
    await emit(tx, 'workspace.exported', { exportId })
  })
}

/** Forgets the parts that a run before a crash made. False where the copy is done, or gone with its workspace. */
async function beginAnew({ workspaceId, inWorkspace }: JobContext, exportId: string): Promise<boolean> {
  const { files } = erasureSurroundings.get()
  const parts = await inWorkspace(async (tx) => {
    const row = await tx.db
      .updateTable('workspace_export')
      .set({ state: 'running', progress: 0 })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', exportId)
      .where('state', '!=', 'ready')
      .returning('id')
      .executeTakeFirst()
    if (!row) return undefined
    const before = await tx.db
      .deleteFrom('workspace_export_part')
      .where('workspace_id', '=', tx.workspaceId)
      .where('export_id', '=', exportId)
      .returning('file_id')
      .execute()
    const ids = before.flatMap(({ file_id }) => file_id ?? [])
    if (ids.length > 0) await tx.db.deleteFrom('file').where('workspace_id', '=', tx.workspaceId).where('id', 'in', ids).execute()
    return ids
  })
  for (const id of parts ?? []) await files.erase({ workspaceId, id })
  return parts !== undefined
}

type Step = IteratorResult<ZipEntry, void>

/** The next entries, until they fill a part, and the one that follows. */
function takePart(entries: AsyncGenerator<ZipEntry, void>, first: Step): { entries(): AsyncGenerator<ZipEntry>; rest(): Step } {
  let next = first
  return {
    async *entries() {
      let bytes = 0
      for (let count = 0; !next.done && bytes < PART_BYTES && count < PART_ENTRIES; count += 1) {
        bytes += next.value.content.length
        yield next.value
        next = await entries.next()
      }
    },
    rest: () => next,
  }
}

const setExport = (
  { inWorkspace }: JobContext,
  exportId: string,
  set: { readonly state?: 'failed'; readonly progress?: number },
): Promise<void> =>
  inWorkspace(async (tx) => {
    await tx.db.updateTable('workspace_export').set(set).where('workspace_id', '=', tx.workspaceId).where('id', '=', exportId).execute()
  })
