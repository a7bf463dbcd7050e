import type { CounterpartyScreening, Principal, ScreeningBody } from '@frontdesk/contract'
import type { z } from 'zod'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { businessDay } from './business-day.ts'
import { memberNames } from './member-names.ts'
import { registersPolicy } from './registers.policy.ts'

/** Writes down that a counterparty was looked up in a list, and what came of it. Throws 404, and `http/invalid-request` for a day ahead. */
export async function recordScreening(
  tx: WorkspaceTx,
  by: Principal,
  wish: z.output<typeof ScreeningBody> & { readonly counterpartyId: string },
): Promise<{ items: CounterpartyScreening[] }> {
  registersPolicy.require(by, 'registers.manage')
  const checkedOn = wish.checkedOn === undefined ? await businessDay(tx) : Temporal.PlainDate.from(wish.checkedOn)
  if (Temporal.PlainDate.compare(checkedOn, await businessDay(tx)) > 0)
    throw new Refusal('http/invalid-request', { detail: 'It cannot have been looked up in the future. Nothing was saved.' })
  await requireCounterparty(tx, wish.counterpartyId)
  const id = tx.newId()
  await tx.db
    .insertInto('counterparty_screening')
    .values({
      workspace_id: tx.workspaceId,
      id,
      counterparty_id: wish.counterpartyId,
      list: wish.list,
      result: wish.result,
      note: wish.note ?? null,
      checked_on: checkedOn,
      done_by: actorText(by),
    })
    .execute()
  await audit(tx, by, { action: 'counterparty.screened', object: { type: 'counterparty', id: wish.counterpartyId }, result: 'done' })
  await emit(tx, 'counterparty.changed', { counterpartyId: wish.counterpartyId })
  return listScreenings(tx, by, wish.counterpartyId)
}

/** What came of looking a counterparty up, newest first. Throws 404. */
export async function listScreenings(tx: WorkspaceTx, by: Principal, counterpartyId: string): Promise<{ items: CounterpartyScreening[] }> {
  registersPolicy.require(by, 'registers.read')
  await requireCounterparty(tx, counterpartyId)
  const rows = await tx.db
    .selectFrom('counterparty_screening')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('counterparty_id', '=', counterpartyId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  const nameOf = await memberNames(tx)
  return {
    items: rows.map((row) => ({
      id: row.id,
      list: row.list,
      result: row.result,
      note: row.note,
      checkedOn: row.checked_on.toString(),
      by: nameOf(row.done_by),
    })),
  }
}

async function requireCounterparty(tx: WorkspaceTx, id: string): Promise<void> {
  const row = await tx.db
    .selectFrom('counterparty')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such counterparty here.' })
}
