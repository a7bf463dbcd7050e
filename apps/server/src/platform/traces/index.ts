export { startTracing, type TracingSettings } from './exporter.ts'
export { currentTraceparent, recordQuery, type SpanAttributes, type SpanKind, withSpan } from './spans.ts'
export { readTraceparent, type TraceContext, writeTraceparent } from './traceparent.ts'
