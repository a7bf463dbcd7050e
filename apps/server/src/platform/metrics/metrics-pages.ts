import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { isIPv4 } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { tokenHash } from '../crypto/index.ts'
import { Refusal } from '../errors/index.ts'
import type { Metrics } from './metrics.ts'

/**
 * `GET /metrics` in the text format of Prometheus. Without a token only for a scraper on this machine that speaks to the server itself: what came through a proxy may
 * come from anywhere. With a token for whoever has it. Everybody else finds nothing there.
 */
export function metricsPages(app: FastifyInstance, metrics: Metrics, token?: string): void {
  app.get('/metrics', { config: { page: 'api' } }, async (request, reply) => {
    if (!(token === undefined ? isLocal(request) : hasToken(request, token)))
      throw new Refusal('http/not-found', { detail: 'Check the address.' })
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text())
  })
}

/** The same for a process without an HTTP server, on loopback alone. Port 0 takes any free one. */
export async function listenForMetrics(metrics: Metrics, port: number): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(await metrics.text())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}

function isLocal(request: FastifyRequest): boolean {
  const proxied = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some(
    (name) => request.headers[name] !== undefined,
  )
  const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return !proxied && (from === '::1' || (isIPv4(from) && from.startsWith('127.')))
}

/** Hashed first, so that the comparison takes the same time whatever was sent. */
function hasToken(request: FastifyRequest, token: string): boolean {
  const sent = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(Buffer.from(tokenHash(sent)), Buffer.from(tokenHash(token)))
}
