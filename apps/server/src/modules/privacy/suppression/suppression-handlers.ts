import type { suppressionRoutes } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type Handlers, publicLimit } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { addOptOut, undoOptOut } from './opt-out.ts'
import { readStopToken, type StopLink, stopByLink, stopState, undoStop } from './stop-link.ts'
import { addSuppression, liftSuppression, listSuppressions } from './suppress.ts'

const byLink = {
  limit: publicLimit,
  policy,
  may: 'suppressions.stop',
  enter: async ({
    params,
    database,
    now,
  }: {
    params: { token: string }
    database: { keys: Parameters<typeof readStopToken>[0] }
    now: Temporal.Instant
  }) => readStopToken(database.keys, params.token, now),
} as const

/** What members and the bearers of stop links do about suppressions. */
export const suppressionHandlers: Handlers<typeof suppressionRoutes> = {
  'GET /suppressions': { policy, may: 'suppressions.read', run: ({ tx, by, query }) => listSuppressions(tx, by, query) },
  'POST /suppressions': { policy, may: 'suppressions.add', run: ({ tx, by, body }) => addSuppression(tx, by, body) },
  'POST /suppressions/{suppressionId}/lift': {
    policy,
    may: 'suppressions.lift',
    run: ({ tx, by, params, body }) => liftSuppression(tx, by, { ...body, suppressionId: params.suppressionId }),
  },
  'POST /contacts/{contactId}/opt-outs': {
    policy,
    may: 'suppressions.add',
    run: ({ tx, by, params, body }) => addOptOut(tx, by, { ...params, ...body }),
  },
  'POST /contacts/{contactId}/opt-outs/undo': {
    policy,
    may: 'suppressions.add',
    run: ({ tx, by, params }) => undoOptOut(tx, by, params.contactId),
  },
  'GET /stop/{token}': { ...byLink, run: ({ tx, params, now }) => told(tx, readStopToken(tx.keys, params.token, now)) },
  'POST /stop/{token}': {
    ...byLink,
    run: async ({ tx, params, body, now }) => {
      const link = readStopToken(tx.keys, params.token, now)
      await stopByLink(tx, link, body?.reach)
      return told(tx, link)
    },
  },
  'POST /stop/{token}/undo': {
    ...byLink,
    run: async ({ tx, params, now }) => {
      const link = readStopToken(tx.keys, params.token, now)
      await undoStop(tx, link)
      return told(tx, link)
    },
  },
}

async function told(tx: WorkspaceTx, link: StopLink) {
  const { slug: _slug, ...state } = await stopState(tx, link)
  return state
}
