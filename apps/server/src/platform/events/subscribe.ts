import { type EventType, events, type FrontdeskEvent } from '@frontdesk/contract'
import { z } from 'zod'
import type { WorkspaceTx } from '../database/index.ts'
import { system } from '../inventory/index.ts'
import { defineJob, type Job, type JobContext, type Retries } from '../jobs/index.ts'

/** What a subscriber is given. An event may be delivered more than once; the effects of `inWorkspace` happen once. */
export type SubscriberContext = Omit<JobContext, 'inWorkspace'> & {
  /**
   * The one transaction of this subscriber's effects. It records (event, subscriber), so that a repeated delivery finds the record and does nothing; then undefined
   * comes back. Calling it a second time throws: effects outside the database belong in a job that it enqueues.
   */
  inWorkspace<T>(work: (tx: WorkspaceTx) => Promise<T>): Promise<T | undefined>
  /** A transaction that only reads, as often as needed. */
  read<T>(work: (tx: WorkspaceTx) => Promise<T>): Promise<T>
}

/** One room's wish to be told of an event. It runs as a job of its own: a failing subscriber is tried again without the others. */
export type Subscriber = {
  readonly name: string
  readonly event: EventType
  readonly job: Job<{ eventId: string; at: string; event: Record<string, unknown> }>
}

export type SubscriberDescription<Type extends EventType> = {
  /** `room.verb-noun`, unique among subscribers. */
  readonly name: string
  readonly retries?: Retries
  readonly concurrency?: number
  readonly timeoutSeconds?: number
  readonly run: (context: SubscriberContext, event: FrontdeskEvent<Type>) => Promise<void>
}

/** Subscribes to one type of event. */
export function subscribe<Type extends EventType>(type: Type, subscriber: SubscriberDescription<Type>): Subscriber {
  const { run, name, ...rest } = subscriber
  const job = defineJob({
    ...rest,
    name: `on.${name}`,
    payload: z.strictObject({ eventId: z.uuid(), at: z.iso.datetime(), event: z.record(z.string(), z.unknown()) }),
    fields: { eventId: system, at: system, event: system },
    run: async (context, { eventId, at, event }) => {
      const payload = events[type].parse(event)
      await run(onceFor(context, eventId, name), {
        id: eventId,
        type,
        workspaceId: context.workspaceId,
        at,
        payload,
      } as unknown as FrontdeskEvent<Type>)
    },
  })
  return { name, event: type, job }
}

function onceFor(context: JobContext, eventId: string, subscriber: string): SubscriberContext {
  let used = false
  return {
    ...context,
    read: (work) => context.database.inWorkspace(context.workspaceId, work, { readOnly: true }),
    inWorkspace(work) {
      if (used)
        throw new Error(`The subscriber ${subscriber} changes data twice. Its effects belong in one transaction; use read to look first.`)
      used = true
      return context.inWorkspace(async (tx) => {
        const recorded = await tx.db
          .insertInto('handled_event')
          .values({ workspace_id: tx.workspaceId, id: eventId, subscriber, handled_at: tx.now })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        return recorded.numInsertedOrUpdatedRows === 1n ? work(tx) : undefined
      })
    },
  }
}
