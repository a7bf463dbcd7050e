import type { Email } from 'postal-mime'

/** What a delivery status notification says about one recipient (RFC 3464 §2.3). */
export type DeliveryReport = {
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'
  /** `5.1.1`; empty where the notification gives none. */
  readonly status: string
  readonly diagnostic: string
}

/** A mail that came back, and whether its address is worth another try. */
export type Bounce = { readonly kind: 'permanent' | 'temporary'; readonly status: string; readonly said: string }

/** Reads the delivery status part of a notification. Empty for any other mail. */
export function readDeliveryReports(mail: Email): readonly DeliveryReport[] {
  const part = mail.attachments.find(
    ({ mimeType }) => mimeType === 'message/delivery-status' || mimeType === 'message/global-delivery-status',
  )
  if (!part) return []
  const text = typeof part.content === 'string' ? part.content : new TextDecoder('utf-8').decode(part.content)
  return text
    .replace(/\r\n/g, '\n')
    .split(/\n\s*\n/)
    .map(readFields)
    .flatMap((fields) => {
      const action = fields.get('action')?.toLowerCase().trim()
      if (!isAction(action)) return []
      const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? ''
      return [{ action, status, diagnostic: (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+;\s*/, '').trim() }]
    })
}

function readFields(block: string): Map<string, string> {
  const lines = block.replace(/\n[ \t]+/g, ' ').split('\n')
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(':')
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const] : []
    }),
  )
}

const actions: readonly string[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded']
const isAction = (text: string | undefined): text is DeliveryReport['action'] => text !== undefined && actions.includes(text)

/** Enhanced codes that mean the address itself is wrong (RFC 3463 §3.2, RFC 7505). A full mailbox, a spam filter or a size limit is not that. */
const WRONG_ADDRESS = /^5\.(1\.(0|1|2|3|6|10)|2\.1)$/
const SAYS_UNKNOWN =
  /user unknown|unknown user|no such (user|recipient|mailbox|address)|(mailbox|recipient|address|account|user) (not found|does not exist|unknown|unavailable|rejected)|does not exist|invalid (recipient|mailbox)|account (is )?disabled|domain not found|host (or domain name )?not found/i

/** Judges one failed delivery. Without a clear sign that the address is wrong it is worth another try. */
export function judgeBounce({ status, diagnostic }: Pick<DeliveryReport, 'status' | 'diagnostic'>): Bounce {
  // Half of all notifications carry x.0.0, which says nothing: then the server's own words count.
  const inWords = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic)?.[0] ?? ''
  const told = status === '' || /^[45]\.0\.0$/.test(status) ? inWords || status : status
  const isWrong =
    WRONG_ADDRESS.test(told) || (!told.startsWith('4') && (told === '' || /^5\.(0|1)\./.test(told)) && SAYS_UNKNOWN.test(diagnostic))
  return { kind: isWrong ? 'permanent' : 'temporary', status: told, said: diagnostic.replace(/\s+/g, ' ').slice(0, 300) }
}
