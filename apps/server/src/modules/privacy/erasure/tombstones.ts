import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { WorkspaceId } from '@frontdesk/contract'
import { createDurably } from '../../../platform/crypto/index.ts'
import type { PointKind } from '../../contacts/index.ts'
import type { ErasureGround, ErasureMode } from './receipt.ts'

/** Says that somebody was erased: keyed hashes of her ids, so that it names nobody, and finds her in an older backup. */
export type Tombstone = {
  readonly erasureId: string
  readonly mode: ErasureMode
  readonly ground: ErasureGround
  /** Keyed hashes of the contact's id and of those that were merged into it. */
  readonly subjects: readonly string[]
  /** Keyed hashes of her addresses and numbers, which no import brings back. */
  readonly points: readonly { readonly kind: PointKind; readonly hash: string }[]
  readonly requestedAt: string
}

/** The tombstones of all workspaces: one small file each beside the keys, outside the database and its backups. Copies go with those of the keys. */
export type Tombstones = {
  /** Kept before the first row goes, so that no crash lies between the two. May be repeated. */
  add(workspaceId: WorkspaceId, tombstone: Tombstone): Promise<void>
  of(workspaceId: WorkspaceId): Promise<readonly Tombstone[]>
  workspaces(): Promise<readonly WorkspaceId[]>
  /** Removes those of a workspace that is deleted. */
  forget(workspaceId: WorkspaceId): Promise<void>
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const names = async (folder: string): Promise<readonly string[]> => (existsSync(folder) ? (await readdir(folder)).sort() : [])

/** Opens them in `<keys>/tombstones`. */
export function openTombstones(keyFolder: string): Tombstones {
  const root = path.join(keyFolder, 'tombstones')
  return {
    async add(workspaceId, tombstone) {
      const folder = path.join(root, workspaceId)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      createDurably(path.join(folder, `${tombstone.erasureId}.json`), `${JSON.stringify(tombstone)}\n`)
    },
    async of(workspaceId) {
      const folder = path.join(root, workspaceId)
      const found: Tombstone[] = []
      for (const name of await names(folder)) {
        if (!name.endsWith('.json')) continue
        found.push(JSON.parse(await readFile(path.join(folder, name), 'utf8')))
      }
      return found
    },
    workspaces: async () => (await names(root)).filter((name): name is WorkspaceId => uuid.test(name)),
    forget: (workspaceId) => rm(path.join(root, workspaceId), { recursive: true, force: true }),
  }
}
