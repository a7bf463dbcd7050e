import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { definePortList } from '../../platform/events/index.ts'

/**
 * Who must not be brought back by a program or a list: somebody who was erased here. People who come by themselves, or whom a member types in, are let in: they are here again.
 * Throws a `Refusal`.
 */
export type ArrivalGuard = {
  readonly refuse: (tx: WorkspaceTx, points: readonly { readonly kind: 'email' | 'phone'; readonly value: string }[]) => Promise<void>
}

export const arrivalGuards = definePortList<ArrivalGuard>('contacts.arrival-guards')

/** Looks at every new address and number, of somebody new or of somebody known, whoever brings it: `before` anything is written, where it may throw a `Refusal`, and `after`, when it is there. */
export type ArrivalScreen = {
  readonly before: (tx: WorkspaceTx, points: readonly ArrivingPoint[]) => Promise<void>
  readonly after: (tx: WorkspaceTx, by: Principal, contactId: ContactId, points: readonly ArrivingPoint[]) => Promise<void>
}
export type ArrivingPoint = { readonly kind: 'email' | 'phone'; readonly value: string }

export const arrivalScreens = definePortList<ArrivalScreen>('contacts.arrival-screens')

/** Asks every screen about points that are about to be written. Throws what one of them refuses. */
export async function screenBefore(tx: WorkspaceTx, points: readonly ArrivingPoint[]): Promise<void> {
  if (points.length === 0) return
  for (const screen of arrivalScreens.all()) await screen.before(tx, points)
}

/** Tells every screen of points that were written. */
export async function screenAfter(tx: WorkspaceTx, by: Principal, contactId: ContactId, points: readonly ArrivingPoint[]): Promise<void> {
  if (points.length === 0) return
  for (const screen of arrivalScreens.all()) await screen.after(tx, by, contactId, points)
}
