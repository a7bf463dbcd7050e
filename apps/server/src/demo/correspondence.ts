import { createHash } from 'node:crypto'
import type { BookingId, ConversationId, MailId, Principal } from '@frontdesk/contract'
import { changeStatus, loadConversation, reply } from '../modules/conversations/index.ts'
import { tellContact } from '../modules/scheduling/index.ts'
import type { Database, WorkspaceTx } from '../platform/database/index.ts'
import { followClockBack, orderedId } from '../platform/ids/index.ts'
import type { JobContext } from '../platform/jobs/index.ts'
import type { Log } from '../platform/log/index.ts'
import { mailArrivals, sealRaw } from '../platform/mail/index.ts'
import { bookFirstFree, type Clinic } from './desk-life.ts'
import { type Letter, letters } from './letters.ts'

/** What letters are exchanged with. */
export type Desk = {
  readonly by: Principal
  readonly database: Database
  readonly log: Log
  readonly setClock: (instant: Temporal.Instant) => void
  readonly today: Temporal.Instant
  readonly clinic: Clinic
}

/** How far away an appointment is that somebody is still written about. */
const HOURS_AHEAD = 60
/** How long a patient reads her confirmation before she answers. */
const READING_HOURS = 3

/** Confirms a booking as it would be confirmed. The mail goes nowhere; in the demo's past it arrived. */
export async function confirmByMail(tx: WorkspaceTx, bookingId: BookingId): Promise<void> {
  const { sequence } = await tx.db
    .selectFrom('booking')
    .select('sequence')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow()
  await tellContact(
    tx,
    { kind: 'system', workspaceId: tx.workspaceId, job: 'scheduling.tell-contact' },
    { bookingId, sequence, news: 'confirmed' },
  )
  await markAsSent(tx)
}

/** In the demo's past, what was written had arrived. */
export const markAsSent = (tx: WorkspaceTx) =>
  tx.db
    .updateTable('mail')
    .set({ state: 'sent', attempts: 1, attempted_at: tx.now, sent_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'not_configured')
    .execute()

/** Some of those who have an appointment ahead answer to its confirmation, and some of them are answered. */
export async function exchangeLetters(desk: Desk): Promise<void> {
  const { by, database, today, clinic } = desk
  const within = <T>(work: (tx: WorkspaceTx) => Promise<T>) => database.inWorkspace(by.workspaceId, work)
  for (const letter of letters) {
    const arrival = today.subtract({ minutes: letter.minutesAgo })
    desk.setClock(arrival.subtract({ hours: READING_HOURS }))
    // Lists are in the order of ids; a letter of yesterday belongs among yesterday's.
    followClockBack()
    const mail = await within((tx) => confirmationTo(tx, clinic, letter))
    if (!mail) continue
    desk.setClock(arrival)
    await arrive(desk, mail, letter)
    if (!letter.answer) continue
    desk.setClock(arrival.add({ minutes: letter.answer.after }))
    await within((tx) => answer(tx, by, mail.conversationId, letter))
  }
  desk.setClock(today)
}

type Confirmation = { readonly mailId: MailId; readonly conversationId: ConversationId; readonly address: string; readonly subject: string }

/** The confirmation that somebody was sent for her next appointment. Where that was too long ago to have been written, it is written now. */
async function confirmationTo(tx: WorkspaceTx, clinic: Clinic, { from }: Letter): Promise<Confirmation | undefined> {
  const ahead = tx.now.add({ hours: HOURS_AHEAD })
  const id = (await firstBooked(tx, from, ahead)) ?? (await bookFirstFree(tx, clinic, { mailbox: from[0], from: ahead }))
  if (!id) return undefined
  await confirmByMail(tx, id)
  return mailAbout(tx, id)
}

/** The next appointment of the first of these patients who has one. On some days none of them has. */
async function firstBooked(tx: WorkspaceTx, mailboxes: readonly string[], from: Temporal.Instant): Promise<BookingId | undefined> {
  for (const mailbox of mailboxes) {
    const booking = await tx.db
      .selectFrom('booking')
      .innerJoin('contact_point', (join) =>
        join.onRef('contact_point.workspace_id', '=', 'booking.workspace_id').onRef('contact_point.contact_id', '=', 'booking.contact_id'),
      )
      .select('booking.id')
      .where('booking.workspace_id', '=', tx.workspaceId)
      .where('contact_point.value_normalized', '=', `${mailbox}@example.com`)
      .where('booking.status', '=', 'confirmed')
      .where('booking.created_at', '<', tx.now)
      .where('booking.starts_at', '>', from)
      .orderBy('booking.starts_at')
      .executeTakeFirst()
    if (booking) return booking.id
  }
  return undefined
}

async function mailAbout(tx: WorkspaceTx, bookingId: BookingId): Promise<Confirmation | undefined> {
  const message = await tx.db
    .selectFrom('message')
    .innerJoin('booking', (join) =>
      join.onRef('booking.workspace_id', '=', 'message.workspace_id').onRef('booking.contact_id', '=', 'message.contact_id'),
    )
    .select(['mail_id', 'conversation_id', 'address', 'subject'])
    .where('message.workspace_id', '=', tx.workspaceId)
    .where('booking.id', '=', bookingId)
    .where('direction', '=', 'out')
    .orderBy('at', 'desc')
    .executeTakeFirst()
  if (!message?.mail_id || !message.address) return undefined
  return { mailId: message.mail_id, conversationId: message.conversation_id, address: message.address, subject: message.subject }
}

async function arrive({ database, log, by: { workspaceId } }: Desk, mail: Confirmation, { text, automatic, file }: Letter): Promise<void> {
  const context: JobContext = {
    workspaceId,
    by: { kind: 'system', workspaceId, job: 'mail.receive' },
    database,
    log,
    jobId: mail.mailId,
    attempt: 1,
    lastAttempt: true,
    halfTimeOver: () => false,
    signal: new AbortController().signal,
    inWorkspace: (work) => database.inWorkspace(workspaceId, work),
  }
  const inboundId = orderedId(database.clock().epochMilliseconds)
  const messageId = `<${inboundId}@example.com>`
  const subject = automatic ? `Out of office: ${mail.subject}` : `Re: ${mail.subject}`
  const raw = Buffer.from(`From: ${mail.address}\r\nMessage-ID: ${messageId}\r\nSubject: ${subject}\r\n\r\n${text}\r\n`)
  await mailArrivals.get().receive(
    context,
    {
      inboundId,
      mailId: mail.mailId,
      kind: automatic ? 'automatic' : 'answer',
      messageId,
      externalId: messageId,
      from: { name: '', address: mail.address },
      subject,
      text,
      quoted: null,
      attachments: file ? [{ name: file.name, type: 'text/plain', bytes: Buffer.from(file.text) }] : [],
    },
    async (tx) => {
      await storeRead(tx, { inboundId, mailId: mail.mailId, raw, automatic: automatic ?? false })
      return true
    },
  )
}

/** The raw mail as it stays behind once it was read. The worker must not read it: to its clock, it came today. */
const storeRead = (
  tx: WorkspaceTx,
  { inboundId, mailId, raw, automatic }: { inboundId: string; mailId: MailId; raw: Buffer; automatic: boolean },
) =>
  tx.db
    .insertInto('inbound_mail')
    .values({
      workspace_id: tx.workspaceId,
      id: inboundId,
      mail_id: mailId,
      source: 'smtp',
      raw_hash: createHash('sha256').update(raw).digest('base64url'),
      raw: sealRaw(tx, 'inbound_mail', inboundId, raw),
      size: raw.length,
      null_sender: false,
      state: 'processed',
      kind: automatic ? 'automatic' : 'answer',
      reason: null,
      received_at: tx.now,
      processed_at: tx.now,
    })
    .execute()

async function answer(tx: WorkspaceTx, by: Principal, conversationId: ConversationId, letter: Letter): Promise<void> {
  if (!letter.answer) return
  await reply(tx, by, { conversationId, text: letter.answer.text })
  await markAsSent(tx)
  if (!letter.resolved) return
  const { version } = await loadConversation(tx, by, conversationId)
  await changeStatus(tx, by, { conversationId, version, status: 'resolved' })
}
