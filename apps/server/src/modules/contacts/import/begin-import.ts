import type { Import, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { actorOf, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { recordFile, type StoredFile } from '../../../platform/files/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { contactsPolicy } from '../contacts.policy.ts'
import { homeCountry } from '../home-country.ts'
import { importScreens } from './import-screen.ts'
import { noCounts, presentImport } from './load-import.ts'
import { lookAtListJob } from './look-at-list.ts'
import { asListProblem, headOf, kindOf } from './open-list.ts'
import { sayListProblem } from './problem-sentences.ts'
import { importSurroundings } from './surroundings.ts'

/** So many lists may wait or run at once. */
const mostOpen = 5
const mostPastedBytes = 20_000_000

/** Takes a list that was uploaded and has it looked at. Throws `contacts/import-unreadable` for what is no list, `contacts/too-many-imports`, and what a screen of imports refuses. */
export async function beginImport(
  tx: WorkspaceTx,
  by: Principal,
  { file, how }: { readonly file: StoredFile; readonly how: 'upload' | 'paste' },
): Promise<z.input<typeof Import>> {
  contactsPolicy.require(by, 'contacts.import')
  for (const screen of importScreens.all()) await screen.begin(tx)
  await requireFewOpen(tx)
  await refuseUnreadable(file)
  await recordFile(tx, file)
  const { type, id: actorId } = actorOf(by)
  const row = await tx.db
    .insertInto('import')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      state: 'reading',
      problem: null,
      name: file.name ?? 'list',
      how,
      size: file.size,
      file_id: file.id,
      error_file_id: null,
      said: '{}',
      format: null,
      columns: '[]',
      country: await homeCountry(tx),
      date_order: null,
      match_by: ['email', 'phone'],
      rules: JSON.stringify({ all: 'fill' }),
      tags: [],
      ground: null,
      remembered: false,
      row_count: null,
      done: 0,
      forecast: null,
      counts: JSON.stringify(noCounts),
      removed: 0,
      restored: 0,
      kept: 0,
      actor_kind: type === 'member' || type === 'api_key' || type === 'operator' ? type : 'system',
      actor_id: actorId === '' ? null : actorId,
      vouched_by: null,
      vouched_words: null,
      vouched_at: null,
      created_at: tx.now,
      started_at: null,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await audit(tx, by, { action: 'import.begun', object: { type: 'import', id: row.id }, result: 'done' })
  await enqueue(tx, lookAtListJob, { importId: row.id })
  return presentImport(row)
}

/** The same with pasted cells. */
export async function pasteImport(tx: WorkspaceTx, by: Principal, { text }: { readonly text: string }): Promise<z.input<typeof Import>> {
  contactsPolicy.require(by, 'contacts.import')
  const { files } = importSurroundings.get()
  if (text.trim() === '') throw unreadable('empty_file')
  const file = await files.put(Buffer.from(text, 'utf8'), {
    workspaceId: tx.workspaceId,
    subjects: [],
    purpose: 'import',
    name: 'pasted.tsv',
    maxBytes: mostPastedBytes,
    now: tx.now,
  })
  return beginImport(tx, by, { file, how: 'paste' })
}

async function requireFewOpen(tx: WorkspaceTx): Promise<void> {
  const open = await tx.db
    .selectFrom('import')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', 'in', ['reading', 'draft', 'checking', 'checked', 'writing', 'paused', 'undoing'])
    .where('file_id', 'is not', null)
    .execute()
  if (open.length < mostOpen) return
  throw new Refusal('contacts/too-many-imports', {
    detail: `${open.length} lists are not finished yet. Finish or cancel one of them first. Nothing was kept.`,
    importIds: open.map(({ id }) => id),
  })
}

/** What the file store tells by the content. Texts have many types, so only these say that there is no list. */
const isPicture = /^(image|audio|video|font)\//

async function refuseUnreadable(file: StoredFile): Promise<void> {
  if (isPicture.test(file.mediaType)) throw unreadable('not_a_list')
  try {
    kindOf(await headOf(importSurroundings.get().files, file))
  } catch (error) {
    const problem = asListProblem(error)?.problem
    if (problem === undefined) throw error
    throw unreadable(problem)
  }
}

const unreadable = (problem: Parameters<typeof sayListProblem>[0]): Refusal =>
  new Refusal('contacts/import-unreadable', { detail: `${sayListProblem(problem, 'en')} Nothing was kept.`, problem })
