export type { ChooseHosts, HostChoice } from './choose-hosts.ts'
export { chooseHosts } from './choose-hosts.ts'
export { closedPieces, explainSlot } from './explain.ts'
export { freeSlots } from './free-slots.ts'
export { openHours } from './open-hours.ts'
export type { AvailabilityErrorCode } from './refusal.ts'
export { AvailabilityError, limits } from './refusal.ts'
export type {
  AvailabilityQuery,
  Block,
  Busy,
  ClosedPiece,
  ClosedReason,
  Host,
  HostGroup,
  Hours,
  HoursException,
  ServiceRules,
  Slot,
  SlotExplanation,
  UnfilledGroup,
  WallTime,
  WeeklyBlock,
} from './types.ts'
