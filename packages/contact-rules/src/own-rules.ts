import { type Case, type HouseRule, isOffer } from './case.ts'
import { placesIn } from './plan.ts'
import { reason } from './reasons.ts'

/** What the business and the contact switched off for themselves. The law’s own notices pass. */
export const ownRules: readonly HouseRule[] = [businessSwitches, herSwitches]

function businessSwitches({ touch, facts: { policy }, where, reasons }: Case): void {
  if (touch.purpose === 'legal') return
  const { channel } = touch
  const from = { rule: 'workspace' }
  const voiceOff = touch.channel === 'call' && policy.voicesOff?.includes(touch.voice)
  if (policy.channelsOff?.includes(channel) || voiceOff) reasons.push(reason('business_channel_off', { channel }, from))
  if (!policy.emergencies || !isOffer(touch)) return
  for (const place of placesIn(where, policy.emergencies)) reasons.push(reason('emergency', { place }, from))
}

function herSwitches({ touch, facts, reasons }: Case): void {
  if (touch.purpose === 'legal' || touch.purpose === 'reply') return
  const { channelsOff, languages } = facts.person.preferences
  const { channel } = touch
  const from = { rule: 'preferences' }
  if (channelsOff?.includes(channel)) reasons.push(reason('prefers_other_channel', { channel }, from))
  if (!languages || languages.length === 0 || touch.language === undefined || !isOffer(touch)) return
  const spoken = primary(touch.language)
  if (!languages.some((one) => primary(one) === spoken)) {
    reasons.push(reason('prefers_other_language', { languages: languages.join(', ') }, from))
  }
}

/** The language of a BCP 47 tag without its region: `fr` of `fr-CA`. */
const primary = (tag: string): string => tag.split('-', 1)[0]?.toLowerCase() ?? ''
