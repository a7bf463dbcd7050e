import { globSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { contentSecurity } from '../../apps/server/src/platform/http/index.ts'

const root = path.resolve(import.meta.dirname, '../../apps/web')

/** The built web app, in memory. */
export type BuiltApp = {
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** Bytes of script, compressed with gzip, that a browser fetches before it shows these modules: the entry, them, and all that they import at once. */
  readonly scriptFor: (...modules: readonly string[]) => number
}

/** The tests' own NODE_ENV would bring the libraries with all their warnings, and the name of its file with every element. */
async function inProduction<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

/** Builds the web app as the start does, without writing anything. */
export async function buildApp(): Promise<BuiltApp> {
  const built = await inProduction(() =>
    build({
      root,
      configFile: path.join(root, 'vite.config.ts'),
      configLoader: 'native',
      mode: 'production',
      logLevel: 'error',
      build: { write: false },
    }),
  )
  const output = (Array.isArray(built) ? built : [built]).flatMap((one) => ('output' in one ? one.output : []))
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])))
  const files = new Map<string, string | Uint8Array>(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
  // Files that are copied as they are.
  const asis = path.join(root, 'public')
  for (const file of globSync('**/*.*', { cwd: asis })) files.set(file, readFileSync(path.join(asis, file)))

  const find = (module: string): Rolldown.OutputChunk => {
    const chunk = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/src/${module}`))
    if (!chunk) throw new Error(`${module} is no chunk of its own. Is it still loaded lazily?`)
    return chunk
  }
  return {
    files,
    scriptFor: (...modules) => {
      const entry = [...chunks.values()].filter(({ isEntry }) => isEntry)
      const needed = new Set<Rolldown.OutputChunk>()
      const visit = (chunk: Rolldown.OutputChunk) => {
        if (needed.has(chunk)) return
        needed.add(chunk)
        for (const name of chunk.imports) {
          const other = chunks.get(name)
          if (other) visit(other)
        }
      }
      for (const chunk of [...entry, ...modules.map(find)]) visit(chunk)
      return [...needed].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0)
    },
  }
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
  png: 'image/png',
  webmanifest: 'application/manifest+json',
}

/** Serves a built app under the server's own content security policy; whoever asks the API is signed out. */
export async function serveApp(app: BuiltApp): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1)
    response.setHeader('content-security-policy', contentSecurity.app)
    if (name.startsWith('api/')) {
      response.writeHead(401, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify({ type: '/api/problems/http/not-signed-in', title: 'Please sign in', status: 401 }))
      return
    }
    const found = app.files.has(name) ? name : 'index.html'
    response.setHeader('content-type', types[found.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
    response.end(app.files.get(found))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((done) => server.close(() => done())) }
}
