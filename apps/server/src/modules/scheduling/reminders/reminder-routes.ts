import type { reminderRoutes } from '@frontdesk/contract'
import type { Handlers } from '../../../platform/http/index.ts'
import { schedulingPolicy as policy } from '../scheduling.policy.ts'
import { listReminderRules, remindersOf } from './read-reminders.ts'
import { presentRule } from './read-rules.ts'
import { previewReminder, testReminder } from './try-reminder.ts'
import { addReminderRule, changeReminderRule, removeReminderRule } from './write-rule.ts'

const manage = { policy, may: 'services.manage' } as const

/** What members and API keys do with reminders. */
export const reminderHandlers: Handlers<typeof reminderRoutes> = {
  'GET /reminder-rules': { policy, may: 'services.read', run: ({ tx, by }) => listReminderRules(tx, by) },
  'POST /reminder-rules': { ...manage, run: async ({ tx, by, body }) => presentRule(await addReminderRule(tx, by, body)) },
  'POST /reminder-rules/preview': { ...manage, run: async ({ tx, by, body }) => ({ items: await previewReminder(tx, by, body) }) },
  'POST /reminder-rules/test': { ...manage, run: ({ tx, by, body }) => testReminder(tx, by, body) },
  'PUT /reminder-rules/{ruleId}': {
    ...manage,
    run: async ({ tx, by, params, body, version }) => presentRule(await changeReminderRule(tx, by, { ...body, ...params, version })),
  },
  'DELETE /reminder-rules/{ruleId}': {
    ...manage,
    run: async ({ tx, by, params }) => void (await removeReminderRule(tx, by, params.ruleId)),
  },
  'GET /bookings/{bookingId}/reminders': {
    policy,
    may: 'bookings.read',
    run: async ({ tx, by, params }) => ({ items: await remindersOf(tx, by, params.bookingId) }),
  },
}
