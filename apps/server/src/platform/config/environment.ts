import { createHash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'

/** Variables by name, as the operating system hands them over. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The variables of the process over those of the clone's `.env`, and which names stand in that file. Empty values count as not set. */
export function readEnvironment(
  env: Environment,
  cloneRoot: string,
): { readonly values: Environment; readonly fileNames: ReadonlySet<string> } {
  const file = parseEnv(readEnvFile(path.join(cloneRoot, '.env')))
  const set = (variables: Environment) =>
    Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ''))
  return { values: { ...set(file), ...set(env) }, fileNames: new Set(Object.keys(file)) }
}

/** Where everything is kept that must survive: one folder for each clone, outside of it, unless FRONTDESK_DATA names another. Reads nothing but `.env`. */
export function dataFolderOf(env: Environment, cloneRoot: string): string {
  const chosen = readEnvironment(env, cloneRoot).values.FRONTDESK_DATA
  if (chosen) return path.resolve(cloneRoot, chosen)
  const real = realpathSync(cloneRoot)
  const name = `${path.basename(real).replace(/[^\w.-]/g, '-')}-${createHash('sha256').update(real).digest('hex').slice(0, 8)}`
  return process.getuid?.() === 0 ? path.join('/var/lib/frontdesk', name) : path.join(homedir(), 'frontdesk-data', name)
}

function readEnvFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw new Error(`The settings in ${file} could not be read. Check that it is a file and that your account may read it.`, {
      cause: error,
    })
  }
}
