import type { Decision } from './decision.ts'
import type { Consent, Facts, PointFacts, RegistryId } from './facts.ts'
import { nothingElseKnown, pointOnly } from './facts.ts'
import { type Channel, channels, purposeOf, type SubjectType, type Touch, type Voice } from './touch.ts'

/** A Tuesday, at noon in New York. */
export const noon = Temporal.Instant.from('2026-10-20T16:00:00Z')
export const earlier = Temporal.Instant.from('2026-10-10T00:00:00Z')
/** An instant, written out. */
export const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)

export const registered: readonly RegistryId[] = [
  ...(['us.national', 'ca.national'] as const),
  ...(['CO', 'FL', 'IN', 'LA', 'MA', 'MO', 'OK', 'PA', 'TN', 'TX', 'WY'] as const).map((state): RegistryId => `us.${state}`),
]

/** Written consent to offers on one channel. */
export const anyConsent = (channel: Channel, change: Partial<Consent> = {}): Consent => ({
  channel,
  purpose: 'marketing',
  level: 'pewc',
  automated: true,
  givenAt: earlier,
  expiresAt: null,
  ...change,
})

export const point: PointFacts = { ...pointOnly, bounce: null, number: '+12125550123', givenByContact: true, lastHeardAt: earlier }

/** Someone in New York of whom everything is known that speaks for her being reached; tests take away what they are about. */
export const fine: Facts = {
  ...nothingElseKnown,
  contact: { state: 'active' },
  point,
  subject: { open: true, startedBy: 'contact', since: earlier },
  suppressions: [],
  channelsSetUp: channels,
  consents: channels.map((channel) => anyConsent(channel)),
  registries: registered.map((registry) => ({ registry, listed: false, asOf: earlier })),
  sender: { region: 'US-NY', callerIdAnswered: true, textsRegistered: true, personMayAnswerLater: false },
  heard: Object.fromEntries(channels.map((channel) => [channel, noon.subtract({ hours: 1 })])),
}

/** What a touch hangs on, with the purpose that follows. */
export const about = (type: SubjectType) => ({ purpose: purposeOf[type], about: { type, id: '0199' } })
/** A call about something. */
export const call = (type: SubjectType, voice: Voice = 'human', dialing: 'by_hand' | 'automatic' = 'by_hand'): Touch => ({
  ...about(type),
  channel: 'call',
  voice,
  dialing,
})
/** A mail or message about something. */
export const write = (type: SubjectType, channel: Exclude<Channel, 'call'> = 'email', writer: 'person' | 'machine' = 'machine'): Touch => ({
  ...about(type),
  channel,
  writer,
})
/** The same person under another number. */
export const numbered = (number: string, change: Partial<PointFacts> = {}): Pick<Facts, 'point'> => ({
  point: { ...point, number, ...change },
})

/** A decision with its moments as text: matchers see nothing inside of an instant. */
export const asText = (decision: Decision) => ({
  ...decision,
  ...('nextAllowedAt' in decision ? { nextAllowedAt: decision.nextAllowedAt?.toString() } : {}),
  ...('holdsUntil' in decision ? { holdsUntil: decision.holdsUntil.toString() } : {}),
})
