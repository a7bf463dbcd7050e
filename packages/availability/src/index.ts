export type { AssignHosts, Assignment, AssignmentFacts, AssignmentRule, HostPick, PassedOver } from './assign-hosts.ts'
export { assignHosts } from './assign-hosts.ts'
export type { AssignVisit, VisitAssignment } from './assign-visit.ts'
export { assignVisit } from './assign-visit.ts'
export type { ChooseHosts, HostChoice } from './choose-hosts.ts'
export { chooseHosts } from './choose-hosts.ts'
export { closedPieces, explainSlot } from './explain.ts'
export type { SeriesExplanation } from './explain-series.ts'
export { explainSeries } from './explain-series.ts'
export type { VisitExplanation } from './explain-visit.ts'
export { explainVisit } from './explain-visit.ts'
export { freeSlots } from './free-slots.ts'
export type { Visit } from './free-visits.ts'
export { freeVisits } from './free-visits.ts'
export { openHours } from './open-hours.ts'
export type { Session, SessionClosedReason, SessionExplanation, SessionQuery } from './open-sessions.ts'
export { explainSessions, openSessions } from './open-sessions.ts'
export type { AvailabilityErrorCode } from './refusal.ts'
export { AvailabilityError, limits } from './refusal.ts'
export type { Occurrence, Series } from './series.ts'
export { expandSeries, seriesLimits } from './series.ts'
export type { SkilledGroups } from './skills.ts'
export { skilledGroups } from './skills.ts'
export type {
  AvailabilityQuery,
  Block,
  BookedTime,
  Busy,
  ClosedPiece,
  ClosedReason,
  Host,
  HostGroup,
  HostLimit,
  Hours,
  HoursException,
  ServiceRules,
  Slot,
  SlotExplanation,
  TravelMinutes,
  UnfilledGroup,
  WallTime,
  WeeklyBlock,
} from './types.ts'
export type { VisitGroup, VisitQuery, VisitStep } from './visit.ts'
export { visitLimits } from './visit.ts'
