import type { ContactId, LegalChecklist, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { actorText } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { loadContact } from '../../../contacts/index.ts'
import { deciders } from '../../requests/office.ts'
import { tablesOf } from '../breaches/report-breach.ts'
import { isValid, mayCheckOf, saysYes } from './legal.rules.ts'
import type { StoredLegalRequest } from './legal.tables.ts'
import { changeLegalRequest, keepLegalStep, lockLegalRequest, requireState } from './legal-steps.ts'

type OfRequest = { readonly legalRequestId: string }

/** Says whose data, which kinds and of which time. What was checked before counts no more: it was another scope. */
export async function scopeLegalRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfRequest & {
    readonly contactIds: readonly ContactId[]
    readonly tables: readonly string[]
    readonly from: string | null
    readonly until: string | null
    readonly version: number
  },
): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  requireState(row, 'received', 'checking', 'valid')
  if (row.version !== wish.version)
    throw new Refusal('http/version-mismatch', { detail: 'Somebody changed this request in the meantime. Nothing was saved.' })
  const contactIds = new Set<ContactId>()
  for (const id of wish.contactIds) contactIds.add((await loadContact(tx, by, id)).id)
  const [from, until] = [wish.from, wish.until].map((at) => (at === null ? null : Temporal.Instant.from(at)))
  if (from && until && Temporal.Instant.compare(until, from) < 0)
    throw new Refusal('http/invalid-request', { detail: 'The time cannot end before it begins. Nothing was saved.' })
  await tx.db
    .deleteFrom('legal_request_subject')
    .where('workspace_id', '=', tx.workspaceId)
    .where('legal_request_id', '=', row.id)
    .execute()
  await tx.db
    .insertInto('legal_request_subject')
    .values(
      [...contactIds].map((contact_id) => ({
        workspace_id: tx.workspaceId,
        id: tx.newId(),
        legal_request_id: row.id,
        contact_id,
        notice: 'none' as const,
        told_at: null,
      })),
    )
    .execute()
  return changeLegalRequest(tx, by, row, 'scoped', {
    state: 'received',
    round: row.round + 1,
    tables: JSON.stringify(tablesOf(wish.tables)),
    from_at: from ?? null,
    until_at: until ?? null,
    self_review_at: null,
    self_review_by: null,
    self_review_grounds: null,
  })
}

/** Answers the four questions. The second yes makes it valid; whoever gave the first cannot give the second, but for a self-review. Throws `privacy/second-person-needed`. */
export async function checkLegalRequest(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfRequest & { readonly answers: z.output<typeof LegalChecklist>; readonly note: string },
): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  requireState(row, 'received', 'checking')
  if (row.tables.length === 0)
    throw new Refusal('http/conflict', { detail: 'Say first whose data it is about, and which kinds. Nothing was changed.' })
  const actor = actorText(by)
  const checks = await checksOf(tx, row.id)
  const may = mayCheckOf(row, checks, actor, await otherDeciders(tx, actor), tx.now)
  if (may === 'somebody_else' || may === 'self_review') throw secondPerson(may)
  if (may === 'wait')
    throw new Refusal('http/conflict', { detail: 'A day has to pass between your grounds and your second yes. Nothing was changed.' })
  const self = checks.some((check) => check.round === row.round && check.checked_by === actor && saysYes(check))
  return keepAnswers(tx, by, row, { ...wish, actor, self })
}

/** Keeps somebody's answers, once a round, and lets the request be valid where they were the ones that were missing. */
export async function keepAnswers(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredLegalRequest,
  wish: { readonly actor: string; readonly answers: z.output<typeof LegalChecklist>; readonly note: string; readonly self: boolean },
): Promise<StoredLegalRequest> {
  const kept = await tx.db
    .insertInto('legal_request_check')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      legal_request_id: row.id,
      round: row.round,
      checked_by: wish.actor,
      ...wish.answers,
      note: wish.note,
      self: wish.self,
      at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'legal_request_id', 'round', 'checked_by', 'self']).doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows !== 1n)
    throw new Refusal('http/conflict', {
      detail: 'You have answered already, and not with yes. Change the scope, or refuse the request. Nothing was changed.',
    })
  if (!saysYes(wish.answers)) return changeLegalRequest(tx, by, row, 'checked')
  const valid = isValid(row, await checksOf(tx, row.id))
  const checked = await changeLegalRequest(tx, by, row, 'checked', { state: valid ? 'valid' : 'checking' })
  if (valid) await keepLegalStep(tx, by, row.id, 'valid')
  return checked
}

/** Begins to look at one's own check again. Only where nobody else could: a second owner or privacy officer is the better way. */
export async function startLegalSelfReview(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfRequest & { readonly grounds: string },
): Promise<StoredLegalRequest> {
  const row = await lockLegalRequest(tx, by, wish.legalRequestId)
  const actor = actorText(by)
  const may = mayCheckOf(row, await checksOf(tx, row.id), actor, await otherDeciders(tx, actor), tx.now)
  if (may === 'somebody_else') throw secondPerson(may)
  if (may !== 'self_review') requireState({ ...row, state: 'closed' }, 'received')
  return changeLegalRequest(tx, by, row, 'self_review', {
    self_review_at: tx.now,
    self_review_by: actor,
    self_review_grounds: wish.grounds,
  })
}

/** What people answered, oldest first. */
export const checksOf = (tx: WorkspaceTx, id: string) =>
  tx.db
    .selectFrom('legal_request_check')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('legal_request_id', '=', id)
    .orderBy('id')
    .execute()

/** Everybody else who could check. */
export const otherDeciders = async (tx: WorkspaceTx, actor: string): Promise<readonly string[]> =>
  (await deciders(tx)).map(({ id }) => `member:${id}`).filter((other) => other !== actor)

const secondPerson = (may: 'somebody_else' | 'self_review') =>
  new Refusal('privacy/second-person-needed', {
    detail:
      may === 'somebody_else'
        ? 'You have checked it. Another owner or privacy officer has to say yes too. Nothing was changed.'
        : 'You have checked it and nobody else can. Write down your grounds, and say yes again a day later. Nothing was changed.',
  })
