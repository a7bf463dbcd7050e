import type { FileId, RequestWork } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { findFile } from '../../../platform/files/index.ts'
import { presentErasure } from '../erasure/index.ts'
import type { StoredWork } from './request.tables.ts'
import { workOfCase } from './request-work.ts'

type Shown = z.input<typeof RequestWork>

/** What a case did, as the API shows it: how far its copy and its erasure are is asked where they happen. */
export async function presentWork(tx: WorkspaceTx, requestId: string, nameOf: (actor: string) => string): Promise<Shown[]> {
  const shown: Shown[] = []
  for (const work of await workOfCase(tx, requestId)) {
    shown.push({
      id: work.id,
      kind: work.kind,
      state: work.state,
      details: work.kind === 'hand_over' ? hostOf(work) : work.details,
      outcome: work.outcome,
      at: work.at.toString(),
      finishedAt: work.finished_at?.toString() ?? null,
      by: nameOf(work.done_by),
      copy: null,
      erasure: null,
      ...(work.kind === 'copy' ? await copyOf(tx, work) : work.kind === 'erasure' ? await erasureOfWork(tx, work) : {}),
    })
  }
  return shown
}

const hostOf = ({ wish }: StoredWork): string | null => (wish?.endpoint ? new URL(wish.endpoint).host : null)

async function copyOf(tx: WorkspaceTx, { ref_id }: StoredWork): Promise<Partial<Shown>> {
  if (ref_id === null) return {}
  const row = await tx.db
    .selectFrom('contact_export')
    .select(['id', 'state', 'progress', 'file_id', 'finished_at', 'downloaded_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', ref_id)
    .executeTakeFirst()
  if (!row) return { state: 'done' } // it went with her
  const file = row.file_id === null ? undefined : await findFile(tx, row.file_id as FileId)
  return {
    state: row.state === 'ready' ? 'done' : row.state === 'failed' ? 'failed' : 'running',
    finishedAt: row.finished_at?.toString() ?? null,
    copy: {
      exportId: row.id,
      progress: row.progress,
      expiresAt: file?.expires_at?.toString() ?? null,
      downloadedAt: row.downloaded_at?.toString() ?? null,
    },
  }
}

async function erasureOfWork(tx: WorkspaceTx, { ref_id }: StoredWork): Promise<Partial<Shown>> {
  if (ref_id === null) return {}
  const row = await tx.db
    .selectFrom('erasure')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', ref_id)
    .executeTakeFirst()
  if (!row) return {}
  const erasure = presentErasure(row)
  return { state: erasure.state === 'done' ? 'done' : 'running', finishedAt: erasure.finishedAt, erasure }
}
