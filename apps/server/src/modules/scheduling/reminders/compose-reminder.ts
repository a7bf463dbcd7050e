import { formats, readerLocale } from '@frontdesk/i18n'
import type { BookingFacts } from '../booking-facts.ts'
import { assemble, type ComposedMail, contactFactsOf, sayPlace } from '../booking-mail.ts'
import { mailTranslator } from '../mail.words.ts'
import { fillFields, type MergeValues } from './merge-fields.rules.ts'
import type { ReminderRuleRow, ReminderTextRow } from './reminder.tables.ts'
import { reminderTranslator } from './reminder.words.ts'

export type ComposeReminder = {
  readonly moment: ReminderRuleRow['moment']
  readonly facts: BookingFacts
  /** The business's own words; of them those in the reader's language count. */
  readonly texts: readonly Pick<ReminderTextRow, 'locale' | 'subject' | 'body'>[]
  readonly manageUrl: string
  readonly bookAgainUrl: string
  readonly changeableUntil: Temporal.Instant | null
  /** Answers arrive here, so that C and R can be offered. */
  readonly answersArrive: boolean
}

/** Writes a reminder or a follow-up in the customer's language and zone. A discreet service gets none of the business's own words: they could tell what it is. */
export function composeReminder(wish: ComposeReminder): ComposedMail {
  const { facts, moment, manageUrl } = wish
  const { business, booking, service, staff, tag, zone } = facts
  const t = reminderTranslator(tag)
  const m = mailTranslator(tag)
  const f = formats(tag, zone)
  const { discreet } = service
  const own = discreet ? undefined : wish.texts.find(({ locale }) => locale === readerLocale(tag).locale)
  const values: MergeValues = {
    name: facts.name,
    service: discreet ? m('appointment') : service.name,
    person: staff.name,
    date: f.weekdayDate(booking.starts_at, { year: true }),
    time: f.time(booking.starts_at),
    place: sayPlace(m, booking, business),
    business: business.name,
    link: manageUrl,
  }
  const ready = { service: values.service, date: f.dateTime(booking.starts_at), business: business.name, name: facts.name }
  const before = moment === 'before'
  const readyBody = discreet ? t(before ? 'discreetBody' : 'discreetAfterBody', ready) : t(before ? 'beforeBody' : 'afterBody', ready)
  const subject = own?.subject ? fillFields(own.subject, values) : t(before ? 'beforeSubject' : 'afterSubject', ready)
  const body = own?.body ? fillFields(own.body, values) : readyBody
  const lines = { booking, business, zone, tag, serviceName: service.name, personName: staff.name, discreet, previousStart: null }
  const deadline = wish.changeableUntil ? m('changeUntil', { moment: f.weekdayDateTime(wish.changeableUntil) }) : m('changeByCalling')
  return assemble({
    subject: subject.replace(/\s+/g, ' ').trim(),
    tag,
    business,
    opening: body.split(/\n{2,}/),
    facts: contactFactsOf(lines, m, f),
    action: before ? { label: m('manage'), url: manageUrl } : { label: m('bookAgain'), url: wish.bookAgainUrl },
    closing: before ? [...(wish.answersArrive ? [t('answer')] : []), deadline] : [],
  })
}
