import { conversationsRoutes } from '@frontdesk/contract'
import { Refusal } from '../../platform/errors/index.ts'
import { mount } from '../../platform/http/index.ts'
import { changeStatus } from './change-status.ts'
import { conversationsPolicy as policy } from './conversations.policy.ts'
import { openAttachment } from './open-attachment.ts'
import { listConversations, listMessages, loadConversation } from './read-conversations.ts'
import { reply, storeRefusedReply } from './reply.ts'

const read = { policy, may: 'conversations.read' } as const
const write = { policy, may: 'conversations.write' } as const

/** The API of the conversations room. */
export const mountedRoutes = mount(conversationsRoutes, {
  'GET /conversations': { ...read, run: ({ tx, by, query }) => listConversations(tx, by, query) },
  'GET /conversations/{conversationId}': { ...read, run: ({ tx, by, params }) => loadConversation(tx, by, params.conversationId) },
  'GET /conversations/{conversationId}/messages': {
    ...read,
    run: ({ tx, by, params, query }) => listMessages(tx, by, { ...query, ...params }),
  },
  'GET /conversations/{conversationId}/attachments/{fileId}': { ...read, run: ({ tx, by, params }) => openAttachment(tx, by, params) },
  'POST /conversations/{conversationId}/reply': {
    ...write,
    run: ({ tx, by, params, body }) => reply(tx, by, { ...params, ...body }),
    afterRefusal: async (error, { database, workspaceId, params }) => {
      if (error instanceof Refusal && error.type === 'privacy/refused')
        await database.inWorkspace(workspaceId, (tx) => storeRefusedReply(tx, params.conversationId))
      return error
    },
  },
  'PATCH /conversations/{conversationId}': {
    ...write,
    run: ({ tx, by, params, body, version }) => changeStatus(tx, by, { ...params, ...body, version }),
  },
})
