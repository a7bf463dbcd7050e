import type { ContactId, FileId } from '@frontdesk/contract'
import { PersonData, personDataVersion } from '@frontdesk/contract'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { findFile, forgetFile, recordFile, type StoredFile } from '../../../platform/files/index.ts'
import { reference } from '../../../platform/inventory/index.ts'
import { defineJob, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { readZip, ZipUnreadable } from '../../../platform/zip/index.ts'
import { screenAfter } from '../../contacts/index.ts'
import { filePath, largestFileInZip } from './make-export.ts'
import { NotTakenOver, type Refusal } from './not-taken-over.ts'
import { erasureSurroundings } from './surroundings.ts'
import { writeRows } from './write-rows.ts'

const most = { bytes: 1_000_000_000, entries: 100_000 }

/** Takes over one person's data: all of it in one transaction, or nothing. The uploaded file goes afterwards. */
export const takeOverJob: Job<{ importId: string }> = defineJob({
  name: 'privacy.take-over',
  endsWithClosing: true,
  payload: z.strictObject({ importId: z.uuid() }),
  fields: { importId: reference('contact', 'detach') },
  timeoutSeconds: 1800,
  concurrency: 1,
  run: async (context, { importId }) => {
    const bytes = await uploaded(context, importId)
    if (!bytes) return
    try {
      await takeOver(context, importId, bytes)
    } catch (error) {
      if (!(error instanceof NotTakenOver) && !(error instanceof ZipUnreadable)) throw error
      await end(context, importId, { state: 'refused', refusal: error instanceof NotTakenOver ? error.refusal : 'damaged' })
    }
    await removeUpload(context, importId)
  },
})

async function uploaded({ workspaceId, inWorkspace }: JobContext, importId: string): Promise<Buffer | undefined> {
  const { files } = erasureSurroundings.get()
  const file = await inWorkspace(async (tx) => {
    const row = await tx.db
      .selectFrom('contact_import')
      .select(['file_id', 'state'])
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', importId)
      .executeTakeFirst()
    if (!row || row.file_id === null || row.state === 'done' || row.state === 'refused') return undefined
    await tx.db
      .updateTable('contact_import')
      .set({ state: 'running' })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', importId)
      .execute()
    return findFile(tx, row.file_id)
  })
  return file && Buffer.concat(await Array.fromAsync(await files.get({ workspaceId, id: file.id, size: file.size })))
}

async function takeOver(context: JobContext, importId: string, bytes: Buffer): Promise<void> {
  const { files, inventory } = erasureSurroundings.get()
  const entries = readZip(bytes, most)
  const data = readData(entries.get('data.json')?.())
  const stored = new Map<string, StoredFile>()
  for (const row of data.tables.file ?? []) {
    const id = String(row.id)
    const content = entries.get(filePath(id))?.()
    if (!content) continue
    stored.set(
      id,
      await files.put(content, {
        workspaceId: context.workspaceId,
        subjects: [],
        purpose: row.purpose === 'picture' ? 'picture' : 'attachment',
        ...(typeof row.name === 'string' ? { name: row.name } : {}),
        maxBytes: largestFileInZip,
        now: context.database.clock(),
      }),
    )
  }
  await context.inWorkspace(async (tx) => {
    const written = await writeRows(tx, data, inventory, new Map([...stored].map(([id, file]) => [id, file.id])))
    for (const file of stored.values()) await recordFile(tx, { ...file, subjects: [{ contactId: written.contactId }] })
    await written.afterFiles()
    await screenAfter(tx, context.by, written.contactId, written.points)
    await setEnd(tx, importId, { state: 'done', contact_id: written.contactId, rows: written.rows, files: stored.size })
    await audit(tx, context.by, { action: 'contact.taken_over', object: { type: 'contact', id: written.contactId }, result: 'done' })
    await emit(tx, 'contact.created', { contactId: written.contactId })
  })
}

function readData(bytes: Buffer | undefined): PersonData {
  if (!bytes) throw new NotTakenOver('not_an_export')
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new NotTakenOver('damaged')
  }
  const data = PersonData.safeParse(json)
  if (!data.success) throw new NotTakenOver('not_an_export')
  if (data.data.version !== personDataVersion) throw new NotTakenOver('other_version')
  return data.data
}

type End = {
  readonly state: 'done' | 'refused'
  readonly refusal?: Refusal
  readonly contact_id?: ContactId
  readonly rows?: number
  readonly files?: number
}

const setEnd = (tx: WorkspaceTx, importId: string, ended: End) =>
  tx.db
    .updateTable('contact_import')
    .set({ ...ended, finished_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', importId)
    .execute()

const end = ({ inWorkspace }: JobContext, importId: string, ended: End) => inWorkspace((tx) => setEnd(tx, importId, ended))

async function removeUpload({ workspaceId, inWorkspace }: JobContext, importId: string): Promise<void> {
  const { files } = erasureSurroundings.get()
  const id = await inWorkspace(async (tx): Promise<FileId | null> => {
    const row = await tx.db
      .selectFrom('contact_import')
      .select('file_id')
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', importId)
      .executeTakeFirst()
    if (row?.file_id) await forgetFile(tx, row.file_id)
    return row?.file_id ?? null
  })
  if (id !== null) await files.erase({ workspaceId, id })
}
