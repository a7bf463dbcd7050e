import type { platformRoutes } from '@frontdesk/contract'
import { z } from 'zod'
import { readCursor, writeCursor } from '../http/cursor.ts'
import type { Handlers } from '../http/handlers.ts'
import { eventsPolicy } from './events.policy.ts'

type EventRoutes = Pick<typeof platformRoutes, 'GET /events'>

/**
 * Events in the order in which the relay sent them. A caller that keeps the last cursor misses none: the relay numbers one batch at a time, so nothing with a lower
 * number appears later.
 */
export const eventHandlers: Handlers<EventRoutes> = {
  'GET /events': {
    policy: eventsPolicy,
    may: 'events.read',
    run: async ({ tx, query }) => {
      const after = readCursor(query.cursor, [z.int()])
      const rows = await tx.db
        .selectFrom('outbox')
        .select(['id', 'type', 'at', 'payload', 'position'])
        .where('workspace_id', '=', tx.workspaceId)
        .where('position', '>', after?.[0] ?? 0)
        .orderBy('position')
        .limit(query.limit)
        .execute()
      return {
        items: rows.map(({ id, type, at, payload }) => ({ id, type, at: at.toString(), payload: payload as Record<string, unknown> })),
        // Never null: who has read everything comes back later with the same cursor.
        next: rows.length > 0 ? writeCursor([rows.at(-1)?.position ?? 0]) : (query.cursor ?? writeCursor([0])),
      }
    },
  },
}
