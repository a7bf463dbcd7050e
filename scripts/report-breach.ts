import path from 'node:path'
import type { WorkspaceId } from '@frontdesk/contract'
import { tableInventories } from '../apps/server/src/inventories.ts'
import { registerSurroundings, reportAsOperator } from '../apps/server/src/modules/privacy/index.ts'
import { systemClock } from '../apps/server/src/platform/clock/index.ts'
import type { Config } from '../apps/server/src/platform/config/index.ts'
import { openKeys } from '../apps/server/src/platform/crypto/index.ts'
import { type DatabaseUrls, openDatabase, openPool } from '../apps/server/src/platform/database/index.ts'
import { mailSettings, mailSettingsOf } from '../apps/server/src/platform/mail/index.ts'
import { holderOf } from '../apps/server/src/platform/supervisor/index.ts'

/** What the operator says of an incident, as it was typed. */
export type OperatorReport = Readonly<Record<'what' | 'from' | 'until' | 'accounts', string | undefined>>

/** Tells every business on this server of an incident: each gets an entry in its register, and its owners a mail. */
export async function reportBreach(config: Config, urls: DatabaseUrls, report: OperatorReport): Promise<void> {
  const { what, from, until, accounts } = report
  const [beganAt, endedAt] = [momentOf(from), momentOf(until)]
  if (!what?.trim() || beganAt === undefined)
    throw new Error(
      'Say what happened and since when: --what "A backup disk was stolen" --from 2026-11-27T17:00:00Z [--until …] [--accounts yes]',
    )
  if (accounts !== undefined && accounts !== 'yes' && accounts !== 'no')
    throw new Error('Say --accounts yes where accounts of members are affected too.')
  const keys = openKeys(path.join(config.dataFolder, 'keys'), systemClock())
  const relay = openPool(urls.relay, 1)
  const database = openDatabase({ url: urls.app, keys, clock: systemClock, connections: 1 })
  mailSettings.provide(mailSettingsOf(config.mail))
  registerSurroundings.provide({
    configured: [],
    inventory: tableInventories,
    policies: [],
    neverForKeys: new Set(),
    publicUrl: () => config.publicUrl ?? holderOf(config.dataFolder)?.url ?? `http://localhost:${config.http.port}`,
  })
  try {
    const { rows } = await relay.query<{ id: WorkspaceId }>('select platform.workspace_ids() as id')
    for (const { id } of rows) {
      const by = { kind: 'system', workspaceId: id, job: 'operator' } as const
      const wish = {
        what: what.trim(),
        beganAt,
        ...(endedAt ? { endedAt } : {}),
        extent: 'all_there',
        accounts: accounts === 'yes',
      } as const
      const { number } = await database.inWorkspace(id, (tx) => reportAsOperator(tx, by, wish))
      console.log(`${id}  incident ${number} was reported; its owners are written to.`)
    }
  } finally {
    await relay.end()
    await database.close()
  }
}

function momentOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  try {
    return Temporal.Instant.from(text).toString()
  } catch {
    throw new Error(`"${text}" is not a moment. Write it like 2026-11-27T17:00:00Z.`)
  }
}
