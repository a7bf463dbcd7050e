import type { Principal } from '@frontdesk/contract'
import { subscribe } from '../../../platform/events/index.ts'
import { addReminderRule } from './write-rule.ts'

/** A new business reminds its customers the day before, by mail. It can be changed and switched off like any other; businesses that were there before get none they did not ask for. */
export const firstReminder = subscribe('workspace.created', {
  name: 'scheduling.first-reminder',
  run: async (context) => {
    await context.inWorkspace(async (tx) => {
      const by: Principal = { kind: 'system', workspaceId: tx.workspaceId, job: 'scheduling.first-reminder' }
      await addReminderRule(tx, by, {
        moment: 'before',
        amount: 1,
        unit: 'days',
        channel: 'email',
        serviceIds: null,
        active: true,
        texts: [],
      })
    })
  },
})
