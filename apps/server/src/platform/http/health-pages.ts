import type { FastifyInstance, FastifyReply } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'

const PATIENCE_MS = 2000

/**
 * `GET /healthz`: the server answers and reaches its database. `GET /readyz`: it also takes new requests, so that a balancer stops sending some before it closes.
 * Both say nothing that a stranger could use.
 */
export function healthPages(app: FastifyInstance, database: Database): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  const answer = (reply: FastifyReply, ok: boolean) =>
    reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ok })
  app.get('/healthz', { config: { page: 'api' } }, async (_request, reply) => answer(reply, await reaches(database)))
  app.get('/readyz', { config: { page: 'api' } }, async (_request, reply) => answer(reply, !closing && (await reaches(database))))
}

async function reaches(database: Database): Promise<boolean> {
  const { promise: tooLong, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), PATIENCE_MS)
  try {
    const asked = sql`select 1`.execute(database.outside).then(
      () => true,
      () => false,
    )
    return await Promise.race([asked, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
