import type { ContactId } from '@frontdesk/contract'
import { z } from 'zod'
import { reference } from '../../../platform/inventory/index.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { refreshSearchText } from '../write-points.ts'

const AT_ONCE = 200

/** Lets the contacts of a company be found by its new name. */
export const refreshCompany: Job<{ companyId: string }> = defineJob({
  name: 'contacts.refresh-company',
  payload: z.strictObject({ companyId: z.uuid() }),
  fields: { companyId: reference('contact', 'detach') },
  timeoutSeconds: 900,
  run: async ({ inWorkspace, signal }, { companyId }) => {
    let after: ContactId | undefined
    do {
      signal.throwIfAborted()
      const from = after
      after = await inWorkspace(async (tx) => {
        const contacts = await tx.db
          .selectFrom('contact')
          .select('id')
          .where('workspace_id', '=', tx.workspaceId)
          .where('company_id', '=', companyId)
          .$if(from !== undefined, (query) => query.where('id', '>', from as ContactId))
          .orderBy('id')
          .limit(AT_ONCE)
          .execute()
        for (const { id } of contacts) await refreshSearchText(tx, id)
        return contacts.length < AT_ONCE ? undefined : contacts.at(-1)?.id
      })
    } while (after !== undefined)
  },
})
