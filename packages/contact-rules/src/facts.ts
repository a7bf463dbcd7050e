import type { Channel } from './touch.ts'

/**
 * What the gate knows at the moment of sending. Whoever asks fetches all of it; what is not known is said so (`null`), and never guessed in favour
 * of sending. Rules that come later add facts here; those a rule needs and does not get make it refuse.
 */
export type Facts = {
  readonly contact: { readonly state: 'active' | 'restricted' | 'erased' }
  /** The address or number on the channel asked; null where the contact has none. */
  readonly point: PointFacts | null
  /** The object the touch hangs on; null where it does not exist in this workspace, or belongs to another contact. */
  readonly subject: SubjectFacts | null
  /** Those that are in force for this contact or this point. */
  readonly suppressions: readonly Suppression[]
  /** Channels on which this workspace can send. */
  readonly channelsSetUp: readonly Channel[]
}

/** A contact point. A bounce is a fact of the point, not an opt-out: nothing gets through it, a legal notice neither. */
export type PointFacts = {
  readonly bounce:
    | null
    | { readonly kind: 'permanent'; readonly at: Temporal.Instant }
    | { readonly kind: 'temporary'; readonly retryAfter: Temporal.Instant }
}

/** `open`: there is still something to tell about it, as its room sees it; a booking cancelled just now is open for the note that says so. */
export type SubjectFacts = { readonly open: boolean; readonly startedBy: 'contact' | 'us' }

/** An opt-out in force. `all` stops everything but `legal`, `channel` the same on one channel, `marketing` only that. */
export type Suppression = {
  readonly since: Temporal.Instant
  readonly cause: 'asked' | 'link' | 'complaint' | 'member'
} & ({ readonly scope: 'all' | 'marketing' } | { readonly scope: 'channel'; readonly channel: Channel })
