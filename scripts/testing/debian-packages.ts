import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'

/** A program that tests need and npm does not bring. */
export type Program = {
  readonly debianPackage: string
  readonly why: string /** Paths or names on the PATH, any of which will do. */
  readonly found: readonly string[]
}

/** Installs what is missing where we are root on a Debian; otherwise throws an Error that names it. */
export function ensurePrograms(programs: readonly Program[]): void {
  const missing = programs.filter((program) => !isThere(program))
  if (missing.length === 0) return
  const names = missing.map(({ debianPackage }) => debianPackage)
  if (process.getuid?.() === 0 && isOnPath('apt-get')) {
    console.log(`Installing ${names.join(', ')} for the tests.`)
    // The lists of a fresh container are empty or old: what is not found is looked for again with new ones. One by one, so that one that fails holds up no other.
    const failed = names.filter((name) => !install(name))
    if (failed.length > 0) {
      aptGet('update')
      for (const name of failed) install(name)
    }
  }
  const still = missing.filter((program) => !isThere(program))
  if (still.length === 0) return
  const lines = still.map(({ debianPackage, why }) => `  - ${debianPackage}: ${why}`)
  throw new Error(
    `These programs are missing:\n${lines.join('\n')}\nInstall them, for instance with: sudo apt-get install ${still.map(({ debianPackage }) => debianPackage).join(' ')}`,
  )
}

const install = (name: string): boolean => aptGet('install', '-y', '--no-install-recommends', name) === 0

function aptGet(...args: string[]): number | null {
  const { status, stderr } = spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  if (status !== 0) console.log(stderr.trim().split('\n').slice(-3).join('\n'))
  return status
}

const isThere = ({ found }: Program): boolean => found.some((name) => (path.isAbsolute(name) ? existsSync(name) : isOnPath(name)))

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
