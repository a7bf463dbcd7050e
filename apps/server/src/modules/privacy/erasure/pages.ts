import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { acceptUploads, oneUpload, RateLimiter } from '../../../platform/http/index.ts'
import { requireSlowly } from '../pages/copy-door.ts'
import { contactCopies } from './export-link.ts'
import { largestImportBytes, readImportToken, takeUpload } from './import-contact.ts'
import { personDataSchema } from './person-data-schema.ts'
import { erasureSurroundings } from './surroundings.ts'

type WithToken = FastifyRequest<{ Params: { token: string } }>

/** Downloads a copy, takes one in, and says how it is made. */
export function rightsPages(app: FastifyInstance): void {
  app.register(async (scope) => {
    await acceptUploads(scope, { fileBytes: largestImportBytes, files: 1 })
    const limiter = new RateLimiter()
    scope.get('/contact-exports/:token', { config: { page: 'page' } }, (request: WithToken, reply) =>
      contactCopies.download(limiter, request, reply),
    )
    scope.post('/contact-imports/:token', (request: WithToken, reply) => upload(limiter, request, reply))
    scope.get('/api/schemas/person-data.json', async (_request, reply) =>
      reply
        .type('application/schema+json')
        .header('cache-control', 'no-cache')
        .send(JSON.stringify(personDataSchema(erasureSurroundings.get().inventory))),
    )
  })
}

async function upload(limiter: RateLimiter, request: WithToken, reply: FastifyReply): Promise<FastifyReply> {
  const { database } = erasureSurroundings.get()
  const now = database.clock()
  requireSlowly(limiter, request, now)
  const place = readImportToken(database.keys, request.params.token, now)
  const { bytes } = await oneUpload(request)
  await takeUpload(place, bytes)
  return reply
    .code(202)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify({ importId: place.importId }))
}
