import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { numberOfHandle, type PointKind } from '../../contacts/index.ts'

/** An address, a number, or a handle as `channel:name`. */
export type HashedPoint = { readonly kind: PointKind; readonly value: string }

const hashKind = { email: 'eml', phone: 'tel', handle: 'hdl' } as const

/** What somebody who is erased is known by from now on: each point, and the number behind a handle that is one. */
export const hashesToKeep = (
  tx: WorkspaceTx,
  points: readonly HashedPoint[],
): readonly { readonly kind: PointKind; readonly hash: string }[] =>
  points.flatMap(withNumber).map(({ kind, value }) => ({ kind, hash: tx.keys.hash(tx.workspaceId, hashKind[kind], value) }))

/** Every hash under which a point may be known: keys are rotated, what is kept stays. */
export const everyHashOf = (tx: WorkspaceTx, point: HashedPoint): readonly string[] =>
  withNumber(point).flatMap(({ kind, value }) => tx.keys.hashes(tx.workspaceId, hashKind[kind], value))

function withNumber(point: HashedPoint): readonly HashedPoint[] {
  const number = point.kind === 'handle' ? numberOfHandle(point.value) : undefined
  return number === undefined ? [point] : [point, { kind: 'phone', value: number }]
}
