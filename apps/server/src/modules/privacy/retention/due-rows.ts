import type { WorkspaceId } from '@frontdesk/contract'
import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { idOfNobody } from '../../contacts/index.ts'
import type { TablePart } from './plan-retention.ts'
import type { RuleCount } from './retention.tables.ts'
import { endedBefore } from './retention-clock.rules.ts'

/** What decides whether a row is due: the moment ages are counted to, the rule's days and those of proofs, and the contacts that are held. */
export type DueWhen = {
  readonly asOf: Temporal.Instant
  readonly days: number
  readonly proofDays: number
  readonly held: readonly string[]
}

/** One row that would go, for a person to recognise. */
export type DueSample = { readonly contactId: string | null; readonly at: Temporal.Instant }

const heldIn = (part: TablePart, held: readonly string[]): RawBuilder<boolean> => {
  const [first = '', ...rest] = part.isHeld.split(':held')
  return sql<boolean>`${sql.join([sql.raw(first), ...rest.flatMap((piece) => [sql`${[...held]}::uuid[]`, sql.raw(piece)])], sql``)}`
}

const mayGo = ({ mayGo: text }: TablePart, proofEnded: Temporal.Instant): RawBuilder<boolean> => {
  const [first = '', ...rest] = text.split(':proof')
  return sql<boolean>`${sql.join([sql.raw(first), ...rest.flatMap((piece) => [sql`${proofEnded}::timestamptz`, sql.raw(piece)])], sql``)}`
}

/** Rows that have had their days and that nothing else keeps. Nobody, to whom what was anonymized belongs, is no person and stays. */
const isDue = (part: TablePart, workspaceId: WorkspaceId, { asOf, days, proofDays }: DueWhen) =>
  sql`t.workspace_id = ${workspaceId} and ${sql.ref(`t.${part.after}`)} < ${endedBefore(asOf, days)} and ${mayGo(part, endedBefore(asOf, proofDays))}
    ${part.how === 'erase' ? sql`and t.id <> ${idOfNobody(workspaceId)}` : sql``}`

/** How many rows are due under one part, and how many more a hold on their contact keeps. */
export async function countDue(tx: WorkspaceTx, part: TablePart, when: DueWhen): Promise<RuleCount> {
  const { rows } = await sql<{ due: number; held: number }>`
    select count(*) filter (where not coalesce(held, false))::int as due, count(*) filter (where held)::int as held
    from (select ${heldIn(part, when.held)} as held from ${sql.table(part.table)} t where ${isDue(part, tx.workspaceId, when)}) as each`.execute(
    tx.db,
  )
  return rows[0] ?? { due: 0, held: 0 }
}

/** The oldest of what is due under one part. */
export async function sampleDue(tx: WorkspaceTx, part: TablePart, when: DueWhen, most: number): Promise<readonly DueSample[]> {
  const { rows } = await sql<DueSample>`
    select ${sql.raw(part.contact ?? 'null::uuid')} as "contactId", ${sql.ref(`t.${part.after}`)} as at from ${sql.table(part.table)} t
    where ${isDue(part, tx.workspaceId, when)} and not coalesce(${heldIn(part, when.held)}, false)
    order by ${sql.ref(`t.${part.after}`)}, t.id limit ${most}`.execute(tx.db)
  return rows
}

/** The next rows that are to go, locked, the oldest first. */
export async function takeDue(tx: WorkspaceTx, part: TablePart, when: DueWhen, most: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(part.table)} t
    where ${isDue(part, tx.workspaceId, when)} and not coalesce(${heldIn(part, when.held)}, false)
    order by ${sql.ref(`t.${part.after}`)}, t.id limit ${most} for update of t`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Ids that are due, in their order, after the one given. */
export async function dueAfter(
  tx: WorkspaceTx,
  part: TablePart,
  when: DueWhen,
  { after, most }: { readonly after: string | null; readonly most: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from ${sql.table(part.table)} t
    where ${isDue(part, tx.workspaceId, when)} and not coalesce(${heldIn(part, when.held)}, false)
      ${after === null ? sql`` : sql`and t.id > ${after}::uuid`}
    order by t.id limit ${most}`.execute(tx.db)
  return rows.map(({ id }) => id)
}
