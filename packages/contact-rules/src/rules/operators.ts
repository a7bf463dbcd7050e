import type { Rule } from '../rulebook.ts'
import { offers, row } from './rule-row.ts'

const messenger = 'https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy/ (of 28 September 2026)'
const humanAgent = 'https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages (of 5 May 2026)'
const templates = 'https://docs.aws.amazon.com/end-user-messaging/latest/userguide/nx-features-whatsapp-templates.html'
const asOf = '2026-11-30'
/** What the tag HUMAN_AGENT is for: her own question. What it does not answer does not belong behind it. */
const personPurposes = ['reply'] as const

/** What the operators of messengers let a business do, in every country: not law, but what they refuse does not arrive. */
export const operators: readonly Rule[] = [
  row(
    'meta.messenger.window',
    '*',
    { law: 'Meta, Messenger Platform policy, standard messaging window', source: messenger, certainty: 'S', asOf },
    {
      kind: 'window',
      applies: { channels: ['messenger'] },
      hours: 24,
      personHours: 7 * 24,
      personPurposes,
      does: 'Nothing goes out by Messenger later than 24 hours after her own last message; where Meta approved the business for it, a person may answer her question for seven days; a machine never, and nothing else.',
      strict:
        'A window of up to seven days after an advertisement is not counted on. Tags for events and orders are refused by Meta since 27 April 2026 and are not used.',
    },
  ),
  row(
    'meta.instagram.window',
    '*',
    { law: 'Meta, Messenger Platform and Instagram Messaging policy', source: humanAgent, certainty: 'S', asOf },
    {
      kind: 'window',
      applies: { channels: ['instagram'] },
      hours: 24,
      personHours: 7 * 24,
      personPurposes,
      does: 'Nothing goes out by Instagram later than 24 hours after her own last message; where Meta approved the business for it, a person may answer her question for seven days; a machine never, and nothing else.',
    },
  ),
  row(
    'meta.whatsapp.window',
    '*',
    {
      law: 'WhatsApp Business Messaging Policy, customer service window',
      source: 'https://docs.aws.amazon.com/social-messaging/latest/userguide/whatsapp-send-message.html',
      certainty: 'S',
      asOf,
    },
    {
      kind: 'window',
      applies: { channels: ['whatsapp'] },
      hours: 24,
      templates: true,
      does: 'Free words go out by WhatsApp for 24 hours after her own last message; later only a template that was approved beforehand.',
    },
  ),
  row(
    'meta.whatsapp.us-offers',
    'US',
    { law: 'Meta, marketing templates to numbers of the United States', source: templates, certainty: 'S', asOf, from: '2025-04-01' },
    {
      kind: 'window',
      applies: { channels: ['whatsapp'], purposes: offers },
      hours: 24,
      does: 'Meta delivers no templates with offers to numbers of the United States: an offer by WhatsApp goes out there only in the 24 hours after her own message.',
      strict:
        'The source says “country code of +1”; Meta means those with an area code of the United States. Questions after a visit count as offers, as Meta sorts them.',
    },
  ),
]
