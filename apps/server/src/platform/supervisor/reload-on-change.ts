import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import path from 'node:path'
import type { Desk } from './desk.ts'

const QUIET_MS = 200

/** For `npm run dev`: fresh roles when the server's sources change, and Vite's own server with its hot replacement for the screens. */
export function reloadOnChange(desk: Desk, cloneRoot: string, say: (sentence: string) => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const changed = (_event: string, name: string | null) => {
    if (name === null || !/\.(ts|sql|json|br)$/.test(name) || name.endsWith('.test.ts')) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      say(`${name} changed.`)
      desk
        .prepareDatabase()
        .then(() => desk.restartRoles())
        .catch((error: unknown) => say(error instanceof Error ? error.message : String(error)))
    }, QUIET_MS)
  }
  const watchers = ['apps/server/src', 'packages'].map((folder) => watch(path.join(cloneRoot, folder), { recursive: true }, changed))

  const vite = spawn(
    process.execPath,
    [path.join(cloneRoot, 'node_modules/vite/bin/vite.js'), path.join(cloneRoot, 'apps/web'), '--clearScreen', 'false'],
    {
      env: { ...process.env, FRONTDESK_DEV_SERVER: desk.url },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
    vite.kill()
  }
}
