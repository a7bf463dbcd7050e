import type { ContactPointId, ConversationId, Message, Principal } from '@frontdesk/contract'
import { textDirection } from '@frontdesk/i18n'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { html, renderHtml } from '../../platform/http/index.ts'
import { normalizeAddress } from '../../platform/mail/index.ts'
import { contactFacts } from '../contacts/index.ts'
import { presentReason, requestPermit, whyNot } from '../privacy/index.ts'
import { conversationsPolicy } from './conversations.policy.ts'
import type { ConversationRow } from './conversations.tables.ts'
import { lockConversation } from './open-conversation.ts'
import { loadConversation, loadMessage, noSuchConversation } from './read-conversations.ts'
import { sendEmail } from './send-email.ts'

export type Reply = { readonly conversationId: ConversationId; readonly text: string }

/** Answers the contact in a conversation she has written in. Throws `privacy/refused` with the reasons; the text stays with whoever wrote it. */
export async function reply(tx: WorkspaceTx, by: Principal, wish: Reply): Promise<Message> {
  conversationsPolicy.require(by, 'conversations.write')
  await loadConversation(tx, by, wish.conversationId)
  const conversation = await lockConversation(tx, wish.conversationId)
  if (!conversation) throw noSuchConversation()
  const sent = await sendEmail(tx, by, {
    contactId: conversation.contact_id,
    about: { type: 'conversation', id: conversation.id },
    pointId: await addressOfLastAnswer(tx, conversation),
    subject: /^re:/i.test(conversation.subject) ? conversation.subject : `Re: ${conversation.subject}`,
    text: wish.text,
    html: asHtml(wish.text, 'en'),
  })
  if (!sent.sent) {
    throw new Refusal('privacy/refused', {
      detail: `${whyNot(sent.reasons)} Your text was not lost: it is still in the field.`,
      reasons: sent.reasons.map(presentReason),
      nextMoment: sent.nextMoment?.toString() ?? null,
      remedy: sent.remedy,
    })
  }
  await tx.db
    .updateTable('conversation')
    .set({ status: 'waiting', waiting_since: null, snoozed_until: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', conversation.id)
    .execute()
  return loadMessage(tx, sent.messageId)
}

/** Stores the gate's no of a reply whose transaction was rolled back: every decision is kept. */
export async function storeRefusedReply(tx: WorkspaceTx, conversationId: ConversationId): Promise<void> {
  const conversation = await lockConversation(tx, conversationId)
  if (!conversation) return
  await requestPermit(tx, {
    contactId: conversation.contact_id,
    channel: 'email',
    purpose: 'reply',
    about: { type: 'conversation', id: conversation.id },
    pointId: await addressOfLastAnswer(tx, conversation),
  })
}

/** Where she wrote from last, if that is an address of hers; otherwise the preferred one is used. */
async function addressOfLastAnswer(tx: WorkspaceTx, conversation: Selectable<ConversationRow>): Promise<ContactPointId | undefined> {
  const last = await tx.db
    .selectFrom('message')
    .select('address')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversation.id)
    .where('direction', '=', 'in')
    .where('automatic', '=', false)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!last || last.address === null) return undefined
  const value = normalizeAddress(last.address)
  const { points } = await contactFacts(tx, conversation.contact_id)
  return points.find((point) => point.kind === 'email' && point.value === value)?.id
}

/** A person's text as a mail that reads well in light and dark: no colours of its own. */
const asHtml = (text: string, language: string): string =>
  renderHtml(
    html`<!doctype html><html lang="${language}" dir="${textDirection(language)}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body><p dir="auto" style="font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px;white-space:pre-wrap">${text}</p></body></html>`,
  )
