import type { AuditCheck, AuditKind, AuditLine, ContactId, MemberId, Principal } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { verifyAudit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { loadContact } from '../../contacts/index.ts'
import { readCatalog } from '../erasure/catalog.ts'
import { planErasure } from '../erasure/plan.rules.ts'
import { erasureSurroundings } from '../erasure/surroundings.ts'
import { contactAndMerged, everyRow } from '../erasure/whose-rows.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { businessZone } from '../retention/retention-setting.ts'
import { auditKind, exportedActions, seenActions } from './audit-kind.rules.ts'
import { auditSurroundings } from './surroundings.ts'

export type ReadAudit = {
  readonly kind?: AuditKind | undefined
  readonly memberId?: MemberId | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

type Page = { items: AuditLine[]; next: string | null }
type Row = {
  id: string
  at: Temporal.Instant
  actor_type: AuditLine['actor']['kind']
  actor_id: string
  action: string
  object_type: string
  object_id: string
  result: AuditLine['result']
  sequence: string | number | null
}

/** One page of what was done in the workspace, newest first. */
export async function readAudit(tx: WorkspaceTx, by: Principal, wish: ReadAudit): Promise<Page> {
  privacyPolicy.require(by, 'audit.read')
  return pageOfRows(tx, wish, entries(tx, sql`true`))
}

/**
 * One page of what was done with one contact: entries about her and about every row of hers, as the inventory leads to them, and the changes on her timeline that no entry tells of.
 * Throws 404.
 */
export async function readContactAudit(tx: WorkspaceTx, by: Principal, wish: ReadAudit & { readonly contactId: ContactId }): Promise<Page> {
  privacyPolicy.require(by, 'audit.read')
  const { id } = await loadContact(tx, by, wish.contactId)
  const whole = [...(await contactAndMerged(tx, id))]
  const rows = await everyRow(tx, planErasure(erasureSurroundings.get().inventory, await readCatalog(tx)), whole)
  const ids = [...new Set([...whole, ...[...rows.values()].flat()])]
  const hers = entries(tx, sql`e.object_id = any (${ids}::text[])`)
  const changes = sql`
    select t.id, t.at, t.actor_kind as actor_type, coalesce(t.actor_id, '') as actor_id, t.kind as action,
      coalesce(t.subject_type, 'contact') as object_type, coalesce(t.subject_id::text, t.contact_id::text) as object_id, 'done' as result, null::bigint as sequence
    from timeline_event t
    where t.workspace_id = ${tx.workspaceId} and t.contact_id = any (${whole}::uuid[])
      and not exists (select from audit_entry e where e.workspace_id = t.workspace_id and e.at = t.at and e.action = t.kind)`
  return pageOfRows(tx, wish, sql`${hers} union all ${changes}`)
}

const entries = (tx: WorkspaceTx, about: RawBuilder<unknown>) => sql`
    select e.id, e.at, e.actor_type, e.actor_id, e.action, e.object_type, e.object_id, e.result, s.sequence
    from audit_entry e left join audit_seal s on s.workspace_id = e.workspace_id and s.id = e.id
    where e.workspace_id = ${tx.workspaceId} and ${about}`

async function pageOfRows(tx: WorkspaceTx, wish: ReadAudit, source: RawBuilder<unknown>): Promise<Page> {
  const before = readCursor(wish.cursor, [z.uuid()])
  const conditions = [
    ...(before ? [sql`id < ${before[0]}::uuid`] : []),
    ...(wish.memberId ? [sql`actor_type = 'member' and actor_id = ${wish.memberId}`] : []),
    ...(wish.kind ? [ofKind(wish.kind)] : []),
    ...(await daysOf(tx, wish)),
  ]
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
  const { rows } = await sql<Row>`select * from (${source}) as acts where ${where} order by id desc limit ${wish.limit + 1}`.execute(tx.db)
  return pageFrom(rows, wish.limit, present, (row) => [row.id])
}

function ofKind(kind: AuditKind): RawBuilder<unknown> {
  if (kind === 'seen') return sql`action = any (${[...seenActions]}::text[])`
  if (kind === 'exported') return sql`action = any (${[...exportedActions]}::text[])`
  return sql`not action = any (${[...seenActions, ...exportedActions]}::text[])`
}

/** Days of the business's calendar as moments. */
async function daysOf(tx: WorkspaceTx, { from, to }: ReadAudit): Promise<readonly RawBuilder<unknown>[]> {
  if (from === undefined && to === undefined) return []
  const zone = await businessZone(tx)
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant()
  return [
    ...(from === undefined ? [] : [sql`at >= ${start(Temporal.PlainDate.from(from))}`]),
    ...(to === undefined ? [] : [sql`at < ${start(Temporal.PlainDate.from(to).add({ days: 1 }))}`]),
  ]
}

const present = (row: Row): AuditLine => ({
  id: row.id,
  at: row.at.toString(),
  actor: { kind: row.actor_type, id: row.actor_id === '' ? null : row.actor_id },
  kind: auditKind(row.action),
  action: row.action,
  object: { type: row.object_type, id: row.object_id },
  result: row.result,
  sequence: row.sequence === null ? null : Number(row.sequence),
})

/** Walks the whole chain of this workspace and compares it with its signed head. */
export async function checkAudit(tx: WorkspaceTx, by: Principal): Promise<AuditCheck> {
  privacyPolicy.require(by, 'audit.read')
  const { database, headsFolder } = auditSurroundings.get()
  const { firstBad = null, ...verdict } = await verifyAudit(database, headsFolder, tx.workspaceId)
  return { ...verdict, firstBad, checkedAt: tx.now.toString() }
}
