import { sql } from 'kysely'
import { z } from 'zod'
import { system } from '../../../platform/inventory/index.ts'
import { defineJob } from '../../../platform/jobs/index.ts'

const BATCH = 20_000

/** Deletes the numbers of a copy that was replaced or removed, some at a time: a register has millions. Its row stays, as the record that it was loaded. */
export const clearRegistry = defineJob({
  name: 'privacy.clear-registry',
  payload: z.strictObject({ snapshotId: z.uuid() }),
  fields: { snapshotId: system },
  timeoutSeconds: 1800,
  async run(context, { snapshotId }) {
    for (;;) {
      context.signal.throwIfAborted()
      const gone = await context.inWorkspace(async (tx) => {
        const { numAffectedRows } = await sql`
          delete from registry_number where workspace_id = ${tx.workspaceId} and id in (
            select registry_number.id from registry_number
              join registry_snapshot on registry_snapshot.workspace_id = registry_number.workspace_id and registry_snapshot.id = registry_number.snapshot_id
            where registry_number.workspace_id = ${tx.workspaceId} and registry_number.snapshot_id = ${snapshotId} and registry_snapshot.status = 'replaced'
            limit ${BATCH})`.execute(tx.db)
        return Number(numAffectedRows ?? 0n)
      })
      if (gone === 0) return
    }
  },
})
