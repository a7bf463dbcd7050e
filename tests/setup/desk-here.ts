import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type DatabaseUrls, urlsOf } from '../../apps/server/src/platform/database/prepare-database.ts'
import { emptyDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { type DeskOptions, type RunningDesk, startDesk } from './desk.ts'

/** A desk, and where each role connects to its database; the administrator for what takes weeks otherwise. */
export type DeskHere = RunningDesk & { readonly database: DatabaseUrls; readonly administrator: string }

/**
 * Starts a desk on the PostgreSQL of this run, as with `DATABASE_URL`, with a schema that is there already: for tests of what people see, which would wait for a server of their own otherwise.
 * Its database goes when it stops.
 */
export async function startDeskHere(options: DeskOptions & { readonly dataFolder: string }): Promise<DeskHere> {
  const { name, url, passwords, drop } = await emptyDatabase()
  writeFileSync(path.join(options.dataFolder, 'database-roles.json'), JSON.stringify(passwords), { mode: 0o600 })
  const desk = await startDesk({ ...options, env: { ...options.env, DATABASE_URL: url } })
  return {
    ...desk,
    database: urlsOf(url, name, passwords),
    administrator: url,
    stop: async (signal) => {
      const code = await desk.stop(signal)
      await drop()
      return code
    },
  }
}
