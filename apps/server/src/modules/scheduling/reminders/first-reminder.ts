import type { Principal } from '@frontdesk/contract'
import { subscribe } from '../../../platform/events/index.ts'
import { addReminderRule } from './write-rule.ts'

/** A new business reminds its customers the day before, by mail. It can be changed and switched off like any other; businesses that were there before get none they did not ask for. */
export const firstReminder = subscribe('workspace.created', {
  name: 'scheduling.first-reminder',
  run: async (context) => {
    await context.inWorkspace(async (tx) => {
      // An event may come twice; two rules would remind everybody twice.
      const known = await tx.db.selectFrom('reminder_rule').select('id').where('workspace_id', '=', tx.workspaceId).executeTakeFirst()
      if (known) return
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
