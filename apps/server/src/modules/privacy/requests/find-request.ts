import type { Principal, PrivacyRequest, PrivacyRequestCase } from '@frontdesk/contract'
import { regimes } from '@frontdesk/deadlines'
import type { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { presentReviewer, reviewersOf } from './present-reviewer.ts'
import { presentWork } from './present-work.ts'
import { requestsPolicy } from './request.policy.ts'
import { actsOf, lastDayOf, nextDue, refusalGrounds, selfReviewPause } from './request.rules.ts'
import type { StoredRequest } from './request.tables.ts'
import { filesOfCase } from './request-files.ts'

/** Locks a case for a change by a member. Throws 404, for a complaint as well when these eyes may not see it. */
export async function lockRequest(tx: WorkspaceTx, by: Principal, requestId: string): Promise<StoredRequest> {
  requestsPolicy.require(by, 'requests.manage')
  const row = await lockCase(tx, requestId)
  if (!row || !maySee(by, row)) throw noSuchRequest()
  return row
}

/** Locks a case for whoever does not act as a member. */
export const lockCase = (tx: WorkspaceTx, requestId: string): Promise<StoredRequest | undefined> =>
  tx.db
    .selectFrom('request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', requestId)
    .forUpdate()
    .executeTakeFirst()

/** One case. Throws 404. */
export async function loadRequest(tx: WorkspaceTx, by: Principal, requestId: string): Promise<z.input<typeof PrivacyRequestCase>> {
  requestsPolicy.require(by, 'requests.read')
  const row = await tx.db
    .selectFrom('request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', requestId)
    .executeTakeFirst()
  if (!row || !maySee(by, row)) throw noSuchRequest()
  return presentCase(tx, row)
}

/** Complaints are seen by those who look after them alone. */
export const maySee = (by: Principal, { kind }: Pick<StoredRequest, 'kind'>): boolean =>
  kind !== 'complaint' || requestsPolicy.decide(by, 'complaints.read').allowed

/** A case as the API shows it, with its history. */
export async function presentCase(tx: WorkspaceTx, row: StoredRequest): Promise<z.input<typeof PrivacyRequestCase>> {
  const of = (table: 'request_step' | 'request_note') =>
    tx.db.selectFrom(table).selectAll().where('workspace_id', '=', tx.workspaceId).where('request_id', '=', row.id).orderBy('id')
  const steps = (await of('request_step').execute()) as readonly { step: string; done_by: string; at: Temporal.Instant }[]
  const notes = (await of('request_note').execute()) as readonly {
    id: string
    text: string | null
    written_by: string
    created_at: Temporal.Instant
  }[]
  const nameOf = await namesOf(tx)
  return {
    ...presentRequest(row, tx.now),
    requesterEmail: row.requester_email,
    details: row.details,
    locale: row.locale,
    region: row.region,
    regime: row.appealed_at === null ? row.regime : 'appeal',
    calendarVersion: row.calendar_version,
    extendBefore: row.extend_before && row.closed_at === null ? lastDayOf(row.extend_before, row.zone).toString() : null,
    extensionBecause: row.extension_because,
    verifiedAt: row.verified_at?.toString() ?? null,
    evidence: row.evidence,
    proofBecause: row.proof_because,
    matched: [...row.matched],
    declaredAt: row.declared_at?.toString() ?? null,
    agentName: row.agent_name,
    agentEmail: row.agent_email,
    agentAuthority: row.agent_authority,
    answer: row.answer,
    refusalGround: row.refusal_ground,
    appealReason: row.appeal_reason,
    appealOutcome: row.appeal_outcome,
    selfReviewed: row.self_reviewed,
    outcome: row.outcome,
    steps: steps.map(({ step, at, done_by }) => ({ step, at: at.toString(), by: nameOf(done_by) })),
    notes: notes.map(({ id, text, created_at, written_by }) => ({ id, text, at: created_at.toString(), by: nameOf(written_by) })),
    pauses: row.pauses.map(({ reason, from, until }) => ({ reason, from, until })),
    grounds: [...refusalGrounds(row, (await readPrivacySettings(tx))['rights.extend_to_all'] === true)],
    pauseReasons: [...regimes[row.regime].pauses],
    work: await presentWork(tx, row.id, nameOf),
    files: (await filesOfCase(tx, row.id)).map((file) => ({
      id: file.id,
      name: file.name ?? 'file',
      mediaType: file.media_type,
      size: file.size,
    })),
    reviewers: (await reviewersOf(tx, row.id)).map(presentReviewer),
    selfReviewFrom: row.self_review_at?.add(selfReviewPause).toString() ?? null,
    acts: [...actsOf(row, tx.now)],
  }
}

/** A case as the queue shows it. */
export function presentRequest(row: StoredRequest, now: Temporal.Instant): z.input<typeof PrivacyRequest> {
  const next = nextDue(row, now)
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    receivedBy: row.received_by,
    forWhom: row.for_whom,
    requesterName: row.requester_name,
    contactId: row.contact_id,
    ownerMemberId: row.owner_member_id,
    receivedAt: row.received_at.toString(),
    due: next && {
      what: next.what,
      day: next.due.day.toString(),
      before: next.due.before.toString(),
      overdue: next.overdue,
      paused: next.paused,
    },
    proofLevel: row.proof_level,
    verifiedHow: row.verified_how,
    closedAt: row.closed_at?.toString() ?? null,
    version: row.version,
  }
}

/** Who did something, by name; what is no member is named by its kind. */
async function namesOf(tx: WorkspaceTx): Promise<(actor: string) => string> {
  const members = await tx.db.selectFrom('member').select(['id', 'name']).where('workspace_id', '=', tx.workspaceId).execute()
  const names = new Map(members.map(({ id, name }) => [`member:${id}`, name]))
  return (actor) => names.get(actor) ?? actor.split(':')[0] ?? actor
}

/** The refusal for a case that is not there, or not for these eyes. */
export const noSuchRequest = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such case here.' })
