import type { FastifyInstance } from 'fastify'
import { Refusal, type RefusalFacts } from '../errors/index.ts'

/** What our own checks ask for without a name: it shows nothing of anybody. */
const OPEN = new Set(['/healthz', '/readyz'])

/**
 * Whether an address belongs to the API. A program that calls it over plain HTTP has sent its key for everybody to read, and would do so each time if it were led on: it is
 * refused instead. However the address is written, it is read as the router would.
 */
export function isApiAddress(url: string): boolean {
  const [written = ''] = url.split(/[?#]/)
  try {
    return /^\/+api\/+v1(?:\/|$)/i.test(decodeURIComponent(written))
  } catch {
    return false
  }
}

/** What a program is told that came over plain HTTP. */
export const httpsRequired = (publicUrl: string): RefusalFacts => ({
  detail: `Send it to ${publicUrl} instead. Nothing was done. A key that was sent along could be read on the way: revoke it, and make another.`,
})

/**
 * Behind a proxy that ends TLS: what came to it over plain HTTP is led to HTTPS where it is a page, and refused where it is the API. Only a proxy that is trusted says so; this
 * computer itself may ask without.
 */
export function leadToHttps(app: FastifyInstance, publicUrl: () => string | undefined): void {
  app.addHook('onRequest', async (request, reply) => {
    const address = publicUrl()
    const cameThroughProxy = (request.ips?.length ?? 0) > 1 && request.headers['x-forwarded-proto'] !== undefined
    if (!address?.startsWith('https:') || !cameThroughProxy || request.protocol === 'https' || OPEN.has(request.url)) return
    if (isApiAddress(request.url)) throw new Refusal('http/https-required', httpsRequired(address))
    return reply.redirect(`${address}${request.url.startsWith('/') ? request.url : '/'}`, 308)
  })
}
