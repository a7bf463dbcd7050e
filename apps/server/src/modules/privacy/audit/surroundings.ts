import type { Database } from '../../../platform/database/index.ts'
import { definePort } from '../../../platform/events/index.ts'

/** What checking the audit log stands on: where its signed heads are, outside of the database. */
export const auditSurroundings = definePort<{ readonly database: Database; readonly headsFolder: string }>('privacy.audit')
