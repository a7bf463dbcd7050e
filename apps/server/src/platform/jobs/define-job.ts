import type { Principal, WorkspaceId } from '@frontdesk/contract'
import type { z } from 'zod'
import type { Database, WorkspaceTx } from '../database/index.ts'
import type { FieldInventory } from '../inventory/index.ts'
import type { Log } from '../log/index.ts'

/** What a running job is given. It is bound to the workspace that enqueued it. */
export type JobContext = {
  readonly workspaceId: WorkspaceId
  /** The system principal of this job, for policies, audit and timeline. */
  readonly by: Principal
  readonly database: Database
  readonly log: Log
  readonly jobId: string
  /** 1 for the first try. */
  readonly attempt: number
  /** No further try follows this one by itself. */
  readonly lastAttempt: boolean
  /** Aborted when the time is up, when the server stops, or when another worker took the job over. */
  readonly signal: AbortSignal
  /** More than half of the time of this try is over: whoever works through something of any length hands what is left on to a job of its own. */
  readonly halfTimeOver: () => boolean
  /** One transaction bound to the workspace. */
  inWorkspace<T>(work: (tx: WorkspaceTx) => Promise<T>): Promise<T>
}

/** How often a job is tried again and how long it waits before that. */
export type Retries = {
  /** Tries after the first one; 0 never repeats. */
  readonly limit: number
  /** Wait before the first repetition. */
  readonly delaySeconds: number
  /** `exponential` doubles the wait each time, with jitter, up to an hour. */
  readonly backoff: 'exponential' | 'fixed'
}

/** One kind of work that happens after a commit. `Job` without a parameter is any of them. */
export type Job<Payload = never> = {
  readonly name: string
  readonly payload: z.ZodObject
  readonly fields: FieldInventory
  readonly retries: Retries
  /** How long one try may take; its signal is aborted then and the try has failed. */
  readonly timeoutSeconds: number
  /** How many run at once in one worker process. */
  readonly concurrency: number
  /** Serves the business alone: what of it is due while the workspace is closed is cancelled. */
  readonly endsWithClosing: boolean
  readonly run: (context: JobContext, payload: Payload) => Promise<void>
}

/** A job's description. `payload` is a strict object of ids and states, each declared in `fields`; never free text. */
export type JobDescription<Schema extends z.ZodObject> = {
  /** `room.verb-noun`, as in `mail.send`. */
  readonly name: string
  readonly payload: Schema
  readonly fields: FieldInventory<z.output<Schema>>
  readonly retries?: Retries
  readonly timeoutSeconds?: number
  readonly concurrency?: number
  readonly endsWithClosing?: boolean
  readonly run: (context: JobContext, payload: z.output<Schema>) => Promise<void>
}

const usualRetries: Retries = { limit: 6, delaySeconds: 2, backoff: 'exponential' }
const JOB_NAME = /^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_-]*)+$/

/** Describes a job. Throws when its name cannot be a queue's, or when a field of its payload is not declared. */
export function defineJob<Schema extends z.ZodObject>(job: JobDescription<Schema>): Job<z.output<Schema>> {
  if (!JOB_NAME.test(job.name) || job.name.length > 100)
    throw new TypeError(`A job is named like mail.send, at most 100 characters: ${job.name}`)
  const undeclared = [...new Set(Object.keys(job.payload.shape)).symmetricDifference(new Set(Object.keys(job.fields)))]
  if (undeclared.length > 0) throw new TypeError(`The job ${job.name} declares other fields than it carries: ${undeclared.join(', ')}.`)
  return {
    name: job.name,
    payload: job.payload,
    fields: job.fields,
    retries: job.retries ?? usualRetries,
    timeoutSeconds: job.timeoutSeconds ?? 60,
    concurrency: job.concurrency ?? 4,
    endsWithClosing: job.endsWithClosing ?? false,
    run: job.run,
  }
}
