import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type ProblemType, problems } from '@frontdesk/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refusal } from '../../errors/index.ts'
import type { MountedRoute } from '../handlers.ts'
import { docsPage, problemPage } from './docs-page.ts'
import { openApi } from './openapi.ts'

const file = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** A text as it goes out. */
type Page = { readonly text: string; readonly small: Buffer; readonly etag: string }

/**
 * `GET /api/openapi.json`, the readable `GET /api/docs`, and a page for each problem at the address its type names. Written once, when the first reader comes: half a second that no start should wait for.
 */
export function docsPages(app: FastifyInstance, routes: readonly MountedRoute[], version: string): void {
  const document = once(() => openApi(routes, version))
  const pages = [
    ['/api/openapi.json', 'application/json; charset=utf-8', () => JSON.stringify(document())],
    ['/api/docs', 'text/html; charset=utf-8', () => docsPage(document())],
    ['/api/docs.css', 'text/css; charset=utf-8', () => file('./docs.css')],
    ['/api/docs.js', 'text/javascript; charset=utf-8', () => file('./docs.js')],
  ] as const
  for (const [url, type, write] of pages) {
    const page = once(() => pageOf(write()))
    app.get(url, { config: { page: 'page' } }, async (request, reply) => {
      const { text, small, etag } = page()
      reply.headers({ 'cache-control': 'no-cache', etag, vary: 'accept-encoding' })
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding']))) return reply.type(type).send(text)
      return reply.type(type).header('content-encoding', 'gzip').send(small)
    })
  }
  const font = readFileSync(new URL(import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')))
  app.get('/api/inter.woff2', { config: { page: 'page' } }, async (_, reply) =>
    reply.type('font/woff2').header('cache-control', 'public, max-age=86400').send(font),
  )
  app.get<{ Params: { room: string; reason: string } }>(
    '/api/problems/:room/:reason',
    { config: { page: 'page' } },
    async ({ params }, reply) => sendProblemPage(reply, `${params.room}/${params.reason}`),
  )
}

const pageOf = (text: string): Page => ({
  text,
  small: gzipSync(text),
  etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`,
})

/** Makes something when it is first asked for, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined
  return () => {
    made ??= { it: make() }
    return made.it
  }
}

function sendProblemPage(reply: FastifyReply, type: string): FastifyReply {
  if (!isProblem(type)) throw new Refusal('http/not-found', { detail: 'This version of Frontdesk does not know that problem.' })
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(problemPage(type))
}

const isProblem = (type: string): type is ProblemType => Object.hasOwn(problems, type)
