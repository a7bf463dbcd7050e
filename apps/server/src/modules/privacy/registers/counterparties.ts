import type { Counterparty, CounterpartyBody, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { businessDay } from './business-day.ts'
import type { CounterpartyRow } from './processor.tables.ts'
import { registersPolicy } from './registers.policy.ts'

type Row = Selectable<CounterpartyRow>

/** How long a contract stays after it ended: as long as tax law may ask for it (26 CFR 1.6001-1(e) names no number; seven years is the usual advice, ask counsel). */
const KEPT_AFTER_END = { years: 7 } as const

/** One page of counterparties, newest first. */
export async function listCounterparties(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: Counterparty[]; next: string | null }> {
  registersPolicy.require(by, 'registers.read')
  const before = readCursor(wish.cursor, [z.uuid()])?.[0]
  const rows = await tx.db
    .selectFrom('counterparty')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  return pageFrom(rows, wish.limit, present, (row) => [row.id])
}

/** Writes a counterparty down. */
export async function addCounterparty(tx: WorkspaceTx, by: Principal, body: z.output<typeof CounterpartyBody>): Promise<Counterparty> {
  registersPolicy.require(by, 'registers.manage')
  const row = await tx.db
    .insertInto('counterparty')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      ...columnsOf(body),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return told(tx, by, row)
}

/** Changes a counterparty. Throws 404 and `http/version-mismatch`. */
export async function changeCounterparty(
  tx: WorkspaceTx,
  by: Principal,
  { counterpartyId, version, ...body }: z.output<typeof CounterpartyBody> & { readonly counterpartyId: string; readonly version: number },
): Promise<Counterparty> {
  registersPolicy.require(by, 'registers.manage')
  const ofThis = tx.db.selectFrom('counterparty').selectAll().where('workspace_id', '=', tx.workspaceId).where('id', '=', counterpartyId)
  const before = await ofThis.executeTakeFirst()
  if (!before) throw new Refusal('http/not-found', { detail: 'There is no such counterparty here.' })
  const row = await tx.db
    .updateTable('counterparty')
    .set({ ...columnsOf(body), version: version + 1, updated_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', counterpartyId)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  if (row) return told(tx, by, row)
  throw new Refusal('http/version-mismatch', {
    detail: 'Somebody changed this in the meantime. Nothing was saved.',
    current: present(before),
  })
}

/** Deletes whose contract ended long enough ago. Answers how many. */
export async function purgeCounterparties(tx: WorkspaceTx): Promise<number> {
  const limit = (await businessDay(tx)).subtract(KEPT_AFTER_END)
  const gone = await tx.db
    .deleteFrom('counterparty')
    .where('workspace_id', '=', tx.workspaceId)
    .where('ends_on', '<=', limit)
    .returning('id')
    .execute()
  return gone.length
}

const columnsOf = (body: z.output<typeof CounterpartyBody>) => ({
  name: body.name,
  representative: body.representative,
  email: body.email,
  contract_ref: body.contractRef,
  signed_on: Temporal.PlainDate.from(body.signedOn),
  ends_on: body.endsOn === null ? null : Temporal.PlainDate.from(body.endsOn),
})

async function told(tx: WorkspaceTx, by: Principal, row: Row): Promise<Counterparty> {
  await audit(tx, by, { action: 'counterparty.changed', object: { type: 'counterparty', id: row.id }, result: 'done' })
  await emit(tx, 'counterparty.changed', { counterpartyId: row.id })
  return present(row)
}

const present = (row: Row): Counterparty => ({
  id: row.id,
  name: row.name,
  representative: row.representative,
  email: row.email,
  contractRef: row.contract_ref,
  signedOn: row.signed_on.toString(),
  endsOn: row.ends_on?.toString() ?? null,
  deletedOn: row.ends_on?.add(KEPT_AFTER_END).toString() ?? null,
  version: row.version,
})
