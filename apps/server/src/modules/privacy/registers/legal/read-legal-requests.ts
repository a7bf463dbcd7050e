import type { LegalRequest, LegalRequestCase, Principal } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import { actorText } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../../platform/http/index.ts'
import { businessZone } from '../../retention/retention-setting.ts'
import { memberNames } from '../member-names.ts'
import { checksOf, otherDeciders } from './check-legal-request.ts'
import { legalPolicy } from './legal.policy.ts'
import { mayCheckOf, reviewerActor, saysYes, selfReviewPause } from './legal.rules.ts'
import type { StoredLegalRequest } from './legal.tables.ts'
import { legalReviewersOf } from './legal-reviewers.ts'
import { noSuchLegalRequest } from './legal-steps.ts'

/** One page of requests, newest first. */
export async function listLegalRequests(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly open?: true; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: LegalRequest[]; next: string | null }> {
  legalPolicy.require(by, 'legal_requests.read')
  const before = readCursor(wish.cursor, [z.uuid()])?.[0]
  const rows = await tx.db
    .selectFrom('legal_request')
    .selectAll()
    .select(({ selectFrom }) =>
      selectFrom('legal_request_subject')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .whereRef('legal_request_subject.workspace_id', '=', 'legal_request.workspace_id')
        .whereRef('legal_request_subject.legal_request_id', '=', 'legal_request.id')
        .as('people'),
    )
    .where('workspace_id', '=', tx.workspaceId)
    .$if(wish.open === true, (query) => query.where('closed_at', 'is', null))
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  return pageFrom(
    rows,
    wish.limit,
    ({ people, ...row }) => present(row, Number(people)),
    (row) => [row.id],
  )
}

/** One request with everything about it. Throws 404. */
export async function loadLegalRequest(tx: WorkspaceTx, by: Principal, id: string): Promise<LegalRequestCase> {
  legalPolicy.require(by, 'legal_requests.read')
  const row = await tx.db
    .selectFrom('legal_request')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw noSuchLegalRequest()
  return presentLegalCase(tx, by, row)
}

/** A request as the API shows it to this person. */
export async function presentLegalCase(tx: WorkspaceTx, by: Principal, row: StoredLegalRequest): Promise<LegalRequestCase> {
  const of = { workspace_id: tx.workspaceId, legal_request_id: row.id }
  const subjects = await tx.db
    .selectFrom('legal_request_subject')
    .leftJoin('contact', (join) =>
      join
        .onRef('contact.workspace_id', '=', 'legal_request_subject.workspace_id')
        .onRef('contact.id', '=', 'legal_request_subject.contact_id'),
    )
    .select(['legal_request_subject.contact_id', 'contact.name', 'legal_request_subject.notice', 'legal_request_subject.told_at'])
    .where('legal_request_subject.workspace_id', '=', of.workspace_id)
    .where('legal_request_id', '=', of.legal_request_id)
    .orderBy('legal_request_subject.id')
    .execute()
  const steps = await tx.db
    .selectFrom('legal_request_step')
    .selectAll()
    .where('workspace_id', '=', of.workspace_id)
    .where('legal_request_id', '=', of.legal_request_id)
    .orderBy('id')
    .execute()
  const complaint =
    row.complaint_id === null
      ? undefined
      : await tx.db
          .selectFrom('request')
          .select('number')
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', '=', row.complaint_id)
          .executeTakeFirst()
  const checks = await checksOf(tx, row.id)
  const reviewers = await legalReviewersOf(tx, row.id)
  const members = await memberNames(tx)
  const nameOf = (actor: string) => reviewers.find(({ id }) => reviewerActor(id) === actor)?.name ?? members(actor)
  const actor = actorText(by)
  const decides = legalPolicy.decide(by, 'legal_requests.manage').allowed && by.kind === 'member'
  return {
    ...present(row, subjects.length),
    asked: row.asked,
    complaintNumber: complaint?.number ?? null,
    gagSource: row.gag_source,
    subjects: subjects.map(({ contact_id, name, notice, told_at }) => ({
      contactId: contact_id,
      name,
      notice,
      toldAt: told_at?.toString() ?? null,
    })),
    tables: [...row.tables],
    from: row.from_at?.toString() ?? null,
    until: row.until_at?.toString() ?? null,
    checks: checks.map((check) => ({
      by: nameOf(check.checked_by),
      at: check.at.toString(),
      answers: { authority: check.authority, jurisdiction: check.jurisdiction, signature: check.signature, scope: check.scope },
      note: check.note,
      self: check.self,
      outside: check.checked_by.startsWith('reviewer:'),
      counts: check.round === row.round && saysYes(check),
    })),
    selfReview:
      row.self_review_at === null || row.self_review_grounds === null
        ? null
        : { grounds: row.self_review_grounds, from: row.self_review_at.add(selfReviewPause).toString() },
    reviewers: reviewers.map((one) => ({
      id: one.id,
      name: one.name,
      email: one.email,
      invitedAt: one.invited_at.toString(),
      expiresAt: one.expires_at.toString(),
      decidedAt: one.decided_at?.toString() ?? null,
      revokedAt: one.revoked_at?.toString() ?? null,
    })),
    mayCheck: decides ? mayCheckOf(row, checks, actor, await otherDeciders(tx, actor), tx.now) : 'no',
    refusal: row.refusal,
    outcome: row.outcome,
    extract: row.extract,
    disclosedAt: row.disclosed_at?.toString() ?? null,
    steps: steps.map(({ id, step, note, at, done_by }) => ({ id, step, note, at: at.toString(), by: nameOf(done_by) })),
  }
}

/** How many requests there were, by year on the business's calendar and kind, and what became of them. Numbers only, so that they can be published. */
export async function countLegalRequests(tx: WorkspaceTx, by: Principal) {
  legalPolicy.require(by, 'legal_requests.read')
  return { years: await legalCounts(tx) }
}

/** The same for whoever has no rights here, such as a public page. */
export async function legalCounts(tx: WorkspaceTx) {
  const { rows } = await sql<{
    year: number
    kind: LegalRequest['kind']
    received: number
    disclosed: number
    refused: number
    people: number
  }>`
    select extract(year from r.received_at at time zone ${await businessZone(tx)})::int as year, r.kind,
      count(*)::int as received,
      count(*) filter (where r.disclosed_at is not null)::int as disclosed,
      count(*) filter (where r.refusal is not null)::int as refused,
      coalesce(sum(case when r.disclosed_at is not null then
        (select count(*) from legal_request_subject s where s.workspace_id = r.workspace_id and s.legal_request_id = r.id) else 0 end), 0)::int as people
    from legal_request r where r.workspace_id = ${tx.workspaceId}
    group by 1, 2 order by 1 desc, 2`.execute(tx.db)
  return rows.map((row) => ({ ...row }))
}

const present = (row: StoredLegalRequest, people: number): LegalRequest => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  reason: row.reason,
  state: row.state,
  authority: row.authority,
  jurisdiction: row.jurisdiction,
  reference: row.reference,
  receivedAt: row.received_at.toString(),
  dueOn: row.due_on?.toString() ?? null,
  people,
  gagUntil: row.gag_until?.toString() ?? null,
  version: row.version,
})
