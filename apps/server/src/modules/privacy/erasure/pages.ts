import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../../platform/errors/index.ts'
import { acceptUploads, oneUpload, publicLimit, RateLimiter } from '../../../platform/http/index.ts'
import { readExportToken, takeExport } from './export-link.ts'
import { largestImportBytes, readImportToken, takeUpload } from './import-contact.ts'
import { personDataSchema } from './person-data-schema.ts'
import { erasureSurroundings } from './surroundings.ts'

type WithToken = FastifyRequest<{ Params: { token: string } }>

/** Downloads a copy, takes one in, and says how it is made. */
export function rightsPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await acceptUploads(scope, { fileBytes: largestImportBytes, files: 1 })
    const limiter = new RateLimiter()
    scope.get('/contact-exports/:token', { config: { page: 'page' } }, (request: WithToken, reply) => download(limiter, request, reply))
    scope.post('/contact-imports/:token', (request: WithToken, reply) => upload(limiter, request, reply))
    scope.get('/api/schemas/person-data.json', async (_request, reply) =>
      reply
        .type('application/schema+json')
        .header('cache-control', 'no-cache')
        .send(JSON.stringify(personDataSchema(erasureSurroundings.get().inventory))),
    )
  })
}

function takeFrom(limiter: RateLimiter, request: FastifyRequest, now: Temporal.Instant): void {
  const verdict = limiter.take(publicLimit, request.ip, now.epochMilliseconds)
  if (!verdict.allowed) throw new Refusal('http/too-many-requests', { retryAfterSeconds: verdict.resetSeconds })
}

async function download(limiter: RateLimiter, request: WithToken, reply: FastifyReply): Promise<FastifyReply> {
  const { database, files } = erasureSurroundings.get()
  const now = database.clock()
  takeFrom(limiter, request, now)
  const { workspaceId, exportId } = readExportToken(database.keys, request.params.token, now)
  const file = await database.inWorkspace(workspaceId, (tx) => takeExport(tx, exportId))
  return reply
    .type('application/zip')
    .header('cache-control', 'no-store')
    .header('content-length', file.size)
    .header('content-disposition', `attachment; filename="${file.name ?? 'data.zip'}"`)
    .send(await files.get({ workspaceId, id: file.id, size: file.size }))
}

async function upload(limiter: RateLimiter, request: WithToken, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = erasureSurroundings.get()
  const now = database.clock()
  takeFrom(limiter, request, now)
  const place = readImportToken(database.keys, request.params.token, now)
  const { bytes } = await oneUpload(request)
  await takeUpload(place, bytes)
  return reply
    .code(202)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ importId: place.importId }))
}
