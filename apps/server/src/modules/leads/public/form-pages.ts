import { readFileSync } from 'node:fs'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openLimiter, publicLimit } from '../../../platform/http/index.ts'
import { answerRefusals, pageRequest, requireSlowly, surroundings } from '../../scheduling/index.ts'
import { type FormRequest, showForm, takeForm } from './form-handlers.ts'

/** A form of ours is small. */
const FORM_LIMIT = 128_000
const embedScript = readFileSync(new URL('./assets/embed.js', import.meta.url))

/** The public pages of forms: `/f/<business>/<form>`, complete without script, framed by any site. Looking changes nothing. */
export async function formPages(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: FORM_LIMIT })
    answerRefusals(scope)
    const limiter = openLimiter(() => surroundings.get().database)
    const embeddable = { config: { page: 'embeddable' as const } }
    const read = (request: FastifyRequest): FormRequest => ({
      ...pageRequest(request, surroundings.get().publicUrl()),
      cameFrom: request.headers.referer,
    })
    scope.get('/f/:business/:form', embeddable, async (request, reply) => {
      const page = read(request)
      await requireSlowly(limiter, publicLimit, page.ip, surroundings.get().database.clock().epochMilliseconds)
      return showForm(page, reply)
    })
    // Counts by itself, so that what was typed is not lost to the limit.
    scope.post('/f/:business/:form', { ...embeddable, bodyLimit: FORM_LIMIT }, (request, reply) => takeForm(read(request), reply, limiter))
    scope.get('/f-files/embed.js', embeddable, async (_request, reply: FastifyReply) =>
      reply
        .header('content-type', 'text/javascript; charset=utf-8')
        .header('cache-control', 'public, max-age=86400')
        .header('cross-origin-resource-policy', 'cross-origin')
        .send(embedScript),
    )
  })
}
