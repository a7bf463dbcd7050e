import { definePort } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'

/** What this room needs of the server around it. Filled by the house. */
export const conversationSurroundings = definePort<{
  /** scheme://host under which links are written, without a slash at the end. */
  readonly publicUrl: () => string
  readonly files: Files
}>('conversations.surroundings')
