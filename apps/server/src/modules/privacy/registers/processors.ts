import type { Principal, Processor, ProcessorBody, Region } from '@frontdesk/contract'
import { z } from 'zod'
import { actorText, audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { pageFrom, readCursor } from '../../../platform/http/index.ts'
import { readPrivacySettings } from '../settings/read-privacy-settings.ts'
import { connections } from './connections.ts'
import { stateOf, stopOf } from './processor.rules.ts'
import type { StoredProcessor } from './processor.tables.ts'
import { registersPolicy } from './registers.policy.ts'
import { type Configured, registerSurroundings } from './surroundings.ts'

/** The region this business keeps its data in, as its settings say. */
export const homeRegion = async (tx: WorkspaceTx): Promise<Region> => (await readPrivacySettings(tx))['geo.region']

/** Everybody who receives data: what this server is connected to, with what members wrote down about it, then their own entries. For the privacy page too. */
export async function listProcessors(tx: WorkspaceTx): Promise<Processor[]> {
  const home = await homeRegion(tx)
  const rows = await tx.db.selectFrom('processor').selectAll().where('workspace_id', '=', tx.workspaceId).orderBy('id').limit(500).execute()
  const { configured } = registerSurroundings.get()
  const connected = configured.map((one) => {
    const row = rows.find(({ connection }) => connection === one.connection)
    return row ? present(row, home, one.host) : unwritten(one)
  })
  const there = new Set(configured.map(({ connection }) => connection))
  const own = rows.filter(({ connection }) => connection === null || !there.has(connection))
  return [...connected, ...own.map((row) => present(row, home, null))]
}

/** The same for members, with the region they are measured against. */
export async function readProcessors(tx: WorkspaceTx, by: Principal): Promise<{ items: Processor[]; homeRegion: Region }> {
  registersPolicy.require(by, 'registers.read')
  return { items: await listProcessors(tx), homeRegion: await homeRegion(tx) }
}

/** Writes an entry down. Throws `privacy/affiliate-not-bound`, and `http/conflict` where the connection has one. */
export async function addProcessor(tx: WorkspaceTx, by: Principal, body: ProcessorBody): Promise<Processor> {
  registersPolicy.require(by, 'registers.manage')
  requireBound(body)
  const row = await tx.db
    .insertInto('processor')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      version: 1,
      connection: body.connection,
      ...columnsOf(body),
      withdrawn_at: null,
      ended_at: body.ended ? tx.now : null,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'connection']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/conflict', { detail: 'This connection has an entry already. Change that one. Nothing was saved.' })
  return told(tx, by, row)
}

/** Changes an entry. Where the contract is left out that it had, it is withdrawn, and nothing leaves. Throws 404 and `http/version-mismatch`. */
export async function changeProcessor(
  tx: WorkspaceTx,
  by: Principal,
  { processorId, version, ...body }: ProcessorBody & { readonly processorId: string; readonly version: number },
): Promise<Processor> {
  registersPolicy.require(by, 'registers.manage')
  requireBound(body)
  const before = await loadProcessor(tx, processorId)
  const gone = before.contract_ref !== null && body.contractRef === null
  const row = await tx.db
    .updateTable('processor')
    .set({
      ...columnsOf(body),
      version: version + 1,
      withdrawn_at: body.contractRef !== null ? null : gone ? tx.now : before.withdrawn_at,
      ended_at: body.ended ? (before.ended_at ?? tx.now) : null,
      updated_at: tx.now,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', processorId)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
  if (!row)
    throw new Refusal('http/version-mismatch', {
      detail: 'Somebody changed this entry in the meantime. Nothing was saved.',
      current: present(before, await homeRegion(tx), hostOf(before)),
    })
  return told(tx, by, row)
}

/** What became of an entry, newest first. Throws 404. */
export async function processorHistory(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly processorId: string; readonly cursor?: string | undefined; readonly limit: number },
) {
  registersPolicy.require(by, 'registers.read')
  await loadProcessor(tx, wish.processorId)
  const before = readCursor(wish.cursor, [z.uuid()])?.[0]
  const rows = await tx.db
    .selectFrom('processor_change')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('processor_id', '=', wish.processorId)
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(wish.limit + 1)
    .execute()
  const shown = (row: (typeof rows)[number]) => ({
    id: row.id,
    at: row.at.toString(),
    by: row.done_by,
    state: row.state,
    contractRef: row.contract_ref,
  })
  return pageFrom(rows, wish.limit, shown, (row) => [row.id])
}

async function loadProcessor(tx: WorkspaceTx, id: string): Promise<StoredProcessor> {
  const row = await tx.db
    .selectFrom('processor')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row) return row
  throw new Refusal('http/not-found', { detail: 'There is no such entry here.' })
}

/** S0: affiliates have to honour this policy, or they get nothing. */
function requireBound({ kind, adheres }: ProcessorBody): void {
  if (kind !== 'affiliate' || adheres) return
  throw new Refusal('privacy/affiliate-not-bound', {
    detail: 'Let the affiliate declare that it keeps to your privacy policy, and tick that it did. Nothing was saved.',
  })
}

const columnsOf = (body: ProcessorBody) => ({
  name: body.name,
  kind: body.kind,
  purposes: JSON.stringify(body.purposes),
  categories: JSON.stringify(body.categories),
  region: body.region,
  mechanism: body.mechanism,
  contract_ref: body.contractRef,
  contract_on: body.contractOn === null ? null : Temporal.PlainDate.from(body.contractOn),
  policy_url: body.policyUrl,
  adheres: body.adheres,
})

async function told(tx: WorkspaceTx, by: Principal, row: StoredProcessor): Promise<Processor> {
  const state = stateOf(row)
  await tx.db
    .insertInto('processor_change')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      processor_id: row.id,
      state,
      contract_ref: row.contract_ref,
      done_by: actorText(by),
      at: tx.now,
    })
    .execute()
  await audit(tx, by, { action: 'processor.changed', object: { type: 'processor', id: row.id }, result: 'done' })
  await emit(tx, 'processor.changed', { processorId: row.id })
  return present(row, await homeRegion(tx), hostOf(row))
}

const hostOf = ({ connection }: StoredProcessor): string | null =>
  registerSurroundings.get().configured.find((one) => one.connection === connection)?.host ?? null

const present = (row: StoredProcessor, home: Region, host: string | null): Processor => ({
  id: row.id,
  connection: row.connection,
  name: row.name,
  kind: row.kind,
  host,
  purposes: [...row.purposes],
  categories: [...row.categories],
  fields: row.connection === null ? [] : [...connections[row.connection].fields],
  region: row.region,
  mechanism: row.mechanism,
  contractRef: row.contract_ref,
  contractOn: row.contract_on?.toString() ?? null,
  policyUrl: row.policy_url,
  adheres: row.adheres,
  state: stateOf(row),
  stopped: stopOf(row, home),
  guarded: row.connection === null || connections[row.connection].guarded,
  version: row.version,
})

/** What the configuration alone tells. */
const unwritten = ({ connection, host }: Configured): Processor => ({
  id: null,
  connection,
  name: host ?? connection,
  kind: connections[connection].kind,
  host,
  purposes: [...connections[connection].purposes],
  categories: [...connections[connection].categories],
  fields: [...connections[connection].fields],
  region: 'unknown',
  mechanism: 'none',
  contractRef: null,
  contractOn: null,
  policyUrl: null,
  adheres: false,
  state: 'instructed',
  stopped: null,
  guarded: connections[connection].guarded,
  version: 1,
})
