import { createTransport, type Transporter } from 'nodemailer'
import { judgeBounce } from './bounce.rules.ts'
import { domainOf } from './settings.ts'

/** The outcome of one try to hand a mail over. `reason` is a sentence for the outbox, `code` a short technical one for the log. */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly answer: string }
  | { readonly kind: 'later'; readonly reason: string; readonly code: string }
  /** `wrongAddress`: the server knows no such mailbox, which is the same as a mail that came back. */
  | { readonly kind: 'never'; readonly reason: string; readonly code: string; readonly wrongAddress: boolean }

export type Envelope = {
  /** Where bounces go: with the mail's token, so that the mail they are about is known without reading them. */
  readonly from: string
  /** The sender's own address, for servers that take no other. */
  readonly plainFrom: string
  readonly to: string
}

/** Servers that let us send under the plain address alone; learned in this process. */
const plainOnly = new Set<string>()

const transports = new Map<string, Transporter>()

/** One pool of connections for each server, in this process. */
function transportOf(url: string): Transporter {
  const known = transports.get(url)
  if (known) return known
  const made = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    maxMessages: 100,
    maxRequeues: 0, // every try is ours, counted and shown
    // Together they stay below the time a job may take, so that a mail is never tried by two at once.
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    dnsTimeout: 10_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  transports.set(url, made)
  return made
}

/** Closes the connections of this process. */
export function closeMailTransports(): void {
  for (const transport of transports.values()) transport.close()
  transports.clear()
  plainOnly.clear()
}

/** Hands one mail to the server. Never throws: what went wrong is the answer. */
export async function handOver(url: string, envelope: Envelope, raw: Buffer): Promise<SendOutcome> {
  const from = plainOnly.has(url) ? envelope.plainFrom : envelope.from
  try {
    const { response } = await transportOf(url).sendMail({ envelope: { from, to: [envelope.to] }, raw })
    return { kind: 'accepted', answer: response ?? '' }
  } catch (error) {
    if (from !== envelope.plainFrom && refusesSender(error)) {
      plainOnly.add(url)
      return handOver(url, envelope, raw)
    }
    return explainFailure(error, { from, to: envelope.to }, new URL(url).hostname)
  }
}

const refusesSender = (error: unknown): boolean => {
  const { command, responseCode = 0 } = smtpFacts(error)
  return command === 'MAIL FROM' && responseCode >= 500 && responseCode !== 530 && responseCode !== 535
}

/** What the server's refusal or the network's failure means for this mail. RFC 5321 §4.2.1: 4xx may succeed later, 5xx will not. */
export function explainFailure(error: unknown, envelope: Pick<Envelope, 'from' | 'to'>, server: string): SendOutcome {
  const { code = 'ESEND', responseCode: status, response, command } = smtpFacts(error)
  const said = response === undefined ? '' : ` It said: ${response.replace(/\s+/g, ' ').slice(0, 300)}`
  const at = `${server} (SMTP_URL)`

  if (code === 'EAUTH' || status === 530 || status === 535) {
    return {
      kind: 'later',
      code: `${code} ${status ?? ''}`.trim(),
      reason: `The mail server ${at} refused our user or password. Correct SMTP_URL; the mail is kept and tried again.${said}`,
    }
  }
  if (status !== undefined && status >= 500) {
    const wrongAddress =
      command === 'RCPT TO' &&
      judgeBounce({ status: /\b5\.\d{1,3}\.\d{1,3}\b/.exec(response ?? '')?.[0] ?? '', diagnostic: response ?? '' }).kind === 'permanent'
    return { kind: 'never', code: String(status), reason: `${refusedWhat(command, envelope, at)}${said}`, wrongAddress }
  }
  if (status !== undefined) {
    return { kind: 'later', code: String(status), reason: `The mail server ${at} asks to try later.${said}` }
  }
  if (code === 'EENVELOPE')
    return {
      kind: 'never',
      code,
      reason: `The address ${envelope.to} cannot be written to by ${at}. Check the address.`,
      wrongAddress: false,
    }
  if (code === 'EDNS' || code === 'ENOTFOUND') return { kind: 'later', code, reason: `The mail server ${at} cannot be found by its name.` }
  if (code === 'ETLS' || code === 'ESOCKET' || code === 'ECONNECTION' || code === 'ECONNREFUSED' || code === 'ETIMEDOUT') {
    return { kind: 'later', code, reason: `The mail server ${at} cannot be reached.` }
  }
  return { kind: 'later', code, reason: `The mail could not be handed to ${at}.` }
}

function refusedWhat(command: string | undefined, envelope: Pick<Envelope, 'from' | 'to'>, at: string): string {
  if (command === 'RCPT TO') return `The mail server ${at} does not take mail for ${envelope.to}. Check the address.`
  if (command === 'MAIL FROM') return `The mail server ${at} does not let us send as ${domainOf(envelope.from)}. Check MAIL_FROM.`
  return `The mail server ${at} refused this mail.`
}

type SmtpFacts = { readonly code?: string; readonly responseCode?: number; readonly response?: string; readonly command?: string }

function smtpFacts(error: unknown): SmtpFacts {
  if (!(error instanceof Error)) return {}
  const { code, responseCode, response, command } = error as { readonly [Fact in keyof SmtpFacts]?: unknown }
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof responseCode === 'number' ? { responseCode } : {}),
    ...(typeof response === 'string' ? { response } : {}),
    ...(typeof command === 'string' ? { command } : {}),
  }
}
