import type { ContactId, FileId } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { findFile, recordFile } from '../../../platform/files/index.ts'
import { reference } from '../../../platform/inventory/index.ts'
import { defineJob, type Job, type JobContext } from '../../../platform/jobs/index.ts'
import { writeZip, type ZipEntry } from '../../../platform/zip/index.ts'
import { calendarOf, cardOf } from './card-files.ts'
import { csvOf } from './csv.rules.ts'
import { overviewOf } from './export-overview.ts'
import { gatherPersonData, readSealed } from './person-data.ts'
import { restrictionOf } from './restriction-of.ts'
import { erasureSurroundings } from './surroundings.ts'
import { contactAndMerged } from './whose-rows.ts'

const LIVES = { hours: 720 }
const LARGEST_BYTES = 4_000_000_000
/** One file among those of a person. */
export const largestFileInZip = 500_000_000

/** Makes one copy: gathers, packs, encrypts under a key of its own, and makes it known. Begun anew after a crash; what lay half in the store is swept away. */
export const makeExportJob: Job<{ exportId: string }> = defineJob({
  name: 'privacy.make-export',
  payload: z.strictObject({ exportId: z.uuid() }),
  fields: { exportId: reference('contact', 'detach') },
  timeoutSeconds: 1800,
  concurrency: 1,
  run: async (context, { exportId }) => {
    try {
      await makeExport(context, exportId)
    } catch (error) {
      if (context.lastAttempt) await setState(context, exportId, { state: 'failed' })
      throw error
    }
  },
})

/** Made anew where a restriction began or ended meanwhile: a copy says how it stands with her data on the day it is given. */
async function makeExport(context: JobContext, exportId: string): Promise<void> {
  const { files } = erasureSurroundings.get()
  for (;;) {
    const gathered = await gather(context, exportId)
    if (!gathered) return
    await setState(context, exportId, { state: 'running', progress: 10 })
    const now = context.database.clock()
    const stored = await files.put(writeZip(entriesOf(context, exportId, gathered)), {
      workspaceId: context.workspaceId,
      subjects: [{ contactId: gathered.contactId }],
      purpose: 'export',
      name: `data-${gathered.contactId.slice(-6)}.zip`,
      maxBytes: LARGEST_BYTES,
      now,
      expiresAt: now.add(LIVES),
    })
    if (await finish(context, exportId, gathered, stored)) return
  }
}

function gather({ inWorkspace }: JobContext, exportId: string): Promise<Gathered | undefined> {
  const { inventory } = erasureSurroundings.get()
  return inWorkspace(async (tx) => {
    const row = await tx.db
      .selectFrom('contact_export')
      .innerJoin('contact', (join) =>
        join.onRef('contact.workspace_id', '=', 'contact_export.workspace_id').onRef('contact.id', '=', 'contact_export.contact_id'),
      )
      .select(['contact_export.contact_id', 'contact_export.state', 'contact_export.reason', 'contact.locale'])
      .where('contact_export.workspace_id', '=', tx.workspaceId)
      .where('contact_export.id', '=', exportId)
      .executeTakeFirst()
    if (!row || row.state === 'ready') return undefined
    const contactIds = await contactAndMerged(tx, row.contact_id)
    const restrictionId = (await restrictionOf(tx, row.contact_id))?.id
    return {
      contactId: row.contact_id,
      locale: row.locale,
      restrictionId,
      ...(await gatherPersonData(tx, inventory, contactIds, row.reason)),
    }
  })
}

/** Makes a copy known. False where it does not say any more how it stands with her data; the file is then swept away as any that nobody recorded. */
function finish(
  { inWorkspace, by }: JobContext,
  exportId: string,
  gathered: Gathered,
  stored: Parameters<typeof recordFile>[1],
): Promise<boolean> {
  return inWorkspace(async (tx) => {
    if ((await restrictionOf(tx, gathered.contactId))?.id !== gathered.restrictionId) return false
    await recordFile(tx, stored)
    await tx.db
      .updateTable('contact_export')
      .set({ state: 'ready', progress: 100, file_id: stored.id, finished_at: tx.now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', exportId)
      .execute()
    await audit(tx, by, { action: 'contact.exported', object: { type: 'contact', id: gathered.contactId }, result: 'done' })
    await emit(tx, 'contact.exported', { contactId: gathered.contactId, exportId })
    return true
  })
}

type Gathered = Awaited<ReturnType<typeof gatherPersonData>> & {
  readonly contactId: ContactId
  readonly locale: string | null
  readonly restrictionId: string | undefined
}

async function* entriesOf(context: JobContext, exportId: string, { data, sealed, fileIds, locale }: Gathered): AsyncGenerator<ZipEntry> {
  const { files } = erasureSurroundings.get()
  const text = (path: string, content: string): ZipEntry => ({ path, content: Buffer.from(content) })
  yield text('data.json', `${JSON.stringify(data, null, 2)}\n`)
  yield text('index.html', overviewOf(data, chooseLocale(locale === null ? [] : [locale])))
  yield text('contact.vcf', cardOf(data))
  if ((data.tables.booking ?? []).length > 0) yield text('appointments.ics', calendarOf(data))
  for (const [table, rows] of Object.entries(data.tables)) if (rows.length > 0) yield text(`csv/${table}.csv`, csvOf(rows))
  const parts = sealed.length + fileIds.length
  let done = 0
  const step = async () => {
    done += 1
    if (done % 20 === 0) await setState(context, exportId, { progress: 10 + Math.floor((80 * done) / parts) })
  }
  for (const each of sealed) {
    yield { path: each.path, content: await context.inWorkspace((tx) => readSealed(tx, each)) }
    await step()
  }
  for (const id of fileIds) {
    const row = await context.inWorkspace((tx) => findFile(tx, id as FileId))
    if (!row) continue
    const content = Buffer.concat(await Array.fromAsync(await files.get({ workspaceId: context.workspaceId, id, size: row.size })))
    yield { path: filePath(id), content }
    await step()
  }
}

/** Where a file lies in the copy. Its name and type stand in `tables.file`. */
export const filePath = (id: string): string => `files/${id}`

const setState = (
  { inWorkspace }: JobContext,
  exportId: string,
  set: { readonly state?: 'running' | 'failed'; readonly progress?: number },
) =>
  inWorkspace((tx) =>
    tx.db.updateTable('contact_export').set(set).where('workspace_id', '=', tx.workspaceId).where('id', '=', exportId).execute(),
  )
