import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { hasKeys } from '../../apps/server/src/platform/backup/index.ts'
import { type Config, loadConfig } from '../../apps/server/src/platform/config/index.ts'

/** The clone this script is part of. */
export const cloneRoot = path.resolve(import.meta.dirname, '../..')

/** A path as it was typed: npm runs its scripts in the clone, whatever folder one is in. */
export const typedPath = (typed: string): string => path.resolve(process.env.INIT_CWD ?? '.', typed)

/** Reads `--name value` flags and plain words. Throws a sentence for what it does not know. */
export function readArguments(
  names: readonly string[],
  usage: string,
): { readonly values: Readonly<Record<string, string | undefined>>; readonly words: readonly string[] } {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    const { values, positionals } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true })
    return { values, words: positionals }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message.split('. To')[0] : error}.\n\n${usage}`)
  }
}

/** The settings of the Frontdesk whose data lies in `data`, as `npm start -- --data` means it: by the flag, or else FRONTDESK_DATA, or else the clone's own. */
export const configOf = (data: string | undefined): Config =>
  loadConfig(process.env, data === undefined ? [] : [`--data=${data}`], cloneRoot)

/** Throws where nobody has started a Frontdesk yet; `soWhat` completes the sentence. */
export function requireFrontdesk({ dataFolder }: Config, soWhat: string): void {
  if (hasKeys(path.join(dataFolder, 'keys'))) return
  throw new Error(
    `There is no Frontdesk in ${dataFolder} yet, so there is nothing to ${soWhat}. Name the folder of yours with --data <folder>, or start one there with: npm start`,
  )
}

/** Runs a command. What is expected to go wrong is said in its own words; anything else shows where it happened. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const expected = error instanceof Error && ['Error', 'ConfigError', 'BackupUnreadable', 'KeyStoreError'].includes(error.name)
    console.error(`\n${expected ? error.message : error instanceof Error ? error.stack : error}\n`)
    process.exitCode = 1
  }
}

/** A size as people say it. */
export const inWords = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.ceil(bytes / 1000)} kB`
    : bytes < 1_000_000_000
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e9).toFixed(1)} GB`
