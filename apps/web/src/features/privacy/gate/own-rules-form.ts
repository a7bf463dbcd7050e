import type { ContactPolicyState } from './queries.ts'

type Rules = ContactPolicyState['rules']

/** The own rules as the form shows them. */
export type OwnRulesValues = {
  readonly emailOff: boolean
  readonly smsOff: boolean
  readonly callOff: boolean
  readonly artificialOff: boolean
  readonly prerecordedOff: boolean
  readonly timed: boolean
  readonly weekdays: readonly number[]
  readonly from: string
  readonly until: string
  readonly sundaysOff: boolean
  readonly holidaysOff: boolean
  readonly capped: boolean
  readonly capCount: string
  readonly capDays: string
  readonly mailNeedsConsent: boolean
  readonly announceRecording: boolean
  readonly collectsDebts: boolean
  readonly healthCare: boolean
  readonly registeredIn: string
  readonly emergencies: string
}

const wall = (minute: number): string => `${String(Math.floor(minute / 60) % 24).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

/** Begins the form with what is in force. */
export function ownRulesValues(rules: Rules): OwnRulesValues {
  const window = rules.hours[0]
  const cap = rules.caps[0]
  return {
    emailOff: rules.channelsOff.includes('email'),
    smsOff: rules.channelsOff.includes('sms'),
    callOff: rules.channelsOff.includes('call'),
    artificialOff: rules.voicesOff.includes('artificial'),
    prerecordedOff: rules.voicesOff.includes('prerecorded'),
    timed: window !== undefined,
    weekdays: window?.weekdays ?? [1, 2, 3, 4, 5],
    from: wall(window?.fromMinute ?? 9 * 60),
    until: wall(window?.toMinute ?? 18 * 60),
    sundaysOff: rules.sundaysOff,
    holidaysOff: rules.holidaysOff,
    capped: cap !== undefined,
    capCount: String(cap?.count ?? 2),
    capDays: String(cap ? Math.max(1, Math.round(cap.hours / 24)) : 7),
    mailNeedsConsent: rules.mailNeedsConsent,
    announceRecording: rules.announceRecording,
    collectsDebts: rules.collectsDebts,
    healthCare: rules.healthCare,
    registeredIn: rules.registeredIn.join(', '),
    emergencies: rules.emergencies.join(', '),
  }
}

/** What is sent. What the form does not show (further channels, quiet stretches) stays as it was. */
export function ownRulesBody(values: OwnRulesValues, before: Rules): Rules {
  const shown = ['email', 'sms', 'call'] as const
  const off = { email: values.emailOff, sms: values.smsOff, call: values.callOff }
  return {
    ...before,
    channelsOff: [...before.channelsOff.filter((channel) => !isOneOf(shown, channel)), ...shown.filter((channel) => off[channel])],
    voicesOff: [
      ...before.voicesOff.filter((voice) => voice === 'human'),
      ...(values.artificialOff ? (['artificial'] as const) : []),
      ...(values.prerecordedOff ? (['prerecorded'] as const) : []),
    ],
    hours: values.timed
      ? [{ weekdays: values.weekdays.toSorted(), fromMinute: minuteOf(values.from), toMinute: minuteOf(values.until) || 1440 }]
      : [],
    sundaysOff: values.sundaysOff,
    holidaysOff: values.holidaysOff,
    caps: values.capped ? [{ count: Number(values.capCount), hours: Number(values.capDays) * 24 }] : [],
    mailNeedsConsent: values.mailNeedsConsent,
    announceRecording: values.announceRecording,
    collectsDebts: values.collectsDebts,
    healthCare: values.healthCare,
    registeredIn: placesOf(values.registeredIn),
    emergencies: placesOf(values.emergencies),
  }
}

const isOneOf = <Value extends string>(list: readonly Value[], value: string): value is Value => list.some((one) => one === value)

/** The places of a line typed by hand. */
export const placesOf = (text: string): string[] => [
  ...new Set(
    text
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter((part) => part !== ''),
  ),
]

/** What is wrong, as keys of the words. */
export function ownRulesFaults(values: OwnRulesValues) {
  const isPlace = (place: string) => /^(US|CA)-[A-Z]{2}$/.test(place)
  const isWhole = (text: string, most: number) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most
  return {
    weekdays: values.timed && values.weekdays.length === 0 ? ('daysMissing' as const) : undefined,
    until: values.timed && (minuteOf(values.until) || 1440) <= minuteOf(values.from) ? ('untilWrong' as const) : undefined,
    capCount: values.capped && !isWhole(values.capCount, 1000) ? ('capWrong' as const) : undefined,
    capDays: values.capped && !isWhole(values.capDays, 31) ? ('capWrong' as const) : undefined,
    registeredIn: placesOf(values.registeredIn).every(isPlace) ? undefined : ('placesWrong' as const),
    emergencies: placesOf(values.emergencies).every(isPlace) ? undefined : ('placesWrong' as const),
  }
}
