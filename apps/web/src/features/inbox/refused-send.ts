import { ApiProblem } from '../../lib/api.ts'
import type { MayContact } from '../contacts/queries.ts'

type Reason = MayContact['answers'][number]['reasons'][number]

/** Why the gate did not let a message through, as the refusal says it. */
export type RefusedSend = { readonly reasons: readonly Reason[]; readonly nextMoment: string | undefined }

/** Reads a refusal of the gate; nothing for any other error. Only what stands in the way is kept. */
export function refusedSend(error: unknown): RefusedSend | undefined {
  if (!(error instanceof ApiProblem) || error.slug !== 'privacy/refused') return undefined
  const { reasons, nextMoment } = error.details
  return {
    reasons: Array.isArray(reasons) ? reasons.filter(isReason).filter(({ effect }) => effect === 'blocks' || effect === 'defers') : [],
    nextMoment: typeof nextMoment === 'string' ? nextMoment : undefined,
  }
}

const isReason = (value: unknown): value is Reason =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  'effect' in value &&
  'params' in value &&
  typeof value.params === 'object' &&
  value.params !== null
