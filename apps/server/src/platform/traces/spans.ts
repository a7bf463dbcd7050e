import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { errorFields } from '../log/index.ts'
import { readTraceparent, type TraceContext, writeTraceparent } from './traceparent.ts'

/** What a span may say, by the semantic conventions of OpenTelemetry: routes, methods, states and names of ours, never an address or a person. */
export type SpanAttributes = {
  readonly 'http.request.method'?: string
  readonly 'http.route'?: string
  readonly 'http.response.status_code'?: number
  readonly 'url.scheme'?: string
  readonly 'db.system.name'?: 'postgresql'
  readonly 'db.operation.name'?: string
  readonly 'messaging.system'?: 'frontdesk'
  readonly 'messaging.operation.type'?: 'process'
  readonly 'messaging.destination.name'?: string
  readonly 'messaging.message.id'?: string
  readonly 'frontdesk.job.attempt'?: number
  readonly 'error.type'?: string
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer'

/** A span that ended. Times are nanoseconds since 1970. */
export type Span = TraceContext & {
  readonly parentSpanId: string | undefined
  readonly name: string
  readonly kind: SpanKind
  readonly start: bigint
  readonly end: bigint
  readonly attributes: SpanAttributes
  readonly failed: boolean
}

/** Takes ended spans. */
export type SpanSink = (span: Span) => void

type Tracing = { readonly sink: SpanSink; readonly ratio: number }

let tracing: Tracing | undefined
const current = new AsyncLocalStorage<TraceContext>()

/** Turns tracing on for this process; the returned function turns it off. `ratio` of the traces that begin here are recorded. */
export function recordSpans(sink: SpanSink, ratio: number): () => void {
  const mine = { sink, ratio }
  tracing = mine
  return () => {
    if (tracing === mine) tracing = undefined
  }
}

export type SpanWish = {
  readonly name: string
  readonly kind: SpanKind
  readonly attributes?: SpanAttributes
  /** A `traceparent` from outside; otherwise the running span is the parent. */
  readonly parent?: string | undefined
}

/** Attributes that are known only at the end. */
export type SpanEnd<T> = { readonly done?: (result: T) => SpanAttributes; readonly failed?: (error: unknown) => SpanAttributes }

/** Runs `work` inside a span. Costs nothing while tracing is off. */
export async function withSpan<T>(wish: SpanWish, work: () => Promise<T>, end: SpanEnd<T> = {}): Promise<T> {
  const active = tracing
  if (!active) return work()
  const parent = readTraceparent(wish.parent) ?? (wish.parent === undefined ? current.getStore() : undefined)
  const own: TraceContext = {
    traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    sampled: parent?.sampled ?? Math.random() < active.ratio,
  }
  if (!own.sampled) return current.run(own, work)
  const start = nowNanoseconds()
  const record = (attributes: SpanAttributes, failed: boolean) =>
    active.sink({
      ...own,
      parentSpanId: parent?.spanId,
      name: wish.name,
      kind: wish.kind,
      start,
      end: nowNanoseconds(),
      attributes: { ...wish.attributes, ...attributes },
      failed,
    })
  try {
    const result = await current.run(own, work)
    record(end.done?.(result) ?? {}, false)
    return result
  } catch (error) {
    const attributes = { 'error.type': errorFields(error).name, ...end.failed?.(error) }
    record(attributes, (attributes['http.response.status_code'] ?? 500) >= 500) // what the caller did wrong is no failure of the server
    throw error
  }
}

/** Records something that just ended inside the running span, such as a query. */
export function recordEnded(name: string, kind: SpanKind, milliseconds: number, attributes: SpanAttributes, failed = false): void {
  const parent = current.getStore()
  if (!tracing || !parent?.sampled) return
  const end = nowNanoseconds()
  const { traceId } = parent
  tracing.sink({
    traceId,
    spanId: randomBytes(8).toString('hex'),
    sampled: true,
    parentSpanId: parent.spanId,
    name,
    kind,
    start: end - BigInt(Math.round(milliseconds * 1e6)),
    end,
    attributes,
    failed,
  })
}

/** Records one query, as Kysely tells of it. Only the kind of statement is kept: text may hold values. */
export function recordQuery(event: {
  readonly level: 'query' | 'error'
  readonly query: { readonly sql: string }
  readonly queryDurationMillis: number
}): void {
  if (!tracing) return
  const operation = (/^\s*(\w+)/.exec(event.query.sql)?.[1] ?? 'query').toUpperCase()
  recordEnded(
    operation,
    'client',
    event.queryDurationMillis,
    { 'db.system.name': 'postgresql', 'db.operation.name': operation },
    event.level === 'error',
  )
}

/** The running span, to be sent along with a job or a request; undefined while there is none. */
export function currentTraceparent(): string | undefined {
  const running = tracing && current.getStore()
  return running && writeTraceparent(running)
}

const nowNanoseconds = (): bigint => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6))
