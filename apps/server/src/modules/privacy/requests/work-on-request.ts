import type { EditContactBody, Principal, RestrictionGround } from '@frontdesk/contract'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { exportContact, rectifyContact, restrictContact } from '../erasure/index.ts'
import { caseAtWork } from './case-work.ts'
import type { StoredRequest } from './request.tables.ts'
import { keepWork, workOfCase } from './request-work.ts'
import { notNow } from './take-step.ts'

/** Makes the copy of her data that the case is about. She fetches it behind her own link; it is never mailed. While one is there, another is refused. */
export async function copyForRequest(tx: WorkspaceTx, by: Principal, requestId: string): Promise<StoredRequest> {
  const row = await caseAtWork(tx, by, requestId, 'copy')
  const earlier = (await workOfCase(tx, row.id)).findLast(({ kind }) => kind === 'copy')
  if (earlier?.ref_id && (await copyState(tx, earlier.ref_id)) !== 'failed') throw notNow(row)
  const reason = row.kind === 'portability' ? 'portability' : 'access'
  const copy = await exportContact(tx, by, { contactId: row.contact_id, reason })
  await keepWork(tx, by, row, { kind: 'copy', state: 'running', refId: copy.id })
  return row
}

async function copyState(tx: WorkspaceTx, exportId: string): Promise<string> {
  const row = await tx.db
    .selectFrom('contact_export')
    .leftJoin('file', (join) =>
      join.onRef('file.workspace_id', '=', 'contact_export.workspace_id').onRef('file.id', '=', 'contact_export.file_id'),
    )
    .select(['contact_export.state', 'file.id as file_id'])
    .where('contact_export.workspace_id', '=', tx.workspaceId)
    .where('contact_export.id', '=', exportId)
    .executeTakeFirst()
  return row === undefined || (row.state === 'ready' && row.file_id === null) ? 'failed' : row.state
}

/** Corrects her data as she asked. Throws what `editContact` throws. */
export async function rectifyForRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: {
    readonly requestId: string
    readonly changes: z.output<typeof EditContactBody>
    readonly whatWasWrong: string
    readonly contactVersion: number
  },
): Promise<StoredRequest> {
  const row = await caseAtWork(tx, by, wish.requestId, 'rectify')
  const { changes, whatWasWrong } = wish
  await rectifyContact(tx, by, { contactId: row.contact_id, version: wish.contactVersion, changes, whatWasWrong, requestId: row.id })
  await keepWork(tx, by, row, { kind: 'rectification', state: 'done' })
  return row
}

/** Keeps her data and does not use it, on one of the four grounds of the law. */
export async function restrictForRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly ground: RestrictionGround },
): Promise<StoredRequest> {
  const row = await caseAtWork(tx, by, wish.requestId, 'restrict')
  await restrictContact(tx, by, { contactId: row.contact_id, ground: wish.ground, requestId: row.id })
  await keepWork(tx, by, row, { kind: 'restriction', state: 'done', details: wish.ground })
  return row
}

/** Records that a person looked at the automated decision again, and what came of it (GDPR art. 22(3)). */
export async function reviewForRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly requestId: string; readonly outcome: 'confirmed' | 'changed'; readonly grounds: string },
): Promise<StoredRequest> {
  const row = await caseAtWork(tx, by, wish.requestId, 'review')
  if (by.kind !== 'member') throw notNow(row) // a program is what she does not want to have decided
  await keepWork(tx, by, row, { kind: 'review', state: 'done', details: wish.grounds, outcome: wish.outcome })
  return row
}
