import { ApiProblem } from '../../lib/api.ts'
import type { Slot } from './queries.ts'

/** What can be had instead, as a refusal names it; nothing for any other error. */
export function alternativesOf(error: unknown): readonly Slot[] | undefined {
  if (!(error instanceof ApiProblem) || !refusals.has(error.slug)) return undefined
  const { alternatives } = error.details
  return Array.isArray(alternatives) ? alternatives.filter(isSlot) : []
}

const refusals: ReadonlySet<string> = new Set(['scheduling/slot-taken', 'scheduling/slot-not-offered'])

const isSlot = (value: unknown): value is Slot =>
  typeof value === 'object' &&
  value !== null &&
  'start' in value &&
  typeof value.start === 'string' &&
  'end' in value &&
  typeof value.end === 'string' &&
  'staffIds' in value &&
  Array.isArray(value.staffIds)
