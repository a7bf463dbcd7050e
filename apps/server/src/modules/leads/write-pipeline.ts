import type { EditPipelineBody, Pipeline, Principal } from '@frontdesk/contract'
import type { z } from 'zod'
import { audit } from '../../platform/audit/index.ts'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { emit } from '../../platform/events/index.ts'
import { addPipeline, defaultPipelineId } from './default-pipeline.ts'
import { leadsPolicy } from './leads.policy.ts'
import { loadPipeline, lockPipeline } from './read-pipelines.ts'

type Wish = z.output<typeof EditPipelineBody>

/** Adds a pipeline with the usual stages. */
export async function createPipeline(tx: WorkspaceTx, by: Principal, { name }: { readonly name: string }): Promise<Pipeline> {
  leadsPolicy.require(by, 'pipelines.manage')
  // The one that new leads go to stands first, also where nobody has looked at it yet.
  await defaultPipelineId(tx)
  const id = await addPipeline(tx, { name, isDefault: false })
  if (id === undefined) throw new Error('A pipeline that is not the default was taken for it.')
  return told(tx, by, id, 'pipeline.added')
}

/** Changes what is sent of a pipeline. Throws `http/version-mismatch` with the current values, and `leads/stage-in-use` for a stage left out in which open leads stand. */
export async function editPipeline(
  tx: WorkspaceTx,
  by: Principal,
  wish: Wish & { readonly pipelineId: string; readonly version: number },
): Promise<Pipeline> {
  leadsPolicy.require(by, 'pipelines.manage')
  const row = await lockPipeline(tx, wish.pipelineId)
  const before = await loadPipeline(tx, by, row.id)
  refuseOverwriting(before, wish.version)
  if (wish.stages) await writeStages(tx, before, wish.stages)
  for (const [kind, name] of [['won', wish.wonName] as const, ['lost', wish.lostName] as const])
    if (name !== undefined)
      await tx.db
        .updateTable('stage')
        .set({ name })
        .where('workspace_id', '=', tx.workspaceId)
        .where('pipeline_id', '=', row.id)
        .where('kind', '=', kind)
        .execute()
  if (wish.lostReasons) await writeReasons(tx, before, wish.lostReasons)
  await tx.db
    .updateTable('pipeline')
    .set({ version: row.version + 1, ...(wish.name === undefined ? {} : { name: wish.name }) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', row.id)
    .execute()
  return told(tx, by, row.id, 'pipeline.changed')
}

/** Throws `http/version-mismatch` where somebody changed the pipeline since it was read. */
export function refuseOverwriting(current: Pipeline, version: number): void {
  if (current.version === version) return
  throw new Refusal('http/version-mismatch', {
    detail: 'Somebody changed this pipeline since you opened it. Nothing was saved; look at the current values and try again.',
    current,
  })
}

async function writeStages(tx: WorkspaceTx, before: Pipeline, stages: NonNullable<Wish['stages']>): Promise<void> {
  const known = before.stages.filter(({ kind }) => kind === 'open')
  refuseUnknown(
    stages.flatMap(({ id }) => id ?? []),
    known.map(({ id }) => id),
    'body.stages',
  )
  const gone = known.filter(({ id }) => !stages.some((stage) => stage.id === id))
  for (const { id, name } of gone) {
    const stage = await tx.db
      .selectFrom('stage')
      .select('id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    const standing = await tx.db
      .selectFrom('lead')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('workspace_id', '=', tx.workspaceId)
      .where('open_stage_id', '=', stage.id)
      .where('state', '=', 'open')
      .executeTakeFirstOrThrow()
    const count = Number(standing.count)
    if (count > 0)
      throw new Refusal('leads/stage-in-use', {
        detail: `${name} holds ${count} open leads. Move them first, then take the stage away. Nothing was saved.`,
        stageId: id,
        count,
      })
    await tx.db.updateTable('stage').set({ archived_at: tx.now }).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
  }
  for (const [position, { id, name, probability }] of stages.entries()) {
    const values = { name, probability, position }
    if (id === undefined)
      await tx.db
        .insertInto('stage')
        .values({
          ...values,
          workspace_id: tx.workspaceId,
          id: tx.newId(),
          pipeline_id: before.id,
          kind: 'open',
          created_at: tx.now,
          archived_at: null,
        })
        .execute()
    else await tx.db.updateTable('stage').set(values).where('workspace_id', '=', tx.workspaceId).where('id', '=', id).execute()
  }
}

async function writeReasons(tx: WorkspaceTx, before: Pipeline, reasons: NonNullable<Wish['lostReasons']>): Promise<void> {
  const known = before.lostReasons.map(({ id }) => id)
  refuseUnknown(
    reasons.flatMap(({ id }) => id ?? []),
    known,
    'body.lostReasons',
  )
  const gone = known.filter((id) => !reasons.some((reason) => reason.id === id))
  if (gone.length > 0)
    await tx.db
      .updateTable('lost_reason')
      .set({ archived_at: tx.now })
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', 'in', gone)
      .execute()
  for (const [position, { id, label }] of reasons.entries()) {
    if (id === undefined)
      await tx.db
        .insertInto('lost_reason')
        .values({
          workspace_id: tx.workspaceId,
          id: tx.newId(),
          pipeline_id: before.id,
          label,
          position,
          created_at: tx.now,
          archived_at: null,
        })
        .execute()
    else
      await tx.db
        .updateTable('lost_reason')
        .set({ label, position })
        .where('workspace_id', '=', tx.workspaceId)
        .where('id', '=', id)
        .execute()
  }
}

/** Throws for ids that are not of this pipeline, or stand twice. */
export function refuseUnknown(named: readonly string[], known: readonly string[], path: string): void {
  if (new Set(named).size === named.length && named.every((id) => known.includes(id))) return
  throw new Refusal('http/invalid-request', {
    detail: `${path.slice(5)}: an id is not one of this pipeline, or stands twice. Leave the id out for what is new. Nothing was saved.`,
    faults: [{ path, code: 'unknown_id', message: 'Leave the id out for what is new.' }],
  })
}

/** Puts a pipeline away. Throws `leads/pipeline-in-use` for the one that new leads go to, and where open leads are. */
export async function archivePipeline(tx: WorkspaceTx, by: Principal, pipelineId: string): Promise<Pipeline> {
  leadsPolicy.require(by, 'pipelines.manage')
  const row = await lockPipeline(tx, pipelineId)
  if (row.archived_at !== null) return loadPipeline(tx, by, row.id)
  if (row.is_default)
    throw new Refusal('leads/pipeline-in-use', {
      detail: 'New leads go to this pipeline, so it stays. You can rename it and change its stages.',
    })
  const open = await tx.db
    .selectFrom('lead')
    .select('id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', row.id)
    .where('state', '=', 'open')
    .limit(1)
    .executeTakeFirst()
  if (open)
    throw new Refusal('leads/pipeline-in-use', {
      detail: 'There are open leads in this pipeline. Win, lose or remove them first. Nothing was changed.',
    })
  await setArchived(tx, row.id, tx.now)
  return told(tx, by, row.id, 'pipeline.archived')
}

/** Brings a pipeline back. Twice changes nothing more. */
export async function restorePipeline(tx: WorkspaceTx, by: Principal, pipelineId: string): Promise<Pipeline> {
  leadsPolicy.require(by, 'pipelines.manage')
  const row = await lockPipeline(tx, pipelineId)
  if (row.archived_at === null) return loadPipeline(tx, by, row.id)
  await setArchived(tx, row.id, null)
  return told(tx, by, row.id, 'pipeline.restored')
}

const setArchived = (tx: WorkspaceTx, id: string, at: Temporal.Instant | null) =>
  tx.db
    .updateTable('pipeline')
    .set(({ eb }) => ({ archived_at: at, version: eb('version', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .execute()

type Action = 'pipeline.added' | 'pipeline.changed' | 'pipeline.archived' | 'pipeline.restored'

async function told(tx: WorkspaceTx, by: Principal, id: string, action: Action): Promise<Pipeline> {
  await audit(tx, by, { action, object: { type: 'pipeline', id }, result: 'done' })
  await emit(tx, 'pipeline.changed', { pipelineId: id })
  return loadPipeline(tx, by, id)
}
