import { type Formats, formats, type MoneyLike, textDirection, zoneCity } from '@frontdesk/i18n'
import { type Html, html, renderHtml, webAddress } from '../../platform/http/index.ts'
import { homeCountryOf, writePhone } from '../contacts/index.ts'
import type { BookingRow } from './booking.tables.ts'
import type { Business } from './business.ts'
import type { BookingNews } from './jobs.ts'
import { type MailTranslator, mailTranslator } from './mail.words.ts'
import { placeToSay } from './place.rules.ts'

/** Everything a mail about a booking says. */
export type MailFacts = {
  readonly news: BookingNews
  readonly business: Business
  readonly booking: BookingRow
  readonly serviceName: string
  /** Only the business, the time and a link are written. */
  readonly discreet: boolean
  readonly personName: string
  readonly contactName: string
  /** Who comes, where it is somebody else. */
  readonly forName?: string | null
  /** The reader's language tag and zone. */
  readonly tag: string
  readonly zone: string
  /** What she was told before, where that was another time. */
  readonly previousStart: Temporal.Instant | null
  readonly changeableUntil: Temporal.Instant | null
  readonly manageUrl: string
  readonly bookAgainUrl: string
  /** All her appointments. */
  readonly ownPageUrl?: string
}

export type ComposedMail = { readonly subject: string; readonly text: string; readonly html: string }

/** One fact of the mail: its name, its lines, and whether it matters most. */
type Fact = { readonly name: string; readonly lines: readonly string[]; readonly strong?: boolean }

type SubjectFacts = { readonly service: string; readonly date: string; readonly business: string }
type NewsWords = {
  readonly subject: (t: MailTranslator, facts: SubjectFacts) => string
  /** `moment`: until when a request is answered. */
  readonly lead: (t: MailTranslator, name: string, moment: string) => string
}

const contactNews: Readonly<Record<BookingNews, NewsWords>> = {
  confirmed: { subject: (t, facts) => t('confirmedSubject', facts), lead: (t) => t('confirmedLead') },
  rescheduled: { subject: (t, facts) => t('rescheduledSubject', facts), lead: (t) => t('rescheduledLead') },
  cancelled: { subject: (t, facts) => t('cancelledSubject', facts), lead: (t) => t('cancelledLead') },
  restored: { subject: (t, facts) => t('restoredSubject', facts), lead: (t) => t('restoredLead') },
  requested: { subject: (t, facts) => t('requestedSubject', facts), lead: (t, _, moment) => t('requestedLead', { moment }) },
  approved: { subject: (t, facts) => t('approvedSubject', facts), lead: (t) => t('approvedLead') },
  refused: { subject: (t, facts) => t('refusedSubject', facts), lead: (t) => t('refusedLead') },
  lapsed: { subject: (t, facts) => t('lapsedSubject', facts), lead: (t) => t('lapsedLead') },
}

/** Writes the mail to the customer, in her language and zone. */
export function composeContactMail(facts: MailFacts): ComposedMail {
  const t = mailTranslator(facts.tag)
  const f = formats(facts.tag, facts.zone)
  const { news, business, booking } = facts
  const words = contactNews[news]
  const service = facts.discreet ? t('appointment') : facts.serviceName
  const subject = words.subject(t, { service, date: f.dateTime(booking.starts_at), business: business.name })
  const lead =
    news === 'cancelled' && booking.cancelled_by === 'contact'
      ? t('cancelledByYouLead')
      : words.lead(t, facts.contactName, momentOf(booking, f))
  const gone = news === 'cancelled' || news === 'refused' || news === 'lapsed'
  const asked = booking.status === 'pending'
  const action = gone
    ? { label: t('bookAgain'), url: facts.bookAgainUrl }
    : { label: t(asked ? 'seeRequest' : 'manage'), url: facts.manageUrl }
  const deadline = facts.changeableUntil ? t('changeUntil', { moment: f.weekdayDateTime(facts.changeableUntil) }) : t('changeByCalling')
  return assemble({
    subject,
    tag: facts.tag,
    business,
    opening: [
      t('hello', { name: facts.contactName }),
      lead,
      // Whatever else is said of a request, it is no appointment yet.
      ...(asked && news !== 'requested' ? [t('notConfirmedYet', { moment: momentOf(booking, f) })] : []),
    ],
    facts: contactFactsOf(facts, t, f),
    action,
    closing: gone ? [] : asked ? [deadline] : [deadline, t('calendarAttached')],
    ...(facts.ownPageUrl ? { also: { label: t('allAppointments'), url: facts.ownPageUrl } } : {}),
  })
}

/** Until when a request is answered. */
const momentOf = ({ answer_by: until }: Pick<BookingRow, 'answer_by'>, f: Formats): string => (until ? f.weekdayDateTime(until) : '')

const businessNews: Readonly<Record<BookingNews, NewsWords>> = {
  confirmed: { subject: (t, facts) => t('newBookingSubject', facts), lead: (t, name) => t('newBookingLead', { name }) },
  rescheduled: { subject: (t, facts) => t('movedBookingSubject', facts), lead: (t, name) => t('movedBookingLead', { name }) },
  cancelled: { subject: (t, facts) => t('cancelledBookingSubject', facts), lead: (t, name) => t('cancelledBookingLead', { name }) },
  restored: { subject: (t, facts) => t('restoredBookingSubject', facts), lead: (t, name) => t('restoredBookingLead', { name }) },
  requested: {
    subject: (t, facts) => t('requestBookingSubject', facts),
    lead: (t, name, moment) => t('requestBookingLead', { name, moment }),
  },
  approved: { subject: (t, facts) => t('approvedBookingSubject', facts), lead: (t, name) => t('approvedBookingLead', { name }) },
  refused: { subject: (t, facts) => t('refusedBookingSubject', facts), lead: (t, name) => t('refusedBookingLead', { name }) },
  lapsed: { subject: (t, facts) => t('lapsedBookingSubject', facts), lead: (t, name) => t('lapsedBookingLead', { name }) },
}

/** Writes the mail to whoever gives the service, in the business's language and zone. */
export function composeBusinessMail(facts: MailFacts, calendarUrl: string): ComposedMail {
  const t = mailTranslator(facts.tag)
  const f = formats(facts.tag, facts.business.zone)
  const { booking } = facts
  const words = businessNews[facts.news]
  const rows: Fact[] = [
    { name: t('when'), lines: [f.weekdayDateTime(booking.starts_at)], strong: true },
    ...(facts.previousStart ? [{ name: t('before'), lines: [f.weekdayDateTime(facts.previousStart)] }] : []),
    { name: t('who'), lines: [booking.booked_as ?? facts.contactName] },
    ...(facts.forName ? [{ name: t('forWhom'), lines: [facts.forName] }] : []),
    { name: t('what'), lines: [facts.serviceName] },
    { name: t('withWhom'), lines: [facts.personName] },
    ...(booking.note ? [{ name: t('yourNote'), lines: [booking.note] }] : []),
    ...(booking.cancel_reason ? [{ name: t('reason'), lines: [booking.cancel_reason] }] : []),
  ]
  return assemble({
    subject: words.subject(t, { service: facts.serviceName, date: f.dateTime(booking.starts_at), business: facts.business.name }),
    tag: facts.tag,
    business: facts.business,
    opening: [words.lead(t, booking.booked_as ?? facts.contactName, momentOf(booking, f))],
    facts: rows,
    action: { label: t(booking.status === 'pending' ? 'answerRequest' : 'openCalendar'), url: calendarUrl },
    closing: [],
  })
}

/** What a mail to the customer says about her appointment, line by line. */
export function contactFactsOf(
  facts: Omit<MailFacts, 'news' | 'contactName' | 'changeableUntil' | 'manageUrl' | 'bookAgainUrl' | 'ownPageUrl'>,
  t: MailTranslator,
  f: Formats,
): Fact[] {
  return facts.discreet ? timeFactsOf(facts, t, f) : [...timeFactsOf(facts, t, f), ...visitFactsOf(facts, t, f)]
}

type TimeFacts = Pick<MailFacts, 'booking' | 'business' | 'zone' | 'tag' | 'previousStart'>

function timeFactsOf({ booking, business, zone, previousStart, tag }: TimeFacts, t: MailTranslator, f: Formats): Fact[] {
  const range = `${f.weekdayDate(booking.starts_at, { year: true })}, ${f.timeRange(booking.starts_at, booking.ends_at)}`
  return [
    { name: t('when'), lines: [t('zoneLine', { time: range, zone: zoneLabel(f, booking.starts_at) })], strong: true },
    ...(sameClock(booking.starts_at, zone, business.zone)
      ? []
      : [
          {
            name: t('atBusiness'),
            lines: [
              t('zoneLine', {
                time: formats(tag, business.zone).dateTime(booking.starts_at),
                zone: zoneLabel(formats(tag, business.zone), booking.starts_at),
              }),
            ],
          },
        ]),
    ...(previousStart ? [{ name: t('before'), lines: [f.weekdayDateTime(previousStart)] }] : []),
  ]
}

type VisitFacts = Pick<MailFacts, 'booking' | 'business' | 'serviceName' | 'personName' | 'forName'>

function visitFactsOf({ booking, business, serviceName, personName, forName }: VisitFacts, t: MailTranslator, f: Formats): Fact[] {
  const price: MoneyLike | null =
    booking.price_minor !== null && booking.currency !== null ? { minor: booking.price_minor, currency: booking.currency } : null
  return [
    { name: t('what'), lines: [serviceName] },
    ...(forName ? [{ name: t('forWhom'), lines: [forName] }] : []),
    { name: t('withWhom'), lines: [personName] },
    { name: t('where'), lines: [sayPlace(t, booking, business)] },
    ...(price ? [{ name: t('price'), lines: [f.money(price)] }] : []),
    ...(booking.note ? [{ name: t('yourNote'), lines: [booking.note] }] : []),
    ...(booking.cancel_reason ? [{ name: t('reason'), lines: [booking.cancel_reason] }] : []),
  ]
}

/** `Eastern Time, New York`. */
export const zoneLabel = (f: Formats, at: Temporal.Instant): string => {
  const name = f.zoneName(at)
  const city = zoneCity(f.zone)
  return name.includes(city) ? name : `${name}, ${city}`
}

/** Whether two zones show the same time at that moment. */
export const sameClock = (at: Temporal.Instant, one: string, other: string): boolean =>
  at.toZonedDateTimeISO(one).offsetNanoseconds === at.toZonedDateTimeISO(other).offsetNanoseconds

/** The place of an appointment in a sentence. */
export function sayPlace(t: MailTranslator, booking: Pick<BookingRow, 'place_kind' | 'place_detail'>, business: Business): string {
  const place = placeToSay(booking, business.address)
  switch (place.key) {
    case 'address':
      return place.address
    case 'placeAtCustomer':
      return t('placeAtCustomer', { address: place.address })
    case 'placePhoneYouCall':
      return t('placePhoneYouCall', { number: writePhone(place.number, homeCountryOf(business)).shown })
    case 'placeVideo':
      return t('placeVideo', { link: place.link })
    case 'placeAtBusiness':
    case 'placePhoneWeCall':
    case 'placeVideoLater':
      return t(place.key)
  }
}

/** A mail about an appointment by its parts. */
export type Sheet = {
  readonly subject: string
  readonly tag: string
  readonly business: Business
  readonly opening: readonly string[]
  readonly facts: readonly Fact[]
  readonly action: { readonly label: string; readonly url: string }
  readonly closing: readonly string[]
  /** A second way, below the first. */
  readonly also?: { readonly label: string; readonly url: string }
}

/** Puts a mail together, as plain text and as HTML. */
export function assemble(sheet: Sheet): ComposedMail {
  const { business } = sheet
  const signature = [
    business.name,
    business.address,
    business.phone && writePhone(business.phone, homeCountryOf(business)).shown,
    business.website,
  ].filter((part) => part !== null)
  const width = Math.max(...sheet.facts.map((fact) => fact.name.length))
  const text = [
    ...sheet.opening,
    sheet.facts
      .map((fact) => `${`${fact.name}:`.padEnd(width + 2)}${fact.lines.join('\n').replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`)
      .join('\n'),
    `${sheet.action.label}:\n${sheet.action.url}`,
    ...(sheet.closing.length > 0 ? [sheet.closing.join('\n')] : []),
    ...(sheet.also ? [`${sheet.also.label}:\n${sheet.also.url}`] : []),
    `-- \n${signature.join('\n')}`,
  ].join('\n\n')
  return { subject: sheet.subject, text: `${plain(text)}\n`, html: renderHtml(sheetHtml(sheet, signature)) }
}

/** The marks that keep directions apart on a screen (U+2068, U+2069) only disturb in plain text. */
const plain = (text: string): string => text.replace(/[\u2066-\u2069]/g, '')

/** Mail programs know no stylesheets: every style stands on its element, colours in two schemes through `color-scheme` alone. */
function sheetHtml({ subject, tag, business, opening, facts, action, closing, also }: Sheet, signature: readonly string[]): Html {
  const url = webAddress(action.url)
  return html`<!doctype html>
<html lang="${tag}" dir="${textDirection(tag)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${subject}</title></head>
<body style="margin:0;padding:24px 16px;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:16px;line-height:24px">
<div style="max-width:560px;margin:0 auto">
<p style="margin:0 0 24px;font-weight:600;border-bottom:3px solid ${business.brandColour};padding-bottom:12px">${business.name}</p>
${opening.map((line) => html`<p style="margin:0 0 16px;white-space:pre-line">${line}</p>`)}
<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px;border-collapse:collapse;width:100%">
${facts.map(
  (fact) =>
    html`<tr><th scope="row" style="text-align:start;vertical-align:top;font-weight:400;opacity:.7;padding:6px 16px 6px 0;white-space:nowrap">${fact.name}</th><td style="padding:6px 0;white-space:pre-line;${fact.strong ? 'font-weight:600' : ''}">${fact.lines.join('\n')}</td></tr>`,
)}
</table>
${url && html`<p style="margin:0 0 24px"><a href="${url}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:${business.brandColour};color:${readableOn(business.brandColour)};text-decoration:none;font-weight:600">${action.label}</a></p>`}
${closing.map((line) => html`<p style="margin:0 0 8px;opacity:.7">${line}</p>`)}
${also && html`<p style="margin:0 0 8px"><a href="${also.url}" style="color:inherit">${also.label}</a></p>`}
<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #8884;font-size:14px;line-height:20px;opacity:.7;white-space:pre-line">${signature.join('\n')}</p>
</div></body></html>`
}

/** Black or white, whichever reads better on a colour (WCAG 2.2 relative luminance). */
export function readableOn(colour: string): '#000000' | '#ffffff' {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}
