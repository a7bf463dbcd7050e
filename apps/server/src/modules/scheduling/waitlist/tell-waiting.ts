import type { Principal } from '@frontdesk/contract'
import { type Formats, formats } from '@frontdesk/i18n'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { sendEmail } from '../../conversations/index.ts'
import type { BookingRow } from '../booking.tables.ts'
import { bookingFacts } from '../booking-facts.ts'
import { assemble, contactFactsOf } from '../booking-mail.ts'
import { mailTranslator } from '../mail.words.ts'
import { surroundings } from '../surroundings.ts'
import { partsIn, weekdaysIn } from './waitlist.rules.ts'
import type { WaitlistEntryRow } from './waitlist.tables.ts'
import { waitlistTranslator } from './waitlist.words.ts'
import { type WaitlistFacts, waitlistFacts } from './waitlist-facts.ts'
import { waitingPath, waitlistToken } from './waitlist-link.ts'

/** Writes to somebody that she is on the list, with the link by which she leaves it. Where she has no address nobody writes. */
export async function tellJoined(tx: WorkspaceTx, by: Principal, entry: WaitlistEntryRow): Promise<void> {
  const facts = await waitlistFacts(tx, entry)
  if (facts.email === null) return
  const { service, business, name, tag, zone, personName } = facts
  const t = waitlistTranslator(tag)
  const m = mailTranslator(tag)
  const f = formats(tag, zone)
  const mail = assemble({
    subject: t('joinedSubject', { service: service.discreet ? m('appointment') : service.name, business: business.name }),
    tag,
    business,
    opening: [m('hello', { name }), t('joinedLead')],
    facts: [
      ...(service.discreet ? [] : [{ name: m('what'), lines: [service.name] }]),
      ...(personName === null || service.discreet ? [] : [{ name: m('withWhom'), lines: [personName] }]),
      { name: t('days'), lines: [daysSaid(f, entry)] },
      { name: t('times'), lines: [timesSaid(t, tag, entry)] },
    ],
    action: { label: t('see'), url: linkOf(tx, entry) },
    closing: [],
  })
  await send(tx, by, facts, mail)
}

/** Writes to somebody that a time is held for her. False where the gate said no or she has no address. */
export async function tellOffer(
  tx: WorkspaceTx,
  by: Principal,
  { entry, booking, answerBy }: { readonly entry: WaitlistEntryRow; readonly booking: BookingRow; readonly answerBy: Temporal.Instant },
): Promise<boolean> {
  const facts = await waitlistFacts(tx, entry)
  if (facts.email === null) return false
  const { staff } = await bookingFacts(tx, booking)
  const { service, business, name, tag, zone } = facts
  const t = waitlistTranslator(tag)
  const m = mailTranslator(tag)
  const f = formats(tag, zone)
  const mail = assemble({
    subject: t('offerSubject', {
      service: service.discreet ? m('appointment') : service.name,
      date: f.dateTime(booking.starts_at),
      business: business.name,
    }),
    tag,
    business,
    opening: [m('hello', { name }), t('offerLead', { moment: f.weekdayDateTime(answerBy) })],
    facts: contactFactsOf(
      {
        booking,
        business,
        zone,
        tag,
        serviceName: service.name,
        personName: staff.name,
        discreet: service.discreet,
        previousStart: null,
      },
      m,
      f,
    ),
    action: { label: t('answer'), url: linkOf(tx, entry) },
    closing: [t('offerNext'), t('leave')],
  })
  return send(tx, by, facts, mail)
}

async function send(
  tx: WorkspaceTx,
  by: Principal,
  { entry, email, business }: WaitlistFacts,
  mail: ReturnType<typeof assemble>,
): Promise<boolean> {
  const { sent } = await sendEmail(tx, by, {
    contactId: entry.contact_id,
    ...(email ? { pointId: email.pointId } : {}),
    about: { type: 'waitlist_entry', id: entry.id },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    fromName: business.name,
  })
  return sent
}

const linkOf = (tx: WorkspaceTx, entry: WaitlistEntryRow): string =>
  `${surroundings.get().publicUrl()}${waitingPath(waitlistToken(tx.keys, tx.workspaceId, entry, tx.now))}`

type Translator = ReturnType<typeof waitlistTranslator>

/** `Monday, January 4 – Friday, January 8 (Tuesday, Friday)`. */
export function daysSaid(f: Formats, { from_date, until_date, weekdays }: WaitlistEntryRow): string {
  const from = f.plainDate(from_date.toString(), 'weekday')
  const until = f.plainDate(until_date.toString(), 'weekday')
  const range = from === until ? from : `${from} – ${until}`
  const days = weekdaysIn(weekdays)
  return days.length === 7 ? range : `${range} (${days.map((day) => f.weekday(day, 'long')).join(', ')})`
}

/** `Morning or evening`. */
export function timesSaid(t: Translator, tag: string, { parts }: Pick<WaitlistEntryRow, 'parts'>): string {
  const said = partsIn(parts).map((part) => t(part))
  return said.length === 3 ? t('anyTime') : new Intl.ListFormat(tag, { type: 'disjunction' }).format(said)
}
