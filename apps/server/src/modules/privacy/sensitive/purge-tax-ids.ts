import { z } from 'zod'
import { audit } from '../../../platform/audit/index.ts'
import { defineJob, defineSchedule, type Job } from '../../../platform/jobs/index.ts'
import { collectsTaxIds } from './declare-field.ts'
import { sensitiveKinds } from './sensitive-kinds.ts'
import { keptUntil } from './sensitive-values.ts'

const taxKinds = sensitiveKinds.filter(({ taxId }) => taxId).map(({ kind }) => kind)
const AT_ONCE = 500

/** Deletes the tax numbers of a workspace that does not collect them any more, once the tax office cannot ask for them. Running it again finds nothing. */
export const purgeTaxIdsJob: Job<Record<string, never>> = defineJob({
  name: 'privacy.purge-tax-ids',
  payload: z.strictObject({}),
  fields: {},
  run: async ({ inWorkspace, by }) => {
    await inWorkspace(async (tx) => {
      if (await collectsTaxIds(tx)) return
      const rows = await tx.db
        .selectFrom('sensitive_value')
        .innerJoin('sensitive_field', (join) =>
          join
            .onRef('sensitive_field.workspace_id', '=', 'sensitive_value.workspace_id')
            .onRef('sensitive_field.id', '=', 'sensitive_value.field_id'),
        )
        .select(['sensitive_value.id', 'kind', 'contact_id', 'sensitive_value.updated_at'])
        .where('sensitive_value.workspace_id', '=', tx.workspaceId)
        .where('kind', 'in', taxKinds)
        .orderBy('sensitive_value.updated_at')
        .limit(AT_ONCE)
        .execute()
      for (const row of rows) {
        const until = keptUntil(row, row)
        if (until === null || Temporal.Instant.compare(until, tx.now) > 0) continue
        await tx.db.deleteFrom('sensitive_value').where('workspace_id', '=', tx.workspaceId).where('id', '=', row.id).execute()
        await audit(tx, by, { action: 'sensitive_value.purged', object: { type: 'contact', id: row.contact_id }, result: 'done' })
      }
    })
  },
})

/** Every night. */
export const purgeTaxIdsSchedule = defineSchedule({ name: 'privacy.purge-tax-ids', cron: '27 4 * * *', zone: 'UTC', job: purgeTaxIdsJob })
