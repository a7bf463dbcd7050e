import type { legalRoutes, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import type { Handlers } from '../../../../platform/http/index.ts'
import { checkLegalRequest, scopeLegalRequest, startLegalSelfReview } from './check-legal-request.ts'
import { closeLegalRequest, refuseLegalRequest, setGag } from './close-legal-request.ts'
import { discloseLegalRequest, readExtract } from './disclose.ts'
import { legalPolicy as policy } from './legal.policy.ts'
import type { StoredLegalRequest } from './legal.tables.ts'
import { inviteLegalReviewer, revokeLegalReviewer } from './legal-reviewers.ts'
import { countLegalRequests, listLegalRequests, loadLegalRequest, presentLegalCase } from './read-legal-requests.ts'
import { recordLegalRequest } from './record-legal-request.ts'
import { searchScope } from './scoped-rows.ts'

const read = { policy, may: 'legal_requests.read' } as const
const manage = { policy, may: 'legal_requests.manage' } as const
/** A change of one request answers it as it is then. */
const shown = async (tx: WorkspaceTx, by: Principal, changed: Promise<StoredLegalRequest>) => presentLegalCase(tx, by, await changed)

/** Requests by authorities and courts. */
export const legalHandlers: Handlers<typeof legalRoutes> = {
  'GET /legal-requests': { ...read, run: ({ tx, by, query }) => listLegalRequests(tx, by, query) },
  'GET /legal-requests/counts': { ...read, run: ({ tx, by }) => countLegalRequests(tx, by) },
  'POST /legal-requests': { ...manage, run: ({ tx, by, body }) => shown(tx, by, recordLegalRequest(tx, by, body)) },
  'GET /legal-requests/{legalRequestId}': { ...read, run: ({ tx, by, params }) => loadLegalRequest(tx, by, params.legalRequestId) },
  'PUT /legal-requests/{legalRequestId}/scope': {
    ...manage,
    run: ({ tx, by, params, body, version }) => shown(tx, by, scopeLegalRequest(tx, by, { ...body, ...params, version })),
  },
  'POST /legal-requests/{legalRequestId}/checks': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, by, checkLegalRequest(tx, by, { ...body, ...params })),
  },
  'POST /legal-requests/{legalRequestId}/self-review': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, by, startLegalSelfReview(tx, by, { ...body, ...params })),
  },
  'POST /legal-requests/{legalRequestId}/reviewers': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, by, inviteLegalReviewer(tx, by, { ...body, ...params })),
  },
  'POST /legal-requests/{legalRequestId}/reviewers/{reviewerId}/revocation': {
    ...manage,
    run: ({ tx, by, params }) => shown(tx, by, revokeLegalReviewer(tx, by, params)),
  },
  'GET /legal-requests/{legalRequestId}/rows': {
    ...manage,
    run: ({ tx, by, params, query }) => searchScope(tx, by, { ...query, ...params }),
  },
  'POST /legal-requests/{legalRequestId}/disclosure': {
    ...manage,
    run: ({ tx, by, params }) => shown(tx, by, discloseLegalRequest(tx, by, params.legalRequestId)),
  },
  'GET /legal-requests/{legalRequestId}/extract': { ...manage, run: ({ tx, by, params }) => readExtract(tx, by, params.legalRequestId) },
  'POST /legal-requests/{legalRequestId}/refusal': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, by, refuseLegalRequest(tx, by, { ...body, ...params })),
  },
  'POST /legal-requests/{legalRequestId}/gag': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, by, setGag(tx, by, { ...body, ...params })),
  },
  'POST /legal-requests/{legalRequestId}/close': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, by, closeLegalRequest(tx, by, { ...body, ...params })),
  },
}
