import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { isRunning } from '../postgres-server/index.ts'

const STAMP = '.frontdesk-build'

/** Where the built web app lies; undefined when it could not be built and never was. */
export type WebBuild = { readonly folder: string | undefined; readonly problem?: string }

/**
 * Builds the web app when its sources changed since the last build. In a process of its own, so that its memory is given back.
 * @param building Called when a build begins, since it takes some seconds.
 */
export async function buildWebApp(cloneRoot: string, dataFolder: string, building: () => void): Promise<WebBuild> {
  const web = path.join(cloneRoot, 'apps', 'web')
  // A clone that we may only read, such as one installed by root, is built into the data folder.
  const folder = isWritable(web) ? path.join(web, 'dist') : path.join(dataFolder, 'cache', 'web')
  const sources = hashSources(cloneRoot)
  if (stampOf(folder) === sources) return { folder }

  building()
  removeAbandoned(folder)
  const part = `${folder}.part-${process.pid}`
  const problem = await runVite(cloneRoot, web, part)
  if (problem !== undefined) {
    rmSync(part, { recursive: true, force: true })
    return { folder: existsSync(path.join(folder, 'index.html')) ? folder : undefined, problem }
  }
  writeFileSync(path.join(part, STAMP), sources)
  rmSync(`${folder}.old`, { recursive: true, force: true })
  if (existsSync(folder)) renameSync(folder, `${folder}.old`)
  renameSync(part, folder)
  rmSync(`${folder}.old`, { recursive: true, force: true })
  return { folder }
}

/** Parts of builds that were killed. */
function removeAbandoned(folder: string): void {
  for (const part of globSync(`${folder}.part-*`))
    if (!isRunning(Number(part.split('-').at(-1)))) rmSync(part, { recursive: true, force: true })
}

function hashSources(cloneRoot: string): string {
  const patterns = ['package-lock.json', 'apps/web/**', 'packages/*/src/**']
  const files = globSync(patterns, {
    cwd: cloneRoot,
    exclude: ['apps/web/dist*/**', '**/node_modules/**', '**/*.test.*'],
    withFileTypes: true,
  })
  const hash = createHash('sha256')
  const names = files.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  for (const name of names.sort()) hash.update(path.relative(cloneRoot, name)).update('\0').update(readFileSync(name)).update('\0')
  return hash.digest('hex')
}

function runVite(cloneRoot: string, web: string, outDir: string): Promise<string | undefined> {
  const vite = path.join(cloneRoot, 'node_modules', 'vite', 'bin', 'vite.js')
  return new Promise((resolve) => {
    // `native` reads the configuration with Node itself: the bundling loader would write a file beside it.
    const args = [
      '--max-old-space-size=1024',
      vite,
      'build',
      web,
      '--outDir',
      outDir,
      '--emptyOutDir',
      '--configLoader',
      'native',
      '--logLevel',
      'warn',
    ]
    const child = spawn(process.execPath, args, {
      cwd: web,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said = (said + chunk).slice(0, 8_000)
      })
    }
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code) => resolve(code === 0 ? undefined : withoutTrace(said) || `it ended with exit code ${code}`))
  })
}

const withoutTrace = (said: string): string =>
  stripVTControlCharacters(said)
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .slice(0, 12)
    .join('\n')
    .trim()

function stampOf(folder: string): string | undefined {
  try {
    return readFileSync(path.join(folder, STAMP), 'utf8')
  } catch {
    return undefined
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
