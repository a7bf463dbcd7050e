import type { Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { type ContactsKey, hasContactsWord } from './words.ts'

/** The words of an event by the key the server stored. */
export type EventKey = Extract<ContactsKey, `event/${string}`>

const looks: Readonly<Record<EventKey, { readonly icon: IconName; readonly tone?: Tone }>> = {
  'event/contact_created': { icon: 'user' },
  'event/contact_created_by': { icon: 'user' },
  'event/contact_changed': { icon: 'edit' },
  'event/contact_archived': { icon: 'archive' },
  'event/contact_restored': { icon: 'undo' },
  'event/contact_merged': { icon: 'users' },
  'event/contact_unmerged': { icon: 'undo' },
  'event/contact_listed': { icon: 'users' },
  'event/contact_unlisted': { icon: 'users' },
  'event/note_added': { icon: 'edit' },
  'event/note_changed': { icon: 'edit' },
  'event/note_removed': { icon: 'trash' },
  'event/note_restored': { icon: 'undo' },
  'event/booking.confirmed': { icon: 'calendar', tone: 'ok' },
  'event/booking.rescheduled': { icon: 'calendar', tone: 'accent' },
  'event/booking.cancelled': { icon: 'close', tone: 'no' },
  'event/booking.restored': { icon: 'undo' },
  'event/booking.attended': { icon: 'check', tone: 'ok' },
  'event/booking.missed': { icon: 'ban', tone: 'no' },
  'event/booking.held': { icon: 'clock', tone: 'wait' },
  'event/hold.expired': { icon: 'clock' },
  'event/form_submitted': { icon: 'text', tone: 'accent' },
  'event/form_added': { icon: 'text', tone: 'accent' },
  'event/lead_created': { icon: 'flag', tone: 'accent' },
  'event/lead_moved': { icon: 'arrowRight' },
  'event/lead_won': { icon: 'check', tone: 'ok' },
  'event/lead_lost': { icon: 'ban' },
  'event/lead_reopened': { icon: 'undo' },
  'event/lead_removed': { icon: 'trash' },
  'event/lead_assigned': { icon: 'user' },
  'event/message_received': { icon: 'mail', tone: 'accent' },
  'event/message_received_automatic': { icon: 'mail' },
  'event/message_queued': { icon: 'send' },
  'event/message_refused': { icon: 'ban', tone: 'wait' },
  'event/message_failed': { icon: 'alert', tone: 'no' },
  'event/delivery_bounced': { icon: 'alert', tone: 'no' },
  'event/conversation_open': { icon: 'inbox' },
  'event/conversation_waiting': { icon: 'clock' },
  'event/conversation_snoozed': { icon: 'clock' },
  'event/conversation_resolved': { icon: 'check', tone: 'ok' },
  'event/suppression_added': { icon: 'ban', tone: 'no' },
  'event/suppression_lifted': { icon: 'undo' },
  'event/consent_given': { icon: 'check', tone: 'ok' },
  'event/consent_withdrawn': { icon: 'undo' },
  'event/contact_restricted': { icon: 'ban', tone: 'wait' },
  'event/contact_restriction_lifted': { icon: 'undo' },
  'event/contact_export_requested': { icon: 'download' },
  'event/contact_rectified': { icon: 'edit' },
  'event/preferences_changed': { icon: 'info' },
  'event/consent_invited': { icon: 'mail' },
  'event/call_missed': { icon: 'phone', tone: 'wait' },
  'event/callback_asked': { icon: 'phone', tone: 'wait' },
  'event/inquiry_forgotten': { icon: 'undo' },
  'event/request_received': { icon: 'mail' },
  'event/request_acknowledged': { icon: 'check' },
  'event/request_verifying': { icon: 'key' },
  'event/request_in_progress': { icon: 'clock' },
  'event/request_extended': { icon: 'clock' },
  'event/request_answered': { icon: 'send' },
  'event/request_refused': { icon: 'ban' },
  'event/request_appealed': { icon: 'undo' },
  'event/request_closed': { icon: 'check' },
  'event/sensitive_value_recorded': { icon: 'lock' },
  'event/sensitive_value_removed': { icon: 'trash' },
  'event/number_masked_card': { icon: 'shield', tone: 'wait' },
  'event/number_masked_ssn': { icon: 'shield', tone: 'wait' },
  'event/number_masked_sin': { icon: 'shield', tone: 'wait' },
  'event/other': { icon: 'info' },
}

/** The words of a stored event; what has none of its own is named by its kind, so that nothing is hidden. */
export function eventKey(stored: string): EventKey {
  const key = `event/${stored}`
  return isEvent(key) ? key : 'event/other'
}

/** The mark of an event on the timeline. */
export const eventLook = (stored: string): { readonly icon: IconName; readonly tone?: Tone } => looks[eventKey(stored)]

const isEvent = (key: string): key is EventKey => key.startsWith('event/') && hasContactsWord(key)
