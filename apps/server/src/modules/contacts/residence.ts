import type { ContactId, LivesIn, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { definePort } from '../../platform/events/index.ts'

/** Who keeps where somebody lives, as it was written on her form: the room that decides by it. Of an address it keeps country and state alone, with source and day. */
export type ResidenceKeeper = {
  /** Throws a `Refusal` where the address does not say what it has to. */
  readonly keep: (tx: WorkspaceTx, by: Principal, contactId: ContactId, livesIn: LivesIn) => Promise<void>
}

export const residenceKeeper = definePort<ResidenceKeeper>('contacts.residence')
