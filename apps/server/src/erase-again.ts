import path from 'node:path'
import { tableInventories } from './inventories.ts'
import { eraseWorkspaceSteps, reapplyDeletions } from './modules/accounts/index.ts'
import { reapplyErasures } from './modules/privacy/index.ts'
import { systemClock } from './platform/clock/index.ts'
import type { Config } from './platform/config/index.ts'
import { openKeys } from './platform/crypto/index.ts'
import { type DatabaseUrls, openDatabase } from './platform/database/index.ts'
import { openFiles } from './platform/files/index.ts'
import { auditFoldersIn, erasureAround } from './rooms.ts'

/** Deletes and erases again which workspaces and whom an older backup of the database brought back, before any role starts. Answers how many people. */
export async function eraseAgain(urls: DatabaseUrls, dataFolder: string, objectStore: Config['objectStore']): Promise<number> {
  const clock = systemClock
  const keyFolder = path.join(dataFolder, 'keys')
  const keys = openKeys(keyFolder, clock())
  const database = openDatabase({ url: urls.app, keys, clock, connections: 2 })
  const eraser = openDatabase({ url: urls.eraser, keys, clock, connections: 1 })
  const files = openFiles({
    folder: path.join(dataFolder, 'files'),
    keyFolder: path.join(keyFolder, 'files'),
    keys,
    ...(objectStore ? { s3: objectStore } : {}),
  })
  eraseWorkspaceSteps.provide('files', { eraseWorkspace: async (workspaceId) => void (await files.eraseWorkspace(workspaceId)) })
  try {
    await reapplyDeletions(eraser, auditFoldersIn(dataFolder).certificates)
    return await reapplyErasures(erasureAround({ config: { dataFolder }, database, eraser, files, urls }, tableInventories))
  } finally {
    await Promise.all([database.close(), eraser.close()])
  }
}
