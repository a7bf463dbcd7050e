import { call } from '../../../lib/api.ts'
import type { BulkChange } from './queries.ts'

/** As often one asks how far it is. */
const ASK_MS = 700

/** Waits until an act on many is done, telling how far it is. */
export async function untilAtRest(change: BulkChange, tell: (change: BulkChange) => void = () => undefined): Promise<BulkChange> {
  let now = change
  while (now.state === 'running' || now.state === 'undoing') {
    tell(now)
    await new Promise((resolve) => setTimeout(resolve, ASK_MS))
    now = await call('GET /bulk-changes/{bulkChangeId}', { params: { bulkChangeId: now.id } })
  }
  return now
}
