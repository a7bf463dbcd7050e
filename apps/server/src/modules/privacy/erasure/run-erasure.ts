import type { ContactId, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { openNoticesOfErasure } from '../registers/disclosures/open-notices.ts'
import { type Catalog, readCatalog } from './catalog.ts'
import { changeRows, countRows } from './change-rows.ts'
import { copyWithoutHer } from './copy-without-her.ts'
import type { ErasureRow } from './erasure.tables.ts'
import { hashesToKeep } from './hash-of-erased.ts'
import { type Identifiers, identifiersOf } from './identifiers.ts'
import { type ErasurePlan, planErasure } from './plan.rules.ts'
import type { ErasureReceipt } from './receipt.ts'
import { searchElsewhere } from './search-elsewhere.ts'
import { type ErasureSurroundings, holdsOn } from './surroundings.ts'
import type { Tombstone } from './tombstones.ts'
import { contactAndMerged, everyRow } from './whose-rows.ts'

/** Something that is hers keeps appearing, or a job about her runs right now: the erasure is tried again a moment later. */
export class NotGoneYet extends Error {
  override readonly name = 'NotGoneYet'
}

/** The name of the job that runs erasures; the queue is searched for hers, and this one is spared. */
export const erasureJobName = 'privacy.erase-contact'
const MOST_ROUNDS = 5

type Running = ErasureSurroundings & {
  readonly workspaceId: WorkspaceId
  readonly erasureId: string
  readonly again: boolean
  readonly catalog: Catalog
  readonly plan: ErasurePlan
}

/**
 * Carries out one erasure, from wherever a crash left it: finds her rows, keeps a tombstone, copies what counts without her, destroys the keys of her files, deletes or
 * empties row by row from the leaves to the root, looks again, and ends with a receipt. Throws `NotGoneYet` when it has to be tried again. `again` is for what was done
 * before on a newer state of the database: no hold and no running job stands in its way.
 */
export async function runErasure(
  around: ErasureSurroundings,
  workspaceId: WorkspaceId,
  erasureId: string,
  { again = false }: { readonly again?: boolean } = {},
): Promise<void> {
  const { database, inventory } = around
  const begun = await database.inWorkspace(workspaceId, async (tx) => {
    const erasure = await lockErasure(tx, erasureId)
    if (!erasure || erasure.state === 'done' || erasure.contact_id === null) return undefined
    const held = again ? [] : await holdsOn(tx, await contactAndMerged(tx, erasure.contact_id))
    await setState(tx, erasureId, held.length > 0 ? { state: 'held', held_by: held.join(', ') } : { state: 'running', held_by: null })
    return held.length > 0 ? undefined : { step: erasure.step, catalog: await readCatalog(tx) }
  })
  if (!begun) return
  const running: Running = { ...around, workspaceId, erasureId, again, catalog: begun.catalog, plan: planErasure(inventory, begun.catalog) }
  if (begun.step === 'collect') await begin(running)
  await eraseUntilNothingIsLeft(running)
  await prove(running)
}

const lockErasure = (tx: WorkspaceTx, erasureId: string): Promise<ErasureRow | undefined> =>
  tx.db
    .selectFrom('erasure')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', erasureId)
    .forUpdate()
    .executeTakeFirst() as Promise<ErasureRow | undefined>

const setState = (tx: WorkspaceTx, erasureId: string, set: Partial<Pick<ErasureRow, 'state' | 'held_by' | 'step'>>) =>
  tx.db.updateTable('erasure').set(set).where('workspace_id', '=', tx.workspaceId).where('id', '=', erasureId).execute()

/** Finds what is hers, remembers what to search for, keeps the tombstone, and copies what reports count. */
async function begin(running: Running): Promise<void> {
  const { database, eraser, workspaceId, erasureId, tombstones, plan, catalog, again } = running
  const { tombstone, contactIds, identifiers } = await eraser.inWorkspace(workspaceId, async (tx) => {
    const erasure = await lockErasure(tx, erasureId)
    if (!erasure?.contact_id) throw new Error('An erasure that has begun lost its contact.')
    const contactIds = await contactAndMerged(tx, erasure.contact_id)
    const identifiers = await identifiersOf(tx, contactIds)
    const points = await keepIdentifiers(tx, erasureId, identifiers)
    await noteRows(tx, erasureId, await everyRow(tx, plan, contactIds))
    const tombstone = {
      erasureId,
      mode: erasure.mode,
      ground: erasure.ground,
      subjects: contactIds.map((id) => tx.keys.hash(workspaceId, 'contact', id)),
      points,
      requestedAt: erasure.requested_at.toString(),
    }
    return { tombstone, contactIds, identifiers }
  })
  await tombstones.add(workspaceId, tombstone)
  await database.inWorkspace(workspaceId, async (tx) => {
    if (tombstone.mode === 'anonymize') await copyWithoutHer(tx, erasureId, plan, catalog)
    if (tombstone.ground !== 'retention') await tellRecipients(tx, erasureId, { contactIds, identifiers, again })
    await setState(tx, erasureId, { step: 'erase' })
  })
}

/**
 * Whoever received data of hers has to be told (GDPR Art. 19), because of the case where there is one. Not where only our own time for keeping was over: recipients have times of
 * their own, and nobody asked.
 */
async function tellRecipients(
  tx: WorkspaceTx,
  erasureId: string,
  {
    contactIds,
    identifiers,
    again,
  }: { readonly contactIds: readonly ContactId[]; readonly identifiers: Identifiers; readonly again: boolean },
): Promise<void> {
  const work = await tx.db
    .selectFrom('request_work')
    .select('request_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'erasure')
    .where('ref_id', '=', erasureId)
    .executeTakeFirst()
  const named = [...new Set([...identifiers.names, ...identifiers.points.map(({ value }) => value)])]
  await openNoticesOfErasure(tx, { contactIds, requestId: work?.request_id ?? null, named, again })
}

async function keepIdentifiers(tx: WorkspaceTx, erasureId: string, identifiers: Identifiers): Promise<Tombstone['points']> {
  const place = { workspaceId: tx.workspaceId, table: 'erasure', column: 'identifiers', rowId: erasureId }
  await tx.db
    .updateTable('erasure')
    .set({ identifiers: tx.keys.encrypt(JSON.stringify(identifiers), place) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', erasureId)
    .execute()
  const points = hashesToKeep(tx, identifiers.points)
  await keepErasedPoints(tx, erasureId, points)
  return points
}

/** Remembers whom no import brings back. */
export async function keepErasedPoints(tx: WorkspaceTx, erasureId: string, points: Tombstone['points']): Promise<void> {
  for (const { kind, hash } of points) {
    await tx.db
      .insertInto('erased_point')
      .values({ workspace_id: tx.workspaceId, id: tx.newId(), erasure_id: erasureId, kind, value_hash: hash })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Writes down which rows are hers; answers how many were not known yet. */
async function noteRows(tx: WorkspaceTx, erasureId: string, rows: ReadonlyMap<string, readonly string[]>): Promise<number> {
  let added = 0
  for (const [place, ids] of rows) {
    const result = await sql`
      insert into erasure_row (workspace_id, id, erasure_id, place, row_id)
      select ${tx.workspaceId}, gen_random_uuid(), ${erasureId}, ${place}, row_id from unnest(${[...ids]}::uuid[]) as row_id
      on conflict do nothing`.execute(tx.db)
    added += Number(result.numAffectedRows ?? 0n)
  }
  return added
}

/** What arrives while it runs is hers too: it looks again until nothing new is found. */
async function eraseUntilNothingIsLeft(running: Running): Promise<void> {
  const { database, eraser, workspaceId, erasureId, plan, again } = running
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await changeRows(running)
    const named = await database.inWorkspace(workspaceId, (tx) => idsOf(tx, erasureId))
    const jobs = await eraser.inWorkspace(workspaceId, async (tx) => {
      const { rows } = await sql<{
        gone: number
        running: number
      }>`select * from platform.erase_jobs(${named}::uuid[], ${erasureJobName}, ${again})`.execute(tx.db)
      const jobsOfHers = rows[0] ?? { gone: 0, running: 0 }
      await countRows(tx, erasureId, 'jobs', jobsOfHers.gone)
      return jobsOfHers
    })
    const added = await eraser.inWorkspace(workspaceId, async (tx) => {
      const erasure = await lockErasure(tx, erasureId)
      return erasure?.contact_id ? noteRows(tx, erasureId, await everyRow(tx, plan, await known(tx, erasureId, erasure.contact_id))) : 0
    })
    if (added === 0 && jobs.running === 0) return
    if (added === 0) throw new NotGoneYet('A job that names this contact is running right now.')
  }
  throw new NotGoneYet('Rows of this contact kept appearing.')
}

/** Her contact ids as they were found at the beginning: the rows may be gone by now. */
async function known(tx: WorkspaceTx, erasureId: string, contactId: ContactId): Promise<readonly ContactId[]> {
  const rows = await tx.db
    .selectFrom('erasure_row')
    .select('row_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('erasure_id', '=', erasureId)
    .where('place', '=', 'contact')
    .execute()
  return [...new Set([contactId, ...rows.map(({ row_id }) => row_id as ContactId)])]
}

async function idsOf(tx: WorkspaceTx, erasureId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct row_id as id from erasure_row where workspace_id = ${tx.workspaceId} and erasure_id = ${erasureId} and place not in ('company', 'tag')`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}

/** Searches its own tables for what named her, gives the space back, and ends with the receipt. */
async function prove({ database, eraser, workspaceId, erasureId, catalog, plan, vacuum, inventory }: Running): Promise<void> {
  const { mentioned, touched } = await eraser.inWorkspace(workspaceId, async (tx) => {
    const erasure = await lockErasure(tx, erasureId)
    if (!erasure) throw new Error('An erasure that runs lost its row.')
    await setState(tx, erasureId, { step: 'prove' })
    const counts = Object.keys(erasure.receipt ?? {})
    const identifiers = readIdentifiers(tx, erasure)
    return {
      mentioned: await searchElsewhere(tx, catalog, inventory, identifiers),
      touched: plan.tables.map(({ table }) => table).filter((table) => counts.some((key) => key.endsWith(`:${table}`))),
    }
  })
  const space = await vacuum(touched)
  await database.inWorkspace(workspaceId, (tx) => finish(tx, erasureId, plan, mentioned, space))
}

function readIdentifiers(tx: WorkspaceTx, { id, identifiers }: ErasureRow): Identifiers {
  if (identifiers === null) return { names: [], points: [] }
  return JSON.parse(tx.keys.decrypt(identifiers, { workspaceId: tx.workspaceId, table: 'erasure', column: 'identifiers', rowId: id }))
}

async function finish(
  tx: WorkspaceTx,
  erasureId: string,
  plan: ErasurePlan,
  mentioned: ErasureReceipt['mentioned'],
  space: ErasureReceipt['space'],
): Promise<void> {
  const erasure = await lockErasure(tx, erasureId)
  if (!erasure?.contact_id) return
  const counts = (erasure.receipt ?? {}) as unknown as Readonly<Record<string, number>>
  const of = (what: string, table: string) => counts[`${what}:${table}`] ?? 0
  const receipt: ErasureReceipt = {
    mode: erasure.mode,
    requestedAt: erasure.requested_at.toString(),
    finishedAt: tx.now.toString(),
    tables: plan.tables
      .map(({ table }) => ({ table, deleted: of('deleted', table), emptied: of('emptied', table), anonymized: of('copied', table) }))
      .filter(({ deleted, emptied, anonymized }) => deleted + emptied + anonymized > 0)
      .sort((one, other) => one.table.localeCompare(other.table)),
    files: counts.files ?? 0,
    jobs: counts.jobs ?? 0,
    kept: plan.kept
      .map((kept) => ({ ...kept, rows: of('emptied', kept.table) }))
      .filter(({ rows, table }) => rows > 0 || table === 'audit_entry'),
    mentioned,
    space,
  }
  await tx.db.deleteFrom('erasure_row').where('workspace_id', '=', tx.workspaceId).where('erasure_id', '=', erasureId).execute()
  await tx.db
    .updateTable('erasure')
    .set({ state: 'done', step: 'done', contact_id: null, identifiers: null, receipt: JSON.stringify(receipt), finished_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', erasureId)
    .execute()
  const by = { kind: 'system', workspaceId: tx.workspaceId, job: erasureJobName } as const
  await audit(tx, by, {
    action: erasure.mode === 'erase' ? 'contact.erased' : 'contact.anonymized',
    object: { type: 'contact', id: erasure.contact_id },
    result: 'done',
  })
  await emit(tx, 'contact.erased', { contactId: erasure.contact_id, erasureId })
  // For whoever goes on from here: a job may not name her any more.
  await emit(tx, 'erasure.finished', { erasureId })
}
