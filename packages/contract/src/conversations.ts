import { z } from 'zod'
import { idOf } from './ids.ts'
import { fileToSave, routes } from './routes.ts'
import { Instant, PageQuery, pageOf, Text } from './values.ts'

/** `waiting`: we wait for the contact. `snoozed`: out of sight until a moment. A new message from the contact opens it again. */
export const ConversationStatus = z.enum(['open', 'waiting', 'snoozed', 'resolved']).meta({ id: 'ConversationStatus' })
export type ConversationStatus = z.output<typeof ConversationStatus>

/** How far a message came; it only moves forward. */
export const Delivery = z
  .enum(['queued', 'permitted', 'sent', 'delivered', 'read', 'failed', 'bounced', 'in_doubt', 'received'])
  .meta({ id: 'Delivery' })
export type Delivery = z.output<typeof Delivery>

export const Conversation = z
  .object({
    id: idOf('conversation'),
    version: z.int(),
    contactId: idOf('contact'),
    contactName: z.string(),
    channel: z.enum(['email']),
    subject: z.string(),
    status: ConversationStatus,
    snoozedUntil: Instant.nullable(),
    /** Since when the contact has waited for an answer of ours. */
    waitingSince: Instant.nullable(),
    lastMessageAt: Instant,
    preview: z.string(),
    createdAt: Instant,
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.output<typeof Conversation>

export const Message = z
  .object({
    id: idOf('message'),
    conversationId: idOf('conversation'),
    contactId: idOf('contact'),
    direction: z.enum(['in', 'out']),
    at: Instant,
    author: z.object({ kind: z.enum(['contact', 'member', 'api_key', 'operator', 'system']), id: z.string().nullable() }),
    purpose: z.enum(['reply', 'service', 'legal', 'feedback', 'marketing']).nullable(),
    /** The address it came from or went to. */
    address: z.string().nullable(),
    subject: z.string(),
    text: z.string(),
    /** Written by a machine: an out-of-office note, a confirmation. */
    automatic: z.boolean(),
    /** The earlier mails that were quoted below the answer; kept apart, so that they can be folded away. */
    quoted: z.string().nullable(),
    delivery: Delivery,
    /** What went wrong, in one sentence. */
    deliveryError: z.string().nullable(),
    mailId: z.uuid().nullable(),
    /** What came or went with it. `type` is told by the content; without a `fileId` the file itself is not kept. */
    attachments: z.array(z.object({ fileId: idOf('file').nullable(), name: z.string(), type: z.string(), size: z.int() })),
  })
  .meta({ id: 'Message' })
export type Message = z.output<typeof Message>

const conversationParams = z.strictObject({ conversationId: idOf('conversation') })

export const conversationsRoutes = routes({
  'GET /conversations': {
    summary: 'Conversations, the one with the newest message first',
    access: 'member',
    query: PageQuery.extend({ status: ConversationStatus.optional(), contactId: idOf('contact').optional() }),
    answer: pageOf(Conversation),
  },
  'GET /conversations/{conversationId}': {
    summary: 'One conversation',
    access: 'member',
    params: conversationParams,
    answer: Conversation,
  },
  'GET /conversations/{conversationId}/messages': {
    summary: 'The messages of a conversation, newest first',
    access: 'member',
    params: conversationParams,
    query: PageQuery,
    answer: pageOf(Message),
  },
  'GET /conversations/{conversationId}/attachments/{fileId}': {
    summary: 'A file that came with a message, to be saved',
    description: 'Whoever may read the conversation may have it. Nobody has looked inside: treat it as you would any mail of a stranger.',
    access: 'member',
    params: conversationParams.extend({ fileId: idOf('file') }),
    download: true,
    answer: fileToSave,
  },
  'POST /conversations/{conversationId}/reply': {
    summary: 'Answer the contact; the gate is asked first',
    access: 'member',
    params: conversationParams,
    body: z.strictObject({ text: Text(50_000).refine((text) => text.length > 0, 'Please write something.') }),
    status: 201,
    answer: Message,
    refusals: ['privacy/refused'],
  },
  'PATCH /conversations/{conversationId}': {
    summary: 'Change the status; sending the earlier status undoes it',
    access: 'member',
    params: conversationParams,
    body: z.strictObject({ status: ConversationStatus, snoozedUntil: Instant.optional() }),
    answer: Conversation,
    ifMatch: true,
  },
})
