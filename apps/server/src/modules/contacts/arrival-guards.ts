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
