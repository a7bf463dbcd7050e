import type { Delivery } from '@frontdesk/contract'
import type { MailState } from '../../platform/mail/index.ts'

/** How far each state is. Reports come late, twice and out of order: a message only ever moves to a higher one. */
const rank: Readonly<Record<Delivery, number>> = {
  queued: 0,
  permitted: 1,
  in_doubt: 2,
  failed: 3, // a mail that failed may still be tried again by a person
  sent: 4,
  delivered: 5,
  read: 6,
  bounced: 7,
  received: 8,
}

/** The later of two states. */
export const laterDelivery = (now: Delivery, reported: Delivery): Delivery => (rank[reported] > rank[now] ? reported : now)

/** What a mail's state means for its message. */
export function deliveryOfMail(state: MailState): Delivery {
  switch (state) {
    case 'queued':
    case 'sending':
    case 'not_configured':
      return 'permitted'
    case 'sent':
      return 'sent'
    case 'failed':
    case 'dropped':
      return 'failed'
    case 'bounced':
      return 'bounced'
  }
}
