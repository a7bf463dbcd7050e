import type { ContactId, Principal, PrivacyRequest, RequestFor, RequestKind, RequestRegion, RequestWay } from '@frontdesk/contract'
import { calendarVersion } from '@frontdesk/deadlines'
import { sql } from 'kysely'
import type { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactFacts, loadContact } from '../../contacts/index.ts'
import { maskFromOutside, noteMasked } from '../sensitive/mask-from-outside.ts'
import { presentRequest } from './find-request.ts'
import { privacyOffice } from './office.ts'
import { openRequestJob } from './open-request.ts'
import { requestsPolicy } from './request.policy.ts'
import { calendarsFor, clocksOf, proofLevelOf, regimeFor, regionOf } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { keepStep, moveTo, remember } from './take-step.ts'

/** What somebody asks for, as it reached us. */
export type ReceiveRequest = {
  readonly kind: RequestKind
  readonly receivedBy: RequestWay
  readonly contactId?: ContactId | undefined
  readonly requesterName?: string | undefined
  readonly requesterEmail?: string | undefined
  readonly forWhom: RequestFor
  readonly agentName?: string | undefined
  readonly agentEmail?: string | undefined
  readonly agentAuthority?: string | undefined
  readonly region?: RequestRegion | undefined
  readonly details?: string | undefined
  readonly locale?: string | undefined
  readonly receivedAt?: Temporal.Instant | undefined
}

/**
 * Takes a request or complaint in and acknowledges it at once; its clocks run from the moment it was received. Who asks is looked up afterwards by a job, so that nobody can
 * tell from the answer or its time whether she is known here.
 */
export async function receiveRequest(tx: WorkspaceTx, by: Principal, asked: ReceiveRequest): Promise<StoredRequest> {
  // What members type they were asked about already; what comes from outside is masked before it is kept.
  const { fields: wish, found } = by.kind === 'member' || by.kind === 'api_key' ? { fields: asked, found: [] } : maskFromOutside(asked)
  await noteMasked(tx, by, { contactId: null, source: 'request', found })
  const receivedAt = wish.receivedAt ?? tx.now
  if (Temporal.Instant.compare(receivedAt, tx.now) > 0)
    throw new Refusal('http/invalid-request', { detail: 'A request cannot arrive in the future. Correct the date. Nothing was saved.' })
  const business = await workspaceFacts(tx)
  const region = wish.region ?? regionOf(business.country)
  const clocked = {
    regime: regimeFor(wish.kind, region),
    received_at: receivedAt,
    zone: business.zone,
    calendars: calendarsFor(business.country, (await privacyOffice(tx)).region),
    extended_at: null,
    pauses: [],
    appealed_at: null,
    appeal_days: null,
    calendar_version: calendarVersion,
  }
  const clocks = clocksOf(clocked, tx.now)
  const row = await tx.db
    .insertInto('request')
    .values({
      ...clocked,
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      number: await nextNumber(tx),
      kind: wish.kind,
      state: 'received',
      received_by: wish.receivedBy,
      for_whom: wish.forWhom,
      contact_id: wish.contactId ?? null,
      point_id: null,
      requester_name: wish.requesterName ?? null,
      requester_email: wish.requesterEmail ?? null,
      details: wish.details ?? null,
      locale: wish.locale ?? business.locale,
      region,
      owner_member_id: null,
      calendars: JSON.stringify(clocked.calendars),
      pauses: '[]',
      respond_before: clocks.respond.before,
      resolve_before: clocks.resolve?.before ?? null,
      extend_before: clocks.extendBefore?.before ?? null,
      extension_because: null,
      verified_at: null,
      verified_how: null,
      evidence: null,
      proof_level: proofLevelOf(wish.kind),
      proof_because: null,
      matched: '[]',
      declared_at: null,
      declared_as: null,
      agent_name: wish.agentName ?? null,
      agent_email: wish.agentEmail ?? null,
      agent_authority: wish.agentAuthority ?? null,
      answer: null,
      refusal_ground: null,
      answered_by: null,
      appeal_reason: null,
      appeal_outcome: null,
      self_review_at: null,
      self_review_grounds: null,
      self_reviewed: false,
      outcome: null,
      closed_at: null,
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const noun = wish.kind === 'complaint' ? 'complaint' : 'request'
  await keepStep(tx, by, row.id, 'received')
  await audit(tx, by, { action: `${noun}.received`, object: { type: 'request', id: row.id }, result: 'done' })
  await emit(tx, `${noun}.received`, { requestId: row.id })
  if (noun === 'request') await remember(tx, by, row, 'received')
  const acknowledged = await moveTo(tx, by, row, 'acknowledged')
  await enqueue(tx, openRequestJob, { requestId: row.id })
  return acknowledged
}

/** Records what somebody asked for by mail, on the telephone or at the counter. Throws 404 for a contact that these eyes may not see. */
export async function recordRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: Omit<ReceiveRequest, 'receivedBy' | 'receivedAt'> & {
    readonly receivedBy: Exclude<RequestWay, 'portal' | 'agent'>
    readonly receivedAt?: string | undefined
  },
): Promise<z.input<typeof PrivacyRequest>> {
  requestsPolicy.require(by, 'requests.record')
  const contact = wish.contactId === undefined ? undefined : await contactFacts(tx, (await loadContact(tx, by, wish.contactId)).id)
  if (contact === undefined && wish.requesterName === undefined && wish.requesterEmail === undefined)
    throw new Refusal('http/invalid-request', { detail: 'Say who asks: a contact, a name or an address. Nothing was saved.' })
  if (wish.forWhom === 'agent' && wish.agentName === undefined)
    throw new Refusal('http/invalid-request', { detail: 'Say who the agent is. Nothing was saved.' })
  const row = await receiveRequest(tx, by, {
    ...wish,
    contactId: contact?.contactId,
    requesterName: wish.requesterName ?? contact?.name,
    locale: wish.locale ?? contact?.locale ?? undefined,
    receivedAt: wish.receivedAt === undefined ? undefined : Temporal.Instant.from(wish.receivedAt),
  })
  return presentRequest(row, tx.now)
}

/** The next case number of this workspace; one at a time, so that none is given twice. */
async function nextNumber(tx: WorkspaceTx): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`request number ${tx.workspaceId}`}, 41))`.execute(tx.db)
  const { last } = await tx.db
    .selectFrom('request')
    .select((of) => of.fn.max('number').as('last'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}
