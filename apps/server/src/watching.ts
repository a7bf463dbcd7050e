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

/** Starts counting and, where a collector is set, tracing. */
export function startWatching({ config, database, log }: Services, role: RoleStart['role']): Watching {
  const metrics = openMetrics(role)
  metrics.pool('app', database.pool)
  const tracing = config.tracesUrl
    ? startTracing({ endpoint: config.tracesUrl, source: { service: 'frontdesk', version: frontdeskVersion, role }, log })
    : undefined
  return { metrics, stop: async () => tracing?.stop() }
}
