import { type FieldInventory, system } from '../inventory/index.ts'

/**
 * Every line this server can write, by name, with its fields. Lines carry ids, states and numbers; nothing a person typed, no address, no secret. A field that is not
 * listed here does not compile and is dropped at run time.
 */
export const logLines = {
  'server.listening': { role: system, port: system },
  'server.stopping': { role: system },
  'role.crashed': { role: system, name: system, code: system, constraint: system, stack: system },
  'http.request': { method: system, route: system, status: system, ms: system },
  'http.cookie_refused': { route: system },
  'http.unexpected': { reference: system, route: system, name: system, code: system, constraint: system, stack: system },
  'certificate.obtained': { until: system, ms: system },
  'certificate.failed': { code: system, retryMinutes: system },
  'database.connection_lost': { pool: system, code: system },
  'job.failed': { queue: system, jobId: system, attempt: system, name: system, code: system, constraint: system, stack: system },
  'job.dead': { queue: system, jobId: system },
  'job.cancelled': { queue: system, jobId: system },
  'relay.failed': { name: system, code: system, constraint: system, stack: system },
  'keys.unreadable': { name: system, code: system, constraint: system, stack: system },
  'traces.dropped': { spans: system },
  'traces.refused': { status: system, code: system },
  'mail.sent': { mailId: system, ms: system },
  'mail.failed': { mailId: system, attempt: system, code: system },
  'mail.received': { inboundId: system },
  'mail.ignored': { inboundId: system, reason: system },
  'mailbox.opened': { source: system },
  'mailbox.stopped': { source: system },
  'mailbox.lost': { source: system, name: system, code: system },
  'accounts.provider_failed': { provider: system, name: system, code: system, constraint: system, stack: system },
  'accounts.afterwards_failed': { task: system, name: system, code: system, constraint: system, stack: system },
  'backup.finished': { file: system, ms: system },
  'backup.failed': { code: system },
} as const satisfies Record<string, FieldInventory>

export type LogLine = keyof typeof logLines
export type LogFields<Line extends LogLine> = {
  readonly [Field in keyof (typeof logLines)[Line]]?: string | number | boolean | null | undefined
}
