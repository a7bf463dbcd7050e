import type { ContactId, Principal } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { definePortList } from '../../../platform/events/index.ts'

/** Two contacts of which one is merged into the other. */
export type MergingPair = { readonly survivorId: ContactId; readonly mergedId: ContactId }

/** What a room does besides in the transaction of a merge: rows that name a contact go over by themselves. */
export type MergeStep = {
  /** Under this name it finds what it kept. */
  readonly name: string
  /** Throws a `Refusal` where these two must stay two. */
  readonly refuse?: (tx: WorkspaceTx, pair: MergingPair) => Promise<void>
  /** Before the rows go over. Answers, as JSON, what it needs to undo it; undefined where nothing is to be kept. */
  readonly merge?: (tx: WorkspaceTx, by: Principal, pair: MergingPair) => Promise<unknown>
  /** Throws a `Refusal` where the merge cannot be undone now. */
  readonly refuseUndo?: (tx: WorkspaceTx, pair: MergingPair) => Promise<void>
  /** After the rows are back and both are contacts again. */
  readonly undo?: (
    tx: WorkspaceTx,
    by: Principal,
    undone: MergingPair & { readonly kept: unknown; readonly mergedAt: Temporal.Instant },
  ) => Promise<void>
}

export const mergeSteps = definePortList<MergeStep>('contacts.merge-steps')
