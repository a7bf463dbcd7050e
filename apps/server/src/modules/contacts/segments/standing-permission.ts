import type { ReachChannel } from '@frontdesk/contract'
import type { RawBuilder } from 'kysely'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { definePort } from '../../../platform/events/index.ts'

/** Rows of which each names one contact: `select from <from> where <where> and <id> = …`. */
export type ContactSource = {
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
  /** The contact's id in such a row. */
  readonly id: RawBuilder<unknown>
}

/** Who knows whom the business may reach with an offer, as it stands: the room that decides about each sending. */
export type StandingPermission = {
  /** The contacts who may be reached on this way. Whoever's answer is not known is not among them. */
  readonly mayBeReached: (tx: WorkspaceTx, channel: ReachChannel) => ContactSource
}

export const standingPermission = definePort<StandingPermission>('contacts.standing-permission')
