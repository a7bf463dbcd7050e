import type { OptOutScope } from '@frontdesk/contact-rules'
import type { Principal, RegistrySnapshot } from '@frontdesk/contract'
import { type Selectable, sql } from 'kysely'
import { audit } from '../../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/errors/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { newestFirst } from '../../../platform/http/index.ts'
import { enqueue } from '../../../platform/jobs/index.ts'
import { homeCountry } from '../../contacts/index.ts'
import { hashOfPoint, type KeyedPoint } from '../consents/point-hash.ts'
import { privacyPolicy } from '../privacy.policy.ts'
import { clearRegistry } from './clear-registry.ts'
import type { RegistrySnapshotRow } from './registry.tables.ts'
import { areaCodeOf, registryKey } from './registry-facts.ts'
import { readOwnLine, readRegistryLine } from './registry-line.rules.ts'
import { stopMany } from './stop-many.ts'
import { actorText } from './suppress.ts'

/** The law lets a copy be this old (47 CFR 64.1200(c)(2), CRTC rules Part II). */
const OLDEST_DAYS = 31

export type BeginRegistry = { readonly registry: string; readonly asOf: string; readonly scope?: OptOutScope | undefined }

/** Begins to load a file. Throws `http/invalid-request` for a date to come. */
export async function beginRegistry(tx: WorkspaceTx, by: Principal, wish: BeginRegistry): Promise<RegistrySnapshot> {
  privacyPolicy.require(by, 'registries.manage')
  const asOf = Temporal.Instant.from(`${wish.asOf}T00:00Z`)
  if (Temporal.Instant.compare(asOf, tx.now.add({ hours: 24 })) > 0) {
    throw new Refusal('http/invalid-request', {
      detail: 'The copy is dated in the future. Give the day on which it was drawn. Nothing was saved.',
    })
  }
  const row = await tx.db
    .insertInto('registry_snapshot')
    .values({
      workspace_id: tx.workspaceId,
      id: tx.newId(),
      registry: wish.registry,
      scope: wish.scope ?? null,
      as_of: asOf,
      area_codes: '',
      status: 'loading',
      lines_seen: 0,
      lines_kept: 0,
      lines_known: 0,
      lines_bad: 0,
      loaded_by: actorText(by),
      created_at: tx.now,
      finished_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return present(tx, row)
}

/** Takes the next lines. A part that came before changes nothing; one that leaves a gap is refused. */
export async function loadLines(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly snapshotId: string; readonly from: number; readonly lines: readonly string[] },
): Promise<RegistrySnapshot> {
  privacyPolicy.require(by, 'registries.manage')
  const snapshot = await lock(tx, wish.snapshotId)
  if (snapshot.status !== 'loading')
    throw new Refusal('http/conflict', { detail: 'This file was finished before. Begin a new one. Nothing was changed.' })
  if (wish.from < snapshot.lines_seen) return present(tx, snapshot)
  if (wish.from > snapshot.lines_seen) {
    throw new Refusal('http/conflict', {
      detail: `The lines from ${snapshot.lines_seen} to ${wish.from} are missing. Send them first. What was loaded stays.`,
      expected: snapshot.lines_seen,
    })
  }
  const counts = snapshot.registry === 'own' ? await keepOwn(tx, by, snapshot, wish.lines) : await keepNumbers(tx, snapshot, wish.lines)
  const row = await tx.db
    .updateTable('registry_snapshot')
    .set({
      lines_seen: snapshot.lines_seen + wish.lines.length,
      lines_kept: snapshot.lines_kept + counts.kept,
      lines_known: snapshot.lines_known + counts.known,
      lines_bad: snapshot.lines_bad + counts.bad,
      area_codes: [...new Set([...words(snapshot.area_codes), ...counts.areaCodes])].toSorted().join(' '),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', snapshot.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return present(tx, row)
}

/** The file is complete. Older copies of the register that cover nothing else are removed. Throws `privacy/unreadable-list` where no line was one. */
export async function finishRegistry(tx: WorkspaceTx, by: Principal, snapshotId: string): Promise<RegistrySnapshot> {
  privacyPolicy.require(by, 'registries.manage')
  const snapshot = await lock(tx, snapshotId)
  if (snapshot.status !== 'loading') return present(tx, snapshot)
  if (snapshot.lines_kept + snapshot.lines_known === 0) {
    throw new Refusal('privacy/unreadable-list', {
      detail:
        'Each line needs an area code and a number, or one number; an own list an address or a number in each line. Nothing was loaded.',
    })
  }
  const row = await finish(tx, snapshot.id, 'ready')
  await audit(tx, by, { action: 'registry.loaded', object: { type: 'registry_snapshot', id: snapshot.id }, result: 'done' })
  await emit(tx, 'registry.loaded', { snapshotId: snapshot.id, state: 'ready' })
  if (snapshot.registry !== 'own') await replaceOlder(tx, row)
  return present(tx, row)
}

/** Removes a copy. Its numbers go in the background; from now on they do not count. What an own list stopped stays stopped. */
export async function removeRegistry(tx: WorkspaceTx, by: Principal, snapshotId: string): Promise<void> {
  privacyPolicy.require(by, 'registries.manage')
  const snapshot = await lock(tx, snapshotId)
  await finish(tx, snapshot.id, 'replaced')
  await audit(tx, by, { action: 'registry.removed', object: { type: 'registry_snapshot', id: snapshot.id }, result: 'done' })
  await enqueue(tx, clearRegistry, { snapshotId: snapshot.id })
}

/** One page of copies, newest first; those that were replaced are left out. */
export async function listRegistries(
  tx: WorkspaceTx,
  by: Principal,
  wish: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: RegistrySnapshot[]; next: string | null }> {
  privacyPolicy.require(by, 'registries.read')
  const copies = tx.db
    .selectFrom('registry_snapshot')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('status', '<>', 'replaced')
  return newestFirst(copies, wish, (row) => present(tx, row))
}

type Snapshot = Selectable<RegistrySnapshotRow>
type Counts = { readonly kept: number; readonly known: number; readonly bad: number; readonly areaCodes: readonly string[] }

async function keepNumbers(tx: WorkspaceTx, { id }: Snapshot, lines: readonly string[]): Promise<Counts> {
  const read = lines.map(readRegistryLine).filter((line) => line !== 'nothing')
  const numbers = read.filter((line) => line !== 'bad')
  const keys = [...new Set(numbers)].map((number) => registryKey(tx.keys, tx.workspaceId, id, number))
  const { numAffectedRows: kept = 0n } = await sql`
    insert into registry_number (workspace_id, id, snapshot_id) select ${tx.workspaceId}::uuid, key, ${id}::uuid from unnest(${keys}::uuid[]) as key
    on conflict do nothing`.execute(tx.db)
  return {
    kept: Number(kept),
    known: numbers.length - Number(kept),
    bad: read.length - numbers.length,
    areaCodes: [...new Set(numbers.flatMap((number) => areaCodeOf(number) ?? []))],
  }
}

async function keepOwn(tx: WorkspaceTx, by: Principal, { scope }: Snapshot, lines: readonly string[]): Promise<Counts> {
  const country = await homeCountry(tx)
  const read = lines.map((line) => readOwnLine(line, country)).filter((line) => line !== 'nothing')
  const points = read.filter((line): line is KeyedPoint => line !== 'bad')
  const different = [...new Map(points.map((point) => [hashOfPoint(tx, point), point])).values()]
  const kept = await stopMany(tx, by, different, { scope: scope ?? 'all', cause: 'import' })
  return { kept, known: points.length - kept, bad: read.length - points.length, areaCodes: [] }
}

/** A newer copy takes the place of older ones whose area codes it covers. */
async function replaceOlder(tx: WorkspaceTx, newer: Snapshot): Promise<void> {
  const covered = new Set(words(newer.area_codes))
  const older = await tx.db
    .selectFrom('registry_snapshot')
    .select(['id', 'area_codes'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('registry', '=', newer.registry)
    .where('status', '=', 'ready')
    .where('as_of', '<=', newer.as_of)
    .where('id', '<>', newer.id)
    .execute()
  for (const { id, area_codes } of older) {
    if (!words(area_codes).every((code) => covered.has(code))) continue
    await finish(tx, id, 'replaced')
    await enqueue(tx, clearRegistry, { snapshotId: id })
  }
}

const finish = (tx: WorkspaceTx, id: string, status: Snapshot['status']): Promise<Snapshot> =>
  tx.db
    .updateTable('registry_snapshot')
    .set({ status, finished_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()

async function lock(tx: WorkspaceTx, id: string): Promise<Snapshot> {
  const row = await tx.db
    .selectFrom('registry_snapshot')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('status', '<>', 'replaced')
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Refusal('http/not-found', { detail: 'There is no such register here. It may have been replaced by a newer copy.' })
  return row
}

/** The copies of registers that would count and are too old for it, one a register. */
export async function staleRegistries(tx: WorkspaceTx): Promise<Pick<RegistrySnapshot, 'registry' | 'asOf'>[]> {
  const rows = await tx.db
    .selectFrom('registry_snapshot')
    .select(['registry', ({ fn }) => fn.max('as_of').as('newest')])
    .where('workspace_id', '=', tx.workspaceId)
    .where('status', '=', 'ready')
    .where('registry', '<>', 'own')
    .groupBy('registry')
    .orderBy('registry')
    .execute()
  return rows
    .filter(({ newest }) => isStale(tx, newest))
    .map(({ registry, newest }) => ({ registry, asOf: newest.toString().slice(0, 10) }))
}

const isStale = (tx: WorkspaceTx, asOf: Temporal.Instant): boolean =>
  Temporal.Instant.compare(asOf.add({ hours: 24 * OLDEST_DAYS }), tx.now) < 0

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '')

const present = (tx: WorkspaceTx, row: Snapshot): RegistrySnapshot => ({
  id: row.id,
  registry: row.registry,
  scope: row.scope,
  asOf: row.as_of.toString().slice(0, 10),
  stale: row.registry !== 'own' && isStale(tx, row.as_of),
  areaCodes: words(row.area_codes),
  status: row.status,
  linesSeen: row.lines_seen,
  linesKept: row.lines_kept,
  linesKnown: row.lines_known,
  linesBad: row.lines_bad,
  createdAt: row.created_at.toString(),
  finishedAt: row.finished_at?.toString() ?? null,
})
