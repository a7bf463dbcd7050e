import type { ContactId } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { indexValues } from './index-values.ts'
import { readFields } from './list-fields.ts'

const AT_ONCE = 1000

/** Indexes all contacts anew after it was changed by which fields lists are narrowed, a thousand at a time. From then on lists can be. */
export const indexFields: Job<Record<string, never>> = defineJob({
  name: 'contacts.index-fields',
  payload: z.strictObject({}),
  fields: {},
  timeoutSeconds: 1800,
  concurrency: 1,
  run: async ({ inWorkspace, signal }) => {
    const building = await inWorkspace(async (tx) => (await readFields(tx)).filter(({ filter }) => filter === 'building'))
    let after: ContactId | undefined
    do {
      signal.throwIfAborted()
      const from = after
      after = await inWorkspace((tx) => indexBatch(tx, from))
    } while (after !== undefined)
    await inWorkspace(async (tx) => {
      for (const { id, slot } of building) {
        const { numUpdatedRows } = await tx.db
          .updateTable('contact_field')
          .set({ filter: 'ready' })
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', '=', id)
          .where('filter', '=', 'building')
          .where('slot', 'is not distinct from', slot)
          .executeTakeFirst()
        if (numUpdatedRows > 0n) await emit(tx, 'contact_field.changed', { fieldId: id })
      }
    })
  },
})

/** Indexes the next contacts and answers after whom to go on. They are held, so that an edit comes before or after as a whole. */
async function indexBatch(tx: WorkspaceTx, after: ContactId | undefined): Promise<ContactId | undefined> {
  const contacts = await tx.db
    .selectFrom('contact')
    .select(['id', 'own_values'])
    .where('workspace_id', '=', tx.workspaceId)
    .$if(after !== undefined, (query) => query.where('id', '>', after as ContactId))
    .orderBy('id')
    .limit(AT_ONCE)
    .forUpdate()
    .execute()
  await indexValues(tx, contacts)
  return contacts.length < AT_ONCE ? undefined : contacts.at(-1)?.id
}
