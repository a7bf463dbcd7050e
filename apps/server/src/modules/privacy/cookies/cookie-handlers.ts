import type { CookieDecision, cookiesRoutes } from '@frontdesk/contract'
import { z } from 'zod'
import { type Handlers, pageFrom, readCursor } from '../../../platform/http/index.ts'
import { privacyPolicy as policy } from '../privacy.policy.ts'
import { cookieOverview } from './cookie-overview.ts'
import type { StoredDecision } from './decide.ts'
import { declareTag, presentTag, removeTag } from './page-tags.ts'

/** What public pages keep and load, and the proof of what readers decided. */
export const cookieHandlers: Handlers<typeof cookiesRoutes> = {
  'GET /cookies': { policy, may: 'cookies.read', run: ({ tx, by }) => cookieOverview(tx, by) },
  'POST /page-tags': {
    policy,
    may: 'cookies.manage',
    run: async ({ tx, by, body: { address, ...wish } }) => {
      const { host, pathname, search } = new URL(address)
      return presentTag(await declareTag(tx, by, { ...wish, host, script: `${pathname}${search}` }))
    },
  },
  'DELETE /page-tags/{tagId}': {
    policy,
    may: 'cookies.manage',
    run: async ({ tx, by, params }) => void (await removeTag(tx, by, params.tagId)),
  },
  'GET /cookie-decisions': {
    policy,
    may: 'cookies.read',
    run: async ({ tx, query }) => {
      const cursor = readCursor(query.cursor, [z.uuid()])
      const rows = await tx.db
        .selectFrom('cookie_decision')
        .selectAll()
        .where('workspace_id', '=', tx.workspaceId)
        .$if(cursor !== undefined, (of) => of.where('id', '<', cursor?.[0] ?? ''))
        .orderBy('id', 'desc')
        .limit(query.limit + 1)
        .execute()
      return pageFrom(rows, query.limit, presentDecision, ({ id }) => [id])
    },
  },
}

const presentDecision = (row: StoredDecision): z.input<typeof CookieDecision> => ({
  id: row.id,
  preferences: row.preferences,
  statistics: row.statistics,
  marketing: row.marketing,
  sharing: row.sharing,
  askedOn: row.asked_on,
  edition: row.edition,
  wordsHash: row.words_hash,
  locale: row.locale,
  gpc: row.gpc,
  dnt: row.dnt,
  region: row.region,
  at: row.created_at.toString(),
})
