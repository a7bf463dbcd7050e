import type { ObjectedUse, ProofPoint, RequestFor, RequestKind, RequestRegion, RequestWay, RestrictionGround } from '@frontdesk/contract'

/** What can be chosen, in the order it is shown. A test holds that nothing of the contract is missing. */
export const kinds = [
  'access',
  'portability',
  'rectification',
  'erasure',
  'anonymization',
  'restriction',
  'objection',
  'objection_use',
  'withdrawal',
  'opt_out',
  'human_review',
  'complaint',
] as const satisfies readonly RequestKind[]

export const ways = ['phone', 'mail', 'letter', 'in_person', 'member'] as const satisfies readonly Exclude<RequestWay, 'portal' | 'agent'>[]

export const askers = ['self', 'child', 'agent'] as const satisfies readonly RequestFor[]

export const homes = ['us_california', 'us', 'canada', 'europe', 'elsewhere'] as const satisfies readonly RequestRegion[]

export const points = [
  'name',
  'phone',
  'birth_date',
  'postal_address',
  'appointment',
  'payment',
  'other',
] as const satisfies readonly Exclude<ProofPoint, 'address_confirmed'>[]

export const restrictions = [
  'accuracy_contested',
  'unlawful',
  'needed_for_claims',
  'objection_pending',
] as const satisfies readonly Exclude<RestrictionGround, 'objection_upheld'>[]

export const objectedUses = [
  'everything',
  'messages',
  'statistics',
  'profiles',
  'sharing',
  'new_uses',
] as const satisfies readonly ObjectedUse[]
