import type { WorkspaceTx } from '../database/index.ts'
import { callOutside, OutboundRefused } from '../http/call-outside.ts'
import { enqueue, type Job, type JobContext } from '../jobs/index.ts'
import { type Claimed, claimDue } from './claim-due.ts'
import { type Answered, outcomeOf } from './outcome.rules.ts'
import { recordTry, type Tried } from './record-try.ts'
import { signedHeaders } from './signature.ts'
import { webhookSurroundings } from './surroundings.ts'

/** From the first look-up to the last byte of the answer. */
export const tryLimitMs = 15_000
/** A job begins nothing new after this long; another one goes on. */
const JOB_MS = 25_000
/** Who takes longer is served apart. */
const SLOW_MS = 3000
const ANSWER_CHARACTERS = 1000

type Lane = (endpoint: { readonly slow: boolean }) => Job<{ endpointId: string }>

/** Sends what is due to one endpoint, a few at once, until nothing is; then says when to look again. */
export async function deliverDue(context: JobContext, endpointId: string, laneOf: Lane): Promise<void> {
  const began = performance.now()
  while (performance.now() - began < JOB_MS && !context.signal.aborted) {
    const claimed = await context.inWorkspace((tx) => claimDue(tx, endpointId))
    if (claimed === 'held') return // switched off; or whoever looks for what was left lying comes by
    if (claimed === 'idle') return context.inWorkspace((tx) => comeBack(tx, endpointId, laneOf))
    await Promise.all(claimed.deliveries.map((delivery) => tryOnce(context, claimed, delivery)))
  }
  await context.inWorkspace((tx) => goOn(tx, endpointId, laneOf))
}

async function tryOnce(context: JobContext, claimed: Claimed, delivery: Claimed['deliveries'][number]): Promise<void> {
  const at = context.database.clock()
  const began = performance.now()
  const { answered, answer } = await call(claimed, delivery, at)
  const ms = Math.round(performance.now() - began)
  const tried: Tried = {
    endpointId: claimed.endpointId,
    deliveryId: delivery.id,
    number: delivery.number,
    at,
    ms,
    status: 'status' in answered ? answered.status : null,
    error: 'error' in answered ? answered.error : null,
    answer,
    slow: ms > SLOW_MS || !('status' in answered),
    outcome: outcomeOf(answered, delivery.failures, Math.random(), context.database.clock()),
  }
  await context.inWorkspace((tx) => recordTry(tx, context.by, tried))
}

async function call(
  { url, secrets }: Claimed,
  { eventId, body }: Claimed['deliveries'][number],
  at: Temporal.Instant,
): Promise<{ answered: Answered; answer: string | null }> {
  try {
    const {
      status,
      headers,
      body: answer,
    } = await callOutside(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signedHeaders(secrets, { id: eventId, at, body }) },
        body,
        timeout: tryLimitMs,
        mostBytes: ANSWER_CHARACTERS * 4,
      },
      webhookSurroundings.get(),
    )
    const retryAfter = headers['retry-after']
    return { answered: { status, retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined }, answer: beginningOf(answer) }
  } catch (error) {
    return { answered: { error: errorCode(error) }, answer: null }
  }
}

/** What can be kept of an answer: its beginning, without what no text can hold. */
const beginningOf = (answer: Buffer): string =>
  answer
    .toString()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is left out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .slice(0, ANSWER_CHARACTERS)
    .toWellFormed()

/** Why there was no answer, as a code. */
export function errorCode(error: unknown): string {
  if (error instanceof OutboundRefused) return error.reason === 'unknown_name' ? 'unknown_name' : 'address_refused'
  if (!(error instanceof Error)) return 'broken_off'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout'
  const code = 'code' in error ? String(error.code) : ''
  if (/^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|HOSTNAME)/.test(code)) return 'certificate'
  return /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL)$/.test(code) ? 'no_connection' : 'broken_off'
}

const openOne = (tx: WorkspaceTx, endpointId: string) =>
  tx.db
    .selectFrom('webhook_endpoint')
    .select(['slow', 'quiet_until'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('id', '=', endpointId)
    .where('state', '=', 'on')
    .executeTakeFirst()

/** Adds the job that goes on at once. */
async function goOn(tx: WorkspaceTx, endpointId: string, laneOf: Lane): Promise<void> {
  const endpoint = await openOne(tx, endpointId)
  if (endpoint) await enqueue(tx, laneOf(endpoint), { endpointId }, { singletonKey: endpointId })
}

/** Adds the job that looks again when something is due. What is due already and was not taken waits for a request that is under way. */
async function comeBack(tx: WorkspaceTx, endpointId: string, laneOf: Lane): Promise<void> {
  const endpoint = await openOne(tx, endpointId)
  if (!endpoint) return
  const due = await soonest(tx, endpointId, 'waiting', 'next_at')
  const moments = [due && later(due, endpoint.quiet_until), await soonest(tx, endpointId, 'sending', 'claimed_until')]
  const next = moments
    .filter((moment) => moment !== undefined)
    .filter((moment) => Temporal.Instant.compare(moment, tx.now) > 0)
    .sort(Temporal.Instant.compare)
    .at(0)
    ?.round({ smallestUnit: 'second', roundingMode: 'ceil' })
  if (next) await enqueue(tx, laneOf(endpoint), { endpointId }, { startAfter: next, singletonKey: `${endpointId}|${next}` })
}

const later = (a: Temporal.Instant, b: Temporal.Instant | null): Temporal.Instant => (b && Temporal.Instant.compare(b, a) > 0 ? b : a)

async function soonest(
  tx: WorkspaceTx,
  endpointId: string,
  state: 'waiting' | 'sending',
  column: 'next_at' | 'claimed_until',
): Promise<Temporal.Instant | undefined> {
  const found = await tx.db
    .selectFrom('webhook_delivery')
    .select(`${column} as moment`)
    .where('workspace_id', '=', tx.workspaceId)
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', state)
    .orderBy(column)
    .limit(1)
    .executeTakeFirst()
  return found?.moment ?? undefined
}
