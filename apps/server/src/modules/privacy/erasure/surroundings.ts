import type { ContactId, Principal } from '@frontdesk/contract'
import type { Database, WorkspaceTx } from '../../../platform/database/index.ts'
import { definePort, definePortList } from '../../../platform/events/index.ts'
import type { Files } from '../../../platform/files/index.ts'
import type { Inventory } from './plan.rules.ts'
import type { Tombstones } from './tombstones.ts'

/** What carrying out rights needs of the server around it. Filled by the house. */
export type ErasureSurroundings = {
  /** As the app role. */
  readonly database: Database
  /** As the one role that may change and delete what others only append. */
  readonly eraser: Database
  readonly files: Files
  readonly tombstones: Tombstones
  /** Every table of the house, declared. */
  readonly inventory: Inventory
  /** Gives the space of deleted rows back, as the owner of the tables. */
  readonly vacuum: (tables: readonly string[]) => Promise<'overwritten' | 'freed'>
}

export const erasureSurroundings = definePort<ErasureSurroundings>('privacy.erasure')

/** Something a room has planned with a contact, which has to end before she goes. Scheduling answers for appointments. */
export type PlannedWithContact = {
  readonly count: (tx: WorkspaceTx, contactIds: readonly ContactId[]) => Promise<number>
  /** Ends it and tells her nothing: her address goes with her. */
  readonly end: (tx: WorkspaceTx, by: Principal, contactIds: readonly ContactId[]) => Promise<void>
}

export const plannedWithContact = definePortList<PlannedWithContact>('privacy.planned-with-contact')

/** Why somebody's data may not be erased for now, such as a legal hold; in a word or two that are no personal data. */
export type EraseHold = { readonly reasons: (tx: WorkspaceTx, contactIds: readonly ContactId[]) => Promise<readonly string[]> }

export const eraseHolds = definePortList<EraseHold>('privacy.erase-holds')

/** The reasons of every room that hold an erasure back. */
export async function holdsOn(tx: WorkspaceTx, contactIds: readonly ContactId[]): Promise<readonly string[]> {
  const reasons: string[] = []
  for (const hold of eraseHolds.all()) reasons.push(...(await hold.reasons(tx, contactIds)))
  return reasons
}

/** A row that stands for any other: what was anonymized points at it in these columns (`table.column`) while the true one could tell whose it was. Made when it is first needed. */
export type StandIn = { readonly columns: readonly string[]; readonly make: (tx: WorkspaceTx) => Promise<string> }

export const standIns = definePortList<StandIn>('privacy.stand-ins')
