import type { ContactId, ImportGround, ImportReach, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { definePortList } from '../../../platform/events/index.ts'
import type { ArrivingPoint, NewlyKnown } from '../arrival-guards.ts'

/** What stands against one person of a list: she was erased here, or lives where the business does not serve. `stopped`: she said stop; she may come in, and stays stopped. */
export type Screened = { readonly verdict: 'erased' | 'refused' | null; readonly stopped: boolean }

/** Somebody of a list before she is here. `contactId` is hers where she is known. */
export type Listed = { readonly contactId: ContactId | null; readonly points: readonly ArrivingPoint[]; readonly when: string | null }

/** Somebody of a list who is here now. `points` are those she did not have before; `rowId` names the row for good. */
export type Landed = {
  readonly rowId: string
  readonly contactId: ContactId
  readonly points: readonly ArrivingPoint[]
  readonly every: readonly ArrivingPoint[]
  /** The day (ISO) on which she last came, asked or signed. */
  readonly when: string | null
}

/** What another room has to say about lists of people. Everything comes some hundreds at a time. */
export type ImportScreen = {
  /** Asked before a list is taken and before it is written. Throws a `Refusal`. */
  readonly begin: (tx: WorkspaceTx) => Promise<void>
  readonly screen: (tx: WorkspaceTx, people: readonly (readonly NewlyKnown[])[]) => Promise<readonly Screened[]>
  /** What may be done with these people on this ground, once they are here. */
  readonly reach: (tx: WorkspaceTx, people: readonly Listed[], ground: ImportGround) => Promise<readonly ImportReach[]>
  /** They are here, in this transaction: clocks begin, consents are written down. */
  readonly landed: (
    tx: WorkspaceTx,
    by: Principal,
    wish: { readonly importId: string; readonly ground: ImportGround; readonly people: readonly Landed[] },
  ) => Promise<void>
  /** The same, taken back for these rows of somebody who stays. */
  readonly takenBack: (
    tx: WorkspaceTx,
    by: Principal,
    wish: { readonly importId: string; readonly rows: readonly { readonly rowId: string; readonly contactId: ContactId }[] },
  ) => Promise<void>
  /** Removes contacts that a list made and nobody touched since, with what their timelines say of it. Answers who is gone. */
  readonly remove: (
    workspaceId: WorkspaceTx['workspaceId'],
    wish: { readonly importId: string; readonly contactIds: readonly ContactId[] },
  ) => Promise<ReadonlySet<ContactId>>
}

export const importScreens = definePortList<ImportScreen>('contacts.import-screens')

/** Who stands behind an import, for what is written in her name. */
export type ImportActor = { readonly kind: 'member' | 'api_key' | 'operator' | 'system'; readonly id: string | null }
