import type { Pipeline, Principal } from '@frontdesk/contract'
import type { Selectable } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/errors/index.ts'
import { defaultPipelineId } from './default-pipeline.ts'
import { leadsPolicy } from './leads.policy.ts'
import type { PipelineRow, StageRow } from './pipeline.tables.ts'

/** The pipelines in their order; those that were put away at the end. */
export async function listPipelines(tx: WorkspaceTx, by: Principal): Promise<Pipeline[]> {
  leadsPolicy.require(by, 'pipelines.read')
  await defaultPipelineId(tx)
  const rows = await tx.db
    .selectFrom('pipeline')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('position')
    .orderBy('id')
    .execute()
  const shown = await present(tx, rows)
  return shown.toSorted((one, other) => Number(one.archivedAt !== null) - Number(other.archivedAt !== null))
}

/** One pipeline; without an id the one that new leads go to. Throws 404. */
export async function loadPipeline(tx: WorkspaceTx, by: Principal, pipelineId?: string): Promise<Pipeline> {
  leadsPolicy.require(by, 'pipelines.read')
  const row = await tx.db
    .selectFrom('pipeline')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', pipelineId ?? (await defaultPipelineId(tx)))
    .executeTakeFirst()
  const [pipeline] = row ? await present(tx, [row]) : []
  if (!pipeline) throw noSuchPipeline()
  return pipeline
}

/** A pipeline's row, held until the transaction ends. Throws 404. */
export async function lockPipeline(tx: WorkspaceTx, pipelineId: string): Promise<Selectable<PipelineRow>> {
  const row = await tx.db
    .selectFrom('pipeline')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', pipelineId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchPipeline()
  return row
}

/** A stage that is in use, held until the transaction ends, so that whoever puts leads into it takes turns. Undefined where there is none in this pipeline. */
export const lockStage = (tx: WorkspaceTx, pipelineId: string, stageId: string): Promise<Selectable<StageRow> | undefined> =>
  tx.db
    .selectFrom('stage')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', '=', pipelineId)
    .where('id', '=', stageId)
    .where('archived_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()

const ends = ['open', 'won', 'lost']

async function present(tx: WorkspaceTx, rows: readonly Selectable<PipelineRow>[]): Promise<Pipeline[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const stages = await tx.db
    .selectFrom('stage')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', 'in', ids)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
  const reasons = await tx.db
    .selectFrom('lost_reason')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('pipeline_id', 'in', ids)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    isDefault: row.is_default,
    stages: stages
      .filter(({ pipeline_id }) => pipeline_id === row.id)
      .toSorted((one, other) => ends.indexOf(one.kind) - ends.indexOf(other.kind))
      .map(({ id, name, kind, probability }) => ({ id, name, kind, probability })),
    lostReasons: reasons.filter(({ pipeline_id }) => pipeline_id === row.id).map(({ id, label }) => ({ id, label })),
    archivedAt: row.archived_at?.toString() ?? null,
  }))
}

const noSuchPipeline = (): Refusal => new Refusal('http/not-found', { detail: 'There is no such pipeline here.' })
