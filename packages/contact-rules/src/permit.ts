import type { Channel, Purpose, Subject } from './touch.ts'

/** A private member survives neither an object literal nor a spread, so that a permit cannot be copied onto somebody else. */
declare class Granted {
  private readonly granted: true
}

/**
 * The gate's yes for one touch, used once. Every sending function takes one as a parameter, so that the compiler refuses a channel that skips the
 * gate. Only `modules/privacy` can make one; an object that merely looks like it has not the brand.
 */
export type Permit = PermitContent & Granted

/** What a permit says: whom it lets us reach, how, what for and until when. */
export type PermitContent = {
  readonly id: string
  readonly workspaceId: string
  readonly contactId: string
  /** The address or number it is for; null on channels without one. */
  readonly pointId: string | null
  readonly channel: Channel
  readonly purpose: Purpose
  readonly about: Subject
  readonly rulebookVersion: string
  /** Facts change: after this the gate must be asked again. */
  readonly expiresAt: Temporal.Instant
}
