import { z } from 'zod'
import { defineJob, defineSchedule } from '../../../platform/jobs/index.ts'
import { purgeCounterparties } from './counterparties.ts'
import { forgetNamesOfErased } from './disclosures/recipient-notices.ts'

/** Deletes what the registers keep no longer: counterparties whose contract ended long enough ago, with what came of looking them up, and what names people who were erased. */
export const tidyRegistersJob = defineJob({
  name: 'privacy.tidy-registers',
  payload: z.strictObject({}),
  fields: {},
  run: async (context) => {
    await context.inWorkspace(purgeCounterparties)
    await context.inWorkspace(forgetNamesOfErased)
  },
})

export const tidyRegistersSchedule = defineSchedule({
  name: 'privacy.tidy-registers',
  cron: '29 4 * * *',
  zone: 'UTC',
  job: tidyRegistersJob,
})
