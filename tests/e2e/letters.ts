import ICAL from 'ical.js'
import PostalMime from 'postal-mime'
import type { ArrivedMail } from '../setup/mail-server.ts'

/** An appointment as an independent library reads it from a calendar file. */
export type Appointment = {
  readonly method: string
  readonly uid: string
  readonly sequence: number
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
  readonly summary: string
  readonly status: string
  readonly attendees: readonly string[]
}

/** A mail as a mail program reads it. */
export type Letter = {
  readonly subject: string
  readonly text: string
  readonly messageId: string
  readonly replyTo: string
  readonly appointment: Appointment | undefined
  /** The addresses in its text. */
  readonly links: readonly string[]
}

/** Reads a mail with its calendar file. */
export async function readLetter({ raw, messageId }: ArrivedMail): Promise<Letter> {
  const mail = await PostalMime.parse(raw)
  const calendar = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
  const text = mail.text ?? ''
  return {
    subject: mail.subject ?? '',
    text,
    messageId,
    replyTo: mail.replyTo?.[0]?.address ?? '',
    appointment: calendar && readCalendar(textOf(calendar.content)),
    links: text.match(/https?:\/\/\S+/g) ?? [],
  }
}

const textOf = (content: string | ArrayBuffer | Uint8Array): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content)

/** Reads a calendar file with one appointment. */
export function readCalendar(file: string): Appointment {
  const calendar = new ICAL.Component(ICAL.parse(file))
  const entry = calendar.getFirstSubcomponent('vevent')
  if (!entry) throw new Error(`There is no appointment in this calendar file:\n${file}`)
  const event = new ICAL.Event(entry)
  const instant = (time: ICAL.Time) => Temporal.Instant.fromEpochMilliseconds(time.toJSDate().getTime())
  return {
    method: String(calendar.getFirstPropertyValue('method') ?? ''),
    uid: event.uid,
    sequence: event.sequence,
    start: instant(event.startDate),
    end: instant(event.endDate),
    summary: event.summary,
    status: String(entry.getFirstPropertyValue('status') ?? ''),
    attendees: event.attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase()),
  }
}
