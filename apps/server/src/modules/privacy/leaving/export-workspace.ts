import type { FileId, Principal, WorkspaceExport, WorkspaceExportBody } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { requirePresence, workspaceFacts } from '../../accounts/index.ts'
import { erasureSurroundings } from '../erasure/index.ts'
import { contactTables } from '../registers/breaches/affected.rules.ts'
import { processingPurpose } from '../registers/disclosures/disclosures.ts'
import { type RecordDisclosure, recordDisclosure } from '../registers/disclosures/record-disclosure.ts'
import { requireRecipient } from '../registers/egress.ts'
import { leavingPolicy } from './leaving.policy.ts'
import type { WorkspaceExportRow } from './leaving.tables.ts'
import { makeWorkspaceExportJob } from './make-workspace-export.ts'

/**
 * Begins a copy of everything the workspace holds; while one is being made, answers that one. Who gets it and what for is recorded as a hand-over, once for each. Throws
 * `accounts/reauthentication-required`, and for a recipient outside `privacy/recipient-stopped` and `privacy/data-restricted`.
 */
export async function exportWorkspace(tx: WorkspaceTx, by: Principal, wish: WorkspaceExportBody): Promise<WorkspaceExport> {
  leavingPolicy.require(by, 'workspace_exports.make')
  requirePresence(by, tx.now)
  const given = await recipientOf(tx, wish)
  const made = await tx.db
    .insertInto('workspace_export')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      state: 'waiting',
      progress: 0,
      asked_by: actorText(by),
      requested_at: tx.now,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  const copy = made ?? (await underWay(tx))
  await recordOnce(tx, by, copy.id, given)
  if (!made) return present(tx, copy)
  await audit(tx, by, { action: 'workspace.export_requested', object: { type: 'workspace_export', id: made.id }, result: 'done' })
  await enqueue(tx, makeWorkspaceExportJob, { exportId: made.id })
  return present(tx, made)
}

type Given = Pick<RecordDisclosure, 'recipient' | 'recipientKind' | 'purpose' | 'categories'>

/** The business itself, or a recipient whose entry covers everything that is in the copy. */
async function recipientOf(tx: WorkspaceTx, wish: WorkspaceExportBody): Promise<Given> {
  const categories = [...new Set(contactTables(erasureSurroundings.get().inventory).flatMap((one) => one.categories))].sort()
  if (wish.purpose === 'own_records')
    return { recipientKind: 'business', recipient: (await workspaceFacts(tx)).name, purpose: wish.purpose, categories }
  const { name, kind } = await requireRecipient(tx, {
    processorId: wish.processorId,
    purpose: processingPurpose[wish.purpose],
    categories,
  })
  if (wish.purpose !== 'legal_claim') await requireNobodyRestricted(tx)
  return { recipientKind: kind, recipient: name, purpose: wish.purpose, categories }
}

/** What is kept and not used goes to nobody outside with all the rest (GDPR Art. 18(2)). */
async function requireNobodyRestricted(tx: WorkspaceTx): Promise<void> {
  const restricted = await tx.db
    .selectFrom('restriction')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('lifted_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (restricted)
    throw new Refusal('privacy/data-restricted', {
      detail:
        'The data of somebody are only kept for now, and a copy of everything would take them along. Make the copy for yourself, or lift the restriction where its ground is gone. Nothing was made.',
    })
}

async function recordOnce(tx: WorkspaceTx, by: Principal, exportId: string, given: Given): Promise<void> {
  const known = await tx.db
    .selectFrom('disclosure')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('about_id', '=', exportId)
    .where('recipient', '=', given.recipient)
    .where('purpose', '=', given.purpose)
    .executeTakeFirst()
  if (known) return
  const { people } = await tx.db
    .selectFrom('contact')
    .select(({ fn }) => fn.countAll<number>().as('people'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  await recordDisclosure(tx, by, {
    ...given,
    contactId: null,
    people: Math.max(1, Number(people)),
    about: { type: 'workspace_export', id: exportId },
  })
}

/** The newest copies, those under way among them. */
export async function listWorkspaceExports(tx: WorkspaceTx, by: Principal): Promise<{ items: WorkspaceExport[] }> {
  leavingPolicy.require(by, 'workspace_exports.read')
  const rows = await tx.db
    .selectFrom('workspace_export')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id', 'desc')
    .limit(10)
    .execute()
  const items: WorkspaceExport[] = []
  for (const row of rows) items.push(await present(tx, row))
  return { items }
}

const underWay = (tx: WorkspaceTx) =>
  tx.db
    .selectFrom('workspace_export')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirstOrThrow()

async function present(tx: WorkspaceTx, row: Selectable<WorkspaceExportRow>): Promise<WorkspaceExport> {
  const parts = await tx.db
    .selectFrom('workspace_export_part')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('export_id', '=', row.id)
    .orderBy('number')
    .execute()
  const left = parts.find(({ file_id }) => file_id !== null)?.file_id as FileId | undefined
  const file = left === undefined ? undefined : await findFile(tx, left)
  return {
    id: row.id,
    state: row.state,
    progress: row.progress,
    requestedAt: row.requested_at.toString(),
    finishedAt: row.finished_at?.toString() ?? null,
    expiresAt: file?.expires_at?.toString() ?? null,
    // Parts of a copy that is not whole yet cannot be fetched.
    parts: (row.state === 'ready' ? parts : []).map((part) => ({
      number: part.number,
      size: part.size,
      gone: part.file_id === null,
      downloadedAt: part.downloaded_at?.toString() ?? null,
    })),
  }
}
