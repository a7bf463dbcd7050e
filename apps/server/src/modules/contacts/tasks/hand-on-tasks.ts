import type { ContactId, MemberId, TaskId } from '@frontdesk/contract'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { emit, type Subscriber, subscribe } from '../../../platform/events/index.ts'
import { type Colleague, whoSees } from './member-sees.ts'
import { loadTask } from './read-tasks.ts'
import { mailTask } from './remind-of-task.ts'

const AT_ONCE = 100

/** What a member who leaves had still to do is handed on, so that it is neither forgotten nor waits for somebody who is gone. */
export const handOnTasks: Subscriber = subscribe('member.left', {
  name: 'contacts.hand-on-tasks',
  run: async ({ inWorkspace }, { payload }) => {
    while ((await inWorkspace((tx) => handOn(tx, payload.memberId as MemberId))) === AT_ONCE);
  },
})

/** Gives some open tasks of a member to whoever looks after the contact, who is told; where that is nobody else who works here, to nobody: then they stand in everybody's list. Answers how many. */
async function handOn(tx: WorkspaceTx, leaver: MemberId): Promise<number> {
  const tasks = await tx.db
    .selectFrom('task')
    .innerJoin('contact', (join) =>
      join.onRef('contact.workspace_id', '=', 'task.workspace_id').onRef('contact.id', '=', 'task.contact_id'),
    )
    .select(['task.id', 'task.contact_id', 'contact.owner_member_id'])
    .where('task.workspace_id', '=', tx.workspaceId)
    .where('task.member_id', '=', leaver)
    .where('task.done_at', 'is', null)
    .where('task.removed_at', 'is', null)
    .orderBy('task.id')
    .limit(AT_ONCE)
    .forUpdate('task')
    .execute()
  for (const { id, contact_id, owner_member_id } of tasks) {
    const successor = await successorOf(tx, contact_id, owner_member_id === leaver ? null : owner_member_id)
    await tx.db
      .updateTable('task')
      .set((set) => ({ member_id: successor?.id ?? null, version: set('version', '+', 1), updated_at: tx.now }))
      .where('workspace_id', '=', tx.workspaceId)
      .where('id', '=', id)
      .execute()
    await emit(tx, 'task.changed', { taskId: id, contactId: contact_id })
    if (successor) await mailTask(tx, await loadHandedOn(tx, id), successor, 'given')
  }
  return tasks.length
}

const successorOf = async (tx: WorkspaceTx, contactId: ContactId, owner: MemberId | null): Promise<Colleague | undefined> =>
  owner === null ? undefined : (await whoSees(tx, contactId, [owner], 'tasks.write'))[0]

const loadHandedOn = (tx: WorkspaceTx, id: TaskId) =>
  loadTask(tx, { kind: 'system', workspaceId: tx.workspaceId, job: 'contacts.hand-on-tasks' }, id)
