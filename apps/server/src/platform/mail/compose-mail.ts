import type { MailId } from '@frontdesk/contract'
import MailComposer from 'nodemailer/lib/mail-composer'
import { Refusal } from '../errors/index.ts'

/** One person on an envelope. */
export type Mailbox = { readonly name?: string | null | undefined; readonly address: string }

/** A calendar file that mail programs offer as an appointment (RFC 6047). */
export type CalendarPart = { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly ics: string; readonly name: string }

export type MailAttachment = { readonly name: string; readonly type: string; readonly bytes: Uint8Array }

/** What a mail says, before it is one. */
export type MailContent = {
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  readonly calendar?: CalendarPart | undefined
  readonly attachments?: readonly MailAttachment[] | undefined
  /** Written by a program and not by a person: tells other programs not to answer (RFC 3834 §5). */
  readonly automatic?: boolean | undefined
  /** Where one press, without opening anything, ends mail of this kind (RFC 8058). */
  readonly unsubscribeUrl?: string | undefined
  /** Mails of ours or others that this one answers, oldest first, as Message-IDs with their angle brackets. */
  readonly references?: readonly string[] | undefined
}

export type ComposeMail = MailContent & {
  readonly id: MailId
  readonly domain: string
  readonly from: Mailbox
  readonly to: Mailbox
  readonly replyTo?: Mailbox | undefined
  readonly date: Temporal.Instant
}

/** The largest mail that goes out; what most servers take. */
export const LARGEST_MAIL_BYTES = 10_000_000

/** `<mail id@domain>`: a repeated mail carries the same one, so that a mailbox shows it once. */
export const messageIdOf = (id: MailId, domain: string): string => `<${id}@${domain}>`

/**
 * Builds the complete MIME text. Throws a `Refusal` when a header would hold a line break, an address is not one, or the mail is too large.
 */
export async function composeMail(mail: ComposeMail): Promise<Buffer> {
  for (const [what, text] of headerTexts(mail)) refuseControlCharacters(what, text)
  for (const { address } of [mail.from, mail.to, ...(mail.replyTo ? [mail.replyTo] : [])]) refuseWrongAddress(address)
  const references = mail.references ?? []
  const composer = new MailComposer({
    from: mailbox(mail.from),
    to: mailbox(mail.to),
    ...(mail.replyTo ? { replyTo: mailbox(mail.replyTo) } : {}),
    subject: mail.subject,
    messageId: messageIdOf(mail.id, mail.domain),
    date: new Date(mail.date.epochMilliseconds),
    ...(references.length > 0 ? { inReplyTo: references.at(-1), references: [...references] } : {}),
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    ...(mail.calendar ? { icalEvent: { method: mail.calendar.method, filename: mail.calendar.name, content: mail.calendar.ics } } : {}),
    attachments: (mail.attachments ?? []).map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    })),
    headers: {
      ...(mail.automatic ? { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' } : {}),
      ...(mail.unsubscribeUrl
        ? {
            // Whole on its line: an address that is folded is none any more.
            'List-Unsubscribe': { prepared: true, value: `<${mail.unsubscribeUrl}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    },
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const raw = await composer.compile().build()
  if (raw.length > LARGEST_MAIL_BYTES) {
    throw new Refusal('http/too-large', {
      detail: `This mail is ${Math.ceil(raw.length / 1_000_000)} MB with its attachments; mail servers take up to ${LARGEST_MAIL_BYTES / 1_000_000} MB. Nothing was sent.`,
    })
  }
  return raw
}

const mailbox = ({ name, address }: Mailbox) => ({ name: name ?? '', address })

function headerTexts(mail: ComposeMail): (readonly [string, string])[] {
  return [
    ['the subject', mail.subject],
    ['the sender’s name', mail.from.name ?? ''],
    ['the recipient’s name', mail.to.name ?? ''],
    ['the answer’s name', mail.replyTo?.name ?? ''],
    ['the calendar file’s name', mail.calendar?.name ?? ''],
    ...(mail.attachments ?? []).flatMap(({ name, type }) => [
      ['an attachment’s name', name] as const,
      ['an attachment’s type', type] as const,
    ]),
    ...(mail.references ?? []).map((reference) => ['a reference', reference] as const),
  ]
}

/** A line break in a header would begin another one: `Subject: Hi\r\nBcc: …`. */
function refuseControlCharacters(what: string, text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!/[\u0000-\u001f\u007f\u2028\u2029]/.test(text)) return
  throw new Refusal('http/invalid-request', {
    detail: `A mail cannot be written: ${what} holds a line break or a control character. Nothing was sent.`,
  })
}

function refuseWrongAddress(address: string): void {
  if (address.length <= 254 && /^[^\s<>(),;:"[\]\\@]+@[^\s<>(),;:"[\]\\@]+$/.test(address)) return
  throw new Refusal('http/invalid-request', {
    detail: 'A mail cannot be written: an address is not one. Correct it and try again; nothing was sent.',
  })
}
