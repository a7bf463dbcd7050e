import { dateParts } from '@frontdesk/deadlines'
import type { Consent, ConsentLevel, Facts } from './facts.ts'
import { dayMs } from './open-times.ts'
import type { Where } from './places.ts'
import type { Plan } from './plan.ts'
import type { Prepared } from './prepare.ts'
import type { Reason } from './reasons.ts'
import type { Touch } from './touch.ts'

/** One touch at one instant, and what the rules found about it so far. */
export type Case = {
  readonly of: Prepared
  readonly touch: Touch
  readonly facts: Facts
  readonly atMs: number
  readonly where: Where
  readonly plan: Plan
  readonly reasons: Reason[]
  /** The earliest instant at which all that waits may be over. */
  resumeAt: number
  /** Until when what speaks for a yes holds. */
  holdsUntil: number
  /** The call needs no consent because of its line, within the exempt caps. */
  exemptLine: boolean
  /** Found once for all rules that ask; reading an instant costs more than comparing it. */
  readonly known: {
    consent?: Consent | null
    automatedConsent?: Consent | null
    readonly standings: { [ofCountry: string]: readonly Standing[] }
  }
}

/** What she bought or asked for, as far as it still counts in months of the law. */
export type Standing = { readonly level: 'ebr' | 'inquiry'; readonly sinceMs: number; readonly untilMs: number }

/** A rule looks at a case and adds what it has to say: nothing where it does not apply. */
export type HouseRule = (one: Case) => void

/** What speaks for a yes holds no longer than this. */
export const holdUntil = (one: Case, ms: number): void => {
  if (ms < one.holdsUntil) one.holdsUntil = ms
}
/** Nothing is allowed before this. */
export const waitUntil = (one: Case, ms: number): void => {
  if (ms > one.resumeAt) one.resumeAt = ms
}

/** An instant as Temporal writes it, many times faster: every reason carries one. */
export function iso(ms: number): string {
  const day = Math.floor(ms / dayMs)
  const { year, month, day: date } = dateParts(day)
  const left = ms - day * dayMs
  const seconds = Math.floor(left / 1000)
  const parts = left - seconds * 1000
  const fraction = parts === 0 ? '' : `.${String(parts).padStart(3, '0').replace(/0+$/, '')}`
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}T${clock}${fraction}Z`
}
const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`)

/** Offers, and questions after a visit: what preferences, caps and hours bind. */
export const isOffer = ({ purpose }: Touch): boolean => purpose === 'marketing' || purpose === 'feedback'

const levelNumber: { readonly [L in ConsentLevel]: number } = { none: 0, ebr: 1, inquiry: 2, pec_oral: 3, pec: 4, pewc: 5 }
/** Consent to offers covers a question, and news about her own booking; not the other way round. */
const reach: { readonly [P in Touch['purpose']]: number } = { reply: 1, service: 1, legal: 1, feedback: 2, marketing: 3 }

/** Whether a level is as strong as the one that is needed. */
export const isAtLeast = (level: ConsentLevel, needed: ConsentLevel): boolean => levelNumber[level] >= levelNumber[needed]

/** The strongest live consent for this way and purpose; of equal ones that which lasts longest. */
export function bestConsent(one: Case, automated: boolean): Consent | undefined {
  const { known } = one
  const found = automated ? known.automatedConsent : known.consent
  if (found !== undefined) return found ?? undefined
  const best = findConsent(one, automated)
  if (automated) known.automatedConsent = best ?? null
  else known.consent = best ?? null
  return best
}

function findConsent({ touch, facts, atMs }: Case, automated: boolean): Consent | undefined {
  let best: Consent | undefined
  for (const consent of facts.consents) {
    if (consent.channel !== touch.channel || reach[consent.purpose] < reach[touch.purpose] || (automated && !consent.automated)) continue
    if (consent.givenAt.epochMilliseconds > atMs || expiryOf(consent) <= atMs) continue
    if (!best || levelNumber[consent.level] > levelNumber[best.level]) best = consent
    else if (consent.level === best.level && expiryOf(consent) > expiryOf(best)) best = consent
  }
  return best
}

/** When a consent ends, in epoch milliseconds; never, unless it says so. */
export const expiryOf = ({ expiresAt }: Consent): number => expiresAt?.epochMilliseconds ?? Number.POSITIVE_INFINITY
