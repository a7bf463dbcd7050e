import type { Principal, WorkspaceId } from '@frontdesk/contract'
import { sql } from 'kysely'
import type { Database, WorkspaceTx } from '../database/index.ts'
import { Refusal } from '../errors/index.ts'
import { type Log, withLogContext } from '../log/index.ts'
import { withSpan } from '../traces/index.ts'
import type { Job, JobContext } from './define-job.ts'
import type { TakenJob } from './job-rows.ts'

/** The time a try may take is over. */
export class JobTimedOut extends Error {
  readonly code = 'job_timed_out'
  constructor(seconds: number) {
    super(`The job did not finish within ${seconds} seconds.`)
    this.name = 'JobTimedOut'
  }
}

const GRACE_MS = 5000

/** Runs one try: bound to its workspace, with a payload checked once more. Throws what the handler throws, or `JobTimedOut`. */
export async function runJob(
  job: Job,
  taken: TakenJob,
  deps: { readonly database: Database; readonly log: Log },
  stop: AbortController,
): Promise<void> {
  const { database, log } = deps
  const workspaceId = taken.data.workspaceId as WorkspaceId
  const began = performance.now()
  const by: Principal = { kind: 'system', workspaceId, job: job.name }
  const context: JobContext = {
    workspaceId,
    by,
    database,
    log,
    jobId: taken.id,
    attempt: taken.retryCount + 1,
    lastAttempt: taken.retryCount >= taken.retryLimit,
    signal: stop.signal,
    halfTimeOver: () => performance.now() - began > job.timeoutSeconds * 500,
    inWorkspace: (work) => database.inWorkspace(workspaceId, work),
  }
  const payload = job.payload.parse(taken.data.payload)
  if (job.endsWithClosing && (await context.inWorkspace(isClosing))) return log.info('job.cancelled', { queue: job.name, jobId: taken.id })
  const timer = setTimeout(() => stop.abort(new JobTimedOut(job.timeoutSeconds)), job.timeoutSeconds * 1000)
  try {
    await withLogContext({ workspaceId, job: taken.id }, () =>
      withSpan(spanOf(taken), () => orAborted(job.run(context, payload as never), stop.signal)),
    )
  } finally {
    clearTimeout(timer)
  }
}

/** Whether nothing is done for the business any more. A workspace that is gone needs nothing either. */
async function isClosing(tx: WorkspaceTx): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`select closes_at is null as open from workspace where id = ${tx.workspaceId}`.execute(tx.db)
  return rows[0]?.open !== true
}

const spanOf = ({ name, id, data, retryCount }: TakenJob) => ({
  name,
  kind: 'consumer' as const,
  parent: data.trace,
  attributes: {
    'messaging.system': 'frontdesk' as const,
    'messaging.operation.type': 'process' as const,
    'messaging.destination.name': name,
    'messaging.message.id': id,
    'frontdesk.job.attempt': retryCount + 1,
  },
})

/** Waits for the work; once the signal is aborted only a moment longer, in which the handler can end well. */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let listener: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    listener = () => {
      timer = setTimeout(() => reject(signal.reason), GRACE_MS)
    }
    signal.addEventListener('abort', listener, { once: true })
  })
  try {
    await Promise.race([work, aborted])
  } finally {
    clearTimeout(timer)
    if (listener) signal.removeEventListener('abort', listener)
  }
}

/** What of an error is kept with the job: a refusal's type, or name and code. Never its message, which may quote people's data. */
export function errorSummary(error: unknown): string {
  if (error instanceof Refusal) return error.type
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && /^[\w.:/-]{1,60}$/.test(String(error.code)) ? ` ${error.code}` : ''
  return `${error.name.slice(0, 60)}${code}`
}
