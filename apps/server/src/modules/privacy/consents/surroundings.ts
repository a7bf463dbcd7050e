import type { Database } from '../../../platform/database/index.ts'
import { definePort } from '../../../platform/events/index.ts'
import type { Files } from '../../../platform/files/index.ts'

/** What consents and preferences need of the server around them. Filled by the house. */
export const consentSurroundings = definePort<{
  readonly database: Database
  readonly files: Pick<Files, 'put' | 'get'>
  /** scheme://host under which links are written, without a slash at the end. */
  readonly publicUrl: () => string
}>('privacy.consents')
