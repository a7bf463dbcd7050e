import type { ContactId, MailId, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { emit, type Subscriber, subscribe } from '../../platform/events/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import { contactFacts, recordBounce, recordTimeline } from '../contacts/index.ts'
import type { MessageRow } from './conversations.tables.ts'
import { deliveryOfMail, laterDelivery } from './delivery.rules.ts'
import { setDelivery, tellOfChange } from './write-message.ts'

const TEMPORARY_REST = { hours: 24 }

/** Moves a message on with the mail that carries it. Reads the mail as it is now, so the order of the events does not matter. */
export const followMail: Subscriber = subscribe('mail.changed', {
  name: 'conversations.follow-mail',
  run: async (context, event) => {
    await context.inWorkspace((tx) => follow(tx, event.payload.mailId as MailId, context.by))
  },
})

async function follow(tx: WorkspaceTx, mailId: MailId, by: Principal): Promise<void> {
  const mail = await tx.db
    .selectFrom('mail')
    .select(['state', 'error', 'bounce_kind', 'contact_id', 'to_address'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', mailId)
    .executeTakeFirst()
  const message = await tx.db
    .selectFrom('message')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('mail_id', '=', mailId)
    .forUpdate()
    .executeTakeFirst()
  // Other rooms write mails that are in no conversation, such as answers to requests: what bounces there rests the address as well.
  if (mail?.state === 'bounced' && mail.contact_id !== null && !message)
    await restAddress(tx, mail.contact_id, mail.to_address, mail.bounce_kind)
  if (!mail || !message) return
  const delivery = laterDelivery(message.delivery, deliveryOfMail(mail.state))
  const moved = delivery !== message.delivery
  if (!moved && message.delivery_error === mail.error) return
  await setDelivery(tx, message.id, delivery, mail.error)
  if (moved) await tell(tx, by, { ...message, delivery }, mail.bounce_kind)
  await tellOfChange(tx, { id: message.conversation_id, contact_id: message.contact_id })
}

async function tell(
  tx: WorkspaceTx,
  by: Principal,
  message: Selectable<MessageRow>,
  bounce: 'permanent' | 'temporary' | null,
): Promise<void> {
  const about = { messageId: message.id, conversationId: message.conversation_id, contactId: message.contact_id }
  if (message.delivery === 'sent') return emit(tx, 'message.sent', about)
  if (message.delivery === 'failed') {
    await remember(tx, by, message, 'message.failed')
    await emit(tx, 'message.failed', about)
  }
  if (message.delivery === 'bounced') {
    await restAddress(tx, message.contact_id, message.address, bounce)
    await remember(tx, by, message, 'delivery.bounced')
    await emit(tx, 'delivery.bounced', { messageId: message.id, contactId: message.contact_id })
  }
}

/** The gate knows from now on that this address does not take mail, for good or for a day. */
async function restAddress(
  tx: WorkspaceTx,
  contactId: ContactId,
  address: string | null,
  bounce: 'permanent' | 'temporary' | null,
): Promise<void> {
  if (address === null) return
  const value = normalizeAddress(address)
  const point = (await contactFacts(tx, contactId)).points.find((one) => one.kind === 'email' && one.value === value)
  if (point) await recordBounce(tx, point.id, { retryAfter: bounce === 'permanent' ? null : tx.now.add(TEMPORARY_REST) })
}

const remember = (tx: WorkspaceTx, by: Principal, message: Selectable<MessageRow>, kind: 'message.failed' | 'delivery.bounced') =>
  recordTimeline(tx, {
    contactId: message.contact_id,
    kind,
    actor: by,
    subject: { type: 'message', id: message.id },
    summary: { key: kind.replace('.', '_'), values: { channel: 'email', subject: message.subject } },
  })
