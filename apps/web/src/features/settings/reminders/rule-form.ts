import type { Rule, RuleBody } from './queries.ts'

/** The languages that texts can be written in, in the order in which they are sent. */
export const textLocales = ['en', 'es', 'fr'] as const
export type TextLocale = (typeof textLocales)[number]

/** What can stand in a text, as a hint. */
export const fieldsShown = '{name} {service} {person} {date} {time} {place} {business} {link}'

/** A rule as it is filled in. */
export type RuleValues = {
  readonly moment: Rule['moment']
  readonly amount: string
  readonly unit: Rule['unit']
  readonly channel: Rule['channel']
  readonly which: 'all' | 'some'
  readonly serviceIds: readonly string[]
  readonly active: boolean
  readonly texts: Readonly<Record<TextLocale, { readonly subject: string; readonly body: string }>>
}

const noText = { subject: '', body: '' }

/** A new rule: the day before, or the day after. */
export const newRule = (moment: Rule['moment']): RuleValues => ({
  moment,
  amount: '1',
  unit: 'days',
  channel: 'email',
  which: 'all',
  serviceIds: [],
  active: true,
  texts: { en: noText, es: noText, fr: noText },
})

/** A rule as the form shows it. */
export function valuesOf(rule: Rule): RuleValues {
  const textOf = (locale: TextLocale) => {
    const own = rule.texts.find((text) => text.locale === locale)
    return { subject: own?.subject ?? '', body: own?.body ?? '' }
  }
  return {
    moment: rule.moment,
    amount: String(rule.amount),
    unit: rule.unit,
    channel: rule.channel,
    which: rule.serviceIds === null ? 'all' : 'some',
    serviceIds: rule.serviceIds ?? [],
    active: rule.active,
    texts: { en: textOf('en'), es: textOf('es'), fr: textOf('fr') },
  }
}

const minutes = { minutes: 1, hours: 60, days: 1440 } as const
const MOST_MINUTES = 60 * 1440

/** Whether a length can be used: a whole number of at most 60 days. */
export const amountFits = ({ amount, unit }: Pick<RuleValues, 'amount' | 'unit'>): boolean =>
  /^\d{1,3}$/.test(amount.trim()) && Number(amount) >= 1 && Number(amount) * minutes[unit] <= MOST_MINUTES

/** The body that is sent. Every language goes along, in order, so that a fault can be led back to its own. */
export function bodyOf({ moment, amount, unit, channel, which, serviceIds, active, texts }: RuleValues): RuleBody {
  return {
    moment,
    amount: Number(amount),
    unit,
    channel,
    serviceIds: which === 'all' ? null : ([...serviceIds] as NonNullable<RuleBody['serviceIds']>),
    active,
    texts: textLocales.map((locale) => ({
      locale,
      subject: texts[locale].subject.trim() || null,
      body: texts[locale].body.trim() || null,
    })),
  }
}

/** What the server found wrong with a text of one language. */
export const textFault = (
  faults: Readonly<Record<string, string | undefined>>,
  locale: TextLocale,
  part: 'subject' | 'body',
): string | undefined => faults[`texts.${textLocales.indexOf(locale)}.${part}`]

/** The language whose text is wrong, where it is not the one that is open. */
export const faultyLocale = (faults: Readonly<Record<string, string | undefined>>): TextLocale | undefined =>
  textLocales.find((locale) => textFault(faults, locale, 'subject') !== undefined || textFault(faults, locale, 'body') !== undefined)
