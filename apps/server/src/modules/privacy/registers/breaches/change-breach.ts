import type { BreachLaw, BreachNotices, BreachRisk, Principal } from '@frontdesk/contract'
import type { Updateable } from 'kysely'
import { audit } from '../../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { Refusal } from '../../../../platform/errors/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { enqueue } from '../../../../platform/jobs/index.ts'
import type { BreachRow, StoredBreach } from './breach.tables.ts'
import { type BreachStep, keepBreachStep, lockBreach } from './breach-steps.ts'
import { findAffectedJob } from './find-affected.ts'
import { countsOf, presentCase } from './read-breaches.ts'
import { requirePast, tablesOf } from './report-breach.ts'
import { tellAffectedJob } from './tell-affected.ts'

type OfBreach = { readonly breachId: string }

/** Corrects what happened, when and where; the people are looked for again. Not once people were told: what they read must stay true. */
export async function correctBreach(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfBreach & {
    readonly what: string
    readonly beganAt: string
    readonly endedAt: string | null
    readonly detectedAt: string
    readonly extent: 'all_there' | 'written'
    readonly tables: readonly string[]
    readonly laws: readonly BreachLaw[]
    readonly accounts: boolean
    readonly version: number
  },
): Promise<StoredBreach> {
  const row = await lockVersion(tx, by, wish)
  if (row.telling === 'running')
    throw new Refusal('http/conflict', { detail: 'People are being told right now. Wait until that is done. Nothing was changed.' })
  const beganAt = Temporal.Instant.from(wish.beganAt)
  const endedAt = wish.endedAt === null ? null : Temporal.Instant.from(wish.endedAt)
  const detectedAt = Temporal.Instant.from(wish.detectedAt)
  requirePast(tx, beganAt, detectedAt)
  if (endedAt !== null && Temporal.Instant.compare(endedAt, beganAt) < 0)
    throw new Refusal('http/invalid-request', { detail: 'It cannot end before it began. Nothing was saved.' })
  const changed = await change(tx, by, row, 'corrected', {
    what: wish.what,
    began_at: beganAt,
    ended_at: endedAt,
    detected_at: detectedAt,
    extent: wish.extent,
    tables: JSON.stringify(tablesOf(wish.tables)),
    laws: JSON.stringify([...new Set(wish.laws)]),
    accounts: wish.accounts,
    search: 'running',
  })
  await enqueue(tx, findAffectedJob, { breachId: row.id })
  return changed
}

/** Says what it may do to people, why, and what was done about it. */
export async function assessBreach(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfBreach & { readonly risk: BreachRisk; readonly grounds: string; readonly measures: string },
): Promise<StoredBreach> {
  const row = await lockBreach(tx, by, wish.breachId)
  return change(tx, by, row, 'risk', { risk: wish.risk, risk_grounds: wish.grounds, measures: wish.measures }, wish.grounds)
}

/** Writes down what was decided, such as why nobody is told. */
export async function noteDecision(tx: WorkspaceTx, by: Principal, wish: OfBreach & { readonly note: string }): Promise<StoredBreach> {
  const row = await lockBreach(tx, by, wish.breachId)
  return change(tx, by, row, 'decided', {}, wish.note)
}

/** Writes down that an authority was told, which stops its clock. */
export async function noteAuthority(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfBreach & { readonly law: BreachLaw; readonly note: string },
): Promise<StoredBreach> {
  const row = await lockBreach(tx, by, wish.breachId)
  if (!row.laws.includes(wish.law))
    throw new Refusal('http/conflict', { detail: 'This law is not among those that apply here. Add it first. Nothing was changed.' })
  const authorities = JSON.stringify({ ...row.authorities, [wish.law]: tx.now.toString() })
  return change(tx, by, row, 'authority', { authorities }, `${wish.law}: ${wish.note}`)
}

/** Changes the words of the notices, in all three languages. */
export async function writeNotices(
  tx: WorkspaceTx,
  by: Principal,
  wish: OfBreach & BreachNotices & { readonly version: number },
): Promise<StoredBreach> {
  const row = await lockVersion(tx, by, wish)
  if (row.telling !== 'none') throw new Refusal('http/conflict', { detail: 'The notices are on their way already. Nothing was changed.' })
  return change(tx, by, row, 'corrected', { notices: JSON.stringify({ en: wish.en, es: wish.es, fr: wish.fr }) })
}

/** Begins to tell everybody who waits; whoever was told is left alone. Needs the risk to be written down, and the people to be found. */
export async function tellAffected(tx: WorkspaceTx, by: Principal, breachId: string): Promise<StoredBreach> {
  const row = await lockBreach(tx, by, breachId)
  if (row.risk === null) throw new Refusal('http/conflict', { detail: 'Say first what it may do to people. Nobody was written to.' })
  if (row.search === 'running')
    throw new Refusal('http/conflict', { detail: 'The people are still being looked for. Try again in a moment. Nobody was written to.' })
  const presented = await presentCase(tx, row)
  if ((await countsOf(tx, row)).waiting === 0)
    throw new Refusal('http/conflict', { detail: 'Nobody waits to be told. Nobody was written to.' })
  const changed = await change(tx, by, row, 'telling', { telling: 'running', notices: JSON.stringify(presented.notices) })
  await enqueue(tx, tellAffectedJob, { breachId: row.id })
  return changed
}

/** Closes an incident. It needs a risk, and everybody told where the risk is real or high; the entry stays in the register. */
export async function closeBreach(tx: WorkspaceTx, by: Principal, wish: OfBreach & { readonly note: string }): Promise<StoredBreach> {
  const row = await lockBreach(tx, by, wish.breachId)
  if (row.risk === null) throw new Refusal('http/conflict', { detail: 'Say first what it may do to people. Nothing was changed.' })
  const { waiting } = await countsOf(tx, row)
  const mustTell = row.risk === 'real' || row.risk === 'high'
  if (row.telling === 'running' || (mustTell && waiting > 0))
    throw new Refusal('http/conflict', { detail: 'People still wait to be told. Nothing was changed.', waiting })
  return change(tx, by, row, 'closed', { state: 'closed', closed_at: tx.now }, wish.note)
}

async function lockVersion(
  tx: WorkspaceTx,
  by: Principal,
  { breachId, version }: OfBreach & { readonly version: number },
): Promise<StoredBreach> {
  const row = await lockBreach(tx, by, breachId)
  if (row.version === version) return row
  throw new Refusal('http/version-mismatch', {
    detail: 'Somebody changed this incident in the meantime. Nothing was saved.',
    current: await presentCase(tx, row),
  })
}

async function change(
  tx: WorkspaceTx,
  by: Principal,
  row: StoredBreach,
  step: BreachStep,
  set: Omit<Updateable<BreachRow>, 'version'>,
  note?: string,
): Promise<StoredBreach> {
  const changed = await tx.db
    .updateTable('breach')
    .set({ ...set, version: row.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepBreachStep(tx, by, { breachId: row.id, step, ...(note === undefined ? {} : { note }) })
  await audit(tx, by, { action: `breach.${step}`, object: { type: 'breach', id: row.id }, result: 'done' })
  await emit(tx, 'breach.changed', { breachId: row.id, state: step })
  return changed
}
