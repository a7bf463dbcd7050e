import type { Subscriber } from '../../../platform/events/index.ts'
import { subjectSources } from '../../privacy/index.ts'
import { firstReminder } from './first-reminder.ts'
import { followBookings } from './follow-bookings.ts'
import { planRuleJob } from './plan-rule.ts'
import { remindByMail } from './remind-by-mail.ts'
import { reminderChannels } from './reminder-channels.ts'
import { reminderSubjects } from './reminder-subjects.ts'
import { sendReminderJob } from './send-reminder.ts'
import { readAnswers } from './take-answer.ts'

export { reminderInventory } from './reminder.tables.ts'
export { reminderHandlers } from './reminder-routes.ts'

/** Fills what the gate asks about follow-ups, and the way reminders go until other rooms bring more. */
export function provideReminderPorts(): void {
  subjectSources.provide('scheduling.reminders', reminderSubjects)
  reminderChannels.provide('scheduling', remindByMail)
}

export const reminderJobs = [sendReminderJob, planRuleJob]
export const reminderSubscribers: readonly Subscriber[] = [firstReminder, ...followBookings, readAnswers]
