export { decide } from './decide.ts'
export type { Allowed, Decision, RecordingRule, Refused, Requirement, RequirementCode } from './decision.ts'
export { requirementCodes } from './decision.ts'
export type {
  Cap,
  Consent,
  ConsentLevel,
  Dealings,
  Facts,
  PastTouch,
  PersonFacts,
  PointFacts,
  Preferences,
  Question,
  RegistryFact,
  RegistryId,
  SenderFacts,
  SubjectFacts,
  Suppression,
  WallWindow,
} from './facts.ts'
export { consentLevels, nothingElseKnown, pointOnly } from './facts.ts'
export type { OptOutReading, OptOutScope } from './opt-out.ts'
export { optOutScopes } from './opt-out.ts'
export type { Permit, PermitContent } from './permit.ts'
export { placesOfNumber } from './places.ts'
export type { WorkspacePolicy } from './policy.ts'
export { reachOf } from './reach.ts'
export { readOptOut } from './read-opt-out.ts'
export type { Effect, Reason, ReasonCode, ReasonParams, StepCode } from './reasons.ts'
export { reasonTable } from './reasons.ts'
export { regionOfAddress } from './region-of-address.ts'
export type { Applies, Certainty, Place, Rule, Rulebook } from './rulebook.ts'
export { rulesPage } from './rules-page.ts'
export { shippedRulebook } from './shipped.ts'
export type { CallTouch, Channel, Purpose, Subject, SubjectType, Touch, Voice, Way, WrittenTouch } from './touch.ts'
export { channels, purposeOf, purposes, voices } from './touch.ts'
