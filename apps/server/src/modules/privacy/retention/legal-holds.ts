import type { ContactId, LegalHold, PlaceLegalHoldBody, Principal } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import type { RetentionRule } from '../../../platform/inventory/index.ts'
import { loadContact } from '../../contacts/index.ts'
import type { EraseHold } from '../erasure/index.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import type { LegalHoldRow } from './retention.tables.ts'
import { businessZone } from './retention-setting.ts'

export type PlaceLegalHold = z.output<typeof PlaceLegalHoldBody>

/** What no rule may take: rules that are paused as a whole, and contacts, with those that were merged into them. */
export type HeldRows = { readonly rules: ReadonlySet<RetentionRule>; readonly contactIds: readonly string[] }

const today = async (tx: WorkspaceTx): Promise<Temporal.PlainDate> => tx.now.toZonedDateTimeISO(await businessZone(tx)).toPlainDate()

const isAfter = (day: Temporal.PlainDate, other: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(day, other) > 0

const liveOn = (day: Temporal.PlainDate) => sql<boolean>`released_at is null and (until is null or until > ${day.toString()}::date)`

/** All that holds keep right now. */
export async function heldRows(tx: WorkspaceTx): Promise<HeldRows> {
  const live = await tx.db
    .selectFrom('legal_hold')
    .select(['contact_id', 'rule'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(liveOn(await today(tx)))
    .execute()
  const rules = new Set(live.flatMap(({ rule }) => (rule === null ? [] : [rule])))
  const contactIds = live.flatMap(({ contact_id }) => (contact_id === null ? [] : [contact_id]))
  return { rules, contactIds: contactIds.length === 0 ? [] : await withMerged(tx, contactIds) }
}

/** One person may have been several contacts: what was merged into one that is held, and what it was merged into, is held too. */
async function withMerged(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive hers (id, merged_into) as (
      select id, merged_into from contact where workspace_id = ${tx.workspaceId} and id = any (${[...contactIds]}::uuid[])
      union
      select c.id, c.merged_into from contact c join hers on c.merged_into = hers.id or c.id = hers.merged_into where c.workspace_id = ${tx.workspaceId}
    ) select id from hers`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Holds erasures back too: a contact's own hold, and no rule's, because a right of hers is no old age. */
export const holdErasures: EraseHold = {
  reasons: async (tx, contactIds) => {
    const held = new Set((await heldRows(tx)).contactIds)
    return contactIds.some((id) => held.has(id)) ? ['legal hold'] : []
  },
}

/** Holds back the deletion of one contact's data, or of all that one rule would take. */
export async function placeLegalHold(tx: WorkspaceTx, by: Principal, wish: PlaceLegalHold): Promise<LegalHold> {
  privacyPolicy.require(by, 'legal_holds.manage')
  const until = wish.until === undefined ? null : Temporal.PlainDate.from(wish.until)
  if (until !== null && !isAfter(until, await today(tx)))
    throw new Refusal('http/invalid-request', { detail: 'The hold would already be over. Choose a later day, or leave it open.' })
  const contactId = wish.contactId === undefined ? null : (await loadContact(tx, by, wish.contactId as ContactId)).id
  const row = await tx.db
    .insertInto('legal_hold')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      contact_id: contactId,
      rule: wish.rule ?? null,
      why: wish.why,
      until,
      placed_by: actorText(by),
      created_at: tx.now,
      released_at: null,
      released_by: null,
      release_why: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await tell(tx, by, 'legal_hold.placed', row.id)
  return present(row, await today(tx))
}

/** Ends a hold: from the next night on the rules apply again. A hold that has ended already stays as it was. Throws 404. */
export async function releaseLegalHold(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly holdId: string; readonly why: string },
): Promise<LegalHold> {
  privacyPolicy.require(by, 'legal_holds.manage')
  const released = await tx.db
    .updateTable('legal_hold')
    .set({ released_at: tx.now, released_by: actorText(by), release_why: wish.why })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.holdId)
    .where('released_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (released) {
    await tell(tx, by, 'legal_hold.released', released.id)
    return present(released, await today(tx))
  }
  const row = await tx.db
    .selectFrom('legal_hold')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', wish.holdId)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such hold here.' })
  return present(row, await today(tx))
}

/** One page of holds, newest first; those that have ended too. */
export async function listLegalHolds(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: LegalHold[]; next: string | null }> {
  privacyPolicy.require(by, 'legal_holds.read')
  const day = await today(tx)
  const holds = tx.db.selectFrom('legal_hold').selectAll().where('workspace_id', '=', tx.workspaceId)
  return newestFirst(holds, wish, (row) => present(row, day))
}

async function tell(tx: WorkspaceTx, by: Principal, action: 'legal_hold.placed' | 'legal_hold.released', id: string): Promise<void> {
  await audit(tx, by, { action, object: { type: 'legal_hold', id }, result: 'done' })
  await emit(tx, action, { holdId: id })
}

const present = (row: Selectable<LegalHoldRow>, day: Temporal.PlainDate): LegalHold => ({
  id: row.id,
  contactId: row.contact_id,
  rule: row.rule,
  why: row.why,
  until: row.until?.toString() ?? null,
  live: row.released_at === null && (row.until === null || isAfter(row.until, day)),
  placedBy: row.placed_by,
  placedAt: row.created_at.toString(),
  releasedAt: row.released_at?.toString() ?? null,
  releaseWhy: row.release_why,
})
