import { setTimeout as delay } from 'node:timers/promises'
import { errorFields, type Log } from '../log/index.ts'
import { exportRequest, type TraceSource } from './otlp.ts'
import { recordSpans, type Span } from './spans.ts'

export type TracingSettings = {
  /** The collector, as in OTEL_EXPORTER_OTLP_ENDPOINT: `/v1/traces` is added. */
  readonly endpoint: string
  readonly source: TraceSource
  readonly log: Log
  /** Asked before each batch; where it says no, the spans are dropped. */
  readonly maySend?: () => Promise<boolean>
  /** Which part of the traces that begin here is recorded, from 0 to 1. */
  readonly ratio?: number
  readonly everyMs?: number
  /** The first wait before a batch is sent again. */
  readonly retryMs?: number
}

/** Spans that wait at most; more are dropped, because a collector that is away must not cost memory. */
const MOST_WAITING = 4096
const BATCH = 512
const EVERY_MS = 5000
const TIMEOUT_MS = 10_000
const TRIES = 4
/** "Retryable response codes" of the OTLP/HTTP specification. */
const RETRYABLE = new Set([429, 502, 503, 504])

/** Sends spans to a collector in batches until it is stopped; the stop sends what is left. */
export function startTracing(settings: TracingSettings): { stop(): Promise<void> } {
  const { endpoint, source, log, maySend, ratio = 1, everyMs = EVERY_MS, retryMs = 1000 } = settings
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  let waiting: Span[] = []
  let sending: Promise<void> = Promise.resolve()
  let stopped = false

  const stopRecording = recordSpans((span) => {
    if (waiting.length >= MOST_WAITING) return
    waiting.push(span)
    if (waiting.length >= BATCH) flush()
  }, ratio)

  function flush(): void {
    const spans = waiting
    waiting = []
    if (spans.length > 0) sending = sending.then(() => send(spans))
  }
  async function send(spans: readonly Span[]): Promise<void> {
    if (maySend && !(await maySend().catch(() => false))) return
    const body = JSON.stringify(exportRequest(source, spans))
    for (let attempt = 1; ; attempt++) {
      const wait = await post(body, retryMs * 2 ** (attempt - 1))
      if (wait === undefined) return
      if (attempt === TRIES || stopped) return log.warn('traces.dropped', { spans: spans.length })
      await delay(wait)
    }
  }
  /** Posts a batch. How long to wait before it is sent again, or undefined when that is not needed or of no use. */
  async function post(body: string, usualWaitMs: number): Promise<number | undefined> {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
      })
      await answer.arrayBuffer()
      if (answer.ok) return undefined
      if (RETRYABLE.has(answer.status)) return Number(answer.headers.get('retry-after') ?? 0) * 1000 || usualWaitMs
      log.warn('traces.refused', { status: answer.status })
      return undefined
    } catch (error) {
      log.warn('traces.refused', { code: errorFields(error).code ?? errorFields(error).name })
      return usualWaitMs
    }
  }

  const timer = setInterval(flush, everyMs)
  timer.unref()
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      stopRecording()
      flush()
      await Promise.race([sending, delay(2000, undefined, { ref: false })])
    },
  }
}
