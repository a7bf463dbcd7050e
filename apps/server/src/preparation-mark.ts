import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const code = path.dirname(fileURLToPath(import.meta.url))

/**
 * A mark of all that making the database ready depends on: this code by its files' names, sizes and times, what is installed, and the names of those certificates and tombstones that lie
 * in the data folder. Another mark means that there may be something to do; the same one that there is nothing.
 */
export function preparationMark(cloneRoot: string, dataFolder: string): string {
  const hash = createHash('sha256')
  const note = (...parts: readonly (string | number)[]) => hash.update(`${parts.join('\0')}\n`)
  for (const file of [...filesBelow(code).filter((name) => !name.includes('.test.')), path.join(cloneRoot, 'package-lock.json')]) {
    const { size, mtimeMs } = statSync(file)
    note(file, size, mtimeMs)
  }
  // Written once under a name of their own: who was erased, and which workspaces were deleted.
  for (const kept of ['tombstones', 'deletions']) for (const file of filesBelow(path.join(dataFolder, 'keys', kept))) note(file)
  return hash.digest('hex')
}

const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
        .sort()
    : []
