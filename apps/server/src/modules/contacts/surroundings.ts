import { definePort } from '../../platform/events/index.ts'

/** What this room has to know of the server around it. */
export type ContactSurroundings = {
  /** scheme://host under which links are written, without a slash at the end. */
  readonly publicUrl: () => string
}

/** Filled by the house before the first door opens. */
export const contactSurroundings = definePort<ContactSurroundings>('contacts.surroundings')
