/** What rights stand on, in a test: the real roles, files and tombstones, and the whole inventory. */
import path from 'node:path'
import { afterAll } from 'vitest'
import { tableInventories } from '../../apps/server/src/inventories.ts'
import { type ErasureSurroundings, erasureSurroundings, openTombstones, vacuumTables } from '../../apps/server/src/modules/privacy/index.ts'
import { registerSurroundings } from '../../apps/server/src/modules/privacy/registers/surroundings.ts'
import { openDatabase } from '../../apps/server/src/platform/database/index.ts'
import type { TestDatabase } from '../../apps/server/src/platform/database/testing.ts'
import { openFiles } from '../../apps/server/src/platform/files/index.ts'

/** Fills the port of rights with the parts of a test's database. */
export function testErasure(test: TestDatabase): ErasureSurroundings {
  const eraser = openDatabase({ url: test.urls.eraser, keys: test.keys, clock: test.clock, connections: 2 })
  afterAll(() => eraser.close())
  const around: ErasureSurroundings = {
    database: test.database,
    eraser,
    files: openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') }),
    tombstones: openTombstones(path.join(test.folder, 'keys')),
    inventory: tableInventories,
    vacuum: (tables) => vacuumTables(test.urls.owner, tables),
  }
  erasureSurroundings.provide(around)
  registerSurroundings.provide({
    configured: [{ connection: 'smtp', host: 'mail.example' }],
    publicUrl: () => 'https://desk.example',
    inventory: tableInventories,
    policies: [],
    neverForKeys: new Set(),
  })
  return around
}
