import type { Database } from '../../platform/database/index.ts'
import { definePort } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'

/** What this room has to know of the server around it. */
export type Surroundings = {
  readonly database: Database
  /** Where the business's logo lies. */
  readonly files: Pick<Files, 'get'>
  /** scheme://host under which links are written, without a slash at the end. */
  readonly publicUrl: () => string
  /** The address mail goes out from; calendars name it as the organizer where the business gave none of its own. */
  readonly mailAddress: () => string
  /** Whether mail reaches anybody. Without it the page itself has to give the customer everything. */
  readonly mailLeaves: () => boolean
}

/** Filled by the house before the first door opens. */
export const surroundings = definePort<Surroundings>('scheduling.surroundings')
