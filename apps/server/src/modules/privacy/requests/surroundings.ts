import type { Database } from '../../../platform/database/index.ts'
import { definePort } from '../../../platform/events/index.ts'

/** What requests need of the server around them. Filled by the house. */
export const requestSurroundings = definePort<{
  readonly database: Database
  /** scheme://host under which links are written, without a slash at the end. */
  readonly publicUrl: () => string
}>('privacy.requests')
