import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../../platform/database/index.ts'
import { emit } from '../../../../platform/events/index.ts'
import { system } from '../../../../platform/inventory/index.ts'
import { defineJob } from '../../../../platform/jobs/index.ts'
import { readCatalog } from '../../erasure/index.ts'
import { registerSurroundings } from '../surroundings.ts'
import { affectedQueries } from './affected.rules.ts'
import { idBounds } from './breach.rules.ts'
import type { StoredBreach } from './breach.tables.ts'

/** Looks for everybody who is affected by an incident, by the inventory. May be repeated: who was told stays told. */
export const findAffectedJob = defineJob({
  name: 'privacy.find-affected',
  payload: z.strictObject({ breachId: z.uuid() }),
  fields: { breachId: system },
  timeoutSeconds: 600,
  concurrency: 1,
  run: (context, { breachId }) => context.inWorkspace((tx) => findAffected(tx, breachId)),
})

/** The first moment rows can be of. */
const BEGINNING = Temporal.Instant.fromEpochMilliseconds(0)

/** The job's work: takes out who is not affected after all and was not told, and adds who is. */
export async function findAffected(tx: WorkspaceTx, breachId: string): Promise<void> {
  const breach = await tx.db
    .selectFrom('breach')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', breachId)
    .forUpdate()
    .executeTakeFirst()
  if (!breach) return
  const queries = affectedQueries(breach.tables, registerSurroundings.get().inventory, await readCatalog(tx))
  await tx.db
    .deleteFrom('breach_person')
    .where('workspace_id', '=', tx.workspaceId)
    .where('breach_id', '=', breach.id)
    .where('notice', '=', 'waiting')
    .where((or) => or.or([or('contact_id', 'is not', null), or('member_id', 'is not', null)]))
    .execute()
  if (queries.length > 0) await addPeople(tx, breach, queries)
  if (breach.accounts) await addMembers(tx, breach)
  const erased = await erasedSince(tx, breach)
  await tx.db
    .updateTable('breach')
    .set({ search: 'done', erased, version: breach.version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', breach.id)
    .execute()
  await emit(tx, 'breach.changed', { breachId: breach.id, state: 'found' })
}

/** Adds everybody at once, each as the contact she is now, whatever she was merged into. */
async function addPeople(tx: WorkspaceTx, breach: StoredBreach, queries: readonly string[]): Promise<void> {
  const until = breach.ended_at ?? tx.now
  const bounds = idBounds(breach.extent === 'written' ? breach.began_at : BEGINNING, until)
  const found = sql.join(
    queries.map((query) => filled(query, tx.workspaceId, bounds)),
    sql.raw(' union '),
  )
  await sql`
    with recursive hers (contact_id) as (${found}),
    up (id, merged_into) as (
      select c.id, c.merged_into from hers join contact c on c.workspace_id = ${tx.workspaceId} and c.id = hers.contact_id
      union
      select c.id, c.merged_into from up join contact c on c.workspace_id = ${tx.workspaceId} and c.id = up.merged_into
    )
    insert into breach_person (workspace_id, id, breach_id, contact_id, notice, reason, mail_id, told_at, created_at)
    select ${tx.workspaceId}::uuid, gen_random_uuid(), ${breach.id}::uuid, up.id, 'waiting', null, null, null, ${tx.now.toString()}::timestamptz
    from up where up.merged_into is null
    on conflict (workspace_id, breach_id, contact_id) do nothing`.execute(tx.db)
}

/** Adds the members whose names and addresses stood here in that time, those who left among them; whoever closed her account since has neither. */
async function addMembers(tx: WorkspaceTx, breach: StoredBreach): Promise<void> {
  const until = (breach.ended_at ?? tx.now).toString()
  const from = (breach.extent === 'written' ? breach.began_at : BEGINNING).toString()
  await sql`
    insert into breach_person (workspace_id, id, breach_id, contact_id, member_id, notice, reason, mail_id, told_at, created_at)
    select m.workspace_id, gen_random_uuid(), ${breach.id}::uuid, null, m.id, 'waiting', null, null, null, ${tx.now.toString()}::timestamptz
    from member m
    where m.workspace_id = ${tx.workspaceId} and m.email <> '' and m.created_at >= ${from}::timestamptz and m.created_at <= ${until}::timestamptz
    on conflict (workspace_id, breach_id, member_id) do nothing`.execute(tx.db)
}

/** Who was erased after it began: her rows may have stood there, and only a keyed hash is left of her. */
async function erasedSince(tx: WorkspaceTx, { id, began_at }: StoredBreach): Promise<number> {
  const { count } = await tx.db
    .selectFrom('erasure')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'done')
    .where('finished_at', '>=', began_at)
    .executeTakeFirstOrThrow()
  const already = await tx.db
    .selectFrom('breach_person')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('breach_id', '=', id)
    .where('contact_id', 'is', null)
    .where('member_id', 'is', null)
    .executeTakeFirstOrThrow()
  // Whoever was found first and erased then stands among the people already.
  return Math.max(0, Number(count) - Number(already.count))
}

function filled(text: string, workspaceId: string, bounds: { readonly from: string; readonly until: string }): RawBuilder<unknown> {
  const values: Readonly<Record<string, RawBuilder<unknown>>> = {
    ':ws': sql`${workspaceId}::uuid`,
    ':from': sql`${bounds.from}::uuid`,
    ':until': sql`${bounds.until}::uuid`,
  }
  return sql.join(
    text.split(/(:ws|:from|:until)\b/).map((part) => values[part] ?? sql.raw(part)),
    sql.raw(''),
  )
}
