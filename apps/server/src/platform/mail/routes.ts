import type { platformRoutes } from '@frontdesk/contract'
import type { Handlers } from '../http/index.ts'
import { mailPolicy as policy } from './mail.policy.ts'
import { decideWaiting, listOutbox, readOutboxMail, retryMail } from './outbox.ts'

type OutboxRoutes = Pick<
  typeof platformRoutes,
  'GET /outbox' | 'GET /outbox/{mailId}' | 'POST /outbox/{mailId}/retry' | 'POST /outbox/waiting'
>

/** The routes of the outbox screen. */
export const outboxHandlers: Handlers<OutboxRoutes> = {
  'GET /outbox': { policy, may: 'outbox.read', run: ({ tx, by, query }) => listOutbox(tx, by, query) },
  'GET /outbox/{mailId}': { policy, may: 'outbox.read', run: ({ tx, by, params }) => readOutboxMail(tx, by, params.mailId) },
  'POST /outbox/{mailId}/retry': { policy, may: 'outbox.manage', run: ({ tx, by, params }) => retryMail(tx, by, params.mailId) },
  'POST /outbox/waiting': { policy, may: 'outbox.manage', run: ({ tx, by, body }) => decideWaiting(tx, by, body.choice) },
}
