import type { LeadId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { WorkspaceTx } from '../../platform/database/index.ts'

/** Closer than this two places are not told apart for long: the stage is numbered anew. */
const NARROW = 1e-6

/**
 * A place in a stage: below a lead, or on top without one, or where that one is not in the stage any more. The caller holds the stage, so that places are given one after the other.
 */
export async function placeIn(
  tx: WorkspaceTx,
  stageId: string,
  wish: { readonly leadId?: LeadId; readonly below?: LeadId | null },
): Promise<number> {
  const above = wish.below ? await placeOf(tx, stageId, wish.below) : undefined
  const below = await nextPlace(tx, stageId, above, wish.leadId)
  if (below === undefined) return above === undefined ? 0 : above + 1
  if (above === undefined) return below - 1
  if (below - above > NARROW) return (above + below) / 2
  await numberAnew(tx, stageId)
  return placeIn(tx, stageId, wish)
}

const placeOf = async (tx: WorkspaceTx, stageId: string, leadId: LeadId): Promise<number | undefined> =>
  (
    await tx.db
      .selectFrom('lead')
      .select('position')
      .where('workspace_id', '=', tx.workspaceId)
      .where('open_stage_id', '=', stageId)
      .where('state', '=', 'open')
      .where('id', '=', leadId)
      .executeTakeFirst()
  )?.position

/** The first place after one, other than the lead's own. */
async function nextPlace(
  tx: WorkspaceTx,
  stageId: string,
  after: number | undefined,
  except: LeadId | undefined,
): Promise<number | undefined> {
  const next = await tx.db
    .selectFrom('lead')
    .select('position')
    .where('workspace_id', '=', tx.workspaceId)
    .where('open_stage_id', '=', stageId)
    .where('state', '=', 'open')
    .$if(after !== undefined, (query) => query.where('position', '>', after as number))
    .$if(except !== undefined, (query) => query.where('id', '<>', except as LeadId))
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()
  return next?.position
}

const numberAnew = (tx: WorkspaceTx, stageId: string) =>
  sql`
    update lead set position = anew.place
    from (select id, row_number() over (order by position, id) as place from lead
      where workspace_id = ${tx.workspaceId} and open_stage_id = ${stageId}::uuid and state = 'open') anew
    where lead.workspace_id = ${tx.workspaceId} and lead.id = anew.id`.execute(tx.db)
