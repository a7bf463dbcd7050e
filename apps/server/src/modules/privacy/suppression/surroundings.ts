import type { Database } from '../../../platform/database/index.ts'
import { definePort } from '../../../platform/events/index.ts'

/** What the page behind a stop link needs of the server around it. Filled by the house. */
export const stopPageSurroundings = definePort<{ readonly database: Database }>('privacy.stop-page')
