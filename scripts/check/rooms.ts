import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Violation } from './import-rules.ts'
import { roomOrder } from './places.ts'
import type { SourceFile } from './source-files.ts'

/** The folders inside `folder`, or none when it is not there. */
export const foldersOf = (root: string, folder: string): string[] =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
        .map((entry) => `${folder}/${entry.name}`)
    : []

/** Each room and package has a door and a README, each room has its place in the order, and each was really looked at. */
export function judgeRooms(root: string, files: readonly SourceFile[]): Violation[] {
  const modules = foldersOf(root, 'apps/server/src/modules')
  const platform = foldersOf(root, 'apps/server/src/platform')
  const packages = foldersOf(root, 'packages')
  const must = (folder: string, file: string, why: string): Violation[] =>
    existsSync(path.join(root, folder, file)) ? [] : [{ rule: 'rooms are complete', file: `${folder}/${file}`, line: 1, says: why }]

  return [
    ...modules.flatMap((folder) => must(folder, 'index.ts', 'A room is entered through its index.ts.')),
    ...packages.flatMap((folder) => must(folder, 'src/index.ts', 'A package is entered through src/index.ts.')),
    ...[...modules, ...platform, ...packages].flatMap((folder) =>
      must(folder, 'README.md', 'A newcomer reads here what the folder owns, in ten lines.'),
    ),
    ...modules
      .filter((folder) => !roomOrder.some((room) => folder.endsWith(`/${room}`)))
      .map((folder) => ({
        rule: 'order of rooms',
        file: folder,
        line: 1,
        says: 'This room has no place in the order of rooms (scripts/check/places.ts).',
      })),
    ...[...modules, ...packages]
      .filter((folder) => !files.some((file) => file.path.startsWith(`${folder}/`)))
      .map((folder) => ({ rule: 'every folder is examined', file: folder, line: 1, says: 'Not one file in it was examined.' })),
  ]
}
