import type { Span, SpanAttributes, SpanKind } from './spans.ts'

/** Who sends: the resource of all its spans. */
export type TraceSource = { readonly service: string; readonly version: string; readonly role: string }

const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 }
const STATUS_ERROR = 2
const FLAG_SAMPLED = 1

/**
 * The body of `POST /v1/traces`: an ExportTraceServiceRequest of OTLP 1.x in its JSON encoding. Ids are hexadecimal, 64-bit integers are decimal strings, enums are
 * numbers, keys are lowerCamelCase (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding").
 */
export const exportRequest = (source: TraceSource, spans: readonly Span[]): unknown => ({
  resourceSpans: [
    {
      resource: {
        attributes: [
          attribute('service.name', source.service),
          attribute('service.version', source.version),
          attribute('frontdesk.role', source.role),
        ],
      },
      scopeSpans: [{ scope: { name: 'frontdesk', version: source.version }, spans: spans.map(spanOf) }],
    },
  ],
})

const spanOf = (span: Span) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parentSpanId === undefined ? {} : { parentSpanId: span.parentSpanId }),
  flags: FLAG_SAMPLED,
  name: span.name,
  kind: KINDS[span.kind],
  startTimeUnixNano: String(span.start),
  endTimeUnixNano: String(span.end),
  attributes: Object.entries(span.attributes satisfies SpanAttributes).map(([key, value]) => attribute(key, value)),
  status: span.failed ? { code: STATUS_ERROR } : {},
})

const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
})
