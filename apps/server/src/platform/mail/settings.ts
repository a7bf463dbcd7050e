import { definePort } from '../events/index.ts'

/** How this server sends and receives mail. */
export type MailSettings = {
  /** The server that sends. Undefined: mails wait in the outbox, and nobody receives them. */
  readonly smtpUrl: string | undefined
  readonly from: { readonly name: string | undefined; readonly address: string }
  /**
   * Where answers arrive. `plus`: a token is added to its local part; otherwise an answer is known by the mail it names, as nearly every mail program does.
   * Undefined: nothing comes in, and answers go to the business's or the sender's address.
   */
  readonly replies: { readonly local: string; readonly domain: string; readonly plus: boolean } | undefined
}

/** The settings of this process. The house provides them at its start, before the first job. */
export const mailSettings = definePort<MailSettings>('mail.settings')

/** The sender of mails that are written while no mail server is set up. The domain is one that never exists (RFC 2606). */
const placeholder = { name: undefined, address: 'desk@frontdesk.invalid' }

type MailConfig = {
  readonly smtp: { readonly url: string; readonly from: string } | undefined
  readonly imapUrl: string | undefined
  readonly receiverPort: number | undefined
}

/** Reads the operator's settings: answers go to the mailbox where there is one, to our own receiver otherwise. */
export function mailSettingsOf({ smtp, imapUrl, receiverPort }: MailConfig): MailSettings {
  const from = smtp ? parseFrom(smtp.from) : placeholder
  return { smtpUrl: smtp?.url, from, replies: repliesTo(from.address, imapUrl, receiverPort) }
}

/** A mailbox whose server knows no plus addresses says so: `imaps://…/INBOX?plus=no`. */
function repliesTo(from: string, imapUrl: string | undefined, receiverPort: number | undefined): MailSettings['replies'] {
  if (imapUrl) {
    const mailbox = mailboxAddress(imapUrl, from)
    const plus = new URL(imapUrl).searchParams.get('plus') !== 'no'
    return { local: mailbox.slice(0, mailbox.lastIndexOf('@')), domain: domainOf(mailbox), plus }
  }
  return receiverPort === undefined ? undefined : { local: 'reply', domain: domainOf(from), plus: true }
}

/** `Studio Nine <desk@example.com>` or a bare address. */
function parseFrom(text: string): MailSettings['from'] {
  const match = /^(.*)<([^<>]+)>\s*$/.exec(text)
  if (!match) return { name: undefined, address: text.trim() }
  const name = (match[1] ?? '').trim().replace(/^"(.*)"$/, '$1')
  return { name: name === '' ? undefined : name, address: (match[2] ?? '').trim() }
}

/** The address of a mailbox: its user where that is one, otherwise the sender's. */
function mailboxAddress(imapUrl: string, from: string): string {
  const user = decodeURIComponent(new URL(imapUrl).username)
  return user.includes('@') ? user : from
}

/** What stands after the @, in lower case. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
