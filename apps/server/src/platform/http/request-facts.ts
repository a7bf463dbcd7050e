import type { FastifyRequest } from 'fastify'
import type { RequestFacts } from './handlers.ts'

/** What use cases may know about a connection; the request itself stays in this room. */
export function requestFacts(request: FastifyRequest, publicUrl: string | undefined): RequestFacts {
  return {
    id: request.id,
    ip: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 400),
    languages: languagesOf(request.headers['accept-language']),
    cookies: request.cookies,
    headers: request.headers,
    origin: publicUrl ?? `${request.protocol}://${request.host}`,
  }
}

/** Languages of an Accept-Language header, best first (RFC 9110 §12.5.4). */
export function languagesOf(header: string | undefined): readonly string[] {
  return (header ?? '')
    .slice(0, 400)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find((value) => value !== undefined)
      return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(tag) && quality > 0)
    .sort((left, right) => right.quality - left.quality)
    .map(({ tag }) => tag)
}
