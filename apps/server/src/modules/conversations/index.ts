import { inboxMails, mailArrivals } from '../../platform/mail/index.ts'
import type { Room } from '../../platform/room/index.ts'
import { subjectSources } from '../privacy/index.ts'
import { wakeConversation } from './change-status.ts'
import { conversationSubjects } from './conversation-subjects.ts'
import { conversationsInventory } from './conversations.tables.ts'
import { followMail } from './follow-mail.ts'
import { receiveEmail } from './receive-email.ts'
import { receiveInboxMail } from './receive-inbox-mail.ts'
import { reconsiderQueued } from './reconsider-queued.ts'
import { mountedRoutes } from './routes.ts'
import { tellUnreached } from './tell-unreached.ts'

export { changeStatus } from './change-status.ts'
export { conversationsPolicy } from './conversations.policy.ts'
export { type EnclosedMail, mailEnclosures } from './enclosures.ts'
export { loadConversation } from './read-conversations.ts'
export { reply } from './reply.ts'
export { type SendEmail, type SentEmail, sendEmail } from './send-email.ts'
export { conversationSurroundings } from './surroundings.ts'

/** Fills the ports of rooms and platform to the left that this room answers. */
export function provideConversationsPorts(): void {
  mailArrivals.provide({ receive: receiveEmail })
  inboxMails.provide({ receive: receiveInboxMail })
  subjectSources.provide('conversations', conversationSubjects)
}

export const conversationsRoom: Room = {
  name: 'conversations',
  migrations: new URL('./migrations', import.meta.url),
  inventory: conversationsInventory,
  routes: mountedRoutes,
  jobs: [wakeConversation],
  subscribers: [followMail, tellUnreached, ...reconsiderQueued],
}
