import type { Breach, Principal, ReportBreachBody } from '@frontdesk/contract'
import { chooseLocale } from '@frontdesk/i18n'
import { sql } from 'kysely'
import type { z } from 'zod'
import { audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { enqueue } from '../../../../platform/jobs/index.ts'
import { mailMember } from '../../../../platform/mail/index.ts'
import { workspaceFacts } from '../../../accounts/index.ts'
import { deciders } from '../../requests/office.ts'
import { homeRegion } from '../processors.ts'
import { registerSurroundings } from '../surroundings.ts'
import { contactTables } from './affected.rules.ts'
import { breachPolicy } from './breach.policy.ts'
import type { StoredBreach } from './breach.tables.ts'
import { breachTranslator } from './breach.words.ts'
import { usualLaws } from './breach-laws.ts'
import { keepBreachStep } from './breach-steps.ts'
import { findAffectedJob } from './find-affected.ts'
import { presentBreach } from './read-breaches.ts'

export type ReportBreach = z.output<typeof ReportBreachBody>

/** Opens an incident: whoever is affected is looked for, the clocks run, and everybody who decides is told. */
export async function reportBreach(tx: WorkspaceTx, by: Principal, wish: ReportBreach): Promise<Breach> {
  breachPolicy.require(by, 'breaches.report')
  return presentBreach(await openBreach(tx, by, wish, 'member'), tx.now)
}

/** The operator of the server tells a business of an incident that touches its data (GDPR Art. 33(2)): the entry is made and its owners are written to. */
export const reportAsOperator = (tx: WorkspaceTx, by: Principal, wish: ReportBreach): Promise<StoredBreach> =>
  openBreach(tx, by, wish, 'operator')

async function openBreach(tx: WorkspaceTx, by: Principal, wish: ReportBreach, reportedBy: 'member' | 'operator'): Promise<StoredBreach> {
  const detectedAt = wish.detectedAt === undefined ? tx.now : Temporal.Instant.from(wish.detectedAt)
  const beganAt = Temporal.Instant.from(wish.beganAt)
  requirePast(tx, beganAt, detectedAt)
  const business = await workspaceFacts(tx)
  const row = await tx.db
    .insertInto('breach')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      number: await nextNumber(tx),
      state: 'open',
      reported_by: reportedBy,
      what: wish.what,
      began_at: beganAt,
      ended_at: wish.endedAt === undefined ? null : Temporal.Instant.from(wish.endedAt),
      detected_at: detectedAt,
      extent: wish.extent,
      tables: JSON.stringify(tablesOf(wish.tables)),
      accounts: wish.accounts,
      laws: JSON.stringify(usualLaws(business.country, await homeRegion(tx))),
      risk: null,
      risk_grounds: null,
      measures: null,
      search: 'running',
      telling: 'none',
      erased: 0,
      notices: null,
      authorities: '{}',
      told_at: null,
      closed_at: null,
      created_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepBreachStep(tx, by, { breachId: row.id, step: 'reported', note: wish.what })
  await audit(tx, by, { action: 'breach.reported', object: { type: 'breach', id: row.id }, result: 'done' })
  await emit(tx, 'breach.reported', { breachId: row.id })
  await enqueue(tx, findAffectedJob, { breachId: row.id })
  await tellDeciders(tx, row, reportedBy === 'operator' ? 'byOperator' : 'reported')
  return row
}

/** Writes to owners and privacy officers about an incident. */
export async function tellDeciders(
  tx: WorkspaceTx,
  row: Pick<StoredBreach, 'id' | 'number' | 'what'>,
  news: 'reported' | 'byOperator' | 'dueSoon' | 'overdue',
  more: { readonly duty?: string } = {},
): Promise<void> {
  const business = await workspaceFacts(tx)
  const t = breachTranslator(chooseLocale([business.locale]))
  const vars = { business: business.name, number: String(row.number), what: row.what, duty: more.duty ?? '' }
  const link = `${registerSurroundings.get().publicUrl()}/w/${business.slug}/privacy/incidents/${row.id}`
  for (const reader of await deciders(tx))
    await mailMember(tx, {
      memberId: reader.id,
      news: 'incidents',
      to: { name: reader.name, address: reader.email },
      subject: t(`office/${news}Subject`, vars),
      text: `${t(`office/${news}`, vars)}\n\n${link}\n`,
      automatic: true,
    })
}

/** Names of tables that hold data of contacts; all unless some are given. Throws `http/invalid-request` for any other name. */
export function tablesOf(wanted: readonly string[] | undefined): readonly string[] {
  const known = contactTables(registerSurroundings.get().inventory).map(({ table }) => table)
  const unknown = wanted?.find((table) => !known.includes(table))
  if (unknown !== undefined)
    throw new Refusal('http/invalid-request', { detail: `No table ${unknown} holds data of contacts. Nothing was saved.` })
  return wanted === undefined || wanted.length === 0 ? known : [...new Set(wanted)]
}

/** Throws `http/invalid-request` for what lies ahead. */
export function requirePast(tx: WorkspaceTx, beganAt: Temporal.Instant, detectedAt: Temporal.Instant): void {
  const ahead = Temporal.Instant.compare(beganAt, tx.now) > 0 || Temporal.Instant.compare(detectedAt, tx.now) > 0
  if (ahead)
    throw new Refusal('http/invalid-request', { detail: 'An incident cannot begin or be noticed in the future. Nothing was saved.' })
}

/** Numbers without gaps: the workspace's row is held meanwhile. */
async function nextNumber(tx: WorkspaceTx): Promise<number> {
  await sql`select from workspace where id = ${tx.workspaceId} for update`.execute(tx.db)
  const { last } = await tx.db
    .selectFrom('breach')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  return (last ?? 0) + 1
}
