import type { ContactId, EventType } from '@frontdesk/contract'
import { sql } from 'kysely'
import { z } from 'zod'
import type { WorkspaceTx } from '../../../platform/database/index.ts'
import { type Subscriber, subscribe } from '../../../platform/events/index.ts'
import { defineJob, defineSchedule, enqueue, type Job, type Schedule } from '../../../platform/jobs/index.ts'
import { lookAtStanding } from './look-at-standing.ts'

const AT_ONCE = 500

/** Looks at everybody of whom no answer counts any more, some hundred at a time. */
export const lookAtEverybodyJob: Job<Record<string, never>> = defineJob({
  name: 'privacy.look-at-standing',
  payload: z.strictObject({}),
  fields: {},
  timeoutSeconds: 4 * 3600,
  concurrency: 1,
  run: async ({ inWorkspace, signal }) => {
    let after: ContactId | undefined
    do {
      signal.throwIfAborted()
      const from = after
      after = await inWorkspace(async (tx) => {
        const ids = await unanswered(tx, from)
        await lookAtStanding(tx, ids)
        return ids.length < AT_ONCE ? undefined : ids.at(-1)
      })
    } while (after !== undefined)
  },
})

/** In the small hours: what ran out, and what was missed. */
export const standingSchedule: Schedule = defineSchedule({
  name: 'privacy.standing-answers',
  cron: '41 2 * * *',
  zone: 'UTC',
  job: lookAtEverybodyJob,
})

async function unanswered(tx: WorkspaceTx, after: ContactId | undefined): Promise<ContactId[]> {
  const { rows } = await sql<{ id: ContactId }>`
    select c.id from contact c
    where c.workspace_id = ${tx.workspaceId} and c.merged_into is null${after === undefined ? sql`` : sql` and c.id > ${after}::uuid`}
      and not exists (select from standing_answer s where s.workspace_id = c.workspace_id and s.id = c.id and s.holds_until > ${tx.now})
    order by c.id limit ${AT_ONCE}`.execute(tx.db)
  return rows.map(({ id }) => id)
}

/** Answers given under other rules count no more. */
async function forgetAll(tx: WorkspaceTx): Promise<void> {
  await tx.db.deleteFrom('standing_answer').where('workspace_id', '=', tx.workspaceId).execute()
  await enqueue(tx, lookAtEverybodyJob, {}, { singletonKey: 'all' })
}

const name = 'privacy.standing-after'

const ofOne = (
  event: Extract<
    EventType,
    `contact.${string}` | `consent.${string}` | `preference.${string}` | `booking.${string}` | 'message.received' | 'delivery.bounced'
  >,
): Subscriber =>
  subscribe(event, {
    name: `${name}-${event.replace(/[._]/g, '-')}`,
    run: async (context, { payload }) =>
      void (await context.inWorkspace((tx) => lookAtStanding(tx, [(payload as { contactId: ContactId }).contactId]))),
  })

const ofMany = (
  event: 'contacts.changed' | 'contact_policy.changed' | 'registry.loaded',
  work: (tx: WorkspaceTx) => Promise<void>,
): Subscriber =>
  subscribe(event, { name: `${name}-${event.replace(/[._]/g, '-')}`, run: async (context) => void (await context.inWorkspace(work)) })

const ofSuppression = (event: 'suppression.added' | 'suppression.lifted'): Subscriber =>
  subscribe(event, {
    name: `${name}-${event.replace('.', '-')}`,
    run: async (context, { payload }) =>
      void (await context.inWorkspace(async (tx) => {
        const row = await tx.db
          .selectFrom('suppression')
          .select('contact_id')
          .where('workspace_id', '=', tx.workspaceId)
          .where('id', '=', payload.suppressionId)
          .executeTakeFirst()
        if (row?.contact_id) await lookAtStanding(tx, [row.contact_id])
      })),
  })

/** Whoever something was said about is looked at again. */
export const standingSubscribers: readonly Subscriber[] = [
  ofOne('contact.created'),
  ofOne('contact.changed'),
  ofOne('contact.merged'),
  ofOne('contact.unmerged'),
  ofOne('contact.restricted'),
  ofOne('contact.restriction_lifted'),
  ofOne('consent.given'),
  ofOne('consent.withdrawn'),
  ofOne('preference.changed'),
  ofOne('delivery.bounced'),
  // Each of these starts a clock of the relationship.
  ofOne('booking.confirmed'),
  ofOne('booking.attended'),
  ofOne('message.received'),
  ofSuppression('suppression.added'),
  ofSuppression('suppression.lifted'),
  ofMany('contacts.changed', (tx) => enqueue(tx, lookAtEverybodyJob, {}, { singletonKey: 'all' }).then(() => undefined)),
  ofMany('contact_policy.changed', forgetAll),
  ofMany('registry.loaded', forgetAll),
]
