import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin, Rolldown } from 'vite'
import { APP_PATHS } from '../src/app/paths.ts'

/** What the shell needs besides its scripts and styles. */
const ALWAYS = ['/', '/before-paint.js', '/manifest.webmanifest', '/icons/mark.svg', '/icons/icon-192.png']

/** Writes `sw.js` with the names of the files that make up the shell: the entry, what it imports at once, its styles and the first font. */
export function serviceWorker(): Plugin {
  const template = new URL('./worker.js', import.meta.url)
  return {
    name: 'frontdesk-service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const shell = [...ALWAYS, ...[...shellFiles(bundle)].sort().map((file) => `/${file}`)]
        const version = createHash('sha256').update(shell.join('\n')).digest('hex').slice(0, 12)
        const source = readFileSync(template, 'utf8')
          .replace(/^\/\/.*\n/gm, '')
          .replace('__VERSION__', version)
          .replace('__SHELL__', JSON.stringify(shell))
          .replace('__PAGES__', JSON.stringify(APP_PATHS))
        this.emitFile({ type: 'asset', fileName: 'sw.js', source })
      },
    },
  }
}

function shellFiles(bundle: Rolldown.OutputBundle): Set<string> {
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || files.has(name)) return
    files.add(name)
    for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet)
    for (const other of chunk.imports) visit(other)
  }
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry) visit(name)
    if (/inter-latin-wght-normal[^/]*\.woff2$/.test(name)) files.add(name)
  }
  return files
}
