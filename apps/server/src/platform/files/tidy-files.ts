import { z } from 'zod'
import type { WorkspaceTx } from '../database/index.ts'
import { defineJob, defineSchedule, type Job, type Schedule } from '../jobs/index.ts'
import { expiredFiles, forgetFile, knownFiles } from './file-rows.ts'
import type { Files } from './open-files.ts'

/** How long a file may lie in the store without a row: its transaction is over by then, one way or the other. */
export const graceForRows = Temporal.Duration.from({ hours: 24 })

type InWorkspace = <T>(work: (tx: WorkspaceTx) => Promise<T>) => Promise<T>

/** Erases the files of a workspace whose time is over, and those that no row knows. Answers how many of each. */
export async function tidyFiles(
  files: Files,
  workspaceId: string,
  now: Temporal.Instant,
  inWorkspace: InWorkspace,
): Promise<{ expired: number; orphaned: number }> {
  const expired = await inWorkspace(async (tx) => {
    const rows = await expiredFiles(tx)
    for (const row of rows) await forgetFile(tx, row.id)
    return rows
  })
  for (const { id } of expired) await files.erase({ workspaceId, id })

  let orphaned = 0
  const known = (ids: readonly string[]) => inWorkspace((tx) => knownFiles(tx, ids))
  for await (const id of files.orphans(workspaceId, now.subtract(graceForRows), known)) {
    await files.erase({ workspaceId, id })
    orphaned += 1
  }
  return { expired: expired.length, orphaned }
}

/** The nightly housekeeping of files: one job for each workspace, and one chore for the whole store. */
export function fileHousekeeping(files: Files): { readonly jobs: readonly Job[]; readonly schedules: readonly Schedule[] } {
  const tidy: Job<Record<string, never>> = defineJob({
    name: 'files.tidy',
    payload: z.strictObject({}),
    fields: {},
    timeoutSeconds: 600,
    concurrency: 1,
    run: async ({ workspaceId, database, inWorkspace }) => {
      await tidyFiles(files, workspaceId, database.clock(), inWorkspace)
    },
  })
  return {
    jobs: [tidy],
    schedules: [
      defineSchedule({ name: 'files.tidy', cron: '40 2 * * *', zone: 'UTC', job: tidy }),
      defineSchedule({
        name: 'files.sweep',
        cron: '50 2 * * *',
        zone: 'UTC',
        chore: async ({ now }) => {
          await files.sweep(now.subtract(graceForRows))
        },
      }),
    ],
  }
}
