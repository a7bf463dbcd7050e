import { createHash } from 'node:crypto'
import type { MailId } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { z } from 'zod'
import type { WorkspaceTx } from '../database/index.ts'
import { system } from '../inventory/index.ts'
import { defineJob, type JobContext } from '../jobs/index.ts'
import type { Bounce } from './bounce.rules.ts'
import { classifyInbound, type InboundKind } from './classify-inbound.ts'
import type { MailAttachment } from './compose-mail.ts'
import type { InboundMailRow } from './mail.tables.ts'
import { inboxMails, type MailArrival, mailArrivals, officeMails } from './ports.ts'
import { openRaw } from './raw-mail.ts'
import { lockMail, setMail } from './send-mail.ts'
import { mailSettings } from './settings.ts'
import { splitQuoted, textOfHtml } from './split-quoted.ts'

/** More answers to one mail in an hour than people write: two programs talk to each other, or somebody floods. */
const MOST_AN_HOUR = 30
/** The same for all mails to one privacy office, and to one inbox. */
const MOST_AT_DOOR = { office: 60, inbox: 300 } as const
const LONGEST_TEXT = 200_000

/** Reads one stored mail and brings it where it belongs. May run twice for one mail. */
export const receiveMailJob = defineJob({
  name: 'mail.receive',
  payload: z.strictObject({ inboundId: z.uuid() }),
  fields: { inboundId: system },
  retries: { limit: 20, delaySeconds: 5, backoff: 'exponential' },
  timeoutSeconds: 120,
  run: async (context, { inboundId }) => {
    const found = await context.inWorkspace((tx) => readInbound(tx, inboundId))
    if (!found) return
    const { row, raw, mailId, tooMany } = found
    const mail = await parse(raw)
    if (mail === undefined)
      return context.inWorkspace(async (tx) => void (await finish(tx, row.id, { state: 'failed', reason: 'unreadable' })))
    if (tooMany) return ignore(context, row.id, 'too_many')
    const judged = classifyInbound(mail, { nullSender: row.null_sender, mailId })
    await bring(context, { row, mail, mailId, judged })
    context.log.info('mail.received', { inboundId })
  },
})

type Found = { readonly row: Selectable<InboundMailRow>; readonly raw: Buffer; readonly mailId: MailId | null; readonly tooMany: boolean }

async function readInbound(tx: WorkspaceTx, inboundId: string): Promise<Found | undefined> {
  const row = await tx.db
    .selectFrom('inbound_mail')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', inboundId)
    .executeTakeFirst()
  if (row?.state !== 'received') return undefined
  const { earlier } = await tx.db
    .selectFrom('inbound_mail')
    .select(({ fn }) => fn.countAll<number>().as('earlier'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('mail_id', row.mail_id === null ? 'is' : '=', row.mail_id)
    .where('door', row.door === null ? 'is' : '=', row.door)
    .where('received_at', '>', row.received_at.subtract({ hours: 1 }))
    .where('id', '<=', row.id)
    .executeTakeFirstOrThrow()
  return {
    row,
    raw: openRaw(tx, 'inbound_mail', row.id, row.raw),
    mailId: row.mail_id,
    tooMany: earlier > (row.mail_id === null ? MOST_AT_DOOR[row.door ?? 'office'] : MOST_AN_HOUR),
  }
}

/** Undefined for what no mail program could read either. */
async function parse(raw: Buffer): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(raw, { maxNestingDepth: 50, maxHeadersSize: 500_000 })
  } catch {
    return undefined
  }
}

type Judged = {
  readonly row: Selectable<InboundMailRow>
  readonly mail: Email
  readonly mailId: MailId | null
  readonly judged: InboundKind
}

async function bring(context: JobContext, { row, mail, mailId, judged }: Judged): Promise<void> {
  if (mailId === null) return bringToDoor(context, row, mail, judged)
  switch (judged.kind) {
    case 'ignored':
      return ignore(context, row.id, judged.reason)
    case 'delay':
      return context.inWorkspace(async (tx) => void (await finish(tx, row.id, { state: 'processed', kind: 'delay' })))
    case 'bounce':
      return context.inWorkspace(async (tx) => {
        if (await finish(tx, row.id, { state: 'processed', kind: 'bounce' })) await recordBounce(tx, mailId, judged.bounce)
      })
    case 'answer':
    case 'automatic':
    case 'complaint': {
      const { kind } = judged
      const arrival = { ...arrivalOf(row.id, mail), mailId, kind }
      return mailArrivals.get().receive(context, arrival, (tx) => finish(tx, row.id, { state: 'processed', kind }))
    }
  }
}

/**
 * Only what a person wrote reaches the office or the inbox: a program asks for nothing. Nor does what we wrote ourselves and a mailbox sent on. Calendars answer invitations by themselves,
 * to the address that invited: such a mail reaches the inbox, though a program wrote it.
 */
async function bringToDoor(
  context: JobContext,
  { id: inboundId, door }: Pick<Selectable<InboundMailRow>, 'id' | 'door'>,
  mail: Email,
  judged: InboundKind,
): Promise<void> {
  const automatic = judged.kind === 'automatic' && door === 'inbox' && mail.attachments.some(({ mimeType }) => mimeType === 'text/calendar')
  if (judged.kind !== 'answer' && !automatic) return ignore(context, inboundId, judged.kind)
  if (isOurs(mail.from?.address)) return ignore(context, inboundId, 'our_own')
  const mails = door === 'inbox' ? inboxMails : officeMails
  const arrival = { ...arrivalOf(inboundId, mail), automatic }
  await mails.get().receive(context, arrival, (tx) => finish(tx, inboundId, { state: 'processed', kind: judged.kind }))
}

function isOurs(from: string | undefined): boolean {
  const { from: sender, replies } = mailSettings.get()
  const address = from?.toLowerCase().replace(/\+[^@]*@/, '@')
  return (
    address !== undefined && [sender.address, replies && `${replies.local}@${replies.domain}`].some((own) => own?.toLowerCase() === address)
  )
}

async function ignore(context: JobContext, inboundId: string, reason: string): Promise<void> {
  await context.inWorkspace((tx) => finish(tx, inboundId, { state: 'ignored', reason }))
  context.log.info('mail.ignored', { inboundId, reason })
}

/** Marks a mail as dealt with. False when it was already. */
async function finish(
  tx: WorkspaceTx,
  inboundId: string,
  change: Pick<Partial<InboundMailRow>, 'state' | 'kind' | 'reason'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('inbound_mail')
    .set({ ...change, processed_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', inboundId)
    .where('state', '=', 'received')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** A mail came back. Only one that is out can; a bounce that comes twice changes nothing. */
async function recordBounce(tx: WorkspaceTx, mailId: MailId, bounce: Bounce): Promise<void> {
  const mail = await lockMail(tx, mailId)
  if (mail?.state !== 'sent' && mail?.state !== 'sending') return
  const said = bounce.said === '' ? '' : ` It said: ${bounce.said}`
  const error =
    bounce.kind === 'permanent'
      ? `The address ${mail.to_address} does not exist.${said}`
      : `The server of ${mail.to_address} sent the mail back.${said}`
  await setMail(tx, mailId, {
    state: 'bounced',
    bounce_kind: bounce.kind,
    sent_at: mail.sent_at ?? tx.now,
    error,
    error_code: bounce.status,
  })
}

function arrivalOf(inboundId: string, mail: Email): Omit<MailArrival, 'mailId' | 'kind'> {
  const written = mail.text?.trim() ? mail.text : textOfHtml(mail.html ?? '')
  const { text, quoted } = splitQuoted(clean(written).slice(0, LONGEST_TEXT))
  const messageId = /<[^<>\s]{1,300}>/.exec(mail.messageId ?? '')?.[0] ?? null
  const from = mail.from?.address ? { name: clean(mail.from.name).slice(0, 200), address: clean(mail.from.address).slice(0, 254) } : null
  const attachments = mail.attachments.map(attachmentOf)
  // Message-ID alone would not do: some programs send every mail under the same one.
  const body = createHash('sha256').update(`${written}\n${attachments.map(({ name, bytes }) => `${name} ${bytes.length}`).join('\n')}`)
  return {
    inboundId,
    messageId,
    externalId: `${messageId ?? ''}#${body.digest('base64url').slice(0, 22)}`,
    from,
    subject: clean(mail.subject ?? '')
      .replace(/\s+/g, ' ')
      .slice(0, 400),
    text,
    quoted,
    attachments,
  }
}

function attachmentOf({ filename, mimeType, content }: Attachment): MailAttachment {
  const bytes =
    typeof content === 'string' ? new TextEncoder().encode(content) : content instanceof Uint8Array ? content : new Uint8Array(content)
  return { name: clean(filename ?? '').slice(0, 200), type: mimeType, bytes }
}

/** What PostgreSQL cannot store and no person typed. */
const clean = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()
