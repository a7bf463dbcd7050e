import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../platform/database/index.ts'
import { definePortList } from '../../platform/events/index.ts'
import type { PointKind } from './contact-point.rules.ts'
import { numberOfHandle } from './handle.rules.ts'

/**
 * Who must not be brought back by a program or a list: somebody who was erased here. People who come by themselves, or whom a member types in, are let in: they are here again.
 * Throws a `Refusal`.
 */
export type ArrivalGuard = {
  readonly refuse: (tx: WorkspaceTx, points: readonly NewlyKnown[]) => Promise<void>
}

/** A point that she did not have before, of any kind. */
export type NewlyKnown = { readonly kind: PointKind; readonly value: string }

export const arrivalGuards = definePortList<ArrivalGuard>('contacts.arrival-guards')

/** Looks at every new address and number, of somebody new or of somebody known, whoever brings it: `before` anything is written, where it may throw a `Refusal`, and `after`, when it is there. */
export type ArrivalScreen = {
  readonly before: (tx: WorkspaceTx, points: readonly ArrivingPoint[]) => Promise<void>
  readonly after: (tx: WorkspaceTx, by: Principal, contactId: ContactId, points: readonly ArrivingPoint[]) => Promise<void>
}
export type ArrivingPoint = { readonly kind: 'email' | 'phone'; readonly value: string }

export const arrivalScreens = definePortList<ArrivalScreen>('contacts.arrival-screens')

/** Of some points the addresses and numbers, those of handles among them: a number is looked at whatever it is the name of. */
export const numbersAndAddresses = (known: readonly NewlyKnown[]): readonly ArrivingPoint[] =>
  known.flatMap(({ kind, value }) => {
    if (kind !== 'handle') return [{ kind, value }]
    const number = numberOfHandle(value)
    return number === undefined ? [] : [{ kind: 'phone' as const, value: number }]
  })

/** Asks every screen about points that are about to be written. Throws what one of them refuses. */
export async function screenBefore(tx: WorkspaceTx, known: readonly NewlyKnown[]): Promise<void> {
  const points = numbersAndAddresses(known)
  if (points.length === 0) return
  for (const screen of arrivalScreens.all()) await screen.before(tx, points)
}

/** Tells every screen of points that were written. */
export async function screenAfter(tx: WorkspaceTx, by: Principal, contactId: ContactId, known: readonly NewlyKnown[]): Promise<void> {
  const points = numbersAndAddresses(known)
  if (points.length === 0) return
  for (const screen of arrivalScreens.all()) await screen.after(tx, by, contactId, points)
}
