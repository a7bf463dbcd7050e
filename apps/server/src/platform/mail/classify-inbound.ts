import type { MailId } from '@frontdesk/contract'
import type { Email } from 'postal-mime'
import { mailsNamedIn } from './address-token.ts'
import { type Bounce, judgeBounce, readDeliveryReports } from './bounce.rules.ts'

/** What a mail that came in is. */
export type InboundKind =
  | { readonly kind: 'answer' }
  /** Written by a program: an out-of-office note, a newsletter, a receipt. Never answered, never counted as an answer. */
  | { readonly kind: 'automatic' }
  | { readonly kind: 'bounce'; readonly bounce: Bounce }
  /** A server still tries; or tells that it did deliver. */
  | { readonly kind: 'delay' }
  | { readonly kind: 'complaint' }
  /** Not to be looked at: our own mail that came back round. */
  | { readonly kind: 'ignored'; readonly reason: 'our_own' }

/** Tells a person's answer from everything else a mailbox gets. `mailId` is the mail of ours that it came for. */
export function classifyInbound(mail: Email, facts: { readonly nullSender: boolean; readonly mailId: MailId | null }): InboundKind {
  if (facts.mailId !== null && mailsNamedIn(mail.messageId).includes(facts.mailId)) return { kind: 'ignored', reason: 'our_own' }
  if (mail.attachments.some(({ mimeType }) => mimeType === 'message/feedback-report')) return { kind: 'complaint' }
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value ?? ''

  const reports = readDeliveryReports(mail)
  const failed = reports.find(({ action }) => action === 'failed')
  if (failed) return { kind: 'bounce', bounce: judgeBounce(failed) }
  if (reports.length > 0) return { kind: 'delay' }
  const isReport = /multipart\/report/i.test(header('content-type')) && /delivery-status/i.test(header('content-type'))
  if (header('x-failed-recipients') !== '' || isReport) {
    // The part is missing or empty, as with some large providers: the text is all there is.
    return { kind: 'bounce', bounce: judgeBounce({ status: '', diagnostic: smtpLines(mail.text ?? '') }) }
  }
  return isAutomatic(header) || facts.nullSender ? { kind: 'automatic' } : { kind: 'answer' }
}

/** RFC 3834 §2, and what programs did before and beside it. */
function isAutomatic(header: (name: string) => string): boolean {
  const auto = header('auto-submitted').toLowerCase()
  if (auto !== '' && !/^no\b/.test(auto)) return true
  if (/\b(bulk|list|junk|auto_reply)\b/i.test(header('precedence'))) return true
  return [
    'list-id',
    'list-unsubscribe',
    'list-post',
    'x-auto-response-suppress',
    'x-autoreply',
    'x-autorespond',
    'x-auto-reply-from',
    'feedback-id',
  ].some((name) => header(name) !== '')
}

/** Only lines that read like a server's answer: the mail below them holds numbers of its own. */
const smtpLines = (text: string): string =>
  text
    .split(/\r?\n/)
    .filter((line) => /\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b|SMTP|unknown|not exist|not found/i.test(line))
    .slice(0, 5)
    .join(' ')
