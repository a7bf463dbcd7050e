import type { CookieOverview, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { registerWith } from './cookie-register.ts'
import { webLogDays } from './fold-web-log.ts'
import { type GpcState, gpcStates, gpcStatesAsOf } from './gpc-states.ts'
import { liveTags, presentTag } from './page-tags.ts'

/** How far back the counts go. */
const SINCE = { hours: 24 * 30 }

/** What public pages keep and load, with counts of the last 30 days. */
export async function cookieOverview(tx: WorkspaceTx, by: Principal): Promise<z.input<typeof CookieOverview>> {
  privacyPolicy.require(by, 'cookies.read')
  const since = tx.now.subtract(SINCE)
  const tags = await liveTags(tx)
  const { rows } = await sql<{ agreed: number; refused: number; gpc: number; dnt: number; views: number }>`
    select (select count(*)::int from cookie_decision where workspace_id = ${tx.workspaceId} and created_at >= ${since} and (statistics or marketing)) as agreed,
      (select count(*)::int from cookie_decision where workspace_id = ${tx.workspaceId} and created_at >= ${since} and not (statistics or marketing)) as refused,
      (select coalesce(sum(visits), 0)::int from signal_day where workspace_id = ${tx.workspaceId} and signal = 'gpc' and day >= (${since}::timestamptz at time zone 'UTC')::date) as gpc,
      (select coalesce(sum(visits), 0)::int from signal_day where workspace_id = ${tx.workspaceId} and signal = 'dnt' and day >= (${since}::timestamptz at time zone 'UTC')::date) as dnt,
      (select count(*)::int from web_visit where workspace_id = ${tx.workspaceId} and at >= ${since}) as views`.execute(tx.db)
  const counts = rows[0] ?? { agreed: 0, refused: 0, gpc: 0, dnt: 0, views: 0 }
  return {
    register: [...registerWith(tags)],
    tags: tags.map(presentTag),
    decisions: { agreed: counts.agreed, refused: counts.refused },
    signals: { gpc: counts.gpc, dnt: counts.dnt },
    gpcStates: {
      states: gpcStates.map(({ state }) => state),
      asOf: gpcStatesAsOf,
      certainty: leastCertain(gpcStates),
    },
    webLogDays,
    views: counts.views,
  }
}

/** How sure the whole list is: as its weakest row. */
const leastCertain = (rows: readonly Pick<GpcState, 'certainty'>[]): GpcState['certainty'] =>
  (['as_remembered', 'surveyed', 'read'] as const).find((level) => rows.some(({ certainty }) => certainty === level)) ?? 'as_remembered'
