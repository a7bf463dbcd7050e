import type { WorkspaceId } from '@frontdesk/contract'
import type pg from 'pg'
import { type Database, isDatabaseAway, type Listener } from '../database/index.ts'
import { errorFields, type Log } from '../log/index.ts'
import { sealWorkspace } from './seal.ts'

export type SealerSettings = {
  readonly database: Database
  /** As the relay role, which may see which workspaces wait. */
  readonly relay: pg.Pool
  readonly listener: Listener
  readonly log: Log
  /** `audit/heads` in the data folder. */
  readonly headsFolder: string
}

const LOOK_MS = 1000

/** Seals entries within a second of their commit: told by NOTIFY, and looking every second besides. */
export function startSealer({ database, relay, listener, log, headsFolder }: SealerSettings): { stop(): Promise<void> } {
  const waiting = new Set<string>()
  let stopped = false
  let working: Promise<void> | undefined

  async function work(): Promise<void> {
    for (const workspaceId of waiting) {
      if (stopped) break
      waiting.delete(workspaceId)
      await attempt(() => sealWorkspace(database, headsFolder, workspaceId as WorkspaceId))
    }
    working = undefined
  }
  async function attempt(what: () => Promise<unknown>): Promise<void> {
    try {
      await what()
    } catch (error) {
      if (!isDatabaseAway(error)) log.error('relay.failed', errorFields(error)) // it still waits, and the next look finds it
    }
  }
  function seal(workspaceId: string): void {
    waiting.add(workspaceId)
    if (!stopped) working ??= work()
  }
  async function look(): Promise<void> {
    const { rows } = await relay.query<{ workspace_id: string }>('select distinct workspace_id from audit_pending limit 1000')
    for (const { workspace_id } of rows) seal(workspace_id)
  }

  const endings = [listener.on('frontdesk_audit', seal), listener.onConnected(() => void attempt(look))]
  const timer = setInterval(() => void attempt(look), LOOK_MS)
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      for (const end of endings) end()
      await working
    },
  }
}
