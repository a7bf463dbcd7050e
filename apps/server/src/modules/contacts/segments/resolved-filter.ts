import type { FieldType, ReachChannel } from '@frontdesk/contract'
import type { FieldRow } from '../fields/list-fields.ts'

/** A value of an own field as it stands in the index: texts folded, amounts in minor units, days as texts. */
export type IndexedValue = string | number

/** What a condition of a filter looks at, once names have become rows and days moments. */
export type ResolvedLook =
  | { readonly on: 'name'; readonly how: 'is' | 'starts' | 'has'; readonly folded: string }
  | { readonly on: 'company'; readonly companyId: string | null }
  | { readonly on: 'owner'; readonly memberId: string | null }
  /** Null: any tag at all. */
  | { readonly on: 'tag'; readonly tagId: string | null }
  | { readonly on: 'created' | 'last_activity'; readonly from: Temporal.Instant | null; readonly before: Temporal.Instant | null }
  | { readonly on: 'archived' }
  | {
      readonly on: 'field'
      readonly field: Pick<FieldRow, 'id' | 'key' | 'slot'> & { readonly type: FieldType }
      /** One of these; or between the two, ends included; or anything at all. */
      readonly is: readonly IndexedValue[] | null
      readonly from: IndexedValue | null
      readonly to: IndexedValue | null
    }
  | { readonly on: 'has'; readonly what: 'email' | 'phone' }
  | { readonly on: 'list'; readonly listId: string }
  | { readonly on: 'event'; readonly kind: string; readonly times: number; readonly since: Temporal.Instant | null }
  | { readonly on: 'may'; readonly channel: ReachChannel }

/** A condition, or what does not meet it. */
export type ResolvedCondition = ResolvedLook & { readonly not: boolean }

/** A filter against the rows of one workspace. */
export type ResolvedFilter = { readonly join: 'all' | 'any' | 'none'; readonly parts: readonly ResolvedPart[] }
export type ResolvedPart = ResolvedCondition | ResolvedFilter

/** Whether a part is a condition. */
export const isResolvedCondition = (part: ResolvedPart): part is ResolvedCondition => 'on' in part

/** Whether a filter itself says something about those who were archived. */
export const speaksOfArchived = (part: ResolvedPart): boolean =>
  isResolvedCondition(part) ? part.on === 'archived' : part.parts.some(speaksOfArchived)
