import { serverMayUse } from './platform/egress/index.ts'
import { type Metrics, openMetrics } from './platform/metrics/index.ts'
import type { RoleStart } from './platform/supervisor/index.ts'
import { startTracing } from './platform/traces/index.ts'
import type { Services } from './services.ts'
import { frontdeskVersion } from './status.ts'

/** How an operator sees what one role's process does. */
export type Watching = {
  readonly metrics: Metrics
  /** Sends the traces that are left. */
  stop(): Promise<void>
}

const TRACES = { connection: 'traces', purpose: 'operation', categories: ['device'] } as const
const MINUTE_MS = 60_000

/** An answer that holds for a minute: asking is work that would be traced itself. */
function forMinute(ask: () => Promise<boolean>): () => Promise<boolean> {
  let known: { readonly answer: boolean; readonly until: number } | undefined
  return async () => {
    if (!known || performance.now() >= known.until) known = { answer: await ask(), until: performance.now() + MINUTE_MS }
    return known.answer
  }
}

/** Starts counting and, where a collector is set, tracing. */
export function startWatching({ config, database, log }: Services, role: RoleStart['role']): Watching {
  const metrics = openMetrics(role)
  metrics.pool('app', database.pool)
  const tracing = config.tracesUrl
    ? startTracing({
        endpoint: config.tracesUrl,
        source: { service: 'frontdesk', version: frontdeskVersion, role },
        log,
        maySend: forMinute(async () => (await serverMayUse(database, TRACES)).allowed),
      })
    : undefined
  return { metrics, stop: async () => tracing?.stop() }
}
