import type { ContactId, Principal, WorkspaceId } from '@frontdesk/contract'
import { audit } from '../../../../platform/audit/index.ts'
import type { Keys } from '../../../../platform/crypto/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { type WorkspaceFacts, workspaceFacts } from '../../../accounts/index.ts'
import { businessDay } from '../business-day.ts'
import { ownershipPolicy } from './ownership.policy.ts'

const PURPOSE = 'ownership-objection'
const LIVES = { hours: 24 * 400 }

/** The page on which she objects. Opening it changes nothing. */
export const objectionPath = (tx: WorkspaceTx, noticeId: string): string =>
  `/ownership/${tx.keys.signLink({ purpose: PURPOSE, workspaceId: tx.workspaceId, subjectId: noticeId, expiresAt: tx.now.add(LIVES), allows: [] }, tx.now)}`

/** Where such a link leads. Throws `privacy/link-invalid`. */
export function readObjectionLink(
  keys: Keys,
  token: string,
  now: Temporal.Instant,
): { readonly workspaceId: WorkspaceId; readonly noticeId: string } {
  const check = keys.verifyLink(token, PURPOSE, now)
  if (check.valid && check.link.workspaceId !== null)
    return { workspaceId: check.link.workspaceId as WorkspaceId, noticeId: check.link.subjectId }
  throw deadLink()
}

const deadLink = () =>
  new Refusal('privacy/link-invalid', { detail: 'Open the newest mail from this business and use the link there. Nothing was changed.' })

/** What her page shows. */
export type Objection = {
  readonly business: WorkspaceFacts
  readonly successor: string
  readonly effectiveOn: Temporal.PlainDate
  readonly open: boolean
  readonly objectedOn: Temporal.PlainDate | null
  readonly locale: string | null
}

/** Reads it; the row of somebody who was erased leads nowhere. Throws `privacy/link-invalid`. */
export async function readObjection(tx: WorkspaceTx, noticeId: string): Promise<Objection> {
  const business = await workspaceFacts(tx)
  const row = await noticeOf(tx, noticeId)
  const day = (at: Temporal.Instant) => at.toZonedDateTimeISO(business.zone).toPlainDate()
  return {
    business,
    successor: row.successor,
    effectiveOn: row.effective_on,
    open: row.state !== 'cancelled' && Temporal.PlainDate.compare(await businessDay(tx), row.effective_on) < 0,
    objectedOn: row.objected_at && day(row.objected_at),
    locale: row.locale,
  }
}

/** She objects: noted once, with her words. Not after the change. */
export async function objectByLink(tx: WorkspaceTx, noticeId: string, words: string): Promise<void> {
  const row = await noticeOf(tx, noticeId)
  const by: Principal = { kind: 'contact_link', workspaceId: tx.workspaceId, contactId: row.contact_id }
  ownershipPolicy.require(by, 'ownership.object')
  if (!(await readObjection(tx, noticeId)).open || row.objected_at !== null) return
  await tx.db
    .updateTable('ownership_notice')
    .set({ objected_at: tx.now, objection: words.trim() === '' ? null : words.trim() })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', noticeId)
    .execute()
  await audit(tx, by, { action: 'ownership_change.objected', object: { type: 'ownership_notice', id: noticeId }, result: 'done' })
}

async function noticeOf(tx: WorkspaceTx, noticeId: string) {
  const row = await tx.db
    .selectFrom('ownership_notice')
    .innerJoin('ownership_change', (join) =>
      join
        .onRef('ownership_change.workspace_id', '=', 'ownership_notice.workspace_id')
        .onRef('ownership_change.id', '=', 'ownership_notice.change_id'),
    )
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'ownership_notice.workspace_id').onRef('contact.id', '=', 'ownership_notice.contact_id'),
    )
    .select(['successor', 'effective_on', 'state', 'objected_at', 'contact.locale', 'contact.id as contact_id'])
    .where('ownership_notice.workspace_id', '=', tx.workspaceId)
    .where('ownership_notice.id', '=', noticeId)
    .executeTakeFirst()
  if (!row) throw deadLink()
  return { ...row, contact_id: row.contact_id as ContactId }
}
