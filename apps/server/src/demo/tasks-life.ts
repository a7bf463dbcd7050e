import type { Principal } from '@frontdesk/contract'
import { CreateTaskBody } from '@frontdesk/contract'
import { createTask } from '../modules/contacts/index.ts'
import type { WorkspaceTx } from '../platform/database/index.ts'
import { lastSeen } from './last-seen.ts'

type Plan = {
  readonly text: string
  /** From today; left out: whenever somebody comes to it. */
  readonly inDays?: number
  readonly remindMinutes?: number
}

/** What a desk writes down between two calls. */
const plans: readonly Plan[] = [
  { text: 'Call about the estimate', inDays: -1 },
  { text: 'Send the aftercare sheet', inDays: 0 },
  { text: 'Ask how the night guard fits', inDays: 0 },
  { text: 'Book the second visit', inDays: 3, remindMinutes: 0 },
  { text: 'Check whether the insurer answered', inDays: 6, remindMinutes: 1440 },
  { text: 'Offer a check-up for the children' },
]

/** What the owner has to do for those she last had to do with. */
export async function planTasks(tx: WorkspaceTx, by: Extract<Principal, { kind: 'member' }>): Promise<void> {
  const today = tx.now.toZonedDateTimeISO('America/New_York').toPlainDate()
  const people = await lastSeen(tx, plans.length)
  for (const [at, { text, inDays, remindMinutes }] of plans.entries()) {
    const contactId = people[at]
    if (contactId === undefined) continue
    const dueOn = inDays === undefined ? undefined : today.add({ days: inDays }).toString()
    await createTask(tx, by, CreateTaskBody.parse({ contactId, text, dueOn, remindMinutes, memberId: by.memberId }))
  }
}
