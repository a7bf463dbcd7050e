import path from 'node:path'
import process from 'node:process'
import { judgeCode } from './code-rules.ts'
import { findCycles } from './cycles.ts'
import { judgeUses } from './data-uses.ts'
import type { Exception } from './exceptions.ts'
import { judgeImports, type Violation } from './import-rules.ts'
import { foldersOf, judgeRooms } from './rooms.ts'
import { sourceFiles } from './source-files.ts'

/** What the check looked at and found. */
export type Examination = {
  readonly files: readonly string[]
  readonly modules: readonly string[]
  readonly packages: readonly string[]
  readonly imports: number
  readonly violations: readonly Violation[]
}

/** A check that looked at nothing finds nothing: with fewer files than this something is wrong with the check itself. */
export const fewestFiles = 400

/** Examines the whole house under `root`. */
export function examine(
  root: string,
  settings: { readonly fewestFiles?: number; readonly exceptions?: readonly Exception[] } = {},
): Examination {
  const files = sourceFiles(root)
  const modules = foldersOf(root, 'apps/server/src/modules')
  const packages = foldersOf(root, 'packages')
  const least = settings.fewestFiles ?? fewestFiles
  const tooFew: Violation[] =
    files.length > least && modules.length > 0 && packages.length > 0
      ? []
      : [
          {
            rule: 'every folder is examined',
            file: '.',
            line: 1,
            says: `Only ${files.length} files in ${modules.length} modules and ${packages.length} packages were examined; more than ${least} files, and some of each, are expected.`,
          },
        ]
  return {
    files: files.map((file) => file.path),
    modules,
    packages,
    imports: files.reduce((sum, file) => sum + file.imports.length, 0),
    violations: [
      ...judgeImports(root, files),
      ...judgeCode(files, settings.exceptions),
      ...findCycles(files),
      ...judgeRooms(root, files),
      ...judgeUses(files),
      ...tooFew,
    ],
  }
}

/** The findings as lines that a terminal makes clickable. */
export const report = ({ violations, files, modules, packages, imports }: Examination): string =>
  [
    ...violations.map(({ file, line, rule, says }) => `${file}:${line}  ${rule}: ${says}`),
    `Examined ${files.length} files with ${imports} imports, in ${modules.length} modules and ${packages.length} packages: ${violations.length === 0 ? 'all as it should be' : `${violations.length} violations`}.`,
  ].join('\n')

if (import.meta.main) {
  const examination = examine(path.resolve(import.meta.dirname, '../..'))
  console.log(report(examination))
  process.exitCode = examination.violations.length === 0 ? 0 : 1
}
