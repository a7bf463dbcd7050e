import type { MailId, OutgoingMail, OutgoingMailDetail, Principal } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import PostalMime from 'postal-mime'
import { z } from 'zod'
import type { WorkspaceTx } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { pageFrom, readCursor } from '../http/index.ts'
import { enqueue } from '../jobs/index.ts'
import { mailPolicy } from './mail.policy.ts'
import type { MailRow, MailState } from './mail.tables.ts'
import { headersOf } from './readdress-mail.ts'
import { currentRaw, lockMail, sendMailJob, setMail } from './send-mail.ts'
import { mailSettings } from './settings.ts'
import { isTestWorkspace } from './test-workspace.ts'

type Shown = z.input<typeof OutgoingMail>
type ShownDetail = z.input<typeof OutgoingMailDetail>
const listed = ['id', 'to_address', 'subject', 'state', 'created_at', 'sent_at', 'attempts', 'error', 'contact_id'] as const
const MOST_AT_ONCE = 2000

/** One page of the outbox, newest first. */
export async function listOutbox(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly state?: MailState | undefined; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Shown[]; next: string | null }> {
  mailPolicy.require(by, 'outbox.read')
  const before = readCursor(wish.cursor, [z.uuid()])
  let query = tx.db
    .selectFrom('mail')
    .select(listed)
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
  if (wish.state !== undefined) query = query.where('state', '=', wish.state)
  if (before) query = query.where(sql<boolean>`id < ${before[0]}::uuid`)
  return pageFrom(await query.execute(), wish.limit, present, (row) => [row.id])
}

/** One mail exactly as it goes out, or went. Throws 404. */
export async function readOutboxMail(tx: WorkspaceTx, by: Principal, mailId: MailId): Promise<ShownDetail> {
  mailPolicy.require(by, 'outbox.read')
  const mail = await tx.db
    .selectFrom('mail')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mailId)
    .executeTakeFirst()
  if (!mail) throw noSuchMail()
  const { raw } = mail.state === 'sent' || mail.state === 'bounced' ? { raw: currentRawAsSent(tx, mail) } : currentRaw(tx, mail)
  const parsed = await PostalMime.parse(raw)
  const hidden = mail.confidential && !(by.kind === 'member' && by.role === 'owner')
  const headers = headersOf(raw.toString('latin1'))
  return {
    ...present(mail),
    from: headers.find(({ name }) => name.toLowerCase() === 'from')?.value ?? mail.from_address,
    confidential: mail.confidential,
    text: hidden ? '' : (parsed.text ?? ''),
    html: hidden ? null : (parsed.html ?? null),
    headers,
    attachments: hidden
      ? []
      : parsed.attachments.map(({ filename, mimeType, content }) => ({ name: filename ?? '', type: mimeType, size: sizeOf(content) })),
  }
}

const currentRawAsSent = (tx: WorkspaceTx, mail: Selectable<MailRow>): Buffer =>
  currentRaw(tx, { ...mail, from_address: mailSettings.get().from.address }).raw

const sizeOf = (content: string | ArrayBuffer | Uint8Array): number =>
  typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength

/** Tries a mail again that failed, was dropped or never had a server, with the same Message-ID. The gate is asked again before it goes. */
export async function retryMail(tx: WorkspaceTx, by: Principal, mailId: MailId): Promise<Shown> {
  mailPolicy.require(by, 'outbox.manage')
  const mail = await lockMail(tx, mailId)
  if (!mail) throw noSuchMail()
  await requireServer(tx)
  if (mail.state !== 'failed' && mail.state !== 'dropped' && mail.state !== 'not_configured') {
    throw new Refusal('mail/not-waiting', {
      detail: 'Only a mail that failed, was dropped or waits for a mail server can be tried again. Nothing was changed.',
      state: mail.state,
    })
  }
  await release(tx, [mailId])
  return present({ ...mail, state: 'queued', attempts: 0, error: null })
}

/** Sends or drops what was written while no mail server was set up; nothing of that goes out by itself. Up to 2,000 mails at a time. */
export async function decideWaiting(tx: WorkspaceTx, by: Principal, choice: 'send' | 'drop'): Promise<{ mails: number }> {
  mailPolicy.require(by, 'outbox.manage')
  if (choice === 'send') await requireServer(tx)
  const waiting = await tx.db
    .selectFrom('mail')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'not_configured')
    .orderBy('id')
    .limit(MOST_AT_ONCE)
    .forUpdate()
    .execute()
  const ids = waiting.map(({ id }) => id)
  if (choice === 'send') await release(tx, ids)
  else for (const id of ids) await setMail(tx, id, { state: 'dropped', error: null })
  return { mails: ids.length }
}

async function release(tx: WorkspaceTx, ids: readonly MailId[]): Promise<void> {
  for (const mailId of ids) {
    await setMail(tx, mailId, { state: 'queued', attempts: 0, next_attempt_at: null, error: null, error_code: null })
    await enqueue(tx, sendMailJob, { mailId })
  }
}

async function requireServer(tx: WorkspaceTx): Promise<void> {
  if (await isTestWorkspace(tx))
    throw new Refusal('mail/not-configured', { detail: 'This is the test workspace: its mails are shown here and never leave.' })
  if (mailSettings.get().smtpUrl !== undefined) return
  throw new Refusal('mail/not-configured', {
    detail: 'Set SMTP_URL and MAIL_FROM and start Frontdesk again. The mails stay here until then.',
  })
}

const noSuchMail = () => new Refusal('http/not-found', { detail: 'There is no such mail here.' })

const present = (mail: Pick<Selectable<MailRow>, (typeof listed)[number]>): Shown => ({
  id: mail.id,
  to: mail.to_address,
  subject: mail.subject,
  state: mail.state,
  createdAt: mail.created_at.toString(),
  sentAt: mail.sent_at?.toString() ?? null,
  attempts: mail.attempts,
  error: mail.error,
  contactId: mail.contact_id,
})
