import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asPage } from './security-headers.ts'

/** Files whose name holds a hash of their content never change under it. */
const FOREVER = 'public, max-age=31536000, immutable'
const ASK_EACH_TIME = 'no-cache'
/** The shell names the newest assets. */
const NEVER = 'no-store'

/** Serves the files of the built web app. Screens have no file of their own: `sendShell` answers them. */
export async function serveWebApp(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    redirect: false,
    cacheControl: false,
    dotfiles: 'ignore',
    preCompressed: true,
    allowedPath: (pathName) => pathName !== '/index.html' && !/\/$|\.(br|gz)$/.test(pathName),
    setHeaders: (reply, file) => {
      asPage(reply, 'app')
      reply.header('cache-control', lifeOf(path.relative(folder, file)))
      reply.header('vary', 'accept-encoding')
    },
  })
}

function lifeOf(file: string): string {
  if (/^index\.html/.test(file)) return NEVER
  return file.startsWith(`assets${path.sep}`) ? FOREVER : ASK_EACH_TIME
}

/** Whether a request asks for a screen of the app: a person opens an address without a file's ending, outside of the API. */
export function wantsScreen(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const address = request.url.split('?')[0] ?? ''
  return !/^\/api(\/|$)/.test(address) && !/\.[^/]*$/.test(address) && /\btext\/html\b|\*\/\*/.test(request.headers.accept ?? '*/*')
}

/** Answers a screen with the app's shell. */
export function sendShell(reply: FastifyReply): FastifyReply {
  return asPage(reply, 'app').code(200).sendFile('index.html', { cacheControl: false })
}

const SMALLEST = 1400 // what fits into one packet gains nothing
const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest|txt)$/
const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** Writes `.br` and `.gz` beside each file that gains from it, once a build; a folder that cannot be written stays as it is. Returns how many it wrote. */
export async function compressWebApp(folder: string): Promise<number> {
  let written = 0
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
    for (const file of files) if (await compressFile(file)) written += 1
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOENT', 'ENOSPC'].includes(String(code))) throw error
  }
  return written
}

async function compressFile(file: string): Promise<boolean> {
  const { size, mtimeMs } = await stat(file)
  const known = await stat(`${file}.br`).catch(() => undefined)
  if (size < SMALLEST || (known && known.mtimeMs >= mtimeMs)) return false
  const content = await readFile(file)
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: size } }
  await writeFile(`${file}.gz`, await gzipped(content, { level: 9 }))
  await writeFile(`${file}.br`, await brotli(content, best))
  return true
}
