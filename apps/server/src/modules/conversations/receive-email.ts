import type { FileId, MessageId, SensitiveKind } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { cleanName, recordFile, type StoredFile } from '../../platform/files/index.ts'
import type { JobContext } from '../../platform/jobs/index.ts'
import { forgetInboundRaw, type MailArrival, normalizeAddress } from '../../platform/mail/index.ts'
import { bringBackContact, contactFacts, recordBounce, recordTimeline } from '../contacts/index.ts'
import { maskFromOutside, maskInFile, noteDealing, noteMasked, suppress } from '../privacy/index.ts'
import type { ConversationRow } from './conversations.tables.ts'
import { takeEnclosures } from './enclosures.ts'
import { heedOptOut } from './heed-opt-out.ts'
import { lockConversation } from './open-conversation.ts'
import { conversationSurroundings } from './surroundings.ts'
import { noteAttachments, tellOfChange, writeMessage } from './write-message.ts'

const MOST_KEPT = 20
/** Beyond what is kept, names still tell what was there; a mail of thousands of crumbs is not listed to its end. */
const MOST_NAMED = 100
const LARGEST_ATTACHMENT_BYTES = 20_000_000

type KeptFile = { readonly name: string; readonly type: string; readonly size: number; readonly stored: StoredFile | null }

/** Takes an answer by mail into the conversation of the mail it answers. Comes the same answer twice, nothing happens the second time. */
export async function receiveEmail(context: JobContext, arrived: MailArrival, done: (tx: WorkspaceTx) => Promise<boolean>): Promise<void> {
  const masked = maskFromOutside({ subject: arrived.subject, text: arrived.text, quoted: arrived.quoted })
  const arrival = { ...arrived, ...masked.fields }
  const { files, found: inFiles } = await keepFiles(context, arrival)
  const found = [...new Set([...masked.found, ...inFiles])]
  await context.inWorkspace(async (tx) => {
    if (!(await done(tx))) return
    const conversation = await conversationOf(tx, arrival)
    if (found.length > 0) await forgetInboundRaw(tx, arrival.inboundId)
    if (!conversation) return // a mail to a member, or of a conversation that was erased
    if (arrival.kind === 'complaint') return takeComplaint(tx, context, conversation)
    await takeMessage(tx, context, conversation, arrival, files)
    await takeEnclosures(tx, context.by, arrived)
    const from = { kind: 'contact_link', workspaceId: tx.workspaceId, contactId: conversation.contact_id } as const
    await noteMasked(tx, from, { contactId: conversation.contact_id, source: 'message', found })
  })
}

/** A mail of a person, whatever it answers. */
export type TakenMail = Omit<MailArrival, 'mailId'>

/** Files go into the store before the transaction, texts without card numbers and the like; what no row knows afterwards is swept away. */
export async function keepFiles(
  context: JobContext,
  { attachments }: Pick<MailArrival, 'attachments'>,
): Promise<{ readonly files: readonly KeptFile[]; readonly found: readonly SensitiveKind[] }> {
  const { files } = conversationSurroundings.get()
  const kept: KeptFile[] = []
  const found = new Set<SensitiveKind>()
  for (const { name, type, bytes } of attachments.slice(0, MOST_NAMED)) {
    const shown = { name: cleanName(name) ?? 'file', type, size: bytes.length }
    if (kept.length >= MOST_KEPT) {
      kept.push({ ...shown, stored: null })
      continue
    }
    try {
      const wish = {
        workspaceId: context.workspaceId,
        subjects: [],
        purpose: 'attachment',
        name,
        maxBytes: LARGEST_ATTACHMENT_BYTES,
        now: context.database.clock(),
      } as const
      const masked = await maskInFile(bytes, name)
      kept.push({ ...shown, size: masked.bytes.length, stored: await files.put(masked.bytes, wish) })
      for (const kind of masked.found) found.add(kind)
    } catch (error) {
      if (!(error instanceof Refusal) || error.type === 'http/unavailable') throw error
      kept.push({ ...shown, stored: null }) // too large: its name still tells that it was there
    }
  }
  return { files: kept, found: [...found] }
}

async function conversationOf(tx: WorkspaceTx, { mailId }: MailArrival): Promise<Selectable<ConversationRow> | undefined> {
  const message = await tx.db
    .selectFrom('message')
    .select('conversation_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('mail_id', '=', mailId)
    .executeTakeFirst()
  return message ? lockConversation(tx, message.conversation_id) : undefined
}

/** Writes a mail as a message into a conversation that the caller holds, opens it, and heeds what it asks for. Comes the same mail twice, nothing happens the second time. */
export async function takeMessage(
  tx: WorkspaceTx,
  context: JobContext,
  conversation: Selectable<ConversationRow>,
  arrival: TakenMail,
  files: readonly KeptFile[],
): Promise<void> {
  const automatic = arrival.kind === 'automatic'
  const messageId = tx.newId<'message'>()
  const contact = await contactFacts(tx, conversation.contact_id)
  const opened = automatic
    ? {}
    : ({ status: 'open', snoozed_until: null, waiting_since: conversation.waiting_since ?? tx.now, answered: true } as const)
  const isNew = await writeMessage(
    tx,
    conversation,
    {
      id: messageId,
      direction: 'in',
      external_id: arrival.externalId,
      reference_id: arrival.messageId,
      author_kind: 'contact',
      author_id: contact.contactId,
      purpose: null,
      address: arrival.from?.address ?? null,
      subject: arrival.subject,
      body: arrival.text,
      quoted: arrival.quoted,
      automatic,
      delivery: 'received',
      delivery_error: null,
      permit_id: null,
      mail_id: null,
      inbound_id: arrival.inboundId,
    },
    opened,
  )
  if (!isNew) return
  await attach(tx, messageId, conversation, files)
  if (!automatic) {
    if (contact.archived) await bringBackContact(tx, context.by, contact.contactId)
    await forgetBounce(tx, contact, arrival)
    await noteDealing(tx, { contactId: contact.contactId, kind: 'inquiry', source: { type: 'conversation', id: conversation.id } })
  }
  await recordTimeline(tx, {
    contactId: conversation.contact_id,
    kind: 'message.received',
    actor: { kind: 'contact_link', workspaceId: tx.workspaceId, contactId: contact.contactId },
    subject: { type: 'message', id: messageId },
    summary: { key: automatic ? 'message_received_automatic' : 'message_received', values: { channel: 'email', subject: arrival.subject } },
  })
  await emit(tx, 'message.received', { messageId, conversationId: conversation.id, contactId: conversation.contact_id })
  await tellOfChange(tx, conversation)
  if (!automatic) await heedOptOut(tx, { contact, arrival })
}

async function attach(
  tx: WorkspaceTx,
  messageId: MessageId,
  conversation: Selectable<ConversationRow>,
  files: readonly KeptFile[],
): Promise<void> {
  for (const { stored } of files) if (stored) await recordFile(tx, { ...stored, subjects: [{ contactId: conversation.contact_id }] })
  await noteAttachments(
    tx,
    messageId,
    files.map(({ stored, name, type, size }): { fileId: FileId | null; name: string; type: string; size: number } => ({
      fileId: stored?.id ?? null,
      name: stored?.name ?? name,
      type: stored?.mediaType ?? type,
      size,
    })),
  )
}

/** She writes from an address to which mail came back: it works again. */
async function forgetBounce(tx: WorkspaceTx, { points }: Awaited<ReturnType<typeof contactFacts>>, { from }: TakenMail): Promise<void> {
  if (!from) return
  const value = normalizeAddress(from.address)
  const bounced = points.find((point) => point.kind === 'email' && point.value === value && point.bounce !== null)
  if (bounced) await recordBounce(tx, bounced.id, null)
}

/** Her provider says that she marked our mail as spam (RFC 5965): she is not written to any more. */
async function takeComplaint(tx: WorkspaceTx, context: JobContext, conversation: Selectable<ConversationRow>): Promise<void> {
  const contact = await contactFacts(tx, conversation.contact_id)
  const preferred = contact.points.find(({ kind }) => kind === 'email')
  if (preferred) await suppress(tx, context.by, { kind: 'email', value: preferred.value, scope: 'channel', cause: 'complaint' })
}
