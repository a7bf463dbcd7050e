export { type Metrics, openMetrics } from './metrics.ts'
export { listenForMetrics, metricsPages } from './metrics-pages.ts'
