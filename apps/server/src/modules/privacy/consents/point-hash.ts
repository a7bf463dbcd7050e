import type { WorkspaceTx } from '../../../platform/database/index.ts'

/** An address or number as it is compared. */
export type KeyedPoint = { readonly kind: 'email' | 'phone'; readonly value: string }

const hashKind = { email: 'eml', phone: 'tel' } as const

/** The keyed hash under which the ledger knows an address or number from now on. */
export const hashOfPoint = (tx: WorkspaceTx, { kind, value }: KeyedPoint): string => tx.keys.hash(tx.workspaceId, hashKind[kind], value)

/** Every keyed hash under which the ledger may know it: keys are rotated, entries stay. */
export const hashesOfPoint = (tx: WorkspaceTx, { kind, value }: KeyedPoint): readonly string[] =>
  tx.keys.hashes(tx.workspaceId, hashKind[kind], value)
