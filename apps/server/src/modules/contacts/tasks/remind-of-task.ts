import type { Task, TaskId } from '@frontdesk/contract'
import { formats, translator } from '@frontdesk/i18n'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit } from '../../../platform/events/index.ts'
import { reference } from '../../../platform/inventory/index.ts'
import { defineJob, type Job } from '../../../platform/jobs/index.ts'
import { mailMember } from '../../../platform/mail/index.ts'
import { workspaceFacts } from '../../accounts/index.ts'
import { contactSurroundings } from '../surroundings.ts'
import { type Colleague, whoSees } from './member-sees.ts'
import { loadTask } from './read-tasks.ts'
import { taskWords } from './task.words.ts'

const taskId = z.uuid().transform((id) => id as TaskId)

/** Looks, once the moment has come, whether somebody still has to be reminded of a task. */
export const remindOfTask: Job<{ taskId: TaskId }> = defineJob({
  name: 'contacts.remind-of-task',
  endsWithClosing: true,
  payload: z.strictObject({ taskId }),
  fields: { taskId: reference('contact', 'detach') },
  run: async (context, payload) => {
    await context.inWorkspace((tx) => remind(tx, payload.taskId))
  },
})

/**
 * Reminds whoever has to do it, once: by mail, and in the desk. Not where it is done, taken away, given to nobody, or moved to another moment, which has a job of its own; nor somebody
 * who does not see the contact any more.
 */
async function remind(tx: WorkspaceTx, id: TaskId): Promise<void> {
  const due = await tx.db
    .updateTable('task')
    .set({ reminded_at: tx.now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', id)
    .where('remind_at', '<=', tx.now)
    .where('reminded_at', 'is', null)
    .where('done_at', 'is', null)
    .where('removed_at', 'is', null)
    .where('member_id', 'is not', null)
    .returning(['contact_id', 'member_id'])
    .executeTakeFirst()
  if (!due || due.member_id === null) return
  await emit(tx, 'task.reminded', { taskId: id, contactId: due.contact_id })
  const [member] = await whoSees(tx, due.contact_id, [due.member_id], 'tasks.write')
  if (!member) return
  await mailTask(tx, await loadTask(tx, { kind: 'system', workspaceId: tx.workspaceId, job: 'contacts.remind-of-task' }, id), member, 'due')
}

/** Writes to a member about a task of hers: that it is due, or that somebody gave it to her. In the language and on the clock of the business. */
export async function mailTask(tx: WorkspaceTx, task: Task, member: Colleague, why: 'due' | 'given'): Promise<void> {
  const business = await workspaceFacts(tx)
  const t = translator(taskWords, business.locale)
  const as = formats(business.locale, business.zone)
  const when = task.dueAt ? as.weekdayDateTime(task.dueAt) : task.dueOn ? as.plainDate(task.dueOn, 'weekday') : null
  const facts = { task: task.text, name: task.contact.name }
  await mailMember(tx, {
    memberId: member.id,
    news: 'tasks_mine',
    aboutContactId: task.contact.id,
    to: { name: member.name, address: member.email },
    subject: t(`${why}Subject`, facts),
    text: [
      t(why, facts),
      task.text,
      when === null ? t('noDay') : t('until', { when }),
      `${t('open', facts)}\n${contactSurroundings.get().publicUrl()}/w/${business.slug}/contacts/${task.contact.id}?tab=tasks`,
    ].join('\n\n'),
    automatic: true,
  })
}
