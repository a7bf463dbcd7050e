import type { Formats } from '@frontdesk/i18n'
import { hasMayContactWord, type MayContactKey, type MayContactTranslator } from './may-contact-words.ts'
import type { MayContact } from './queries.ts'

type Answer = MayContact['answers'][number]
type Reason = Answer['reasons'][number]
type ReasonKey = Extract<MayContactKey, `reason/${string}`>
type StepKey = Extract<MayContactKey, `step/${string}`>

/** Says one reason of the gate in a sentence. A code without words of its own is named, so that nothing is hidden. */
export function reasonWords(t: MayContactTranslator, formats: Formats, { code, params }: Reason, name: string): string {
  const key = `reason/${code}`
  const date = (instant: string | undefined) => (instant ? formats.date(instant) : '')
  const values = {
    name,
    code,
    type: part(t, 'type', params.type ?? '') ?? t('type/other'),
    channel: part(t, 'channel', params.channel ?? '') ?? params.channel ?? '',
    scope: part(t, 'scope', params.scope ?? '') ?? params.scope ?? '',
    cause: part(t, 'cause', params.cause ?? '') ?? params.cause ?? '',
    since: date(params.since),
    at: date(params.at),
    until: params.until ? formats.dateTime(params.until) : '',
    place: params.place ?? '',
    places: params.places ?? '',
    country: params.country ?? '',
    registry: params.registry ?? '',
    hours: params.hours ?? '',
    languages: params.languages ?? '',
  }
  return t(isReason(key) ? key : 'reason/other', values)
}

/** Says what would allow it, where anything would. */
export function stepWords(t: MayContactTranslator, answer: Pick<Answer, 'remedy' | 'channel'>, name: string): string | undefined {
  if (answer.remedy === null || saidByTheReason.has(answer.remedy)) return undefined
  const key = `step/${answer.remedy}`
  return isStep(key) ? t(key, { name, channel: t(`channel/${answer.channel}`) }) : undefined
}

/** Of the reasons those that matter: what stands in the way, or, where nothing does, what carries the yes. */
export function tellingReasons({ allowed, reasons }: Pick<Answer, 'allowed' | 'reasons'>): readonly Reason[] {
  return reasons.filter(({ effect }) => (allowed ? effect === 'allows' || effect === 'notes' : effect === 'blocks' || effect === 'defers'))
}

// The reason itself says what would help.
const saidByTheReason: ReadonlySet<string> = new Set(['set_up_channel', 'install_rulebook', 'wait'])

const isReason = (key: string): key is ReasonKey => key.startsWith('reason/') && hasMayContactWord(key)
const isStep = (key: string): key is StepKey => key.startsWith('step/') && hasMayContactWord(key)
const isPart = (key: string): key is Extract<MayContactKey, `${'type' | 'channel' | 'scope' | 'cause'}/${string}`> => hasMayContactWord(key)

const part = (t: MayContactTranslator, kind: 'type' | 'channel' | 'scope' | 'cause', code: string): string | undefined => {
  const key = `${kind}/${code}`
  return isPart(key) ? t(key) : undefined
}
