import type { FileId } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { FileUnreadable } from '../../../platform/files/index.ts'
import type { JobContext } from '../../../platform/jobs/index.ts'
import type { ZipEntry } from '../../../platform/zip/index.ts'
import { csvOf, erasureSurroundings, filePath, readSealed } from '../erasure/index.ts'
import { leavingTranslator } from './leaving.words.ts'
import { countRows, describeData, isFull, mailIds, readRows, type WholeTable, wholeTables } from './workspace-data.ts'

type Report = (share: number) => Promise<void>

/** Everything that the copy of a workspace holds, entry by entry; only one of them is in memory at a time. `report` hears which part of the rows is done. */
export async function* entriesOf(context: JobContext, report: Report): AsyncGenerator<ZipEntry, void> {
  const { inventory } = erasureSurroundings.get()
  const { tables, counts, business, locale } = await context.inWorkspace((tx) => begin(tx, inventory))
  const t = leavingTranslator(chooseLocale([locale]))
  const at = context.database.clock()
  yield text('README.txt', [t('readme/title', { business }), t('readme/tables'), t('readme/files'), t('readme/leftOut')].join('\n\n'))
  yield text('data.json', JSON.stringify(describeData(tables, { at, workspaceId: context.workspaceId, business }), null, 2))
  const total = Math.max(
    1,
    [...counts.values()].reduce((sum, count) => sum + count, 0),
  )
  let done = 0
  const found: Record<string, number> = {}
  const unreadable: string[] = []
  for (const table of tables) {
    const fileIds: string[] = []
    for await (const { number, rows } of chunksOf(context, table)) {
      const name = `${table.table}/${String(number).padStart(5, '0')}`
      yield text(`tables/${name}.json`, JSON.stringify(rows))
      yield text(`csv/${name}.csv`, csvOf(rows))
      found[table.table] = (found[table.table] ?? 0) + rows.length
      if (table.table === 'file') fileIds.push(...rows.filter(isOwnFile).map(({ id }) => String(id)))
      done += rows.length
      await report(done / total)
    }
    yield* mailsOf(context, table)
    yield* filesOf(context, fileIds, unreadable)
  }
  yield text('contents.json', JSON.stringify({ rows: found, unreadableFiles: unreadable }, null, 2))
}

async function begin(tx: WorkspaceTx, inventory: Parameters<typeof wholeTables>[1]) {
  const { name, locale } = await tx.db
    .selectFrom('workspace')
    .select(['name', 'locale'])
    .where('id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  const tables = await wholeTables(tx, inventory)
  const counts = new Map<string, number>()
  for (const table of tables) counts.set(table.table, await countRows(tx, table))
  return { tables, counts, business: name, locale }
}

async function* chunksOf(context: JobContext, table: WholeTable) {
  let after: string | undefined
  for (let number = 1; ; number += 1) {
    const rows = await context.inWorkspace((tx) => readRows(tx, table, after))
    if (rows.length > 0) yield { number, rows }
    if (!isFull(rows)) return
    after = String(rows.at(-1)?.id)
  }
}

async function* mailsOf(context: JobContext, table: WholeTable): AsyncGenerator<ZipEntry> {
  for (const column of table.mails) {
    let after: string | undefined
    for (;;) {
      const ids = await context.inWorkspace((tx) => mailIds(tx, table, column, after))
      for (const rowId of ids) {
        const path = `${table.table}/${rowId}.eml`
        yield { path, content: await context.inWorkspace((tx) => readSealed(tx, { path, table: table.table, column, rowId })) }
      }
      if (!isFull(ids)) break
      after = ids.at(-1)
    }
  }
}

/** Copies are not copied. */
const isOwnFile = ({ purpose }: Readonly<Record<string, unknown>>): boolean => purpose !== 'import' && purpose !== 'export'

/** The files, decrypted. One that cannot be read any more is named at the end; the rest is worth having. */
async function* filesOf(context: JobContext, ids: readonly string[], unreadable: string[]): AsyncGenerator<ZipEntry> {
  const { files } = erasureSurroundings.get()
  for (const id of ids) {
    const row = await context.inWorkspace((tx) =>
      tx.db
        .selectFrom('file')
        .select('size')
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', id as FileId)
        .executeTakeFirst(),
    )
    if (!row) continue
    try {
      const content = Buffer.concat(
        await Array.fromAsync(await files.get({ workspaceId: context.workspaceId, id: id as FileId, size: row.size })),
      )
      yield { path: filePath(id), content }
    } catch (error) {
      if (!(error instanceof FileUnreadable)) throw error
      unreadable.push(id)
    }
  }
}

const text = (path: string, content: string): ZipEntry => ({ path, content: Buffer.from(`${content}\n`) })
