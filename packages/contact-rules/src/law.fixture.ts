import { decide } from './decide.ts'
import { anyConsent, asText, at, call, fine, noon } from './example.fixture.ts'
import type { Facts } from './facts.ts'
import type { Touch } from './touch.ts'

/** What is decided about the person of whom everything is known, but for what is given, with moments as text. */
export const ask = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => asText(decide(touch, { ...fine, ...facts }, now))
/** An instant as decisions carry it. */
export const text = (moment: Temporal.Instant) => moment.toString()
/** Whether it is a yes. */
export const allowed = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => ask(touch, facts, now).allowed
/** The codes of all reasons. */
export const codes = (touch: Touch, facts: Partial<Facts> = {}, now = noon) => ask(touch, facts, now).reasons.map(({ code }) => code)
/** Consents of that level on the ways the law asks about; null for none. */
export const consent = (level: 'pec_oral' | 'pec' | 'pewc' | null, automated = true, purpose: 'service' | 'marketing' = 'marketing') => ({
  consents:
    level === null ? [] : (['call', 'sms', 'email', 'chat'] as const).map((channel) => anyConsent(channel, { level, automated, purpose })),
})
/** Her address, as far as it is known. */
export const address = (country: string, region: string | null = null) => ({
  person: { address: { country, region, zone: null }, zone: null, preferences: {} },
})
/** Her last purchase. */
export const bought = (text: string) => ({ dealings: { lastTransactionAt: at(text), lastInquiryAt: null } })
/** Her last question. */
export const asked = (text: string) => ({ dealings: { lastTransactionAt: null, lastInquiryAt: at(text) } })
export const robot = call('campaign', 'artificial')
export const tape = call('campaign', 'prerecorded')
export const person = call('campaign')
export const dialer = call('campaign', 'human', 'automatic')
export const texas = { policy: { registeredIn: ['US-TX'] } }
