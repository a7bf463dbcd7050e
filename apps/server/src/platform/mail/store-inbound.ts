import { createHash } from 'node:crypto'
import type { MailId, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { enqueue } from '../jobs/index.ts'
import type { Door } from './address-token.ts'
import { sealRaw } from './raw-mail.ts'
import { receiveMailJob } from './receive-mail.ts'

/** The largest mail that comes in. */
export const LARGEST_INBOUND_BYTES = 25_000_000

export type ArrivedMail = {
  readonly source: 'imap' | 'smtp'
  readonly raw: Buffer
  /** The mail of ours it answers, by its address token; null where it went to an address of a workspace itself. */
  readonly mailId: MailId | null
  /** Which one. */
  readonly door?: Door
  readonly nullSender: boolean
}

/** Which workspace a mail of ours belongs to; undefined when it is not here any more. */
export async function workspaceOfMail(database: Database, mailId: MailId): Promise<WorkspaceId | undefined> {
  const { rows } = await sql<{ workspace_id: WorkspaceId }>`select workspace_id from platform.workspace_of_mail(${mailId})`.execute(
    database.outside,
  )
  return rows[0]?.workspace_id
}

/** Whether a workspace is still here. */
export const isHere = async (database: Database, workspaceId: WorkspaceId): Promise<boolean> =>
  (await database.inWorkspace(workspaceId, (tx) =>
    tx.db.selectFrom('workspace').select('id').where('id', '=', tx.workspaceId).executeTakeFirst(),
  )) !== undefined

/** Stores a raw mail once, whatever it is, and leaves reading it to a job. Answers `known` for bytes that are stored already. */
export async function storeInbound(database: Database, mail: ArrivedMail): Promise<'stored' | 'known' | 'nobody'> {
  const workspaceId = mail.mailId === null ? mail.door?.workspaceId : await workspaceOfMail(database, mail.mailId)
  if (workspaceId === undefined || (mail.mailId === null && !(await isHere(database, workspaceId)))) return 'nobody'
  return database.inWorkspace(workspaceId, async (tx) => {
    const id = tx.newId()
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('inbound_mail')
      .values({
        workspace_id: tx.workspaceId,
        id,
        mail_id: mail.mailId,
        door: mail.mailId === null ? (mail.door?.kind ?? null) : null,
        source: mail.source,
        raw_hash: createHash('sha256').update(mail.raw).digest('base64url'),
        raw: sealRaw(tx, 'inbound_mail', id, mail.raw),
        size: mail.raw.length,
        null_sender: mail.nullSender,
        state: 'received',
        kind: null,
        reason: null,
        received_at: tx.now,
        processed_at: null,
      })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'raw_hash']).doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return 'known'
    await enqueue(tx, receiveMailJob, { inboundId: id })
    return 'stored'
  })
}
