import { mailSettings } from '../../../platform/mail/index.ts'
import { sendEmail } from '../../conversations/index.ts'
import { bookAgainUrl, bookingToken, managePath } from '../booking-link.ts'
import { changeableUntil } from '../change-deadline.rules.ts'
import { surroundings } from '../surroundings.ts'
import { composeReminder } from './compose-reminder.ts'
import type { ReminderChannel } from './reminder-channels.ts'

/** Reminders by mail, in the conversation of the appointment. A question after a visit hangs on itself: it is no news about her own booking, and stricter rules bind it. */
export const remindByMail: ReminderChannel = {
  channel: 'email',
  isSetUp: async () => surroundings.get().mailLeaves(),
  async send(tx, by, { reminder, facts, texts }) {
    if (facts.email === null) return { kind: 'no_address' }
    const { booking, service } = facts
    const origin = surroundings.get().publicUrl()
    const mail = composeReminder({
      moment: reminder.moment,
      facts,
      texts,
      manageUrl: `${origin}${managePath(bookingToken(tx.keys, tx.workspaceId, booking, tx.now))}`,
      bookAgainUrl: bookAgainUrl(origin, facts),
      changeableUntil: changeableUntil(service, booking, tx.now),
      answersArrive: mailSettings.get().replies !== undefined,
    })
    const sent = await sendEmail(tx, by, {
      contactId: booking.contact_id,
      pointId: facts.email.pointId,
      about: reminder.moment === 'before' ? { type: 'booking', id: booking.id } : { type: 'survey', id: reminder.id },
      threadId: reminder.moment === 'before' ? booking.thread_id : reminder.id,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      fromName: facts.business.name,
    })
    return { kind: sent.sent ? 'sent' : 'refused', messageId: sent.messageId }
  },
}
