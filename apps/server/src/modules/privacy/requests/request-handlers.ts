import type { requestsRoutes } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import type { Handlers } from '../../../platform/http/index.ts'
import { answerRequest, closeRequest, refuseRequest, resolveComplaint } from './answer-request.ts'
import { appealRequest, decideAppeal, escalateComplaint, startSelfReview } from './appeal-request.ts'
import { eraseForRequest } from './erase-for-request.ts'
import { loadRequest, presentCase } from './find-request.ts'
import { planHandOver } from './hand-over.ts'
import { listRequests } from './list-requests.ts'
import { assignRequest, chooseContact, noteRequest, requestTemplates } from './look-after.ts'
import { changeOffice, readOffice } from './office.ts'
import { extendRequest, pauseRequest, resumeRequest } from './pause-request.ts'
import { askMoreProof } from './proof-level.ts'
import { readRequestFile } from './read-request-file.ts'
import { recordRequest } from './receive-request.ts'
import { refileRequest } from './refile-request.ts'
import { requestsPolicy as policy } from './request.policy.ts'
import type { StoredRequest } from './request.tables.ts'
import { requestFigures } from './request-figures.ts'
import { inviteReviewer, revokeReviewer } from './reviewers.ts'
import { verifyRequest } from './verify-request.ts'
import { copyForRequest, rectifyForRequest, restrictForRequest, reviewForRequest } from './work-on-request.ts'

const manage = { policy, may: 'requests.manage' } as const
/** A change of one case answers the case as it is then. */
const shown = async (tx: WorkspaceTx, changed: Promise<StoredRequest>) => presentCase(tx, await changed)

/** What members do about requests and complaints. */
export const requestHandlers: Handlers<typeof requestsRoutes> = {
  'GET /requests': { policy, may: 'requests.read', run: ({ tx, by, query }) => listRequests(tx, by, query) },
  'POST /requests': { policy, may: 'requests.record', run: ({ tx, by, body }) => recordRequest(tx, by, body) },
  'GET /requests/{requestId}': { policy, may: 'requests.read', run: ({ tx, by, params }) => loadRequest(tx, by, params.requestId) },
  'POST /requests/{requestId}/owner': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, assignRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/contact': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, chooseContact(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/notes': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, noteRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/verification': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, verifyRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/pause': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, pauseRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/resume': { ...manage, run: ({ tx, by, params }) => shown(tx, resumeRequest(tx, by, params.requestId)) },
  'POST /requests/{requestId}/extension': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, extendRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/answer': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, answerRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/refusal': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, refuseRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/appeal': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, appealRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/self-review': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, startSelfReview(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/appeal-decision': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, decideAppeal(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/resolution': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, resolveComplaint(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/close': { ...manage, run: ({ tx, by, params }) => shown(tx, closeRequest(tx, by, params.requestId)) },
  'GET /requests/{requestId}/templates': {
    policy,
    may: 'requests.read',
    run: ({ tx, by, params }) => requestTemplates(tx, by, params.requestId),
  },
  'POST /requests/{requestId}/kind': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, refileRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/proof-level': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, askMoreProof(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/copy': { ...manage, run: ({ tx, by, params }) => shown(tx, copyForRequest(tx, by, params.requestId)) },
  'POST /requests/{requestId}/erasure': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, eraseForRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/rectification': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, rectifyForRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/restriction': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, restrictForRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/review': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, reviewForRequest(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/hand-over': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, planHandOver(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/reviewers': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, inviteReviewer(tx, by, { ...body, ...params })),
  },
  'POST /requests/{requestId}/reviewers/{reviewerId}/revocation': {
    ...manage,
    run: ({ tx, by, params }) => shown(tx, revokeReviewer(tx, by, params)),
  },
  'POST /requests/{requestId}/escalation': {
    ...manage,
    run: ({ tx, by, params, body }) => shown(tx, escalateComplaint(tx, by, { ...body, ...params })),
  },
  'GET /requests/{requestId}/files/{fileId}': {
    policy,
    may: 'requests.read',
    run: ({ tx, by, params }) => readRequestFile(tx, by, params),
  },
  'GET /request-figures': { policy, may: 'requests.read', run: ({ tx, by, query }) => requestFigures(tx, by, query) },
  'GET /privacy-office': { policy, may: 'privacy_office.read', run: ({ tx, by }) => readOffice(tx, by) },
  'PUT /privacy-office': {
    policy,
    may: 'privacy_office.manage',
    run: ({ tx, by, body, version }) => changeOffice(tx, by, { ...body, version }),
  },
}
