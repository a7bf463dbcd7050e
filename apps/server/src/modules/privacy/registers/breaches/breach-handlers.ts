import type { breachRoutes } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import type { Handlers } from '../../../../platform/http/index.ts'
import { breachPolicy as policy } from './breach.policy.ts'
import type { StoredBreach } from './breach.tables.ts'
import { assessBreach, closeBreach, correctBreach, noteAuthority, noteDecision, tellAffected, writeNotices } from './change-breach.ts'
import { breachPeople, breachTables, listBreaches, loadBreach, presentCase } from './read-breaches.ts'
import { reportBreach } from './report-breach.ts'

const read = { policy, may: 'breaches.read' } as const
const report = { policy, may: 'breaches.report' } as const
const manage = { policy, may: 'breaches.manage' } as const
/** A change of one incident answers it as it is then. */
const shown = async (tx: WorkspaceTx, changed: Promise<StoredBreach>) => presentCase(tx, await changed)

/** Incidents: reported, looked into, told, kept. */
export const breachHandlers: Handlers<typeof breachRoutes> = {
  'GET /breaches': { ...read, run: ({ tx, by, query }) => listBreaches(tx, by, query) },
  'GET /breach-tables': { ...report, run: async ({ by }) => breachTables(by) },
  'POST /breaches': { ...report, run: ({ tx, by, body }) => reportBreach(tx, by, body) },
  'GET /breaches/{breachId}': { ...read, run: ({ tx, by, params }) => loadBreach(tx, by, params.breachId) },
  'PUT /breaches/{breachId}/scope': {
    ...manage,
    run: ({ tx, by, params, body, version }) => shown(tx, correctBreach(tx, by, { ...body, ...params, version })),
  },
  'POST /breaches/{breachId}/risk': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, assessBreach(tx, by, { ...body, ...params })),
  },
  'POST /breaches/{breachId}/decisions': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, noteDecision(tx, by, { ...body, ...params })),
  },
  'POST /breaches/{breachId}/authority': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, noteAuthority(tx, by, { ...body, ...params })),
  },
  'PUT /breaches/{breachId}/notices': {
    ...manage,
    run: ({ tx, by, params, body, version }) => shown(tx, writeNotices(tx, by, { ...body, ...params, version })),
  },
  'POST /breaches/{breachId}/telling': { ...manage, run: ({ tx, by, params }) => shown(tx, tellAffected(tx, by, params.breachId)) },
  'POST /breaches/{breachId}/close': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, closeBreach(tx, by, { ...body, ...params })),
  },
  'GET /breaches/{breachId}/people': { ...read, run: ({ tx, by, params, query }) => breachPeople(tx, by, { ...query, ...params }) },
}
